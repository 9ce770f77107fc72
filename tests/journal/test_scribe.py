"""Words typed for a partner: they are a page of theirs, and whoever typed them has nothing of them."""

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.members import JournalKind, Role
from kapjournal.domain.notes import NoteKind, TypedBy
from kapjournal.domain.scribe import ScribePage
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import KapjournalError, NotFound, Refused, UsageError
from kapjournal.journal import FLOOR, Journal, NoteChange, create
from tests.attached import part_rows
from tests.internals import vault_of
from tests.journal.open_journals import OpenJournals

WORDS = "The light in the hallway.\nBen’s hand."
AFTERNOON = dt.datetime(2026, 3, 2, 14, 20, tzinfo=dt.UTC)


def page_of(by: Journal, whose: str = "Ana", words: str = WORDS, session: int | None = None) -> ScribePage:
    """A page on which these words stand."""
    return replace(by.scribe.begin(whose, session), words=words)


def typed(by: Journal, whose: str = "Ana", words: str = WORDS) -> None:
    by.scribe.hand_over(page_of(by, whose, words))


def rows(path: Path) -> dict[bytes, bytes]:
    with closing(sqlite3.connect(path)) as database:
        return dict(database.execute("SELECT id, sealed FROM envelope").fetchall())


def standing_parts(path: Path) -> list[bytes]:
    return [sealed for sealed in part_rows(path).values() if sealed[:1] == b"\2"]


def elsewhere(three: OpenJournals, label: str, name: str = "laptop") -> Journal:
    """The same journal, as it is now, on another computer of a member's."""
    folder = three.folder / name
    folder.mkdir()
    three.lee.backup(folder / "ours.kap")
    return three.open(label, path=folder / "ours.kap", memory=folder / "memory")


def test_what_dr_lee_types_for_ana_is_a_private_page_of_hers(three: OpenJournals) -> None:
    three.lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 2))
    with clock.at(AFTERNOON):
        handed = three.lee.scribe.hand_over(page_of(three.lee, session=1))
    assert (handed.of, handed.session, handed.written) == (three.ana.me.id, 1, AFTERNOON)
    three.look()
    [note] = three.ana.notes.all()
    assert (note.author, note.is_private, note.session) == (three.ana.me.id, True, 1)
    assert (note.text.body, note.text.kind, note.text.date) == (WORDS, NoteKind.CAPTURE, handed.date)
    assert (note.written, note.revised) == (AFTERNOON, None)
    assert note.typed_by == TypedBy(three.lee.me.id, AFTERNOON)
    for other in (three.lee, three.ben):
        assert other.notes.all() == [] == other.drafts.all()
        assert not other.search("hallway")
    assert three.ana.search("hallway")
    for journal in three.journals:
        assert journal.check().is_clean and journal.findings == ()


def test_the_words_lie_in_one_place_afterwards_and_go_with_her_note(three: OpenJournals) -> None:
    typed(three.lee)
    assert len(standing_parts(three.path)) == 1
    three.ana.refresh()
    assert standing_parts(three.path) == []
    assert three.lee.scribe.handed() == []
    three.open("Dr Lee")
    assert not vault_of(three.lee).envelopes.forged
    [note] = three.ana.notes.all()
    three.ana.notes.delete(note.id)
    three.open("Ana")
    three.look()
    assert three.ana.notes.all() == []
    assert three.ana.check().is_clean and three.lee.check().is_clean


def test_she_changes_and_shares_it_as_any_note_and_who_typed_it_stays_said(three: OpenJournals) -> None:
    typed(three.lee)
    three.ana.refresh()
    [note] = three.ana.notes.all()
    three.ana.notes.edit(note.id, NoteChange("Not a hallway. A stair."))
    three.ana.notes.share(note.id, "Ben")
    three.ben.refresh()
    [read] = three.ben.notes.all()
    assert (read.author, read.text.body) == (three.ana.me.id, "Not a hallway. A stair.")
    assert read.typed_by is not None and read.typed_by.scribe == three.lee.me.id
    three.lee.refresh()
    assert three.lee.notes.all() == []


def test_a_partner_types_for_the_other(three: OpenJournals) -> None:
    typed(three.ben)
    three.ana.refresh()
    [note] = three.ana.notes.all()
    assert note.typed_by and note.typed_by.scribe == three.ben.me.id
    three.ben.refresh()
    assert three.ben.notes.all() == []


def test_typing_goes_on_in_one_place_and_leaves_no_diary(three: OpenJournals) -> None:
    before = rows(three.path)
    page = three.lee.scribe.begin("Ana")
    for end in range(1, 20):
        page = three.lee.scribe.save(replace(page, words=WORDS[:end]))
        assert len(rows(three.path)) == len(before) + 1
        assert len(part_rows(three.path)) == 1
    assert three.lee.drafts.all() == [] and three.lee.scribe.handed() == []
    three.ana.refresh()
    assert three.ana.notes.all() == [], "nothing arrives before it is handed over"
    three.lee.scribe.hand_over(replace(page, words=WORDS))
    assert len(rows(three.path)) == len(before) + 1
    three.ana.refresh()
    assert [note.text.body for note in three.ana.notes.all()] == [WORDS]


