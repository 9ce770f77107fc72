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

from kapjournal.domain.incoming import Problem
from kapjournal.errors import Damaged, Refused
from kapjournal.exchange.archiving.json_layout import DATA, END_OF_DATA, SECTIONS, Layout
from kapjournal.exchange.imports.entries import MAX_ENTRIES, Entry

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_LINE = 64 * 1024 * 1024
"""Bytes; a note of 10 MiB is at most three times as long in JSON."""
MAX_WHOLE = 256 * 1024 * 1024
"""Bytes of what another program laid out anew, which takes several times as much memory."""

_BEHIND = SECTIONS[SECTIONS.index("shared") + 1 :]
"""The lists behind others' notes: right behind one's own they show that the beginning of those is lost."""

BOM = b"\xef\xbb\xbf"
NOT_READABLE = "This is no archive of kapjournal, or it is not whole."
_CUT_OFF = "The archive breaks off here. What stands before comes."
_DAMAGED = "It is damaged in the archive."
_TOO_LARGE = "Another program wrote it anew, and it is too large to be read so."


class OtherLayout(ValueError):
    """It is not laid out as an archive is, or it ends in the middle."""


class JsonArchive:
    """An archive whose lines were looked through once: where each note and each file is."""

    def __init__(self, reopen: Callable[[], BinaryIO], size: int) -> None:
        """`reopen` opens it from its beginning, which can be sought in; `size` is in bytes (`Refused`)."""
        self._reopen = reopen = _unpacked_once(reopen)
        self._notes: list[int] = []
        try:
            self._look_through()
        except OtherLayout:
            if laid_out := _laid_out_again(reopen, size):
                self._reopen = lambda: io.BytesIO(laid_out)
            try:
                self._look_through(is_broken=True)
            except OtherLayout:
                self._notes.clear()
            if not (laid_out or self._notes):
                raise Refused(f"{NOT_READABLE} {_TOO_LARGE}" if size > MAX_WHOLE else NOT_READABLE) from None

    def notes(self) -> Iterator[dict[str, Any]]:
        """The member's own notes, one by one; one that cannot be read is empty.

        Where what stands between them and others' notes is lost, some of those may be among them, and the
        last before may have run into one: no author is given for that."""
        held: dict[str, Any] | None = None
        for fields in self._each():
            if held is not None:
                is_others = fields.get("author", self.about.get("by")) != self.about.get("by")
                yield held | {"author": None} if is_others else held
            held = fields
        if held is not None:
            yield held if self._is_closed else held | {"author": None}

    def _each(self) -> Iterator[dict[str, Any]]:
        with self._reopen() as file:
            for place in self._notes:
                file.seek(place)
                try:
                    yield _object(_line(file))
                except OtherLayout:
                    yield {}

    def find(self, path: str) -> Entry | None:
        """A file by its path; None where it is not there. One that is damaged has no size."""
        found = self._files.get(path)
        if found is None:
            return None
        place, size = found
        return Entry(
            path, size, None, lambda: cast("BinaryIO", io.BufferedReader(_Bytes(self._reopen(), place)))
        )

    def _look_through(self, *, is_broken: bool = False) -> None:
        """Note where everything is (`OtherLayout`). Of what `is_broken` each entry that cannot be read is
        named, and what stands before the place where it breaks off comes."""
        self.about: dict[str, Any] = {}
        self.shared = 0
        self.problems: list[Problem] = []
        self._is_closed, self._heading = True, ""
        self._notes.clear()
        self._files: dict[str, tuple[int, int]] = {}
        with self._reopen() as file:
            if _line(file) != b"{":
                raise OtherLayout
            section, number = "", 0
            while True:
                place = file.tell()
                try:
                    line = _line(file)
                except OtherLayout:
                    if is_broken:
                        self.problems.append(Problem(f"{section or 'the top'}, entry {number}", _CUT_OFF))
                        return
                    raise
                if line == b"}" and not section:
                    self._is_closed &= self._heading != "notes"
                    return
                before, number = section, number + 1
                try:
                    section = self._meet(file, section, line, place)
                except OtherLayout:
                    if not is_broken:
                        raise
                    self._name(section, number, line, place)
                if len(self._notes) + len(self._files) + len(self.problems) > MAX_ENTRIES:
                    raise Refused(f"It holds more than {MAX_ENTRIES:,} notes and files, and is not read.")
                number = number if section == before else 0

    def _meet(self, file: BinaryIO, section: str, line: bytes, place: int) -> str:
        """Note what stands on a line of a section, and return in which the next one is (`OtherLayout`)."""
        if section and line == b"]":
            return ""
        name = line[1:-4].decode("ascii", "replace")
        if line.startswith(b'"') and line.endswith(b'": [') and (name in SECTIONS or not section):
            self._is_closed &= self._heading != "notes" or name not in _BEHIND
            self._heading = name
            return name
        if section == "files":
            self._look_at_file(file, line)
        elif section:
            self._count(section, line, place)
        else:
            self.about |= _object(b"{%b}" % line)
        return section

    def _name(self, section: str, number: int, line: bytes, place: int) -> None:
        if section == "notes":  # it is named when its turn comes
            self._notes.append(place)
            return
        if not section:  # it may have been where others' notes begin
            self._heading = ""
        if section != "files" or line.startswith(b"{"):  # not the bytes of a file that is named already
            self.problems.append(Problem(f"{section or 'the top'}, entry {number}", _DAMAGED))

    def _count(self, section: str, line: bytes, place: int) -> None:
        if not (line.startswith(b'{"') and line.endswith(b"}")):
            raise OtherLayout
        if section == "notes":
            self._notes.append(place)
        self.shared += section == "shared"

    def _look_at_file(self, file: BinaryIO, line: bytes) -> None:
        """Note where the bytes of a file begin, whose first line was read, and how many they are: -1 where
        they are damaged, or where two have its path, of which one is not its own. Then go behind them."""
        if not (line.startswith(b'{"') and line.endswith(DATA.encode())):
            raise OtherLayout
        path, place, size = str(_object(line + END_OF_DATA.encode()).get("path")), file.tell(), 0
        is_whole = path not in self._files
        while (data := _line(file)) != END_OF_DATA.encode():
            if not data.startswith(b'"'):
                raise OtherLayout
            try:
                size += len(base64.b64decode(data.strip(b'"'), validate=True))
            except binascii.Error:
                is_whole = False
        self._files[path] = place, size if is_whole else -1


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


