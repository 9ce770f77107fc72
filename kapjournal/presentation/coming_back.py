"""A partner's own words coming back, in one quiet block."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.coming_back import CameBack, When, came_back
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.presentation import days
from kapjournal.presentation.intentions import Threads, threads_of
from kapjournal.text import excerpt, shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NOTHING = "Nothing of your own comes back today."
WISH = "Show own words of earlier days on the course"
"""The setting that asks for them; without it nothing comes back by itself."""
KEPT = {True: "Your own words come back from now on.", False: "Nothing comes back by itself from now on."}

_LENGTH = 90


def lines(journal: "Journal") -> list[str]:
    """What comes back to this partner today, a line each; nothing for whoever is no partner."""
    notes, sessions = journal.notes.all(), journal.sessions.all()
    return lines_of(journal, notes, sessions, threads_of(journal, notes, sessions))


def lines_of(
    journal: "Journal", notes: Iterable[Note], sessions: list[Session], threads: Threads
) -> list[str]:
    """The same from what was read already."""
    if journal.me.role is not Role.PARTNER:
        return []
    found = came_back(notes, sessions, journal.me.id, clock.today())
    said = [f"{_when(one)}: “{excerpt(one.note.text.body, _LENGTH)}”" for one in found]
    own = threads.of.get(journal.me.id, [])
    if found and len(own) > 1:
        first, last = shown_line(own[0].line), shown_line(own[-1].line)
        said.append(f"Your first intention: “{first}”. The last: “{last}”.")
    return said


def fields(journal: "Journal") -> list[dict[str, object]]:
    """The notes that come back, as a command prints them in JSON."""
    if journal.me.role is not Role.PARTNER:
        return []
    found = came_back(journal.notes.all(), journal.sessions.all(), journal.me.id, clock.today())
    return [
        {"when": one.when.value, "id": one.note.id, "date": one.note.text.date.isoformat()} for one in found
    ]


def _when(one: CameBack) -> str:
    on = days.short(one.note.text.date)
    if one.when is When.SAME_STRETCH and one.session is not None:
        return f"The same days after session {one.session.number}, {on}"
    return f"A month ago, {on}"
