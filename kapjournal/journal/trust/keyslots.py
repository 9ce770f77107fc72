"""Keyslots between the file's rows and the form the crypto knows."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Protocol, TypeVar

from kapjournal.crypto import keyslot
from kapjournal.crypto.kdf import DEFAULT, KdfStrength
from kapjournal.crypto.keyslot import Keyslot, Secrets, SlotKind, is_sound
from kapjournal.crypto.primitives import NotGenuine, counted, digest, purpose
from kapjournal.domain.ids import JournalId, KeyslotId
from kapjournal.domain.members import folded, valid_label
from kapjournal.errors import CannotSave, Damaged, OutOfMemory, Refused, UsageError
from kapjournal.store import KeyslotRow, Snapshot, Transaction
from kapjournal.text import without_unseen

T = TypeVar("T")

_MAX_WORK = 16 * 1024 * 1024
"""KiB times passes: what is spent at most on rows that do not open. Each of ours costs 1/21 of it."""


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


def keyslots_of(snapshot: Snapshot, kind: SlotKind) -> list[Keyslot]:
    """The keyslots of a kind."""
    return [_from_row(row, kind) for row in snapshot.slots() if row.kind == kind]


def labels_of(slots: Iterable[Keyslot]) -> list[str]:
    """What stands on the doors, in alphabetical order, each label once.

    Whoever can write the file can plant a door; a label that this program would not write is not shown.
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


def sound_keyslots(rows: Iterable[KeyslotRow]) -> list[Keyslot]:
    """Without those that this program never made: of an unknown kind, oddly labelled, or asking too much."""
    known = [_from_row(row, SlotKind(row.kind)) for row in rows if row.kind in set(SlotKind)]
    return [slot for slot in known if is_sound(slot) and _is_honest(slot)]


def new_door(
    journal: JournalId, label: str, passphrase: str, held: Secrets, strength: KdfStrength | None
) -> Keyslot:
    """A door that a passphrase opens."""
    return keyslot.lock(journal, SlotKind.PASSPHRASE, label, passphrase, held, strength or DEFAULT)


def doors_of(slots: Iterable[Keyslot], label: str) -> list[Keyslot]:
    """Which of these are the doors of the member of that label: there is one, unless somebody added more."""
    doors = (slot for slot in slots if slot.kind is SlotKind.PASSPHRASE)
    return [slot for slot in doors if folded(slot.label) == folded(label)]


def marks_of(doors: Iterable[Keyslot]) -> frozenset[bytes]:
    """Each as its id (16 bytes) and a digest of the row (16)."""
    return frozenset(map(_mark, doors))


def replace_keyslots(transaction: Transaction, old: Iterable[KeyslotId], new: Keyslot) -> None:
    """Put a slot in the place of others, and read back that the file has it so; otherwise the whole
    transaction is undone (`CannotSave`)."""
    for slot_id in (gone := set(old)):
        transaction.drop_slot(slot_id)
    transaction.put_slot(to_row(new))
    rows = transaction.slots()
    if gone & {row.id for row in rows} or new not in sound_keyslots(rows):
        raise CannotSave("The file did not take the new door. What opened it before still does.")


def open_first(journal: JournalId, slots: Iterable[Keyslot], words: str) -> tuple[Keyslot, Secrets] | None:
    """The first slot that a passphrase or code opens, with its secrets; None if none does (`Damaged` as for
    `first_that_opens`)."""
    return first_that_opens(
        slots, is_sound, lambda slot: as_read(words, lambda reading: keyslot.unlock(journal, slot, reading))
    )


def readings(typed: str) -> tuple[str, ...]:
    """What somebody may have meant: a secret without what cannot be seen, then to the letter. A door of today
    has nothing unseen in its passphrase, one that an earlier program made may have."""
    seen = without_unseen(typed)
    return (typed,) if seen == typed else (seen, typed)


def as_read(typed: str, unlock: Callable[[str], T]) -> T:
    """What opens with the first of the readings that does (`NotGenuine`, or whatever the last one raises)."""
    *others, last = readings(typed)
    for reading in others:
        with suppress(NotGenuine):
            return unlock(reading)
    return unlock(last)


class Stretched(Protocol):
    """A slot whose words are stretched, in a file of whichever format."""

    @property
    def strength(self) -> KdfStrength:
        """How much that costs."""


S = TypeVar("S", bound=Stretched)


def first_that_opens(
    slots: Iterable[S], is_sound: Callable[[S], bool], unlock: Callable[[S], T]
) -> tuple[S, T] | None:
    """The first slot that opens, with what it holds; None if none does.

    A slot that was planted or altered keeps nobody from the right one; where nothing opens and there is such
    a slot, it is named (`Damaged`), and so is a want of memory (`OutOfMemory`). The cheap ones are tried
    first, and others within bounds: planted ones that cost much would make each attempt last minutes.
    """
    damage: Damaged | OutOfMemory | None = None
    spent = 0
    for slot in sorted(slots, key=_cost):
        if is_sound(slot):
            spent += _cost(slot)
            if spent > _MAX_WORK and spent > _cost(slot):
                damage = Damaged(
                    "Somebody put strange doors into this file, too many to try them all. "
                    "If yours does not open any more, a backup can bring it back."
                )
                break
        try:
            return slot, unlock(slot)
        except NotGenuine:
            continue
        except (Damaged, OutOfMemory) as error:
            damage = error
    if damage:
        raise damage
    return None


def _cost(slot: Stretched) -> int:
    return slot.strength.memory_kib * slot.strength.time


def _mark(slot: Keyslot) -> bytes:
    row = to_row(slot).model_dump().values()
    columns = (column if isinstance(column, bytes) else str(column).encode() for column in row)
    return slot.id + digest(purpose("keyslot row", *map(counted, columns)))[:16]


def _from_row(row: KeyslotRow, kind: SlotKind) -> Keyslot:
    strength = KdfStrength(row.memory_kib, row.time, row.lanes)
    return keyslot.stored(row.id, kind, row.label, strength, row.salt, row.sealed_secret)
