"""Journal files with a known number of envelopes, and the bytes to put into one."""

import os
import secrets
from pathlib import Path

from kapjournal.domain.ids import JournalId, KeyslotId, RowId
from kapjournal.sealed import Sealed
from kapjournal.store import JournalFile, KeyslotRow

JOURNAL = JournalId(bytes(range(16)))


def sealed(size: int = 4849) -> Sealed:
    """Random bytes: to the store every envelope is."""
    return Sealed(os.urandom(size))


def some_envelopes(many: int, size: int = 4849) -> list[tuple[RowId, Sealed]]:
    """Envelopes with fresh ids."""
    return [(RowId(secrets.token_bytes(16)), sealed(size)) for _ in range(many)]


def some_slot(label: str = "Kim") -> KeyslotRow:
    """A door that opens to nothing."""
    return KeyslotRow(
        id=KeyslotId(secrets.token_bytes(16)),
        kind="passphrase",
        label=label,
        memory_kib=65536,
        time=3,
        lanes=1,
        salt=bytes(16),
        sealed_secret=Sealed(bytes(144)),
    )


def make_file(path: Path, envelopes: list[tuple[RowId, Sealed]]) -> None:
    """Make a journal file and close it."""
    JournalFile.create(path, JOURNAL, [some_slot()], envelopes).close()


def read_all(path: Path) -> dict[RowId, bytes | None]:
    """Every envelope that can be read."""
    file = JournalFile(path)
    try:
        with file.reading() as snapshot:
            return dict(snapshot.rows())
    finally:
        file.close()
