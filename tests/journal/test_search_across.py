"""Search across the couples of a practice: what is found of whom, and what is not searched."""

import datetime as dt
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.members import Role
from kapjournal.errors import JournalLocked, SearchDropped
from kapjournal.journal import Journal, NewNote, NewRecord, SearchedCouple, search_across
from kapjournal.journal.vault import vault
from kapjournal.presentation import search as saying
from tests.cast import PASSPHRASES, meet
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import Practice
from tests.journal.practices import practice as made

DAY = dt.date(2026, 3, 2)
LEE = PASSPHRASES["Dr Lee"]


@pytest.fixture
def practice(three: OpenJournals) -> Iterator[Practice]:
    """Dr Lee's practice, with the couple of the three in it."""
    practice = made(three.folder)
    practice.lee.couples.add("Hallway", three.path, label="Dr Lee", passphrase=LEE)
    yield practice
    practice.close()


def searched(practice: Journal, query: str, most: int = 10) -> list[SearchedCouple]:
    return list(search_across(practice, query, most=most))


def words(practice: Journal, query: str) -> list[tuple[str, str, str]]:
    """Of what is found: the couple, the kind, the words around it."""
    return [
        (saying.couple_of(one), found.kind, saying.words_in(found))
        for one in searched(practice, query)
        for found in one.found
    ]


def test_notes_and_records_of_every_couple_are_found(
    practice: Practice, three: OpenJournals, tmp_path: Path
) -> None:
    meet(theirs := tmp_path / "theirs.kap", practice.folder / "memory")
    practice.lee.couples.add("The others", theirs, label="Dr Lee", passphrase=LEE)
    three.ana.notes.add(NewNote("The lighthouse again.", share="Dr Lee", date=DAY))
    case = practice.lee.couples.get("The others").case
    with practice.lee.open_couple(case) as journal:
        journal.notes.add(NewNote("They spoke of a lighthouse.", title="A visit"))
    practice.lee.records.add(
        NewRecord(RecordKind.PROGRESS, case, {"plan": "See a lighthouse.", "risk": "none"}, date=DAY)
    )
    first, second, third = searched(practice.lee, "lightH")
    assert (first.couple, second.couple, third.couple) == (
        practice.lee.couples.get("The others"),
        practice.lee.couples.get("Hallway"),
        practice.lee.couples.get("The others"),
    )
    assert [one.is_record for one in (first, second, third)] == [True, False, False]
    (record,), (note,), (seen,) = first.found, second.found, third.found
    assert (saying.where_in(record), saying.words_in(record)) == ("Plan", "See a «lighthouse».")
    assert (note.author, note.date, saying.words_in(note)) == ("Ana", DAY, "The «lighthouse» again.")
    assert saying.where_in(seen) == "A visit"
    assert saying.how_much_across([first, second, third]) == (
        "3 notes and records, of 2 couples, the latest of each first."
    )
    assert words(practice.lee, "see none") == [("The others", "progress", "«See» a lighthouse.")]
    assert words(practice.lee, "  ") == words(practice.lee, "nowhere") == []


def test_it_finds_what_this_therapist_may_read_and_no_more(practice: Practice, three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("lighthouse for me alone"))
    note = three.ana.notes.add(NewNote("lighthouse for Ben", share="Ben"))
    assert words(practice.lee, "lighthouse") == []
    three.ana.notes.share(note.id, "Dr Lee")
    assert [found for _, _, found in words(practice.lee, "lighthouse")] == ["«lighthouse» for Ben"]
    three.ana.notes.withdraw(note.id, "Dr Lee")
    assert words(practice.lee, "lighthouse") == []


def test_a_page_that_was_kept_is_found_after_its_withdrawal(practice: Practice, three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("a lighthouse", title="At last", share="Dr Lee"))
    with practice.lee.open_couple(practice.lee.couples.get("Hallway").case) as journal:
        copy, _ = journal.keeping.keep(note.id)
    three.ana.notes.withdraw(note.id, "Dr Lee")
    ((found,),) = [one.found for one in searched(practice.lee, "lighthouse last") if one.found]
    assert (found.id, found.kind, found.author) == (copy.id, "kept", "Ana")
    assert (saying.where_in(found), saying.words_in(found)) == ("At last", "a «lighthouse»")
    assert found.is_kept and found.is_record


def test_looking_leaves_what_is_new_new(practice: Practice, three: OpenJournals) -> None:
    case = practice.lee.couples.get("Hallway").case
    three.lee.close()
    note = three.ana.notes.add(NewNote("lighthouse", share="Dr Lee"))
    assert words(practice.lee, "lighthouse")
    with practice.lee.open_couple(case) as journal:
        assert journal.notes.is_new(journal.notes.get(note.id))


