"""The staging folder of an export or a file that is given out: where it is written until it is complete.

It is not sealed, so nothing of it may be left behind. It is removed when the export is over, when the
program ends in the middle of it (`abandon`) and, after a kill or a power cut, at the next export into the
same folder.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kapjournal import signals

_PREFIX = "kapjournal-export"
_NAME = re.compile(rf"\.{_PREFIX}-(\d{{1,9}})-[a-z0-9_]+\.part")
_TRIES = 20

_open: set[Path] = set()


@contextmanager
def folder_beside(place: Path) -> Iterator[Path]:
    """A new folder (mode 0700) on the same disk as `place`, which is removed afterwards in any case."""
    _sweep(place.parent)
    made = tempfile.mkdtemp(prefix=f".{_PREFIX}-{os.getpid()}-", suffix=".part", dir=place.parent)
    folder = Path(made)
    _open.add(folder)
    try:
        yield folder
    finally:
        with signals.deferred():
            _remove(folder)
            _open.discard(folder)


@contextmanager
def new_file(dest: Path) -> Iterator[Path]:
    """The place to write a file that appears at `dest` once it is whole and on disk (`FileExistsError` if
    anything is there by then); what is there is never written over."""
    with folder_beside(dest) as folder:
        whole = folder / "file"
        os.close(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield whole
        with whole.open("rb+") as file:
            os.fsync(file.fileno())
        try:
            os.link(whole, dest, follow_symlinks=False)
        except FileExistsError:
            raise
        except (
            OSError,
            NotImplementedError,
        ):  # a disk without hard links: the name is taken first, then filled
            os.close(os.open(dest, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            whole.replace(dest)


def abandon() -> None:
    """Remove every unfinished export of this process, for a process that ends without waiting for threads."""
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


def _sweep(parent: Path) -> None:
    """Remove what exports of programs that no longer run have left here."""
    for folder in parent.glob(f".{_PREFIX}-*.part"):
        found = _NAME.fullmatch(folder.name)
        if found and not _runs(int(found[1])):
            _remove(folder)


def _runs(process: int) -> bool:
    if sys.platform == "win32":
        return True  # there, `os.kill` would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