def test_a_page_that_is_thrown_away_leaves_nothing(three: OpenJournals) -> None:
    before = rows(three.path)
    page = three.lee.scribe.save(page_of(three.lee))
    three.lee.scribe.discard(page.id)
    assert rows(three.path) == before and part_rows(three.path) == {}
    three.lee.scribe.discard("")


def test_a_page_that_lay_in_the_file_is_dropped_and_not_only_taken_out(three: OpenJournals) -> None:
    """Another program looked meanwhile, and may have carried it into another copy."""
    page = three.lee.scribe.save(page_of(three.lee))
    laptop = elsewhere(three, "Ben")
    page = three.lee.scribe.save(replace(page, words=WORDS + "!"))
    three.lee.scribe.discard(page.id)
    three.lee.copies.merge(laptop.path)
    assert standing_parts(three.path) == []
    three.open("Dr Lee").scribe.hand_over_left()
    three.look()
    assert three.ana.notes.all() == []


def test_what_was_typed_when_the_program_ended_is_handed_over_later(
    three: OpenJournals,
) -> None:
    three.lee.scribe.save(page_of(three.lee))
    three.lee.close()
    again = three.open("Dr Lee")
    assert again.scribe.handed() == [], "not by itself: a page may be on its way in another program"
    assert len(again.scribe.hand_over_left()) == 1 == len(again.scribe.handed())
    assert again.scribe.hand_over_left() == []
    again.close()
    three.ana.refresh()
    [note] = three.ana.notes.all()
    assert note.text.body == WORDS
    assert three.ana.check().is_clean


def test_a_page_on_its_way_is_not_handed_over_by_looking_again(three: OpenJournals) -> None:
    page = three.lee.scribe.save(page_of(three.lee, words="The light"))
    three.ben.notes.all()
    typed(three.ben)
    three.lee.refresh()
    assert three.lee.scribe.handed() == []
    three.lee.scribe.hand_over(replace(page, words=WORDS))
    three.ana.refresh()
    assert sorted(note.text.body for note in three.ana.notes.all()) == [WORDS, WORDS]


def test_two_computers_of_hers_make_one_page_of_it(three: OpenJournals) -> None:
    with clock.at(AFTERNOON):
        typed(three.lee)
    laptop = elsewhere(three, "Ana")
    three.ana.refresh()
    assert [note.text.body for note in laptop.notes.all()] == [WORDS]
    three.ana.copies.merge(laptop.path)
    laptop.copies.merge(three.path)
    for journal in (three.ana, laptop):
        [note] = journal.notes.all()
        assert (note.text.body, len(note.versions)) == (WORDS, 1)
        assert journal.check().is_clean


def test_two_computers_of_the_scribes_hand_one_page_over_once(three: OpenJournals) -> None:
    """The program ended while typing, and the file was copied before it was opened again."""
    three.lee.scribe.save(page_of(three.lee))
    three.lee.close()
    other = three.folder / "laptop"
    other.mkdir()
    shutil.copy(three.path, other / "ours.kap")
    three.open("Dr Lee").scribe.hand_over_left()
    laptop = three.open("Dr Lee", path=other / "ours.kap", memory=other / "memory")
    laptop.scribe.hand_over_left()
    laptop.copies.merge(three.path)
    three.ana.copies.merge(laptop.path)
    three.look()
    assert [note.text.body for note in three.ana.notes.all()] == [WORDS]
    assert standing_parts(three.path) == []


def test_a_page_for_the_wrong_person_is_taken_back(three: OpenJournals) -> None:
    typed(three.lee, "Ben")
    [handed] = three.lee.scribe.handed()
    assert handed.of == three.ben.me.id
    three.lee.scribe.take_back(handed.id[:6])
    assert three.lee.scribe.handed() == [] and standing_parts(three.path) == []
    three.look()
    assert three.ben.notes.all() == [] and three.ben.findings == ()
    with pytest.raises(NotFound):
        three.lee.scribe.take_back(handed.id)


def test_what_was_taken_in_cannot_be_taken_back(three: OpenJournals) -> None:
    typed(three.lee)
    [handed] = three.lee.scribe.handed()
    three.ana.refresh()
    with pytest.raises(Refused, match="Ana has it by now"):
        three.lee.scribe.take_back(handed.id)
    assert [note.text.body for note in three.ana.notes.all()] == [WORDS]


