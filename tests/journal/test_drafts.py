"""Drafts: sealed for their author alone, replaced in their place, and made a version in one step."""

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.errors import KapjournalError, NotFound, Refused, UsageError
from kapjournal.journal import NewNote
from kapjournal.text import MAX_BODY_BYTES

from .room import Room

TEXT = NoteText("half a thou", NoteKind.PAGE, dt.date(2026, 3, 1), "A title", ("calm",))


def rows(room: Room) -> int:
    with closing(sqlite3.connect(room.path)) as database:
        return int(database.execute("SELECT count(*) FROM envelope").fetchone()[0])


def test_a_draft_is_found_again_with_everything_and_by_nobody_else(room: Room) -> None:
    draft = Draft("", None, TEXT, frozenset({room.ben.me.id}), (3, 5))
    saved = room.ana.drafts.save(draft)
    assert saved == replace(draft, id=saved.id, saved=saved.saved) and saved.id and saved.saved
    room.look()
    assert room.ana.drafts.all() == room.open("Ana").drafts.all() == [saved]
    assert room.ben.drafts.all() == room.lee.drafts.all() == []
    assert not room.ana.notes.all() and not room.ana.search("half")


def test_saving_replaces_the_draft_in_its_place(room: Room) -> None:
    before = rows(room)
    saved = room.ana.drafts.save(Draft("", None, TEXT))
    for number in range(5):
        saved = room.ana.drafts.save(replace(saved, text=replace(TEXT, body=f"thought {number}")))
    assert rows(room) == before + 1
    assert [draft.text.body for draft in room.ana.drafts.all()] == ["thought 4"]


def test_the_draft_saved_last_comes_first(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    for minute in range(3):
        moment = dt.datetime(2026, 3, 1, 12, minute, tzinfo=dt.UTC)
        monkeypatch.setattr("kapjournal.clock.now", lambda moment=moment: moment)
        room.ana.drafts.save(Draft("", None, replace(TEXT, body=str(minute))))
    assert [draft.text.body for draft in room.ana.drafts.all()] == ["2", "1", "0"]


def test_finishing_makes_a_note_for_the_chosen_readers_and_drops_the_draft(room: Room) -> None:
    saved = room.ana.drafts.save(Draft("", None, TEXT, frozenset({room.ben.me.id})))
    done = replace(saved, text=replace(TEXT, body="a whole thought"))
    note = room.ana.drafts.finish(done)
    assert note.text == done.text and note.readers == {room.ana.me.id, room.ben.me.id}
    assert room.ana.drafts.all() == []
    room.ben.refresh()
    assert room.ben.notes.get(note.id).text == done.text


def test_a_draft_can_be_finished_without_having_been_saved(room: Room) -> None:
    note = room.ana.drafts.finish(Draft("", None, TEXT))
    assert room.ana.notes.all() == [note] and note.is_private


def test_finishing_a_change_makes_one_more_version_for_the_same_readers(room: Room) -> None:
    note = room.ana.notes.add(NewNote("one", share="Ben"))
    saved = room.ana.drafts.save(Draft("", note.id, replace(note.text, body="two")))
    changed = room.ana.drafts.finish(saved)
    assert changed.id == note.id and changed.readers == note.readers and changed.text.body == "two"
    assert [v.text.body for v in room.ana.notes.history(note.id)] == ["one", "two"]
    again = room.ana.drafts.save(Draft("", note.id, changed.text))
    assert room.ana.drafts.finish(again) == changed
    assert room.ana.drafts.all() == [] and len(room.ana.notes.history(note.id)) == 2


def test_the_words_of_a_draft_outlive_its_note(room: Room) -> None:
    note = room.ana.notes.add(NewNote("one", share="Ben"))
    other = room.open("Ana")
    room.ana.drafts.save(Draft("", note.id, replace(note.text, body="two")))
    room.ana.notes.delete(note.id)
    assert room.ana.drafts.all() == []
    late = other.drafts.save(Draft("", note.id, replace(note.text, body="three")))
    kept = other.drafts.finish(late)
    assert kept.id != note.id and kept.text.body == "three" and kept.is_private
    assert other.drafts.all() == []


def test_a_draft_discarded_is_gone(room: Room) -> None:
    before = rows(room)
    saved = room.ana.drafts.save(Draft("", None, TEXT))
    with pytest.raises(NotFound):
        room.ben.drafts.discard(saved.id)
    room.ana.drafts.discard(saved.id)
    assert room.ana.drafts.all() == [] and rows(room) == before
    for wanted in (saved.id, "", "no such draft", "abc", "ff" * 16):
        with pytest.raises(NotFound):
            room.ana.drafts.discard(wanted)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"body": "\x1b[2J"}, Refused),
        ({"body": "\n" * (MAX_BODY_BYTES + 1)}, Refused),
        ({"title": "two\nlines"}, UsageError),
        ({"title": "x" * 201}, UsageError),
        ({"tags": ("a,b",)}, UsageError),
        ({"tags": tuple(map(str, range(33)))}, UsageError),
    ],
)
def test_what_no_note_can_be_is_refused_and_the_draft_before_stays(
    room: Room, change: dict[str, object], error: type[KapjournalError]
) -> None:
    saved = room.ana.drafts.save(Draft("", None, TEXT))
    wrong = replace(saved, text=replace(TEXT, **change))  # type: ignore[arg-type]
    for deed in (room.ana.drafts.save, room.ana.drafts.finish):
        with pytest.raises(error) as caught:
            deed(wrong)
        assert type(caught.value) is error
    assert room.ana.drafts.all() == [saved] and room.ana.notes.all() == []
    assert room.ana.drafts.finish(saved).text == TEXT


def test_a_kind_that_is_not_ones_own_is_refused_and_the_draft_stays(room: Room) -> None:
    saved = room.lee.drafts.save(Draft("", None, TEXT))
    with pytest.raises(Refused, match="observation"):
        room.lee.drafts.finish(saved)
    assert room.lee.drafts.all() == [saved] and room.lee.notes.all() == []


def test_the_longest_body_can_be_a_draft(room: Room) -> None:
    saved = room.ana.drafts.save(Draft("", None, replace(TEXT, body="\n" * MAX_BODY_BYTES)))
    assert len(room.open("Ana").drafts.all()[0].text.body) == MAX_BODY_BYTES
    assert len(room.ana.drafts.finish(saved).text.body) == MAX_BODY_BYTES


def test_a_reader_removed_meanwhile_does_not_get_the_finished_note(room: Room) -> None:
    saved = room.ana.drafts.save(Draft("", None, TEXT, frozenset({room.ben.me.id, room.lee.me.id})))
    room.lee.members.remove("Ben")
    assert room.ana.drafts.finish(saved).readers == {room.ana.me.id, room.lee.me.id}
    room.ben.refresh()
    assert room.ben.notes.all() == []
