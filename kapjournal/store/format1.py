"""Reading a journal file of format 1, from which each member takes over what they wrote; never writing it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kapjournal import signals
from kapjournal.domain.ids import JournalId
from kapjournal.errors import Refused
from kapjournal.store.connection import checked_id, connect, engine_of, examine, format_of
from kapjournal.store.rows import Snapshot
from kapjournal.store.schema import FORMAT, MASTER_OF_FORMAT_1
from kapjournal.store.sqlite_errors import in_words

_FORMAT = 1


@contextmanager
def reading_format_1(path: Path) -> Iterator[tuple[JournalId, Snapshot]]:
    """One moment of a file of format 1; a signal waits until it is over.

    Whatever is refused at opening a journal is refused here, and so is a file of another format. A log that
    an older program left beside the file is read with it.
    """
    examine(path, _checked_id)
    has_log = path.resolve().with_name(path.resolve().name + "-wal").exists()
    with (
        signals.deferred(),
        in_words(path),
        closing(connect(path, "ro" if has_log else "immutable")) as raw,
        engine_of(raw).connect() as connection,
    ):
        connection.exec_driver_sql("BEGIN")
        try:
            yield _checked_id(raw, path), Snapshot(connection)
        finally:
            connection.rollback()


def _checked_id(connection: sqlite3.Connection, path: Path) -> JournalId:
    if format_of(connection) == FORMAT:
        raise Refused(f"{path.name} is a journal of today (format {FORMAT}); nothing has to be taken over.")
    return checked_id(connection, path, _FORMAT, MASTER_OF_FORMAT_1)