def test_a_page_taken_back_before_its_words_came_stays_away(three: OpenJournals) -> None:
    typed(three.lee)
    whole = elsewhere(three, "Ben")
    with closing(sqlite3.connect(three.path)) as database:
        database.execute("DELETE FROM part")
        database.commit()
    [handed] = three.lee.scribe.handed()
    three.lee.scribe.take_back(handed.id)
    three.lee.copies.merge(whole.path)
    assert standing_parts(three.path) == []
    three.ana.refresh()
    assert three.ana.notes.all() == []


def test_new_keys_of_hers_open_what_was_sealed_to_those_before(three: OpenJournals) -> None:
    typed(three.lee)
    three.ana.close()
    ana = three.open("Ana", path=three.path)  # took it in at opening
    assert len(ana.notes.all()) == 1
    laptop = elsewhere(three, "Dr Lee")
    ana.keys.replace("ana has a new door", None, strength=FLOOR)
    typed(laptop, words="To her old keys.")
    ana.copies.merge(laptop.path)
    assert sorted(note.text.body for note in ana.notes.all()) == [WORDS, "To her old keys."]
    three.lee.refresh()
    typed(three.lee, words="To her new keys.")
    ana.refresh()
    assert len(ana.notes.all()) == 3 and not ana.check().findings


def test_who_was_removed_gets_nothing(three: OpenJournals) -> None:
    typed(three.lee)
    page = three.lee.scribe.save(page_of(three.lee, words="more"))
    three.lee.members.remove("Ana")
    assert standing_parts(three.path)
    with pytest.raises(Refused):
        three.lee.scribe.hand_over(replace(page, words="more"))
    with pytest.raises(Refused, match="was removed"):
        three.lee.scribe.begin("Ana")
    three.lee.close()
    assert three.open("Dr Lee").scribe.hand_over_left() == []
    assert standing_parts(three.path) == []
    three.look()
    assert three.ana.notes.all() == []


def test_a_clock_that_is_ahead_does_not_write_in_her_future(three: OpenJournals) -> None:
    with clock.at(AFTERNOON + dt.timedelta(days=300)):
        typed(three.lee)
    with clock.at(AFTERNOON):
        three.ana.refresh()
    [note] = three.ana.notes.all()
    assert note.written == AFTERNOON
    assert note.typed_by == TypedBy(three.lee.me.id, AFTERNOON + dt.timedelta(days=300))


@pytest.mark.parametrize(
    ("whose", "error", "words"),
    [
        ("Dr Lee", Refused, "for a partner"),
        ("Nobody", NotFound, "no “Nobody”"),
    ],
)
def test_it_is_typed_for_a_partner(
    three: OpenJournals, whose: str, error: type[KapjournalError], words: str
) -> None:
    with pytest.raises(error, match=words):
        three.ben.scribe.begin(whose)


def test_nobody_is_their_own_scribe_and_an_empty_page_is_none(three: OpenJournals) -> None:
    with pytest.raises(UsageError, match="That is you"):
        three.ana.scribe.begin("Ana")
    with pytest.raises(UsageError, match="no words"):
        typed(three.lee, words=" \n ")
    with pytest.raises(Refused, match="holds an escape"):
        typed(three.lee, words="a\x1bb")
    assert part_rows(three.path) == {}


@pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.SUPERVISOR])
def test_who_is_neither_partner_nor_therapist_types_for_nobody(three: OpenJournals, role: Role) -> None:
    kay = three.join("Kay", role)
    with pytest.raises(Refused, match="can type"):
        kay.scribe.begin("Ana")


def test_in_a_practice_there_is_nobody_to_type_for(tmp_path: Path) -> None:
    practice, _ = create(
        tmp_path / "practice.kap",
        label="Dr Lee",
        role=Role.THERAPIST,
        passphrase="lee opens this door",
        kind=JournalKind.PRACTICE,
        strength=FLOOR,
        record_folder=tmp_path / "memory",
    )
    with practice, pytest.raises(Refused, match="this is a practice"):
        practice.scribe.begin("Ana")


def test_a_page_changed_on_one_computer_and_taken_in_on_another_shows_both_texts(
    three: OpenJournals,
) -> None:
    """As whatever two computers of one author wrote before they met; nothing is lost."""
    typed(three.lee)
    laptop = elsewhere(three, "Ana")
    three.ana.refresh()
    [note] = three.ana.notes.all()
    three.ana.notes.edit(note.id, NoteChange("A stair."))
    three.ana.copies.merge(laptop.path)
    [both] = three.ana.notes.all()
    assert {both.text.body, *(text.body for text in both.beside)} == {"A stair.", WORDS}
    assert both.typed_by == note.typed_by


def test_a_page_deleted_on_one_computer_and_taken_in_on_another_is_there_for_her_alone(
    three: OpenJournals,
) -> None:
    typed(three.lee)
    laptop = elsewhere(three, "Ana")
    three.ana.refresh()
    three.ana.notes.delete(three.ana.notes.all()[0].id)
    three.ana.copies.merge(laptop.path)
    assert [(note.text.body, note.is_private) for note in three.ana.notes.all()] == [(WORDS, True)]
