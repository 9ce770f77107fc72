"""Bits, rows, slots: no altered text is ever shown, and everybody whom it concerns is told."""

import random
from collections.abc import Iterator

import pytest

from kapjournal.crypto.row import (
    DROPPED_BYTES,
    SLOT_BYTES,
    SLOTS,
    STANDING,
    TAG_BYTES,
    TAGS_BYTES,
    WRAP_BYTES,
    Row,
    row_from,
)
from kapjournal.domain.ids import RowId
from kapjournal.journal import NewNote
from kapjournal.journal.integrity.check import check
from kapjournal.journal.journal import Journal
from kapjournal.store import Snapshot, Table
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.attacks.remade_rows import bytes_of, key_between, place_of, row_in
from tests.internals import finding_sentences, row_of, vault_of

SECRET = "the hallway again, but the light was on"
FRONT_BITS = 8 * (65 + SLOT_BYTES)
"""Everything before the ciphertext."""
ENVELOPE_ID_BITS = TAG_BITS = 128
UNREADABLE = "1 row of the file cannot be read; everything else is shown."


class Altered(Snapshot):
    """A file with these rows and no others."""

    def __init__(self, rows: dict[RowId, bytes]) -> None:
        self.altered = rows

    def lengths(self, table: Table = Table.ENVELOPE) -> dict[RowId, int]:
        return {row_id: len(sealed) for row_id, sealed in self.altered.items()}

    def rows(self, table: Table = Table.ENVELOPE) -> Iterator[tuple[RowId, bytes | None]]:
        yield from self.altered.items() if table is Table.ENVELOPE else ()

    def size(self, *tables: Table) -> int:
        return sum(map(len, self.altered.values()))

    def row(self, row_id: RowId, table: Table = Table.ENVELOPE) -> bytes | None:
        return self.altered.get(row_id)


def look_again(journal: Journal, rows: dict[RowId, bytes]) -> list[str]:
    """Let an open journal read other rows anew, as an unlock would, and say what a check finds."""
    vault, snapshot = vault_of(journal), Altered(rows)
    vault._reload(snapshot)
    vault.forget_built()
    return finding_sentences(journal, check(vault, snapshot).findings)


def look_at_one(journal: Journal, rows: dict[RowId, bytes], row_id: RowId, sealed: bytes) -> list[str]:
    """The same for one row that lies beside or in the place of the others; it is forgotten afterwards."""
    vault = vault_of(journal)
    vault.envelopes.follow(Altered({**rows, row_id: sealed}))
    vault.envelopes.settle()
    vault.forget_built()
    found = check(vault, Altered({row_id: sealed})).findings
    vault.envelopes.forget(row_id)
    return finding_sentences(journal, found)


