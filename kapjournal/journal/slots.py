"""Keyslots between the file's rows and the keys' form, and what a passphrase must be."""

from collections.abc import Iterable

from kapjournal.crypto import keyslot
from kapjournal.crypto.kdf import KdfStrength
from kapjournal.crypto.keyslot import Keyslot, Secrets, SlotKind, is_sound
from kapjournal.crypto.primitives import NotGenuine, Sealed
from kapjournal.domain.members import folded, valid_label
from kapjournal.errors import Damaged, Refused, UsageError
from kapjournal.store import KeyslotRow, Snapshot

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


def slots_of(snapshot: Snapshot, kind: SlotKind) -> list[Keyslot]:
    """The keyslots of a kind."""
    return [_from_row(row, kind) for row in snapshot.slots() if row.kind == kind]


def labels_of(slots: Iterable[Keyslot]) -> list[str]:
    """What stands on the doors, in alphabetical order, each label once.

    Anybody who can write the file can plant a door; a label that no program of ours would write is not shown.
    """
    labels: dict[str, str] = {}
    for slot in sorted(slots, key=lambda slot: slot.label):
        if _is_honest(slot):
            labels.setdefault(folded(slot.label), slot.label)
    return [labels[seen] for seen in sorted(labels)]


def _is_honest(slot: Keyslot) -> bool:
    """Whether the label is one of ours: only a door that a passphrase opens has any."""
    if slot.kind is not SlotKind.PASSPHRASE:
        return slot.label == ""
    try:
        return valid_label(slot.label) == slot.label
    except (Refused, UsageError):
        return False


def odd_slots(snapshot: Snapshot) -> int:
    """How many keyslots no program of ours made: of an unknown kind, oddly labelled, or asking too much."""
    known = [slot for kind in SlotKind for slot in slots_of(snapshot, kind)]
    return len(snapshot.slots()) - sum(is_sound(slot) and _is_honest(slot) for slot in known)


def open_one(journal: bytes, slots: Iterable[Keyslot], words: str | bytes) -> tuple[Keyslot, Secrets] | None:
    """The first slot that passphrase, code or entropy opens, with its secrets; None if none does.

    A slot that somebody planted or altered keeps nobody from the right one; where nothing opens and there is
    such a slot, it is named (`Damaged`).
    """
    damage: Damaged | None = None
    for slot in slots:
        try:
            return slot, keyslot.unlock(journal, slot, words)
        except NotGenuine:
            continue
        except Damaged as error:
            damage = error
        except MemoryError:
            damage = Damaged("A door asks for more memory than this computer has.")
    if damage:
        raise damage
    return None


def _from_row(row: KeyslotRow, kind: SlotKind) -> Keyslot:
    strength = KdfStrength(row.memory_kib, row.time, row.lanes)
    return Keyslot(row.id, kind, row.label, strength, row.salt, Sealed(row.sealed_secret))
