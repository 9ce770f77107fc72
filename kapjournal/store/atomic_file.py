"""A file that appears whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kapjournal import staging
from kapjournal.errors import CannotSave, Refused
from kapjournal.paths import is_companion
from kapjournal.store.sqlite_errors import in_words


@contextmanager
def appearing(dest: Path, cannot: str) -> Iterator[Path]:
    """Make a file (mode 0600) in a folder of its own beside `dest`; it takes its place once it is whole and
    on disk. What a kill leaves of it is removed by the next that is made there.

    `Refused` if anything is at `dest`, even a link that leads nowhere; `cannot` begins the sentence of
    `CannotSave`.
    """
    if is_companion(dest):
        raise Refused(f"{dest.name} is the name of a journal's own files; choose another.")
    _refuse_if_there(dest)
    try:
        with staging.folder_beside(dest) as folder:
            partial = folder / dest.name
            os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            with in_words(dest):
                yield partial
            staging.synced(partial)
            _refuse_if_there(dest)
            partial.rename(dest)
        staging.synced(dest.parent)
    except OSError as error:
        raise CannotSave(f"{cannot} {dest}: {error.strerror}.") from None


def _refuse_if_there(dest: Path) -> None:
    if os.path.lexists(dest):
        raise Refused(f"There is something at {dest} already. Nothing was changed.")
