"""A file as it is to be: stretches of another file, and a few bytes of our own between them."""

from collections.abc import Iterator
from typing import BinaryIO

_AT_ONCE = 256 * 1024


class BrokenPicture(Exception):
    """A picture is not built as one of its form is."""


class Spans:
    """Gathers what is kept of a file, in order; neighbouring stretches become one."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._parts: list[bytes | tuple[int, int]] = []

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return sum(len(part) if isinstance(part, bytes) else part[1] - part[0] for part in self._parts)

    def keep(self, start: int, end: int) -> None:
        """The bytes of the file from `start` up to `end`."""
        last = self._parts[-1] if self._parts else b""
        if isinstance(last, tuple) and last[1] == start:
            self._parts[-1] = (last[0], end)
        elif end > start:
            self._parts.append((start, end))

    def add(self, data: bytes) -> int:
        """Bytes of our own; returns their place, for `put`."""
        self._parts.append(data)
        return len(self._parts) - 1

    def put(self, place: int, data: bytes) -> None:
        """Other bytes of our own in a place."""
        self._parts[place] = data

    def __iter__(self) -> Iterator[bytes]:
        """All of it, a little at a time."""
        for part in self._parts:
            if isinstance(part, bytes):
                yield part
                continue
            at, end = part
            while at < end:
                self._file.seek(at)
                some = self._file.read(min(_AT_ONCE, end - at))
                if not some:
                    raise BrokenPicture
                yield some
                at += len(some)


def exactly(file: BinaryIO, count: int) -> bytes:
    """So many bytes of a file (`BrokenPicture` if it ends before)."""
    data = file.read(count)
    if len(data) != count:
        raise BrokenPicture
    return data
