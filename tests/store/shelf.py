"""A journal file with a known number of envelopes, and the bytes to put into one."""

import os
import secrets
from pathlib import Path

from kapjournal.store import JournalFile, KeyslotRow

JOURNAL = bytes(range(16))


def sealed(size: int = 4849) -> bytes:
    """Random bytes: to the store every envelope is."""
    return os.urandom(size)


def some(many: int, size: int = 4849) -> list[tuple[bytes, bytes]]:
    """Envelopes with fresh ids."""
    return [(secrets.token_bytes(16), sealed(size)) for _ in range(many)]


def slot(label: str = "Kim") -> KeyslotRow:
    """A door that opens to nothing."""
    return KeyslotRow(
        id=secrets.token_bytes(16),
        kind="passphrase",
        label=label,
        memory_kib=65536,
        time=3,
        lanes=1,
        salt=bytes(16),
        sealed_secret=bytes(144),
    )


def made(path: Path, envelopes: list[tuple[bytes, bytes]]) -> None:
    """Make a journal file and close it."""
    JournalFile.create(path, JOURNAL, [slot()], envelopes).close()


def listed(path: Path) -> dict[bytes, bytes | None]:
    """Everything that can be read."""
    file = JournalFile(path)
    try:
        with file.reading() as snapshot:
            return dict(snapshot.envelopes())
    finally:
        file.close()
