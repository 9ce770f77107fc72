"""What comes in by a file or by stdin: first lines (passphrases, codes, recovery words) and bodies of notes.

Stdin is read once and in order: every first line that is taken from it leaves the rest for the next.
"""

import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kapjournal.errors import Refused, UsageError
from kapjournal.text import MAX_BODY_BYTES, from_bytes

STDIN = "-"
"""The name by which a command calls its standard input."""

_MAX_LINE_BYTES = 64 * 1024
_CHUNK = 1024 * 1024


def first_line(source: str, what: str) -> str:
    """The first line of a file or of stdin, without its line end; `what` names it in a `UsageError`."""
    with _opened(source, what) as file:
        line = file.readline(_MAX_LINE_BYTES + 1)
    if len(line) > _MAX_LINE_BYTES:
        raise UsageError(f"The first line of {what} is too long.")
    line = line.removesuffix(b"\n").removesuffix(b"\r")
    if not line:
        raise UsageError(f"The first line of {what} is empty.")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"The first line of {what} is not UTF-8.") from None


def body(source: str) -> str:
    """A whole file, or what is left of stdin, to the letter; more than a note holds is `Refused` unread."""
    with _opened(source, "the text") as file:
        if source != STDIN:
            facts = Path(source).stat()
            if stat.S_ISREG(facts.st_mode) and facts.st_size > MAX_BODY_BYTES:
                raise _too_long(facts.st_size)
        return from_bytes(_at_most(file))


def _at_most(file: BinaryIO) -> bytes:
    """All bytes of a file, or `Refused` with its size; no more than a note holds is kept in memory."""
    kept: list[bytes] = []
    size = 0
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size <= MAX_BODY_BYTES:
            kept.append(chunk)
    if size > MAX_BODY_BYTES:
        raise _too_long(size)
    return b"".join(kept)


def _too_long(size: int) -> Refused:
    return Refused(
        f"The text is {size:,} bytes long; a note holds at most {MAX_BODY_BYTES:,}. Nothing was saved."
    )


@contextmanager
def _opened(source: str, what: str) -> Iterator[BinaryIO]:
    if source == STDIN:
        if sys.stdin is None:
            raise UsageError("There is no standard input to read from.")
        yield sys.stdin.buffer
        return
    try:
        with Path(source).open("rb") as file:
            yield file
    except OSError as error:
        raise UsageError(f"{source} cannot be read as {what}: {error.strerror}.") from None
    except ValueError:
        raise UsageError(f"{source} is not the name of a file.") from None
