"""A zip or a tar as entries, without unpacking it anywhere. What an entry really unpacks to is never more
than it says, and what it says is held against what it takes."""

import datetime as dt
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from kapjournal import clock
from kapjournal.errors import Damaged, Refused
from kapjournal.exchange.imports.entries import (
    DEVICE,
    LINK,
    MAX_ENTRIES,
    MAX_TEXT,
    Entries,
    Entry,
    Found,
    is_left_out,
    why_unsafe,
)
from kapjournal.exchange.imports.folders import moment_of

MAX_TOTAL = 32 * 1024 * 1024 * 1024
"""So much an archive holds, unpacked."""

MAX_RATIO = 200
"""What an entry of some size may unpack to, as a multiple of what it takes: words come to some 10 times, and
zeros that are packed to 1,000."""

_SMALL = 1024 * 1024
_MAX_DIRECTORY = 128 * 1024 * 1024
_MAX_HEADER = 1024 * 1024
_LISTED_FILE = b"PK\x01\x02"
_BOMB = "It would unpack to far more than it seems to be, and is not opened."
_UNKNOWN = "It is packed in a way that is not read here. Unpack the archive, and import the folder."
_CUT_OFF = "The archive is damaged from here on. What stands before comes."
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    struct.error,
    ValueError,
)


def _check_total(total: int) -> None:
    if total > MAX_TOTAL:
        raise Refused(f"It would unpack to more than {MAX_TOTAL:,} bytes. Import it in parts.")


# --- zip -------------------------------------------------------------------------------------------------


@contextmanager
def entries_of_zip(file: BinaryIO, name: str, encoding: str = "") -> Iterator[Entries]:
    """The files of a zip (`Damaged`, `Refused`)."""
    listed = _Listed(file)
    try:
        archive = zipfile.ZipFile(listed)
    except _BROKEN:
        raise Damaged(f"{name} is no whole zip: it may not have been copied to its end.") from None
    listed.is_read = True
    with archive:
        found, total, packed = Found(), 0, 0
        for info in archive.infolist():
            path = info.orig_filename
            if info.flag_bits & 1:
                raise Refused(f"{name} is locked with a password. Unpack it, and import the folder.")
            if path.endswith("/") or is_left_out(path.split("/")):
                continue
            if why := _why_not(info):
                found.refuse(path, why)
                continue
            total, packed = total + info.file_size, packed + info.compress_size
            found.add(Entry(path, info.file_size, _moment(info), _opener(archive, info)))
        _check_total(total)
        if packed > file.seek(0, 2):
            raise Refused(f"{name} is built to unpack to far more than it is. Nothing of it is opened.")
        yield found.entries_of(name, encoding)


class _Listed:
    """A zip while its list of files is read: one that is too long is refused before anything is made of it,
    whatever the zip says of its length."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.is_read = False
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, count: int = -1) -> bytes:
        if self.is_read:
            return self._file.read(count)
        some = self._file.read(min(count, _MAX_DIRECTORY + 1))
        if len(some) > _MAX_DIRECTORY or some.count(_LISTED_FILE) > MAX_ENTRIES:
            raise Refused(f"It holds more than {MAX_ENTRIES:,} files. Import it in parts.")
        return some


def _why_not(info: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == 3 else 0
    if kind == stat.S_IFLNK:
        return LINK
    if kind not in (0, stat.S_IFREG):
        return DEVICE
    if why := why_unsafe(info.orig_filename):
        return why
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _UNKNOWN
    if info.file_size > max(_SMALL, MAX_RATIO * info.compress_size):
        return _BOMB
    return ""


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        if info.file_size > MAX_TEXT:
            raise Refused(f"It is {info.file_size:,} bytes long, and too large to be opened.")
        try:
            with archive.open(info) as packed:
                data = packed.read(info.file_size + 1)
        except _BROKEN:
            raise Damaged("It is damaged in the archive.") from None
        if len(data) != info.file_size:
            raise Damaged("It is damaged in the archive.")
        return BytesIO(data)

    return opened


def _moment(info: zipfile.ZipInfo) -> dt.datetime | None:
    try:
        wall = dt.datetime(*info.date_time)
    except ValueError:
        return None
    return clock.moment_of(wall.date(), wall.time()) if wall.year > 1980 else None


# --- tar -------------------------------------------------------------------------------------------------


_BROKEN_TAR = (
    tarfile.TarError,
    ValueError,
    OverflowError,
    EOFError,
    struct.error,
    LookupError,
    RecursionError,
)


class _Headers:
    """A tar as its headers are read: none of them is as long as a file can be."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, count: int = -1) -> bytes:
        if not 0 <= count <= _MAX_HEADER:
            raise tarfile.ReadError("a header that is too long")
        return self._file.read(count)


def entries_of_tar(file: BinaryIO, name: str, encoding: str = "") -> Entries:
    """The files of a tar that is not packed (`Damaged`, `Refused`)."""
    found, whole, total = Found(), file.seek(0, 2), 0
    file.seek(0)
    met = at = 0
    try:
        with tarfile.open(fileobj=_Headers(file), mode="r:") as archive:  # type: ignore[call-overload]
            for member in archive:
                met += 1
                archive.members = []  # or each header would be kept
                if member.size < 0 or archive.offset <= at:
                    raise tarfile.ReadError("it leads back, and would be gone through without end")
                at = archive.offset
                if member.isdir() or is_left_out(member.name.split("/")):
                    continue
                if why := _why_not_of(member):
                    found.refuse(member.name, why)
                elif member.offset_data + member.size > whole:
                    found.refuse(member.name, _CUT_OFF)
                else:
                    total += member.size
                    reader = _reader(file, member.offset_data, member.size)
                    found.add(Entry(member.name, member.size, moment_of(member.mtime), reader))
    except _BROKEN_TAR:
        if not met:
            raise Damaged(f"{name} is no whole archive: it may not have been copied to its end.") from None
        found.refuse(name, _CUT_OFF)
    _check_total(total)
    return found.entries_of(name, encoding)


def _why_not_of(member: tarfile.TarInfo) -> str:
    if member.issym() or member.islnk():
        return LINK
    if not member.isreg() or member.issparse():
        return DEVICE
    return why_unsafe(member.name)


def _reader(file: BinaryIO, start: int, size: int) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        if size > MAX_TEXT:
            raise Refused(f"It is {size:,} bytes long, and too large to be opened.")
        file.seek(start)
        data = file.read(size)
        if len(data) != size:
            raise Damaged("It is damaged in the archive.")
        return BytesIO(data)

    return opened
