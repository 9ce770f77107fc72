"""How an archive is laid out as JSON: one value to a line, and the bytes of a file as lines of their own.

Any program reads it as JSON. Because of the lines it can be written and read piece by piece, whatever its
size: a line is as long as the longest note, and never as long as a file.
"""

import base64
import io
from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO, cast

from kapjournal.exchange.json_fields import as_json

SECTIONS = ("files", "sessions", "notes", "shared", "pages", "measures", "check_ins", "vitals")
"""The lists of an archive, in their order; files come first, so that a note can say which are there."""

DATA = '"data": ['
END_OF_DATA = "]}"
_CHUNK = 3 * 256 * 1024
"""Bytes of a file on a line."""


class Layout:
    """Writes an archive into an open file that can be written, sought and cut."""

    def __init__(self, into: BinaryIO, about: Mapping[str, object]) -> None:
        self._into = into
        self._into.write(b"{")
        self._separator = "\n"
        for name, value in about.items():
            self._next(f"{as_json(name)}: {as_json(value)}")

    def section(self, name: str, values: Iterable[object]) -> None:
        """Write a list, value by value."""
        self._begin(name)
        for value in values:
            self._next(as_json(value))
        self._end_section()

    def begin_files(self) -> None:
        """Begin the list of files; each is then a `file` of its own."""
        self._begin("files")

    def file(self, path: str, size: int, give: Callable[[BinaryIO], None]) -> None:
        """Write a file. Nothing of it stays if `give`, which writes its bytes into an open one, fails."""
        place, separator = self._into.tell(), self._separator
        try:
            self._next(f'{{"path": {as_json(path)}, "size": {size}, {DATA}')
            self._separator = "\n"
            lines = _Lines(lambda data: self._next(f'"{base64.b64encode(data).decode()}"'))
            give(cast("BinaryIO", lines))
            lines.end()
            self._into.write(f"\n{END_OF_DATA}".encode())
            self._separator = ",\n"
        except BaseException:
            self._into.seek(place)
            self._into.truncate()
            self._separator = separator
            raise

    def end_files(self) -> None:
        """End the list of files."""
        self._end_section()

    def end(self) -> None:
        """Write the end."""
        self._into.write(b"\n}\n")

    def _begin(self, name: str) -> None:
        self._next(f"{as_json(name)}: [")
        self._separator = "\n"

    def _end_section(self) -> None:
        self._into.write(b"\n]")
        self._separator = ",\n"

    def _next(self, line: str) -> None:
        self._into.write(f"{self._separator}{line}".encode())
        self._separator = ",\n"


class _Lines(io.RawIOBase):
    """An open file of which as many bytes as a line holds are handed on at a time."""

    def __init__(self, hand_on: Callable[[bytes], None]) -> None:
        self._hand_on = hand_on
        self._waiting = bytearray()

    def writable(self) -> bool:
        """It is for writing alone."""
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        """Take some bytes."""
        self._waiting += data
        while len(self._waiting) >= _CHUNK:
            self._hand_on(bytes(self._waiting[:_CHUNK]))
            del self._waiting[:_CHUNK]
        return len(data)

    def end(self) -> None:
        """Hand on what is left."""
        if self._waiting:
            self._hand_on(bytes(self._waiting))
