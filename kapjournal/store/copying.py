"""A journal file copied step by step, as it is at one moment: others may write meanwhile, and between two
steps the copy can be given up."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kapjournal import signals
from kapjournal.progress import Progress, in_silence
from kapjournal.store.connection import connect
from kapjournal.store.sqlite_errors import in_words, primary

_PAGES = 256
"""So many in one step: 1 MiB."""
_INSTRUCTIONS = 20_000
"""Of SQLite's, between two looks at whether the work is to be given up: some milliseconds."""


def copy_pages(source: sqlite3.Connection, empty: Path, follow: Progress = in_silence) -> None:
    """Write what a connection reads to an empty file that no other program knows: what it sees in its
    transaction, so that what others save meanwhile neither is in the copy nor begins it anew."""
    size = int(source.execute("PRAGMA page_size").fetchone()[0])

    def step(_status: int, remaining: int, pages: int) -> None:
        signals.give_way()
        follow((pages - remaining) * size, pages * size)

    with closing(connect(empty, "new")) as target:
        try:
            source.backup(target, pages=_PAGES, progress=step)
        except sqlite3.Error as error:
            if primary(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise  # of what is read
            with in_words(empty):
                raise


@contextmanager
def given_up_by(look: Callable[[], object], connection: sqlite3.Connection) -> Iterator[None]:
    """Give up a long statement if `look`, called now and then, raises anything; that is raised here then."""
    raised: list[BaseException] = []

    def handler() -> int:
        try:
            signals.give_way()
            look()
        except BaseException as error:  # noqa: BLE001 - raised below
            raised.append(error)
        return len(raised)

    connection.set_progress_handler(handler, _INSTRUCTIONS)
    try:
        yield
    except sqlite3.OperationalError:
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)
