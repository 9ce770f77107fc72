"""An archive that is JSON, read line by line as it was laid out: a long note is the most that is in memory.

What another program laid out anew is read whole, if it is not too large, and laid out again in memory.
"""

import base64
import binascii
import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from kapjournal.errors import Damaged, Refused
from kapjournal.exchange.archiving.json_layout import DATA, END_OF_DATA, SECTIONS, Layout

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_LINE = 64 * 1024 * 1024
"""Bytes; a note of 10 MiB is at most three times as long in JSON."""
MAX_WHOLE = 256 * 1024 * 1024
"""Bytes of what another program laid out anew, which takes several times as much memory."""

BOM = b"\xef\xbb\xbf"
NOT_READABLE = "This is no archive of kapjournal, or it is not whole."
_TOO_LARGE = "Another program wrote it anew, and it is too large to be read so."


class OtherLayout(ValueError):
    """It is not laid out as an archive is, or it ends in the middle."""


class JsonArchive:
    """An archive whose lines were looked through once: where each note and each file is."""

    def __init__(self, reopen: Callable[[], BinaryIO], size: int) -> None:
        """`reopen` opens it from its beginning, which can be sought in; `size` is in bytes (`Refused`)."""
        self._reopen = reopen
        try:
            self._look_through()
        except OtherLayout:
            if size > MAX_WHOLE:
                raise Refused(f"{NOT_READABLE} {_TOO_LARGE}") from None
            with reopen() as file:
                laid_out = _laid_out_again(file.read())
            self._reopen = lambda: io.BytesIO(laid_out)
            try:
                self._look_through()
            except OtherLayout:
                raise Refused(NOT_READABLE) from None

    def notes(self) -> Iterator[dict[str, Any]]:
        """The member's own notes, one by one; one that cannot be read is empty."""
        with self._reopen() as file:
            for place in self._notes:
                file.seek(place)
                try:
                    yield _object(_line(file))
                except OtherLayout:
                    yield {}

    def find(self, path: str) -> Callable[[], BinaryIO] | None:
        """How a file is opened; None where it is not there."""
        place = self._files.get(path)
        if place is None:
            return None
        return lambda: cast("BinaryIO", io.BufferedReader(_Bytes(self._reopen(), place)))

    def _look_through(self) -> None:
        self.about: dict[str, Any] = {}
        self.shared = 0
        self._notes: list[int] = []
        self._files: dict[str, int] = {}
        with self._reopen() as file:
            if _line(file) != b"{":
                raise OtherLayout
            section = ""
            while True:
                place, line = file.tell(), _line(file)
                if section and line == b"]":
                    section = ""
                elif section == "files":
                    self._skip_file(file, line)
                elif section:
                    self._count(section, line, place)
                elif line.endswith(b": ["):
                    section = line[:-3].decode("ascii", "replace").strip('"')
                elif line == b"}":
                    return
                else:
                    self.about |= _object(b"{%b}" % line)

    def _count(self, section: str, line: bytes, place: int) -> None:
        if not (line.startswith(b'{"') and line.endswith(b"}")):
            raise OtherLayout
        if section == "notes":
            self._notes.append(place)
        self.shared += section == "shared"

    def _skip_file(self, file: BinaryIO, line: bytes) -> None:
        """Note where the bytes of a file begin, whose first line was read, and go behind them."""
        if not (line.startswith(b'{"') and line.endswith(DATA.encode())):
            raise OtherLayout
        self._files[str(_object(line + END_OF_DATA.encode()).get("path"))] = file.tell()
        while _line(file) != END_OF_DATA.encode():
            pass


class _Bytes(io.RawIOBase):
    """The bytes of a file, line by line, from the first line of them on."""

    def __init__(self, file: BinaryIO, place: int) -> None:
        self._file = file
        self._file.seek(place)
        self._left = b""
        self._is_over = False

    def readable(self) -> bool:
        """It is for reading alone."""
        return True

    def readinto(self, into: "WriteableBuffer") -> int:
        """Read some bytes (`Damaged` if they are not what an archive has)."""
        if not self._left and not self._is_over:
            line = _line(self._file)
            self._is_over = line == END_OF_DATA.encode()
            try:
                self._left = b"" if self._is_over else base64.b64decode(line.strip(b'"'), validate=True)
            except binascii.Error:
                raise Damaged("A file in this archive is damaged.") from None
        view = memoryview(into).cast("B")
        some, self._left = self._left[: len(view)], self._left[len(view) :]
        view[: len(some)] = some
        return len(some)

    def close(self) -> None:
        """Close the archive, too."""
        self._file.close()
        super().close()


def _line(file: BinaryIO) -> bytes:
    """The next line without what separates it from the one behind it (`OtherLayout`)."""
    line = file.readline(MAX_LINE)
    if not line.endswith(b"\n"):
        raise OtherLayout
    return line.rstrip().removesuffix(b",")


def _object(line: bytes) -> dict[str, Any]:
    """An object that stands on a line (`OtherLayout`)."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise OtherLayout from None
    if not isinstance(value, dict):
        raise OtherLayout
    return value


def _write(parts: list[bytes], into: BinaryIO) -> None:
    for part in parts:
        into.write(part)


def _laid_out_again(data: bytes) -> bytes:
    """The same archive as it is laid out here (`Refused`)."""
    try:
        whole = _object(data.removeprefix(BOM))
        lists = {name: whole.pop(name, []) for name in SECTIONS}
        into = io.BytesIO()
        layout = Layout(into, whole)
        layout.begin_files()
        for file in lists.pop("files"):
            parts = [base64.b64decode(part, validate=True) for part in file["data"]]
            layout.file(str(file["path"]), sum(map(len, parts)), partial(_write, parts))
        layout.end_files()
        for name, values in lists.items():
            layout.section(name, values)
        layout.end()
    except (OtherLayout, ValueError, TypeError, KeyError, AttributeError):
        raise Refused(NOT_READABLE) from None
    return into.getvalue()