def _unpacked_once(reopen: Callable[[], BinaryIO]) -> Callable[[], BinaryIO]:
    """The same opening, but that what is unpacked into memory is so once, and not again for each file."""
    with reopen() as file:
        if not isinstance(file, io.BytesIO):
            return reopen
        data = file.getvalue()
    return lambda: io.BytesIO(data)


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


def _laid_out_again(reopen: Callable[[], BinaryIO], size: int) -> bytes:
    """The same archive as it is laid out here; empty where it is no JSON, or too large to be read whole."""
    if size > MAX_WHOLE:
        return b""
    with reopen() as file:
        try:
            whole = _object(file.read().removeprefix(BOM))
        except OtherLayout:
            return b""
    lists = {name: _listed(whole.pop(name, [])) for name in SECTIONS}
    into = io.BytesIO()
    layout = Layout(into, whole)
    layout.begin_files()
    for file in lists.pop("files"):
        try:
            parts = [base64.b64decode(part, validate=True) for part in file["data"]]
            path = str(file["path"])
        except (ValueError, TypeError, LookupError):
            continue  # its note says that it is not there
        layout.file(path, sum(map(len, parts)), partial(_write, parts))
    layout.end_files()
    for name, values in lists.items():
        layout.section(name, values)
    layout.end()
    return into.getvalue()


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
