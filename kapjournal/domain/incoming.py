"""What another program, or an archive, holds for this journal: notes to come, and what of it cannot come."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from kapjournal.domain.notes import NoteKind


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file that comes with a note: its name there, its size in bytes, and a way to read it."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class IncomingNote:
    """A note as its source has it. `where` names the file or entry it lies in, for whoever looks for it.

    `kind` and `session` are None where the source says nothing of them; `written` and `revised` are UTC, None
    where it is not said when that was."""

    where: str
    body: str
    date: dt.date
    title: str = ""
    kind: NoteKind | None = None
    tags: tuple[str, ...] = ()
    session: int | None = None
    written: dt.datetime | None = None
    revised: dt.datetime | None = None
    files: tuple[IncomingFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot come, or not as it was: where it lies, and why in one sentence."""

    where: str
    sentence: str
    is_lost: bool = True
    """Whether nothing of it comes; False where it comes changed, as a tag that was too long."""


Incoming = IncomingNote | Problem
"""What a source yields, in the order it has them."""
