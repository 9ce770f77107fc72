"""Journal files with a known number of rows, and the bytes to put into one."""

import os
import secrets
from pathlib import Path

from kapjournal.domain.ids import JournalId, KeyslotId, RowId
from kapjournal.sealed import Sealed
from kapjournal.store import JournalFile, KeyslotRow, Snapshot

JOURNAL = JournalId(bytes(range(16)))
STANDING_BYTES, DROPPED_BYTES = 4881, 785
"""How long most rows are, and every one that was dropped."""


def sealed(size: int = STANDING_BYTES) -> Sealed:
    """Random bytes: to the store every row is."""
    return Sealed(os.urandom(size))


def some_rows(many: int, size: int = STANDING_BYTES) -> list[tuple[RowId, Sealed]]:
    """Rows with fresh ids."""
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


def make_file(path: Path, rows: list[tuple[RowId, Sealed]]) -> None:
    """Make a journal file and close it."""
    JournalFile.create(path, JOURNAL, [some_slot()], rows).close()


def read_all(path: Path) -> dict[RowId, bytes | None]:
    """Every row that can be listed, and its bytes where they can be read."""
    file = JournalFile(path)
    try:
        with file.reading() as snapshot:
            return dict(snapshot.rows())
    finally:
        file.close()


def ids(snapshot: Snapshot) -> set[RowId]:
    """Every row that can be listed."""
    return set(snapshot.lengths())
