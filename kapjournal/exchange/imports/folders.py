"""A folder of files as entries. Nothing in it is followed, and nothing waited for."""

import datetime as dt
import os
import stat
from pathlib import Path
from typing import BinaryIO

from kapjournal.errors import Refused
from kapjournal.exchange.imports.entries import DEVICE, LINK, Entries, Entry, Found, is_left_out, why_unsafe


def entries_of_folder(root: Path, encoding: str = "") -> Entries:
    """All files of a folder and of those in it, but for what is hidden (`OSError`)."""
    found, waiting = Found(), [(root, "")]
    while waiting:
        folder, before = waiting.pop()
        try:
            with os.scandir(folder) as listed:
                for one in listed:
                    _meet(one, before, found, waiting)
        except OSError as error:
            if folder == root:
                raise
            found.refuse(before, f"It cannot be read: {error.strerror}.")
    return found.entries_of(root.name, encoding, is_folder=True)


def _meet(one: "os.DirEntry[str]", before: str, found: Found, waiting: list[tuple[Path, str]]) -> None:
    try:
        path = before + os.fsencode(one.name).decode()
    except UnicodeDecodeError:
        found.refuse(before + os.fsencode(one.name).decode(errors="replace"), "Its name is not UTF-8.")
        return
    if is_left_out([one.name]):
        return
    facts = one.stat(follow_symlinks=False)
    if stat.S_ISLNK(facts.st_mode):
        found.refuse(path, LINK)
    elif why := why_unsafe(path):
        found.refuse(path, why)
    elif stat.S_ISDIR(facts.st_mode):
        waiting.append((Path(one.path), f"{path}/"))
    elif not stat.S_ISREG(facts.st_mode):
        found.refuse(path, DEVICE)
    else:
        found.add(entry_of(Path(one.path), path, facts))


def entry_of(place: Path, path: str, facts: os.stat_result) -> Entry:
    """A plain file as the entry of a path."""
    return Entry(path, facts.st_size, moment_of(facts.st_mtime), lambda: opened_plain(place))


def opened_plain(path: Path) -> BinaryIO:
    """A plain file, open for reading (`OSError`, `Refused`): no link, nor what became one meanwhile."""
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    descriptor = os.open(path, flags)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Refused(DEVICE)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def moment_of(seconds: float) -> dt.datetime | None:
    """Seconds since 1970 as a moment; None of those that are none."""
    try:
        return dt.datetime.fromtimestamp(int(seconds), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
