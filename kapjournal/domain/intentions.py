"""The thread of a person's intentions: the first line of each note of that kind, word for word."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kapjournal.domain.course import where
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Note, NoteKind, NoteText
from kapjournal.domain.sessions import Session, SessionKind

_HEADING = re.compile(r"#{1,6}(?:[ \t]+|\Z)")


@dataclass(frozen=True, slots=True)
class Intention:
    """One intention: its `line` as it was written, and the note, day and moment (UTC) it is from."""

    note: str
    author: MemberId
    date: dt.date
    written: dt.datetime
    line: str

    @property
    def order(self) -> tuple[dt.date, dt.datetime, str]:
        """By the day it is about; on one day by the moment it was written."""
        return (self.date, self.written, self.note)


def first_line(body: str) -> str:
    """The first line that has words and is no heading, which a prompt that was taken is; the first heading
    where there is nothing else. Without the space around it, and otherwise to the letter."""
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    own = (line for line in lines if not _HEADING.match(line))
    return next(own, _HEADING.sub("", lines[0], count=1) if lines else "")


def thread(notes: Iterable[Note], author: MemberId) -> list[Intention]:
    """The intentions of one author among some notes, in the order of their days."""
    of_theirs = (n for n in notes if n.author == author and n.text.kind is NoteKind.INTENTION)
    found = (Intention(n.id, author, n.text.date, n.written, first_line(n.text.body)) for n in of_theirs)
    return sorted((one for one in found if one.line), key=lambda one: one.order)


def current(
    ordered: Sequence[Intention], day: dt.date, written: dt.datetime, note: str = ""
) -> Intention | None:
    """The one that held when a page about `day` was `written`: the last before it, and never the page itself.

    An intention for a later day holds from that day on, whenever it was written."""
    before = [one for one in ordered if one.note != note and (one.date, one.written) <= (day, written)]
    return before[-1] if before else None


def is_of_closing(text: NoteText, sessions: Iterable[Session]) -> bool:
    """Whether a page belongs to a closing session: it names it, or names none and is of its day or later."""
    ordered = sorted(sessions, key=lambda session: session.order)
    named = next((one for one in ordered if text.session and one.id == text.session.id), None)
    session = named or where(text.date, ordered).session
    return session is not None and session.kind is SessionKind.CLOSING
