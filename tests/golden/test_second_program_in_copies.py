"""Copies of one file, written by either program and united."""

from pathlib import Path

import pytest

from kapjournal.domain.notes import NoteKind
from kapjournal.journal import FLOOR, NewNote

from .both_programs import PASSPHRASES, Changing, Copies, rows, texts, unite
from .second_formulas_2 import h
from .second_reader_2 import Person, read
from .second_writer_2 import Member
from .what_a_member_reads import what_a_member_reads


def test_what_two_computers_wrote_is_united_by_either(couple: Path, copies: Copies) -> None:
    other = copies.new(couple)
    Member(couple, "Ana", PASSPHRASES["Ana"]).add("One", "Here.", "page", ["Ben"])
    with copies.opened(other, "Ana") as journal:
        journal.notes.add(NewNote("There.", "Two", NoteKind.PAGE, share="Ben"))
    Member(other, "Ben", PASSPHRASES["Ben"]).add("Three", "There, too.", "page", ["Ana"])
    both, same = copies.new(couple), copies.new(other)
    unite(both, other)
    unite(same, couple)
    unite(same, both)
    with Changing(both) as one, Changing(same) as another:
        assert rows(one) == rows(another)
    for label in ("Ana", "Ben"):
        assert [title for title, *_ in texts(copies.both_read(both, label))] == ["One", "Three", "Two"]
    assert texts(copies.both_read(both, "Dr Löwe")) == []


def test_who_lost_a_version_on_one_computer_loses_what_the_other_wrote(couple: Path, copies: Copies) -> None:
    name = Member(couple, "Ana", PASSPHRASES["Ana"]).add("One", "For Ben.", "page", ["Ben", "Dr Löwe"])
    other = copies.new(couple)
    Member(couple, "Ana", PASSPHRASES["Ana"]).withdraw(name, "Ben")
    Member(other, "Ana", PASSPHRASES["Ana"]).edit(name, "Edited.")
    unite(couple, other)
    assert texts(copies.both_read(couple, "Ben")) == [("One", "Edited.", ["Ana", "Ben", "Dr Löwe"])]
    with copies.opened(couple, "Ana") as journal:
        assert journal.notes.get(name).readers == {journal.me.id, journal.members.get("Dr Löwe").id}
    assert copies.both_read(couple, "Ben")["notes"] == []
    ana = Member(couple, "Ana", PASSPHRASES["Ana"])
    assert {version.words for version in ana.versions(name)} == {"For Ben.", "Edited."}
    ana.edit(name, "Both at once.")
    assert texts(copies.both_read(couple, "Dr Löwe")) == [("One", "Both at once.", ["Ana", "Dr Löwe"])]
    assert copies.both_read(couple, "Ana")["notes"][0]["body"] == "Both at once."


def test_one_content_on_two_computers_becomes_one_version(couple: Path, copies: Copies) -> None:
    name = Member(couple, "Ana", PASSPHRASES["Ana"]).add("One", "Alone.", "page")
    other = copies.new(couple)
    Member(couple, "Ana", PASSPHRASES["Ana"]).share(name, "Ben")
    Member(other, "Ana", PASSPHRASES["Ana"]).share(name, "Dr Löwe")
    unite(couple, other)
    assert len(Member(couple, "Ana", PASSPHRASES["Ana"]).versions(name)) == 2
    with copies.opened(couple, "Ana"):
        pass
    (version,) = Member(couple, "Ana", PASSPHRASES["Ana"]).versions(name)
    assert len(version.readers) == 3
    for label in ("Ben", "Dr Löwe"):
        assert texts(copies.both_read(couple, label)) == [("One", "Alone.", ["Ana", "Ben", "Dr Löwe"])]


def test_a_dropped_row_put_back_stays_dropped(couple: Path, copies: Copies) -> None:
    ana = Member(couple, "Ana", PASSPHRASES["Ana"])
    name = ana.add("One", "Before.", "page", ["Ben"])
    before = copies.new(couple)
    ana.edit(name, "After.")
    unite(couple, before)
    unite(before, couple)
    for path in (couple, before):
        assert texts(copies.both_read(path, "Ben")) == [("One", "After.", ["Ana", "Ben"])]
    with Changing(couple) as database:
        dropped = [raw for raw in rows(database).values() if raw[0] == 3]
    assert all(h("00") * 16 not in raw[:81] and len(raw) == 785 for raw in dropped)


# What is told, and settled, of several


@pytest.mark.parametrize("last", [False, True])
def test_any_row_of_one_write_but_the_last_is_missed(couple: Path, copies: Copies, *, last: bool) -> None:
    with copies.opened(couple, "Ana") as journal:
        journal.notes.add_many([NewNote("Words.", title, NoteKind.PAGE, share="Ben") for title in "ABC"])
    ana = Person(couple, "Ana", PASSPHRASES["Ana"])
    three = sorted(ana.on(ana.own), key=lambda slot: (slot.rows, slot.number))[-3:]
    with Changing(couple) as database:
        database.execute("DELETE FROM envelope WHERE id = ?", (three[2 if last else 1].row.id,))
    with copies.opened(couple, "Ben") as journal:
        assert journal.check().is_clean is last


def test_two_withdrawals_on_two_computers_settle_at_once(couple: Path, copies: Copies) -> None:
    name = Member(couple, "Ana", PASSPHRASES["Ana"]).add("One", "Words.", "page", ["Ben", "Dr Löwe"])
    other = copies.new(couple)
    Member(couple, "Ana", PASSPHRASES["Ana"]).withdraw(name, "Ben")
    Member(other, "Ana", PASSPHRASES["Ana"]).withdraw(name, "Dr Löwe")
    unite(couple, other)
    with copies.opened(couple, "Ana") as journal:
        assert journal.notes.get(name).readers == {journal.me.id}
    for label in ("Ben", "Dr Löwe"):
        assert read(couple, label, PASSPHRASES[label])["notes"] == []


def test_digits_compared_on_one_computer_are_not_those_of_keys_met_on_another(
    couple: Path, copies: Copies
) -> None:
    other = copies.new(couple)
    with copies.opened(couple, "Dr Löwe") as journal:
        for label in ("Ana", "Ben"):
            journal.members.mark_verified(label)
    with copies.opened(other, "Ana") as journal:
        journal.keys.replace("ana has a new door", None, strength=FLOOR)
    copies.opened(other, "Dr Löwe").close()
    unite(couple, other)
    before = read(couple, "Dr Löwe", PASSPHRASES["Dr Löwe"])
    with copies.opened(couple, "Dr Löwe") as journal:
        assert what_a_member_reads(journal)["verified"] == before["verified"] == ["Ben"]
    assert copies.both_read(couple, "Dr Löwe")["verified"] == ["Ben"]
