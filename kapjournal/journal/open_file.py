"""The doors of a file: open it, and find what a passphrase opens."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kapjournal.crypto.kdf import DEFAULT, SALT_BYTES, stretch
from kapjournal.crypto.keyslot import Secrets, SlotKind
from kapjournal.errors import UnlockFailed, UsageError
from kapjournal.journal.trust.keyslots import doors_of, keyslots_of, labels_of, open_first, readings
from kapjournal.store import JournalFile

_CLOSED = "That did not open a door. Check the label and the passphrase."


def secrets_behind(file: JournalFile, label: str | None, passphrase: str) -> Secrets:
    """What a door of a file holds (`UsageError` if there are several and no
    label; `UnlockFailed`, after the same work and in the same words, whatever was wrong)."""
    with file.reading() as snapshot:
        slots = keyslots_of(snapshot, SlotKind.PASSPHRASE)
    if label is None and (labels := labels_of(slots)):
        if len(labels) > 1:
            raise UsageError(f"Which door? There are {', '.join(labels)}.")
        label = labels[0]
    fitting = slots if label is None else doors_of(slots, label)
    if not fitting:
        for reading in readings(passphrase):
            stretch(reading, bytes(SALT_BYTES), slots[0].strength if slots else DEFAULT)
    opened = open_first(file.journal_id, fitting, passphrase)
    if opened is None:
        raise UnlockFailed(_CLOSED)
    return opened[1]


@contextmanager
def open_file(path: Path, *, keep: bool = False) -> Iterator[JournalFile]:
    """An open file, closed again after the block, or with `keep` only if the block did not come through."""
    file = JournalFile(path)
    through = False
    try:
        yield file
        through = keep
    finally:
        if not through:
            file.close()
