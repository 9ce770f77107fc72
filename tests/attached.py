"""Attaching in tests: files to attach, what is given out again, and how the pieces lie in the file."""

import io
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from kapjournal.domain.notes import Note
from kapjournal.journal import Journal
from kapjournal.journal.documents.files import raw_files_of
from tests.internals import vault_of


def file_of(folder: Path, data: bytes, name: str = "memo.bin") -> Path:
    """A file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return path


def given_out(journal: Journal, note: Note, which: str = "1") -> bytes:
    """The bytes of a file of a note."""
    into = io.BytesIO()
    journal.attachments.write(note.id, which, into)
    return into.getvalue()


def part_rows(path: Path) -> dict[bytes, bytes]:
    """Every piece that lies in a file, dropped ones among them."""
    with closing(sqlite3.connect(path)) as database:
        return dict(database.execute("SELECT id, sealed FROM part").fetchall())


def raw_files(journal: Journal, note: Note) -> list[dict[str, Any]]:
    """The files of a note as they stand in its data, keys and all."""
    return raw_files_of(vault_of(journal).notes.stored(note.id).version)


def rows_of_file(journal: Journal, note: Note, at: int = 0) -> list[bytes]:
    """The row ids of the pieces of a file, in order."""
    return [bytes.fromhex(row) for row, _ in raw_files(journal, note)[at]["parts"]]


def run(path: Path, statement: str, *values: object) -> None:
    """Write to a journal file as anybody can who has it."""
    with closing(sqlite3.connect(path)) as database:
        database.execute(statement, values)
        database.commit()
