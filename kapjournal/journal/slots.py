"""Keyslots between the file's rows and the keys' form, and what a passphrase must be."""

from kapjournal.crypto.kdf import KdfStrength
from kapjournal.crypto.keyslot import Keyslot, SlotKind
from kapjournal.crypto.primitives import Sealed
from kapjournal.errors import Damaged, UsageError
from kapjournal.store import KeyslotRow

MIN_PASSPHRASE = 12


def check_passphrase(passphrase: str) -> str:
    """Take a passphrase of twelve characters or more (`UsageError`)."""
    if len(passphrase) < MIN_PASSPHRASE:
        raise UsageError(f"A passphrase has at least {MIN_PASSPHRASE} characters.")
    return passphrase


def to_row(slot: Keyslot) -> KeyslotRow:
    """As the file keeps it."""
    return KeyslotRow(
        id=slot.id,
        kind=slot.kind.value,
        label=slot.label,
        memory_kib=slot.strength.memory_kib,
        time=slot.strength.time,
        lanes=slot.strength.lanes,
        salt=slot.salt,
        sealed_secret=slot.sealed_secret,
    )


def from_row(row: KeyslotRow) -> Keyslot:
    """As the keys take it; a kind nobody knows is `Damaged`."""
    try:
        kind = SlotKind(row.kind)
    except ValueError:
        raise Damaged("A door of this journal is damaged.") from None
    strength = KdfStrength(row.memory_kib, row.time, row.lanes)
    return Keyslot(row.id, kind, row.label, strength, row.salt, Sealed(row.sealed_secret))
