"""Where things live: the platform's own folders, made for this person alone (folders 0700, files 0600)."""

import os
import threading
from pathlib import Path

import platformdirs

SUFFIX = ".kap"
"""How the name of a journal file ends."""

_APP = "kapjournal"

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
"""What stands in the path of a folder that a program keeps alike on several computers."""


def private_folder(folder: Path) -> Path:
    """Make `folder` (and what is above it) if it is not there, open to its owner alone, and return it."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)
    return folder


def data_folder() -> Path:
    """Where journals are looked for after the current folder, and made if nobody names a place."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def state_folder() -> Path:
    """Where this computer keeps its sealed memory of the journals it has seen."""
    return Path(platformdirs.user_state_dir(_APP, appauthor=False))


def config_folder() -> Path:
    """Where a person's settings and own themes are."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False))


def journals_nearby() -> list[Path]:
    """The journal files of the current folder or, if it has none, of the data folder; sorted by name."""
    for folder in (Path.cwd(), data_folder()):
        if folder.is_dir() and (found := sorted(folder.glob("*" + SUFFIX))):
            return found
    return []


def is_synced(path: Path) -> bool:
    """Whether a file seems to lie in a folder that is synced: two computers that write at once would each
    make a copy that does not know the other's words."""
    places = f"{path}\n{path.resolve()}".lower()
    return any(name in places for name in _SYNCED)


def free_file() -> Path:
    """Where a new journal may be: in the data folder, under a name that names nobody and is not taken."""
    names = ("journal", *(f"journal-{number}" for number in range(2, 100)))
    return next(file for name in names if not (file := data_folder() / (name + SUFFIX)).exists())


def write_private(target: Path, data: bytes, *, replace: bool, durable: bool = True) -> None:
    """Write `data` to `target`, mode 0600, wholly or not at all; `FileExistsError` unless `replace`.

    Not `durable` is faster, and after a power cut the file may be as it was before.
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
