"""What comes in by a file or by stdin: first lines (passphrases, codes, recovery words, shares) and bodies of
notes.

Stdin is read once and in order: every first line that is taken from it leaves the rest for the next. Nothing
is read far beyond what can be taken, and no pipe is waited for that was not named as one.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kapjournal.errors import Refused, UsageError
from kapjournal.paths import open_plain
from kapjournal.text import BOM, MAX_BODY_BYTES, from_bytes

STDIN = "-"
"""The name by which a command calls its standard input."""

_STDIN_TOO = frozenset({STDIN, "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"})
_HANDED_IN = re.compile(r"/dev/fd/[0-9]+|/proc/(?:self|[0-9]+)/fd/[0-9]+")
"""What a shell puts in the place of `<(command)`: the one pipe besides stdin that is waited for."""

_MAX_LINE_BYTES = 64 * 1024
_CHUNK = 1024 * 1024


def first_line(source: str, what: str, *, to_the_letter: bool = False) -> str:
    """The first line of a file or of stdin, without its line end; `what` names it in a `UsageError`.

    The mark that some editors put before the first letter of a file is no part of it, unless it is read
    `to_the_letter`.
    """
    with _opened(source, what) as file:
        line = _line(file, what)
    if not to_the_letter:
        line = line.removeprefix(BOM.encode())
    if not line:
        raise UsageError(f"The first line of {what} is empty.")
    return _decoded(line, what)


def first_lines(source: str, what: str, most: int) -> list[str]:
    """As many lines as there are at the beginning of a file or of stdin, `most` of them at most, up to an
    empty one (`UsageError` as for `first_line`)."""
    lines: list[str] = []
    with _opened(source, what) as file:
        while len(lines) < most and (line := _line(file, what).removeprefix(BOM.encode())):
            lines.append(_decoded(line, what))
    return lines


def _line(file: BinaryIO, what: str) -> bytes:
    line = file.readline(_MAX_LINE_BYTES + 1) or b""
    if len(line) > _MAX_LINE_BYTES:
        raise UsageError(f"The first line of {what} is too long.")
    return line.removesuffix(b"\n").removesuffix(b"\r")


def _decoded(line: bytes, what: str) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"The first line of {what} is not UTF-8.") from None


def body(source: str) -> str:
    """A whole file, or what is left of stdin, to the letter but for the mark that some editors put before
    the first; more than a note holds is `Refused`, and not read to its end."""
    with _opened(source, "the text") as file:
        return _text_of(file)


def to_the_letter(source: str, what: str) -> str:
    """The same with the mark, if there is one, and called `what` where it cannot be read."""
    with _opened(source, what) as file:
        data = _bytes_of(file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(
            f"{what.capitalize()} cannot be read: byte {error.start + 1} is not UTF-8. Save it as that first."
        ) from None


def is_stdin(source: str) -> bool:
    """Whether a name is one of standard input."""
    return source in _STDIN_TOO


def body_of_file(path: Path) -> str:
    """The same of a plain file: a path is never taken for the name of stdin or of a pipe."""
    with _named(path, "the text", open_plain) as file:
        return _text_of(file)


def bytes_of_file(path: Path) -> bytes:
    """All that such a file holds, text or not."""
    with _named(path, "the file", open_plain) as file:
        return _bytes_of(file)


def _text_of(file: BinaryIO) -> str:
    return from_bytes(_bytes_of(file)).removeprefix(BOM)


def _bytes_of(file: BinaryIO) -> bytes:
    """All that a file holds. Of what is too long a little more is read, to tell its size if it ends there."""
    with suppress(OSError):  # a stream need not be a file
        if (size := os.fstat(file.fileno()).st_size - file.tell()) > MAX_BODY_BYTES:
            raise _too_long(f"{size:,} bytes long")
    data = bytearray()
    while len(data) <= MAX_BODY_BYTES + _CHUNK and (chunk := file.read(_CHUNK)):
        data += chunk
    if len(data) > MAX_BODY_BYTES + _CHUNK:
        raise _too_long(f"longer than {MAX_BODY_BYTES + _CHUNK:,} bytes")
    if len(data) > MAX_BODY_BYTES:
        raise _too_long(f"{len(data):,} bytes long")
    return bytes(data)


def _too_long(how_long: str) -> Refused:
    return Refused(f"The text is {how_long}; a note holds at most {MAX_BODY_BYTES:,}. Nothing was saved.")


@contextmanager
def _opened(source: str, what: str) -> Iterator[BinaryIO]:
    if source not in _STDIN_TOO:
        is_handed_in = _HANDED_IN.fullmatch(source)
        with _named(Path(source), what, _open_pipe if is_handed_in else open_plain) as file:
            yield file
        return
    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("There is no standard input to read from.")
    try:
        yield sys.stdin.buffer
    except OSError as error:
        raise UsageError(f"Standard input cannot be read as {what}: {error.strerror}.") from None


@contextmanager
def _named(path: Path, what: str, open_file: Callable[[Path], BinaryIO]) -> Iterator[BinaryIO]:
    try:
        with open_file(path) as file:
            yield file
    except OSError as error:
        raise UsageError(f"{path} cannot be read as {what}: {error.strerror}.") from None
    except ValueError:
        raise UsageError(f"{path} is not the name of a file.") from None


def _open_pipe(path: Path) -> BinaryIO:
    return path.open("rb")
