"""Intentions in words, never in other ones than their author's: above a page, on the course, in a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.domain.intentions import Intention, current, is_of_closing, thread
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note, NoteKind, NoteText
from kapjournal.domain.sessions import Session
from kapjournal.presentation import days
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NONE_YET = "There is no intention here yet. A note of the kind intention begins with one, in its first line."


@dataclass(frozen=True, slots=True)
class Threads:
    """The threads that a member can read, each author's by itself, and the sessions of the course. Of those
    of others there is what they shared with this member."""

    of: dict[MemberId, list[Intention]]
    names: dict[MemberId, str]
    sessions: list[Session]
    me: MemberId

    def above(self, note: Note) -> str:
        """What stands above a note; nothing where its author had no intention before it."""
        return self._above(note.author, note.text, self._before(note))

    def above_draft(self, text: NoteText, note: Note | None) -> str:
        """What stands above a page that this member writes, for a new note or the one it changes."""
        if note is not None:
            return self.above(note)
        return self._above(self.me, text, current(self.of.get(self.me, []), text.date, clock.now()))

    def _before(self, note: Note) -> Intention | None:
        return current(self.of.get(note.author, []), note.text.date, note.written, note.id)

    def _above(self, author: MemberId, text: NoteText, now: Intention | None) -> str:
        if now is None:
            return ""
        first = self.of[author][0]
        if is_of_closing(text, self.sessions) and first != now:
            return f"{self._whose(author)} first intention: “{_line(first)}”\nThe last: “{_line(now)}”"
        return f"{self._whose(author)} intention: “{_line(now)}”"

    def _whose(self, author: MemberId) -> str:
        return "Your" if author == self.me else f"{shown_line(self.names.get(author, ''))}’s"


def read_threads(journal: "Journal") -> Threads:
    """Read every thread this member can read something of."""
    return threads_of(journal, journal.notes.all(kind=NoteKind.INTENTION), journal.sessions.all())


def threads_of(journal: "Journal", notes: Iterable[Note], sessions: list[Session]) -> Threads:
    """The same from notes and sessions that were read already; the member's own thread comes first."""
    notes = [note for note in notes if note.text.kind is NoteKind.INTENTION]
    authors = sorted({note.author for note in notes}, key=lambda one: (one != journal.me.id, one))
    found = {author: thread(notes, author) for author in authors}
    names = {author: journal.members.label_of(author) for author in authors}
    return Threads({a: some for a, some in found.items() if some}, names, sessions, journal.me.id)


def now(journal: "Journal", threads: Threads) -> str:
    """What a partner may want to see on coming in: the intention of today, or at the closing session the
    first beside the last; nothing for whoever is no partner."""
    if journal.me.role is not Role.PARTNER:
        return ""
    return threads.above_draft(NoteText("", NoteKind.PAGE, clock.today()), None)


def in_a_list(ordered: Sequence[Intention]) -> list[str]:
    """Each with its day, as “14 Oct 2026  “…””."""
    return [f"{days.long_day(one.date)}: “{_line(one)}”" for one in ordered]


def fields(threads: Threads, author: MemberId | None = None) -> list[dict[str, str]]:
    """Every intention, or those of one author, as a command prints them."""
    return [
        {"author": threads.names[a], "date": one.date.isoformat(), "id": one.note, "intention": one.line}
        for a, some in threads.of.items()
        if author in (None, a)
        for one in some
    ]


def _line(intention: Intention) -> str:
    return shown_line(intention.line)
