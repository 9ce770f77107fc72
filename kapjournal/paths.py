"""Where files are: the platform's folders, readable by this person only (folders 0700, files 0600)."""

import errno
import os
import stat
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import platformdirs

from kapjournal.errors import NotFound, UsageError

SUFFIX = ".kap"
"""How the name of a journal file ends."""

_COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite adds to the name of a database for the files that belong to it."""

_SECOND = ("backup", "copy", "journal-apart")
"""What the name of a file says that is kept beside a journal, and is not to be opened in its place."""

_PRACTICE = "practice"
"""What a practice is called as long as nobody calls it otherwise."""

_APP = "kapjournal"

_MOST_BYTES = 8 * 1024 * 1024

_SYNCED = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud",
    "mobile documents",
    "cloudstorage",
    "nextcloud",
    "owncloud",
    "syncthing",
)
"""Parts of the paths of folders that a program synchronises between computers."""


def private_folder(folder: Path) -> Path:
    """Make `folder` and its parents if they are missing, readable by the owner only, and return it."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)
    return folder


def data_folder() -> Path:
    """Where journals are looked for beside the current folder, and made if no path is given."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def state_folder() -> Path:
    """Where this computer keeps the sealed rollback records of the journals it has opened."""
    return Path(platformdirs.user_state_dir(_APP, appauthor=False))


def config_folder() -> Path:
    """Where the person's settings and themes are."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False))


def journals_nearby() -> list[Path]:
    """The journal files of the current folder, then those of the data folder, sorted by name.

    A backup or a copy, which is known by its name, is among them only where there is nothing else. A folder
    that is gone, or cannot be looked into, has none.
    """
    found: dict[str, Path] = {}
    for folder in (Path.cwd, data_folder):
        with suppress(OSError):
            for file in sorted(folder().glob("*" + SUFFIX)):
                found.setdefault(os.path.realpath(file), file)
    journals = [file for file in found.values() if not _is_second(file)]
    return journals or list(found.values())


def opened_first(files: Sequence[Path]) -> Path | None:
    """Which of the files nearby is opened without asking: the only one, or a practice, which leads to others
    and is known by its name; None if the person is to choose."""
    practices = [file for file in files if file.stem.casefold() == _PRACTICE]
    only = practices if len(practices) == 1 else files
    return only[0] if len(only) == 1 else None


def _is_second(file: Path) -> bool:
    return any(word in file.name.casefold() for word in _SECOND)


def from_here(file: Path) -> str:
    """A file as it is named in the current folder: by its name there, by its whole path elsewhere."""
    with suppress(OSError):
        if file.parent == Path.cwd():
            return file.name
    return str(file)


def typed(text: str) -> Path:
    """The path a person typed, with “~” expanded (`UsageError` if it is none); the disk is not read."""
    if not text.strip():
        raise UsageError("Say where the file is.")
    try:
        path = Path(text.strip()).expanduser()
        is_one = b"\0" not in os.fsencode(path)
    except (RuntimeError, ValueError):
        is_one = False
    if not is_one:
        raise UsageError("That cannot be the path of a file.")
    return path


def typed_file(text: str) -> Path:
    """The same for a file that is there (`NotFound`)."""
    path = typed(text)
    if not path.is_file():
        raise NotFound("There is no such file.")
    return path


def typed_journal(text: str) -> Path:
    """The path typed for a journal file, with the usual ending if it has none."""
    path = typed(text)
    if not path.name:
        raise UsageError("That is a folder; say the name of the file as well.")
    return path if path.suffix else path.with_suffix(SUFFIX)


def folder_or_journal(text: str) -> Path:
    """The path typed for a folder that is there or, any other, for a journal file; the disk is read."""
    path = typed(text)
    return path if path.is_dir() else typed_journal(text)


def is_synced(path: Path) -> bool:
    """Whether a file seems to be in a synchronised folder; False if that cannot be told.

    There, two computers that write at once would each make a copy without the other's words.
    """
    places = str(path)
    with suppress(OSError, RuntimeError, ValueError):
        places += f"\n{path.resolve()}"
    return any(name in places.lower() for name in _SYNCED)


def is_companion(path: Path) -> bool:
    """Whether SQLite would take the file at `path` for a journal's log, and apply it or write over it."""
    owners = (
        Path(str(place)[: -len(ending)])
        for place in (path, path.resolve())
        for ending in _COMPANIONS
        if place.name.casefold().endswith(ending)
    )
    return any(owner.suffix.casefold() == SUFFIX or owner.is_file() for owner in owners)


def free_file(name: str = "journal") -> Path:
    """A path for a new journal in the data folder: free, and with a name that does not name a person."""
    return free(data_folder(), name)


def free_practice() -> Path:
    """The same for a new practice."""
    return free(data_folder(), _PRACTICE)


def practice_is_near() -> bool:
    """Whether a practice is where one is made if nobody names another place; no file is opened for that."""
    return any(file.stem == _PRACTICE for file in journals_nearby())


def free_in_home(name: str) -> Path:
    """A free path in the home folder for a file of this name."""
    wanted = Path(name)
    return free(Path.home(), wanted.stem, wanted.suffix)


def free_beside(file: Path, ending: str) -> Path:
    """A free path beside a journal file for one that is kept: with another ending, so that it is offered to
    nobody who looks for a journal."""
    return free(file.parent, file.name, ending)


def free_copy() -> Path:
    """A path for a copy of a journal in the home folder: free, and with a name that names nobody."""
    return free(Path.home(), "journal-copy")


def free_backup() -> Path:
    """The same for a backup."""
    return free(Path.home(), "journal-backup")


def free_archive() -> Path:
    """The same for the archive that is written before sharing ends."""
    return free(Path.home(), "journal-apart")


def free(folder: Path, stem: str, suffix: str = SUFFIX) -> Path:
    """A free path in a folder: by the name that is wanted, or with a number behind it."""
    names = (stem, *(f"{stem}-{number}" for number in range(2, 100)))
    files = [folder / (name + suffix) for name in names]
    return next((file for file in files if not _is_taken(file)), files[-1])


def _is_taken(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:  # the folder cannot be read; writing there will say why
        return False


def open_plain(file: Path) -> BinaryIO:
    """Open a plain file for reading (`OSError`). A pipe, which may never bring anything, and a device, which
    may act on being opened, are not opened."""
    _refuse_odd(file.stat())
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        _refuse_odd(os.fstat(descriptor))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _refuse_odd(facts: os.stat_result) -> None:
    if stat.S_ISDIR(facts.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(facts.st_mode):
        raise OSError(errno.EINVAL, "it is no plain file")


def read_plain(file: Path) -> bytes:
    """What a file of the program's own folders holds (`OSError`, also for a pipe or a device, which might
    never end, and for more than 8 MiB)."""
    with open_plain(file) as opened:
        data = opened.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise OSError(errno.EFBIG, "it is far too long")
    return data


def read_text(file: Path) -> str:
    """The same as text (`UnicodeDecodeError`); the mark that some editors put before the first letter of a
    file is not part of it."""
    return read_plain(file).decode("utf-8-sig").replace("\r\n", "\n")


def write_private(target: Path, data: bytes, *, replace: bool, durable: bool = True) -> None:
    """Write `data` to `target`, mode 0600, wholly or not at all; `FileExistsError` unless `replace`.

    Without `durable` it is faster, but after a power cut the file may be as it was before.
    """
    if not replace:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    partial = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}.part")
    partial.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        if not replace:
            target.unlink(missing_ok=True)
        raise
