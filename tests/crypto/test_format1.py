"""The reading half of format 1 opens what the second reader opens, and nothing that somebody touched."""

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.crypto import format1
from kapjournal.crypto.format1 import Keys, Slot
from kapjournal.crypto.kdf import KdfStrength
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.words import recovery_entropy
from kapjournal.domain.ids import JournalId
from kapjournal.errors import Damaged
from tests.golden.format1 import KAP, PASSPHRASES, PEOPLE
from tests.golden.second_reader import Envelope, Person


@dataclass
class Old:
    """The golden journal: its id, its slots and its rows, and Ana by the second reader."""

    journal: JournalId
    slots: list[Slot]
    rows: dict[bytes, bytes]
    ana: Person

    def slot(self, kind: str, label: str) -> Slot:
        return next(slot for slot in self.slots if (slot.kind, slot.label) == (kind, label))


@pytest.fixture(scope="module")
def old() -> Old:
    with closing(sqlite3.connect(f"{KAP.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        ((journal,),) = database.execute("SELECT journal_id FROM journal")
        rows = dict(database.execute("SELECT id, sealed FROM envelope"))
        slots = [
            Slot(id_, kind, label, KdfStrength(memory, time, lanes), salt, sealed)
            for id_, kind, label, memory, time, lanes, salt, sealed in database.execute(
                "SELECT * FROM keyslot"
            )
        ]
    ana = Person.__new__(Person)
    ana.jid, ana.rows = journal, [Envelope(*row) for row in rows.items()]
    ana.first = format1.unlock(JournalId(journal), _named(slots, "Ana"), PASSPHRASES["Ana"])
    ana.me = Keys(ana.first, JournalId(journal)).me
    return Old(JournalId(journal), slots, rows, ana)


def _named(slots: list[Slot], label: str) -> Slot:
    return next(slot for slot in slots if slot.label == label)


def test_a_passphrase_and_recovery_words_open_the_same_master_key(old: Old) -> None:
    entropy = recovery_entropy(PEOPLE["Ana"]["recovery"])
    assert format1.recover(old.journal, old.slot("recovery", ""), entropy) == old.ana.first


def test_every_row_of_the_members_own_opens_as_the_second_reader_opens_it(old: Old) -> None:
    keys = Keys(old.ana.first, old.journal)
    assert keys.own == old.ana.channel(keys.me, keys.me)
    theirs = {
        row.id: (row.body(key), row.h, writes)
        for row, _, key, writes in old.ana.slots_on(keys.own)
        if any(key[:16])
    }
    ours = {}
    for row_id, sealed in old.rows.items():
        if opened := format1.open_on(keys.own, row_id, sealed):
            ours[row_id] = opened.body, opened.mark, opened.writes
    assert ours == theirs and len(ours) == 12


@pytest.mark.parametrize("change", ["id", "label", "salt", "strength", "sealed_secret", "journal"])
def test_a_slot_that_was_changed_does_not_open(change: str, old: Old) -> None:
    slot, journal = old.slot("passphrase", "Ana"), old.journal
    if change == "journal":
        journal = JournalId(bytes(16))
    elif change == "strength":
        slot = slot._replace(strength=KdfStrength(65536, 4, 1))
    else:
        value = getattr(slot, change)
        other: Any = value + "x" if isinstance(value, str) else value[:-1] + bytes([value[-1] ^ 1])
        slot = slot._replace(**{change: other})
    with pytest.raises(NotGenuine):
        format1.unlock(journal, slot, PASSPHRASES["Ana"])


@pytest.mark.parametrize("change", [{"salt": b""}, {"sealed_secret": bytes(143)}, {"id": b"x"}])
def test_a_slot_of_impossible_form_is_refused_unstretched(change: dict[str, Any], old: Old) -> None:
    slot = old.slot("passphrase", "Ana")._replace(**change)
    assert not format1.is_sound(slot)
    with pytest.raises(Damaged):
        format1.unlock(old.journal, slot, PASSPHRASES["Ana"])


def test_a_recovery_slot_with_columns_of_another_kind_does_not_open(old: Old) -> None:
    slot = old.slot("recovery", "")._replace(strength=KdfStrength(-1, 2**40, 0))
    with pytest.raises(NotGenuine):
        format1.recover(old.journal, slot, recovery_entropy(PEOPLE["Ana"]["recovery"]))


@given(at=st.integers(0, 753 + 4096 - 1), bit=st.integers(0, 7))
def test_a_single_bit_anywhere_but_in_others_wraps_is_noticed(old: Old, at: int, bit: int) -> None:
    keys = Keys(old.ana.first, old.journal)
    row = next(
        row
        for row, _, key, _ in old.ana.slots_on(keys.own)
        if any(key[:16]) and len(row.sealed) == 753 + 4096
    )
    slot = row.slot(keys.own)
    assert slot
    changed = bytearray(row.sealed)
    changed[at] ^= 1 << bit
    is_of_others = 161 <= at < 737 and (at - 161) // 72 != slot[0]
    with suppress(NotGenuine):
        opened = format1.open_on(keys.own, row.id, bytes(changed))
        assert opened is None or is_of_others


@given(body=st.binary(max_size=400))
def test_a_body_of_whatever_bytes_is_read_or_not_genuine(body: bytes) -> None:
    with suppress(NotGenuine):
        read = format1.read_body(body)
        assert read.kind in format1.KINDS and len(read.data) + len(read.words) <= len(body)


@given(sealed=st.binary(max_size=6000), channel=st.binary(min_size=32, max_size=32))
def test_an_envelope_of_whatever_bytes_is_on_no_channel(sealed: bytes, channel: bytes) -> None:
    assert format1.open_on(channel, bytes(16), sealed) is None
