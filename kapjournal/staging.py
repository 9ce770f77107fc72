"""Folders that do not stay: a demo's, and the one in which an export, a backup or a journal is written until
it is complete.

An export is not sealed, so nothing of it may be left behind. Its folder is removed when the export is over,
when the program ends in the middle of it (`abandon`) and, after a kill or a power cut, at the next export
into the same folder or by whoever remembered where it was (`sweep`). A lock on the folder shows that a
program is still writing into it; unlike the number of a process, a lock never passes to another program.
"""

import atexit
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kapjournal import signals

if sys.platform != "win32":  # there is no such lock there; what is older than a day is left over
    import fcntl

_PREFIX = ".kapjournal-export-"
_SUFFIX = ".part"
_TRIES = 20
_TOGETHER = 16
"""So many files are waited for at once."""

_A_DAY = 24 * 60 * 60

_open: set[Path] = set()


@contextmanager
def folder_beside(place: Path) -> Iterator[Path]:
    """A new folder (mode 0700) on the same disk as `place`, which is removed afterwards in any case."""
    sweep(place.parent)
    made = Path(tempfile.mkdtemp(prefix=".kapjournal-", suffix=".new", dir=place.parent))
    lock = _locked(made)
    folder = made.with_name(f"{_PREFIX}{made.stem.rpartition('-')[2]}{_SUFFIX}")
    made.rename(folder)  # found by others from here on, and locked already
    _open.add(folder)
    try:
        yield folder
    finally:
        with signals.deferred():
            _remove(folder)
            _open.discard(folder)
            if lock is not None:
                os.close(lock)


def until_the_end(prefix: str) -> Path:
    """A new folder (mode 0700) in the temporary folder of this computer, which is removed when the program
    ends, but for a kill."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    _open.add(folder)
    atexit.register(abandon)
    return folder


@contextmanager
def new_file(dest: Path) -> Iterator[Path]:
    """The place to write a file that appears at `dest` once it is whole and on disk (`FileExistsError` if
    anything is there by then); what is there is never written over."""
    with folder_beside(dest) as folder:
        whole = folder / "file"
        os.close(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield whole
        synced(whole)
        put(whole, dest)
        synced(dest.parent)


def put(whole: Path, dest: Path) -> None:
    """Give a file, or a folder with something in it, its place (`FileExistsError` if anything is there by
    then)."""
    if whole.is_dir():
        try:
            whole.rename(dest)  # never over a folder in which there is anything, nor over a file
        except OSError as error:
            if os.path.lexists(dest):
                raise FileExistsError(error.errno, error.strerror, str(dest)) from None
            raise
        return
    try:
        os.link(whole, dest, follow_symlinks=False)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a disk without hard links: the name is taken first, then filled
        os.close(os.open(dest, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            whole.replace(dest)
        except BaseException:
            dest.unlink(missing_ok=True)  # it is empty, and this program's
            raise
    else:
        whole.unlink()


def named(folder: Path, dest: Path) -> None:
    """Give a new folder its name once it is on disk with all that is in it (`FileExistsError` if anything is
    there by then)."""
    synced_with_all(folder)
    put(folder, dest)
    synced(dest.parent)


def synced_with_all(folder: Path) -> None:
    """Wait until a folder and everything in it is on disk. The files are waited for together: one after the
    other, ten thousand take half a minute."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - for whoever writes a folder

    with ThreadPoolExecutor(_TOGETHER) as pool:
        for _ in pool.map(synced, (folder, *folder.rglob("*"))):
            pass


def synced(place: Path) -> None:
    """Wait until a file, or which files are in a folder, is on disk, where that can be waited for."""
    if place.is_file():
        with place.open("rb+") as file:
            os.fsync(file.fileno())
    elif sys.platform != "win32":  # there no folder can be opened
        with suppress(OSError):  # not every disk knows this of folders
            descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def abandon() -> None:
    """Remove every unfinished export of this process and what is kept only until its end; for a process
    that ends without waiting for threads."""
    for folder in list(_open):
        gone = folder.with_name(folder.stem + "_gone.part")
        with suppress(OSError):  # the thread that writes into it cannot find it any more, and stops
            folder.rename(gone)
            _remove(gone)


def _remove(folder: Path) -> None:
    for _ in range(_TRIES):  # another thread may write a file while the others are removed
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.lexists(folder):
            return


def sweep(parent: Path) -> bool:
    """Remove what programs that no longer run have left in a folder; whether nothing is there any more, of
    running programs neither."""
    is_clean = True
    for folder in _found_in(parent):
        if _is_left_over(folder):
            _remove(folder)
        is_clean &= not os.path.lexists(folder)
    return is_clean


def _found_in(parent: Path) -> list[Path]:
    with suppress(OSError):
        return [one for one in parent.iterdir() if one.name.startswith(_PREFIX) and one.suffix == _SUFFIX]
    return []


def _is_left_over(folder: Path) -> bool:
    """Whether no program writes into it any more; where that cannot be told, whether it is older than a
    day."""
    try:
        lock = _locked(folder)
        if lock is not None:
            os.close(lock)
            return True
        return time.time() - folder.lstat().st_mtime > _A_DAY
    except BlockingIOError:
        return False
    except OSError:  # another program removed it meanwhile
        return False


def _locked(folder: Path) -> int | None:
    """Lock a folder (`BlockingIOError` if it is locked), until what is returned is closed; None where no
    folder can be locked."""
    if sys.platform == "win32":
        return None
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
