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
    saved = room.ana.save_draft(draft)
    assert saved == replace(draft, id=saved.id, saved=saved.saved) and saved.id and saved.saved
    room.look()
    assert room.ana.drafts() == room.open("Ana").drafts() == [saved]
    assert room.ben.drafts() == room.lee.drafts() == []
    assert not room.ana.notes() and not room.ana.search("half")


def test_saving_replaces_the_draft_in_its_place(room: Room) -> None:
    before = rows(room)
    saved = room.ana.save_draft(Draft("", None, TEXT))
    for number in range(5):
        saved = room.ana.save_draft(replace(saved, text=replace(TEXT, body=f"thought {number}")))
    assert rows(room) == before + 1
    assert [draft.text.body for draft in room.ana.drafts()] == ["thought 4"]


def test_the_draft_saved_last_comes_first(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    for minute in range(3):
        moment = dt.datetime(2026, 3, 1, 12, minute, tzinfo=dt.UTC)
        monkeypatch.setattr("kapjournal.clock.now", lambda moment=moment: moment)
        room.ana.save_draft(Draft("", None, replace(TEXT, body=str(minute))))
    assert [draft.text.body for draft in room.ana.drafts()] == ["2", "1", "0"]


def test_finishing_makes_a_note_for_the_chosen_readers_and_drops_the_draft(room: Room) -> None:
    saved = room.ana.save_draft(Draft("", None, TEXT, frozenset({room.ben.me.id})))
    done = replace(saved, text=replace(TEXT, body="a whole thought"))
    note = room.ana.finish_draft(done)
    assert note.text == done.text and note.readers == {room.ana.me.id, room.ben.me.id}
    assert room.ana.drafts() == []
    room.ben.refresh()
    assert room.ben.note(note.id).text == done.text


def test_a_draft_can_be_finished_without_having_been_saved(room: Room) -> None:
    note = room.ana.finish_draft(Draft("", None, TEXT))
    assert room.ana.notes() == [note] and note.is_private


def test_finishing_a_change_makes_one_more_version_for_the_same_readers(room: Room) -> None:
    note = room.ana.add_note(NewNote("one", share="Ben"))
    saved = room.ana.save_draft(Draft("", note.id, replace(note.text, body="two")))
    changed = room.ana.finish_draft(saved)
    assert changed.id == note.id and changed.readers == note.readers and changed.text.body == "two"
    assert [v.text.body for v in room.ana.history(note.id)] == ["one", "two"]
    again = room.ana.save_draft(Draft("", note.id, changed.text))
    assert room.ana.finish_draft(again) == changed
    assert room.ana.drafts() == [] and len(room.ana.history(note.id)) == 2


def test_the_words_of_a_draft_outlive_its_note(room: Room) -> None:
    note = room.ana.add_note(NewNote("one", share="Ben"))
    other = room.open("Ana")
    room.ana.save_draft(Draft("", note.id, replace(note.text, body="two")))
    room.ana.delete_note(note.id)
    assert room.ana.drafts() == []
    late = other.save_draft(Draft("", note.id, replace(note.text, body="three")))
    kept = other.finish_draft(late)
    assert kept.id != note.id and kept.text.body == "three" and kept.is_private
    assert other.drafts() == []


def test_a_draft_discarded_is_gone(room: Room) -> None:
    before = rows(room)
    saved = room.ana.save_draft(Draft("", None, TEXT))
    with pytest.raises(NotFound):
        room.ben.discard_draft(saved.id)
    room.ana.discard_draft(saved.id)
    assert room.ana.drafts() == [] and rows(room) == before
    for wanted in (saved.id, "", "no such draft", "abc", "ff" * 16):
        with pytest.raises(NotFound):
            room.ana.discard_draft(wanted)


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
    saved = room.ana.save_draft(Draft("", None, TEXT))
    wrong = replace(saved, text=replace(TEXT, **change))  # type: ignore[arg-type]
    for deed in (room.ana.save_draft, room.ana.finish_draft):
        with pytest.raises(error) as caught:
            deed(wrong)
        assert type(caught.value) is error
    assert room.ana.drafts() == [saved] and room.ana.notes() == []
    assert room.ana.finish_draft(saved).text == TEXT


def test_a_kind_that_is_not_ones_own_is_refused_and_the_draft_stays(room: Room) -> None:
    saved = room.lee.save_draft(Draft("", None, TEXT))
    with pytest.raises(Refused, match="observation"):
        room.lee.finish_draft(saved)
    assert room.lee.drafts() == [saved] and room.lee.notes() == []


def test_the_longest_body_can_be_a_draft(room: Room) -> None:
    saved = room.ana.save_draft(Draft("", None, replace(TEXT, body="\n" * MAX_BODY_BYTES)))
    assert len(room.open("Ana").drafts()[0].text.body) == MAX_BODY_BYTES
    assert len(room.ana.finish_draft(saved).text.body) == MAX_BODY_BYTES


def test_a_reader_removed_meanwhile_does_not_get_the_finished_note(room: Room) -> None:
    saved = room.ana.save_draft(Draft("", None, TEXT, frozenset({room.ben.me.id, room.lee.me.id})))
    room.lee.remove("Ben")
    assert room.ana.finish_draft(saved).readers == {room.ana.me.id, room.lee.me.id}
    room.ben.refresh()
    assert room.ben.notes() == []
