"""Where an archive's pages and files lie: in a folder, or in the one folder of a ZIP.

Nothing outside is ever opened: links are not followed, and a name that leads elsewhere is not there.
"""

import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast

from kapjournal.errors import NotFound, Refused

_MAX_NAMES = 1_000_000


class Places(Protocol):
    """What a reader needs: all paths from the top, with `/` between their parts, and each to be opened."""

    def names(self) -> Iterator[str]: ...  # noqa: D102

    def open(self, name: str) -> BinaryIO: ...  # noqa: D102


@contextmanager
def opened_places(path: Path) -> Iterator[Places]:
    """A folder or a ZIP (`NotFound`, `Refused`)."""
    if path.is_dir():
        yield _Folder(path)
        return
    if not path.exists():
        raise NotFound(f"{path} is not there.")
    try:
        with zipfile.ZipFile(path) as archive:
            yield _Zip(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise Refused(f"{path.name} is no folder and no ZIP, or it is damaged.") from None


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> Iterator[str]:
        for place, folders, names in os.walk(self._folder):
            folders[:] = [one for one in folders if not (Path(place) / one).is_symlink()]
            for name in names:
                path = Path(place) / name
                if path.is_file() and not path.is_symlink():
                    yield path.relative_to(self._folder).as_posix()

    def open(self, name: str) -> BinaryIO:
        return os.fdopen(os.open(self._folder / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb")


class _Zip:
    """All lies in one folder of it, or at its top."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._zip = archive
        infos = [one for one in archive.infolist() if _can_be_read(one)]
        if len(infos) > _MAX_NAMES:
            raise Refused("This ZIP holds more files than can be looked at.")
        tops = {PurePosixPath(one.filename).parts[0] for one in infos}
        has_folder = len(tops) == 1 and all("/" in one.filename for one in infos)
        top = f"{tops.pop()}/" if has_folder else ""
        self._infos = {one.filename.removeprefix(top): one for one in infos}

    def names(self) -> Iterator[str]:
        yield from self._infos

    def open(self, name: str) -> BinaryIO:
        return cast("BinaryIO", self._zip.open(self._infos[name]))


def _can_be_read(one: zipfile.ZipInfo) -> bool:
    """Whether it is a file, without a password, whose name leads nowhere else."""
    path = PurePosixPath(one.filename)
    leads_elsewhere = path.is_absolute() or ".." in path.parts or "\\" in one.filename
    return not (one.is_dir() or leads_elsewhere or one.flag_bits & 1)
