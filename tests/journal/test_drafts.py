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
from tests.internals import vault_of

from .open_journals import OpenJournals

TEXT = NoteText("half a thou", NoteKind.PAGE, dt.date(2026, 3, 1), "A title", ("calm",))


def rows(three: OpenJournals) -> int:
    with closing(sqlite3.connect(three.path)) as database:
        return int(database.execute("SELECT count(*) FROM envelope").fetchone()[0])


def test_a_draft_is_found_again_with_everything_and_by_nobody_else(three: OpenJournals) -> None:
    draft = Draft("", None, TEXT, frozenset({three.ben.me.id}), (3, 5))
    saved = three.ana.drafts.save(draft)
    assert saved == replace(draft, id=saved.id, saved=saved.saved) and saved.id and saved.saved
    three.look()
    assert three.ana.drafts.all() == three.open("Ana").drafts.all() == [saved]
    assert three.ben.drafts.all() == three.lee.drafts.all() == []
    assert not three.ana.notes.all() and not three.ana.search("half")


def test_saving_replaces_the_draft_in_its_place(three: OpenJournals) -> None:
    before = rows(three)
    saved = three.ana.drafts.save(Draft("", None, TEXT))
    for number in range(5):
        saved = three.ana.drafts.save(replace(saved, text=replace(TEXT, body=f"thought {number}")))
    assert rows(three) == before + 1
    assert [draft.text.body for draft in three.ana.drafts.all()] == ["thought 4"]


def test_a_hundred_saves_leave_nothing_behind_in_memory(three: OpenJournals) -> None:
    def held() -> dict[str, int]:
        kept = vars(vault_of(three.ana).envelopes)
        return {name: len(value) for name, value in kept.items() if isinstance(value, (dict, set))}

    saved = three.ana.drafts.save(Draft("", None, TEXT))
    before = held()
    for number in range(100):
        saved = three.ana.drafts.save(replace(saved, text=replace(TEXT, body=f"thought {number}")))
    assert held() == before


def test_the_draft_saved_last_comes_first(three: OpenJournals, monkeypatch: pytest.MonkeyPatch) -> None:
    for minute in range(3):
        moment = dt.datetime(2026, 3, 1, 12, minute, tzinfo=dt.UTC)
        monkeypatch.setattr("kapjournal.clock.now", lambda moment=moment: moment)
        three.ana.drafts.save(Draft("", None, replace(TEXT, body=str(minute))))
    assert [draft.text.body for draft in three.ana.drafts.all()] == ["2", "1", "0"]


def test_finishing_makes_a_note_for_the_chosen_readers_and_drops_the_draft(three: OpenJournals) -> None:
    saved = three.ana.drafts.save(Draft("", None, TEXT, frozenset({three.ben.me.id})))
    done = replace(saved, text=replace(TEXT, body="a whole thought"))
    note = three.ana.drafts.finish(done)
    assert note.text == done.text and note.readers == {three.ana.me.id, three.ben.me.id}
    assert three.ana.drafts.all() == []
    three.ben.refresh()
    assert three.ben.notes.get(note.id).text == done.text


def test_a_draft_can_be_finished_without_having_been_saved(three: OpenJournals) -> None:
    note = three.ana.drafts.finish(Draft("", None, TEXT))
    assert three.ana.notes.all() == [note] and note.is_private


def test_finishing_a_change_makes_one_more_version_for_the_same_readers(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("one", share="Ben"))
    saved = three.ana.drafts.save(Draft("", note.id, replace(note.text, body="two")))
    changed = three.ana.drafts.finish(saved)
    assert changed.id == note.id and changed.readers == note.readers and changed.text.body == "two"
    assert [v.text.body for v in three.ana.notes.history(note.id)] == ["one", "two"]
    again = three.ana.drafts.save(Draft("", note.id, changed.text))
    assert three.ana.drafts.finish(again) == changed
    assert three.ana.drafts.all() == [] and len(three.ana.notes.history(note.id)) == 2


def test_the_words_of_a_draft_outlive_its_note(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("one", share="Ben"))
    other = three.open("Ana")
    three.ana.drafts.save(Draft("", note.id, replace(note.text, body="two")))
    three.ana.notes.delete(note.id)
    assert three.ana.drafts.all() == []
    late = other.drafts.save(Draft("", note.id, replace(note.text, body="three")))
    kept = other.drafts.finish(late)
    assert kept.id != note.id and kept.text.body == "three" and kept.is_private
    assert other.drafts.all() == []


def test_a_draft_discarded_is_gone(three: OpenJournals) -> None:
    before = rows(three)
    saved = three.ana.drafts.save(Draft("", None, TEXT))
    with pytest.raises(NotFound):
        three.ben.drafts.discard(saved.id)
    three.ana.drafts.discard(saved.id)
    assert three.ana.drafts.all() == [] and rows(three) == before
    for wanted in (saved.id, "", "no such draft", "abc", "ff" * 16):
        with pytest.raises(NotFound):
            three.ana.drafts.discard(wanted)


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
    three: OpenJournals, change: dict[str, object], error: type[KapjournalError]
) -> None:
    saved = three.ana.drafts.save(Draft("", None, TEXT))
    wrong = replace(saved, text=replace(TEXT, **change))  # type: ignore[arg-type]
    for deed in (three.ana.drafts.save, three.ana.drafts.finish):
        with pytest.raises(error) as caught:
            deed(wrong)
        assert type(caught.value) is error
    assert three.ana.drafts.all() == [saved] and three.ana.notes.all() == []
    assert three.ana.drafts.finish(saved).text == TEXT


def test_a_kind_that_is_not_ones_own_is_refused_and_the_draft_stays(three: OpenJournals) -> None:
    saved = three.lee.drafts.save(Draft("", None, TEXT))
    with pytest.raises(Refused, match="observation"):
        three.lee.drafts.finish(saved)
    assert three.lee.drafts.all() == [saved] and three.lee.notes.all() == []


def test_the_longest_body_can_be_a_draft(three: OpenJournals) -> None:
    saved = three.ana.drafts.save(Draft("", None, replace(TEXT, body="\n" * MAX_BODY_BYTES)))
    assert len(three.open("Ana").drafts.all()[0].text.body) == MAX_BODY_BYTES
    assert len(three.ana.drafts.finish(saved).text.body) == MAX_BODY_BYTES


def test_a_reader_removed_meanwhile_does_not_get_the_finished_note(three: OpenJournals) -> None:
    saved = three.ana.drafts.save(Draft("", None, TEXT, frozenset({three.ben.me.id, three.lee.me.id})))
    three.lee.members.remove("Ben")
    assert three.ana.drafts.finish(saved).readers == {three.ana.me.id, three.lee.me.id}
    three.ben.refresh()
    assert three.ben.notes.all() == []