def flipped(sealed: bytes, bit: int) -> bytes:
    altered = bytearray(sealed)
    altered[bit // 8] ^= 1 << bit % 8
    return bytes(altered)


def rows_of(attacked: AttackedJournal) -> dict[RowId, bytes]:
    return {RowId(row_id): sealed for row_id, sealed in attacked.rows().items()}


@pytest.mark.parametrize("share", ["", "all"])
def test_each_bit_of_a_sealed_note_flipped_is_never_shown_and_everybody_is_told(
    attacked: AttackedJournal, share: str
) -> None:
    """Lee too, who could never read it: a copy that rots is found by whoever looks."""
    with attacked.acting("Ana", "Ben", "Lee") as journals:
        ana = journals[0]
        row_id = row_of(ana, ana.notes.add(NewNote(SECRET, share=share)))
        rows = rows_of(attacked)
        sealed = rows.pop(row_id)
        body_bits = random.Random(7).sample(range(FRONT_BITS, len(sealed) * 8), 1500)
        for journal in journals:
            vault_of(journal).envelopes.forget(row_id)
            for bit in [*range(FRONT_BITS), *body_bits]:
                told = look_at_one(journal, rows, row_id, flipped(sealed, bit))
                assert told == [UNREADABLE], f"bit {bit} passed unseen"
                assert bodies(journal) == set()
            assert look_again(journal, {**rows, row_id: sealed}) == [], "a good copy mends it"


@pytest.mark.parametrize("share", ["", "all"])
def test_each_bit_flipped_under_an_id_made_to_fit_is_never_shown_and_its_author_is_told(
    attacked: AttackedJournal, share: str
) -> None:
    """An id needs no key: whoever can write the file can make it fit. Where the bit is of the envelope's id,
    or of the author's tag, their channel finds the row no more, and they miss it."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        row_id = row_of(ana, ana.notes.add(NewNote(SECRET, share=share)))
        rows = rows_of(attacked)
        sealed = rows.pop(row_id)
        body_bits = random.Random(7).sample(range(FRONT_BITS, len(sealed) * 8), 1500)
        for journal in (ana, ben):
            vault_of(journal).envelopes.forget(row_id)
        missed = []
        for bit in [*range(8, FRONT_BITS), *body_bits]:
            altered = flipped(sealed, bit)
            at = row_from(altered).id
            if not look_at_one(ana, rows, at, altered):
                missed.append((bit, {**rows, at: altered}))
            assert bodies(ana) <= {SECRET}
            look_at_one(ben, rows, at, altered)
            assert bodies(ben) <= {SECRET}
        assert len(missed) in (ENVELOPE_ID_BITS, ENVELOPE_ID_BITS + TAG_BITS)
        for bit, instead in missed:
            assert look_again(ana, instead), f"bit {bit} passed unseen"
        assert look_again(ana, {**rows, row_id: sealed}) == []


def test_the_first_byte_of_a_row_makes_no_other_row_of_it(attacked: AttackedJournal) -> None:
    """A standing row does not pass for a dropped one or a newer program's, nor the other way."""
    with attacked.acting("Ana") as (ana,):
        row_id = row_of(ana, ana.notes.add(NewNote(SECRET)))
        rows = rows_of(attacked)
        sealed = rows[row_id]
        for first in set(range(256)) - set(STANDING):
            for other in (bytes([first]) + sealed[1:], bytes([first]) + sealed[1:DROPPED_BYTES]):
                assert UNREADABLE in look_again(ana, {**rows, row_id: other})
                assert bodies(ana) == set()


def test_a_flip_in_any_row_of_the_whole_file_is_told_to_everybody(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        lee.notes.add(NewNote("observed", share="all"))
        ana.notes.delete(ana.notes.add(NewNote("deleted", share="Ben")).id)
        ana.notes.add(NewNote(SECRET))
        ben.notes.add(NewNote("for Ana", share="Ana"))
    rows, dice = rows_of(attacked), random.Random(11)
    with attacked.acting(*attacked.everybody(), remembering=False) as journals:
        for row_id, sealed in rows.items():
            altered = flipped(sealed, dice.randrange(8 * len(sealed)))
            for journal in journals:
                assert UNREADABLE in look_again(journal, {**rows, row_id: altered}), journal.me.label


def test_two_rows_swapped(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        one = row_of(ana, ana.notes.add(NewNote("first", share="Ben")))
        other = row_of(ana, ana.notes.add(NewNote("second", share="Ben")))
        ana.notes.add(NewNote("third", share="Ben"))
    rows = attacked.rows()
    attacked.insert(one, rows[other])
    attacked.insert(other, rows[one])
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        assert bodies(ana) == bodies(ben) == {"third"}
        for journal in (ana, ben, lee):
            assert not journal.check().is_clean
    for row_id in (one, other):
        attacked.insert(row_id, rows[row_id])
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        assert bodies(ana) == bodies(ben) == {"first", "second", "third"}
        for journal in (ana, ben, lee):
            assert journal.findings == ()


def moved_about(row: Row) -> Row:
    """The same slots, each one place further."""
    tags, wraps = row.slots[:TAGS_BYTES], row.slots[TAGS_BYTES:]
    assert len(wraps) == SLOTS * WRAP_BYTES
    slots = tags[TAG_BYTES:] + tags[:TAG_BYTES] + wraps[WRAP_BYTES:] + wraps[:WRAP_BYTES]
    return row._replace(slots=slots)


@pytest.mark.parametrize("fits", [False, True])
def test_slots_of_an_envelope_moved_about(attacked: AttackedJournal, fits: bool) -> None:
    with attacked.acting("Ana") as (ana,):
        row_id = row_of(ana, ana.notes.add(NewNote(SECRET, share="Ben")))
    moved = bytes_of(moved_about(row_in(attacked, row_id)))
    attacked.delete(row_id)
    attacked.insert(row_from(moved).id if fits else row_id, moved)
    with attacked.acting("Ana", "Ben") as (ana, ben):
        assert bodies(ana) == bodies(ben) == set()
        assert not ana.check().is_clean
        assert not ben.check().is_clean


@pytest.mark.parametrize("fits", [False, True])
def test_a_readers_tag_struck_out(attacked: AttackedJournal, fits: bool) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        ben.refresh()
        row_id = row_of(ana, ana.notes.add(NewNote(SECRET, share="Ben, Lee")))
        ana.notes.add(NewNote("later", share="all"))
        ben.refresh()
        row = row_in(attacked, row_id)
        start = TAG_BYTES * place_of(row, key_between(ben, ana)).slot
    slots = row.slots[:start] + bytes(TAG_BYTES) + row.slots[start + TAG_BYTES :]
    struck = bytes_of(row._replace(slots=slots))
    attacked.delete(row_id)
    attacked.insert(row_from(struck).id if fits else row_id, struck)
    for name in ("Ana", "Ben", "Lee"):
        with attacked.acting(name, remembering=False) as (journal,):
            assert bodies(journal) == {"later"}
            assert journal.findings, name


def test_a_row_that_vanished_is_missed_by_author_and_reader(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("stays", share="Ben"))
        gone = row_of(ana, ana.notes.add(NewNote(SECRET, share="Ben")))
        ana.notes.add(NewNote("stays too", share="Ben"))
    attacked.delete(gone)
    for name in ("Ana", "Ben"):
        with attacked.acting(name, remembering=False) as (journal,):
            assert bodies(journal) == {"stays", "stays too"}
            assert "is not in this file" in " ".join(finding_sentences(journal))
