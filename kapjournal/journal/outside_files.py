"""Files outside the journal: one that is to be attached, and one that is given out."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kapjournal import staging
from kapjournal.domain import attachments
from kapjournal.errors import CannotSave, Refused, UsageError
from kapjournal.paths import SUFFIX, is_companion
from kapjournal.text import shown_line

_AT_ONCE = 256 * 1024
_OPENING = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    _OPENING |= getattr(os, _name, 0)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is to be attached, open for reading; of its path only the last part is kept as `name`."""

    name: str
    size: int
    file: BinaryIO
    _facts: os.stat_result

    def __iter__(self) -> Iterator[bytes]:
        """All of it, a little at a time, and no more than was there at first."""
        self.file.seek(0)
        left = self.size
        while some := self.file.read(min(_AT_ONCE, left)):
            left -= len(some)
            yield some

    def check_unchanged(self) -> None:
        """Refuse what was written to while it was read."""
        now = os.fstat(self.file.fileno())
        if (now.st_size, now.st_mtime_ns) != (self.size, self._facts.st_mtime_ns):
            raise Refused(f"{shown_line(self.name)} was changed while it was read. Nothing was attached.")


@contextmanager
def opened(path: Path, journal: Path) -> Iterator[Source]:
    """Open a file to attach it: a whole file of 1 byte to 64 MiB under its own name, and not the journal.

    Nothing is followed and nothing waited for: a link, a pipe or a device at `path` is a `UsageError`."""
    try:
        if not stat.S_ISLNK((facts := path.lstat()).st_mode):
            _check_kind(path, facts)  # some devices act on being opened
        descriptor = os.open(path, _OPENING)
    except (OSError, ValueError) as error:
        if path.is_symlink():
            raise UsageError(f"{path} is a link to another file. Name that file itself.") from None
        raise UsageError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    try:
        facts = os.fstat(descriptor)
        _check(path, facts, journal)
        file = os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise
    with file:
        source = Source(_name_of(path), facts.st_size, file, facts)
        try:
            yield source
        except OSError as error:
            raise UsageError(f"{path} cannot be read to its end: {error.strerror}.") from None


def _check_kind(path: Path, facts: os.stat_result) -> None:
    if stat.S_ISDIR(facts.st_mode):
        raise UsageError(f"{path} is a folder. Attach the files in it one by one.")
    if not stat.S_ISREG(facts.st_mode):
        raise UsageError(f"{path} is a pipe or a device, not a file.")


def _check(path: Path, facts: os.stat_result, journal: Path) -> None:
    _check_kind(path, facts)
    if journal.exists() and os.path.samestat(facts, journal.stat()):
        raise Refused("A journal cannot be attached to itself.")
    if not facts.st_size:
        raise Refused(f"{path} is empty: there is nothing to attach.")
    if facts.st_size > attachments.MAX_BYTES:
        raise Refused(
            f"{path} is {facts.st_size:,} bytes long; a file that is attached has at most "
            f"{attachments.MAX_BYTES:,} (64 MiB). Nothing was attached."
        )


def _name_of(path: Path) -> str:
    try:
        return attachments.name_from(os.fsencode(path.name).decode())
    except UnicodeDecodeError:
        raise Refused(f"The name of {path.name!r} is not UTF-8. Give the file another name.") from None


def place_for(name: str, dest: Path) -> Path:
    """Where a file of this name goes: to `dest` or, if that is a folder, into it under its own name, if it is
    one that a file can have anywhere (`Refused`)."""
    place = dest
    if dest.is_dir():
        if not attachments.is_safe(name):
            raise Refused(
                f"“{shown_line(name)}” is no name to give a file here. Say a name for it, with the folder."
            )
        place = dest / name
    if place.suffix.casefold() == SUFFIX or is_companion(place):
        raise Refused(f"{shown_line(place.name)} is the name of a journal’s own files; choose another.")
    return place


@contextmanager
def appearing(place: Path) -> Iterator[BinaryIO]:
    """A file (mode 0600) that appears whole or not at all, and never over another (`Refused`,
    `CannotSave`)."""
    try:
        if os.path.lexists(place):
            raise FileExistsError
        with staging.new_file(place) as partial, partial.open("wb") as file:
            yield file
            file.flush()
    except FileExistsError:
        raise Refused(f"There is something at {place} already. Nothing was changed.") from None
    except OSError as error:
        raise CannotSave(f"{place} cannot be written: {error.strerror}. Nothing was given out.") from None