def test_process_and_safety_notes_are_found_by_their_author_alone_and_their_words_not_shown(
    practice: Practice,
) -> None:
    case, me = practice.lee.couples.get("Hallway").case, practice.lee
    kim = practice.joins("Kim", Role.CO_THERAPIST)
    process = me.records.add(NewRecord(RecordKind.PROCESS, case, {"text": "a lighthouse"}, date=DAY))
    safety = me.records.add(
        NewRecord(RecordKind.SAFETY, case, {"text": "a lighthouse"}, About.FIRST, date=DAY)
    )
    plan = me.records.add(NewRecord(RecordKind.PROGRESS, case, {"plan": "a lighthouse"}, date=DAY))
    for record in (process, safety, plan):
        me.records.share(record.id, "Kim")
    practice.look()
    assert sorted(words(me, "lighthouse")) == [
        ("Hallway", "process", saying.WORDS_NOT_SHOWN),
        ("Hallway", "progress", "a «lighthouse»"),
        ("Hallway", "safety", saying.WORDS_NOT_SHOWN),
    ]
    assert words(kim, "lighthouse") == [
        ("a couple whose name you were not told", "progress", "a «lighthouse»")
    ]


def test_journals_that_cannot_be_opened_are_named_and_the_others_searched(
    practice: Practice, three: OpenJournals, tmp_path: Path
) -> None:
    for name, opens in (("Asks", False), ("Moved", True), ("Another", True)):
        meet(path := tmp_path / f"{name}.kap", practice.folder / "memory")
        practice.lee.couples.add(name, path, label="Dr Lee", passphrase=LEE, opens=opens)
    practice.couple("Nowhere")
    (tmp_path / "Moved.kap").unlink()
    (tmp_path / "Another.kap").write_bytes((tmp_path / "Asks.kap").read_bytes())
    three.ana.notes.add(NewNote("lighthouse", share="Dr Lee"))
    for couple in ("Asks", "Moved", "Another", "Nowhere"):
        practice.lee.couples.move(practice.lee.couples.get(couple).case, 0)
    found = searched(practice.lee, "lighthouse")
    assert [one.couple.name for one in found if one.couple and one.found] == ["Hallway"]
    said = {one.couple.name: saying.not_searched(one) for one in found if one.couple and one.why_not}
    assert list(said) == ["Another", "Moved", "Asks", "Nowhere"]
    assert "its own passphrase" in said["Asks"] and "is not at" in said["Moved"]
    assert "somebody else" in said["Another"] and "not known where" in said["Nowhere"]


def test_of_each_so_many_the_latest_first(practice: Practice, three: OpenJournals) -> None:
    three.ana.notes.add_many(
        NewNote(f"lighthouse {day}", date=dt.date(2026, 3, day), share="Dr Lee") for day in (2, 3, 1)
    )
    (found,) = searched(practice.lee, "lighthouse", most=2)
    assert [one.date.day for one in found.found] == [3, 2] and not found.is_all
    assert "there may be more" in saying.how_much_across([found])
    (found,) = searched(practice.lee, "lighthouse", most=4)
    assert found.is_all


def test_it_is_given_up_between_two_notes_and_leaves_no_journal_open(
    practice: Practice, three: OpenJournals
) -> None:
    three.ana.notes.add_many(NewNote(f"lighthouse {at}", share="Dr Lee") for at in range(9))
    three.close()
    asked = 0

    def after_some() -> bool:
        nonlocal asked
        asked += 1
        return asked > 5

    with pytest.raises(SearchDropped):
        list(search_across(practice.lee, "lighthouse", most=9, is_dropped=after_some))
    gc.collect()
    still = [one for one in gc.get_objects() if isinstance(one, Journal) and one.path == three.path]
    assert all(one.is_closed for one in still)
    locked = search_across(practice.lee, "lighthouse", most=9)
    practice.lee.close()
    with pytest.raises(JournalLocked):
        list(locked)


def test_locking_ends_it_in_the_middle(practice: Practice, three: OpenJournals) -> None:
    three.ana.notes.add_many(NewNote(f"lighthouse {at}", share="Dr Lee") for at in range(9))
    asked = 0

    def locks() -> bool:
        nonlocal asked
        asked += 1
        if asked == 5:
            practice.lee.close()
        return False

    with pytest.raises((JournalLocked, SearchDropped)):
        list(search_across(practice.lee, "lighthouse", most=9, is_dropped=locks))


def test_many_journals_one_after_the_other_leave_no_more_behind_than_a_few(
    practice: Practice, seldom_collected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "_COLLECTED_AFTER", seldom_collected)

    def left_after(times: int) -> int:
        for _ in range(times):
            words(practice.lee, "lighthouse")
        return len(gc.get_objects())

    few = left_after(21)
    assert left_after(100) < few + 25 * 1000, "about 750 objects for each that is not collected"
