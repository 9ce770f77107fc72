"""Bits, rows, slots: no altered text is ever shown, and the author's check tells."""

import random
from collections.abc import Iterator

import pytest

from kapjournal.crypto.envelope import ref_of, slots_in
from kapjournal.domain.ids import EnvelopeId
from kapjournal.journal import NewNote
from kapjournal.journal.integrity.check import check
from kapjournal.journal.integrity.findings import findings
from kapjournal.journal.journal import Journal
from kapjournal.store import Snapshot
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.internals import row_of, finding_sentences, vault_of

SECRET = "the hallway again, but the light was on"


class Altered(Snapshot):
    """The file as it is, but for some envelopes."""

    def __init__(self, rows: dict[EnvelopeId, bytes]) -> None:
        self.altered = rows

    def envelopes(self) -> Iterator[tuple[EnvelopeId, bytes | None]]:
        yield from self.altered.items()

    def ids(self) -> set[EnvelopeId]:
        return set(self.altered)

    def envelope(self, envelope_id: EnvelopeId) -> bytes | None:
        return self.altered.get(envelope_id)


def look_again(journal: Journal, envelope_id: EnvelopeId, sealed: bytes) -> list[str]:
    """Let an open journal read one envelope anew, as an unlock would, and say what a check finds."""
    envelopes = vault_of(journal).envelopes
    envelopes.forget(envelope_id)
    envelopes.follow(Altered({**dict.fromkeys(envelopes._known(), b""), envelope_id: sealed}))
    envelopes.settle()
    report = check(vault_of(journal), Altered({envelope_id: sealed}))
    return finding_sentences(journal, report.findings)


@pytest.mark.parametrize("share", ["", "Ben", "all"])
def test_each_bit_of_a_sealed_note_flipped_is_never_shown_and_its_author_is_told(
    attacked: AttackedJournal, share: str
) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = ana.notes.add(NewNote(SECRET, share=share))
        ben.refresh()
        envelope_id = row_of(ana, note)
        sealed = attacked.rows()[envelope_id]
        assert look_again(ana, envelope_id, sealed) == []
        header = 737 * 8
        dice = random.Random(7)
        body_bits = dice.sample(range(header, len(sealed) * 8), 1500)
        for bit in [*range(header), *body_bits]:
            flipped = bytearray(sealed)
            flipped[bit // 8] ^= 1 << bit % 8
            assert look_again(ana, envelope_id, bytes(flipped)), f"bit {bit} passed unseen"
            assert bodies(ana) <= {SECRET}
            look_again(ben, envelope_id, bytes(flipped))
            assert bodies(ben) <= {SECRET}
        assert look_again(ana, envelope_id, sealed) == []


def test_a_flip_in_each_row_of_the_whole_file_is_told_to_somebody(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        lee.notes.add(NewNote("observed", share="all"))
        ana.notes.add(NewNote(SECRET))
        ben.notes.add(NewNote("for Ana", share="Ana"))
    dice = random.Random(11)
    for envelope_id, sealed in attacked.rows().items():
        flipped = bytearray(sealed)
        flipped[dice.randrange(len(sealed))] ^= 1 << dice.randrange(8)
        attacked.insert(envelope_id, bytes(flipped))
        told = []
        for name in attacked.everybody():
            with attacked.acting(name, remembering=False) as (journal,):
                told.append(bool(journal.check().findings))
        assert any(told)
        attacked.insert(envelope_id, sealed)


def test_two_rows_swapped(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        one = row_of(ana, ana.notes.add(NewNote("first", share="Ben")))
        other = row_of(ana, ana.notes.add(NewNote("second", share="Ben")))
        ana.notes.add(NewNote("third", share="Ben"))
    rows = attacked.rows()
    attacked.insert(one, rows[other])
    attacked.insert(other, rows[one])
    with attacked.acting("Ana", "Ben") as (ana, ben):
        assert bodies(ana) == bodies(ben) == {"third"}
        assert not ana.check().is_clean
        assert not ben.check().is_clean


def test_slots_of_an_envelope_moved_about(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        envelope_id = row_of(ana, ana.notes.add(NewNote(SECRET, share="Ben")))
    sealed = attacked.rows()[envelope_id]
    slots = slots_in(sealed)[1:] + slots_in(sealed)[:1]
    moved = sealed[:33] + b"".join(t for t, _ in slots) + b"".join(w for _, w in slots) + sealed[737:]
    assert len(moved) == len(sealed)
    assert ref_of(envelope_id, moved) != ref_of(envelope_id, sealed)
    attacked.insert(envelope_id, moved)
    with attacked.acting("Ana", "Ben") as (ana, ben):
        assert bodies(ana) == bodies(ben) == set()
        assert not ana.check().is_clean
        assert not ben.check().is_clean


def test_a_readers_tag_struck_out(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        ben.refresh()
        envelope_id = row_of(ana, ana.notes.add(NewNote(SECRET, share="Ben, Lee")))
        ana.notes.add(NewNote("later", share="all"))
        sealed = attacked.rows()[envelope_id]
        ben.refresh()
        place = vault_of(ben).envelopes.incoming[ana.me.id].key.find(envelope_id, sealed)
        assert place is not None
    start = 33 + 16 * place.slot
    attacked.insert(envelope_id, sealed[:start] + bytes(16) + sealed[start + 16 :])
    for name in ("Ana", "Ben", "Lee"):
        with attacked.acting(name, remembering=False) as (journal,):
            assert bodies(journal) == {"later"}
            assert findings(vault_of(journal)), name


def test_a_row_that_vanished_is_missed_by_author_and_reader(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("stays", share="Ben"))
        gone = row_of(ana, ana.notes.add(NewNote(SECRET, share="Ben")))
        ana.notes.add(NewNote("stays too", share="Ben"))
    attacked.delete(gone)
    for name in ("Ana", "Ben"):
        with attacked.acting(name, remembering=False) as (journal,):
            assert bodies(journal) == {"stays", "stays too"}
            assert "missing" in " ".join(finding_sentences(journal))
