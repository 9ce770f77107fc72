"""A copy put in the place of a journal; what stood there stays beside it, with all that belongs to it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

from kapjournal import paths, signals, staging
from kapjournal.domain.ids import JournalId
from kapjournal.errors import CannotSave, Damaged, KapjournalError
from kapjournal.progress import Progress, in_silence
from kapjournal.store.companions import INDEX, LOG, beside, is_sound
from kapjournal.store.connection import checked_id, connect, examine
from kapjournal.store.copying import copy_pages, given_up_by
from kapjournal.store.file import JournalFile
from kapjournal.store.sqlite_errors import in_words

if sys.platform != "win32":  # there a file that is open cannot be renamed: nothing more is needed
    import fcntl

_FIRST_LOCKED, _LOCKED = 0x40000002, 510
"""The bytes of a file that every SQLite connection to it locks while it is open (Database File Format, 1.3.2,
the lock-byte page)."""


def journal_at(path: Path) -> JournalId | None:
    """Which journal the file at `path` is; None if there is none, or it is not in order."""
    with suppress(KapjournalError):
        return examine(path, checked_id)[0]
    return None


def copy_of(source: Path, dest: Path, follow: Progress = in_silence) -> None:
    """Write a copy of the journal at `source` to the empty file `dest`, in the order it is in. Nothing of the
    source is written; what SQLite cannot read a page of is `Damaged`."""
    source = source.resolve()
    with in_words(source), closing(connect(source, _reading_mode(source))) as raw:
        raw.execute("BEGIN")
        copy_pages(raw, dest, follow)


@contextmanager
def looked_into(source: Path, look: Callable[[], object]) -> Iterator[JournalFile]:
    """The journal at `source`, open for reading alone; one that is not in order is `Damaged`. It is looked
    through first, and `look` is called now and then, as by `given_up_by`."""
    source = source.resolve()
    mode = _reading_mode(source)
    if not is_sound(source, connect, mode, partial(given_up_by, look)):
        raise Damaged(f"{source.name} is damaged. It was left as it is; try an older backup.")
    with closing(JournalFile(source, mode)) as file:
        yield file


def _reading_mode(source: Path) -> str:
    """The mode in which a journal is read without writing anything of it (`Damaged` if it is none)."""
    _, mode = examine(source, checked_id)
    return "ro" if beside(source, LOG).exists() and mode != "immutable" else "immutable"


@contextmanager
def restored(source: Path, path: Path, follow: Progress = in_silence) -> Iterator[tuple[Path, list[Path]]]:
    """A copy of `source` to be looked at; if the block comes through, it is put in the place of `path`.

    Whatever stood there, whole or not, is kept beside it; where is in the list after the block. `CannotSave`
    if another program has the journal open.
    """
    path = path.resolve()
    kept: list[Path] = []
    try:
        with staging.folder_beside(path) as folder:
            waiting = folder / path.name
            os.close(os.open(waiting, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            copy_of(source, waiting, follow)
            yield waiting, kept
            staging.synced(waiting)
            with signals.deferred(), _nobody_has_open(path):
                if any(os.path.lexists(one) for one in (path, beside(path, LOG))):
                    kept.append(paths.free_beside(path, ".before-restore"))
                _exchange(path, waiting, kept[0] if kept else path)
        staging.synced(path.parent)
    except OSError as error:
        raise CannotSave(f"{path} cannot be restored: {error.strerror}.") from None


def _exchange(path: Path, waiting: Path, kept: Path) -> None:
    """Keep what stands at `path` under another name, and put what waits there. An error puts all back."""
    moved: list[str] = []
    try:
        for ending in ("", LOG, INDEX):
            with suppress(FileNotFoundError):
                beside(path, ending).rename(beside(kept, ending))
                moved.insert(0, ending)
        waiting.rename(path)
    except OSError as error:
        try:
            for ending in moved:  # the log before the file, which is never at its place without it
                beside(kept, ending).rename(beside(path, ending))
        except OSError:
            raise CannotSave(
                f"{path} cannot be restored: {error.strerror}. What stood there is now {kept}: give it its "
                "name back."
            ) from None
        raise


@contextmanager
def _nobody_has_open(path: Path) -> Iterator[None]:
    """Refuse (`CannotSave`) while another program has the file open."""
    if sys.platform == "win32" or not path.is_file():
        yield
        return
    descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKED, _FIRST_LOCKED)
        yield
    except BlockingIOError:
        raise CannotSave(
            f"{path.name} is open in another program. Lock it there and close it, then try again. Nothing "
            "was changed."
        ) from None
    finally:
        os.close(descriptor)
