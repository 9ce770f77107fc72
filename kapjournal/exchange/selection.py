"""Which notes an export takes: the member's own, and those others shared only when asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapjournal.domain.course import Course
from kapjournal.domain.members import folded
from kapjournal.domain.notes import Note
from kapjournal.errors import NotFound, Refused
from kapjournal.presentation.readers import listed
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def select(
    journal: "Journal",
    *,
    sessions: Sequence[int] = (),
    ids: Sequence[str] = (),
    include_shared: bool = False,
) -> list[Note]:
    """The notes of the given sessions and of the days after them, and the given notes; oldest day first.

    Without sessions and ids, all notes. Another member's note that is named without `include_shared` is
    `Refused`; an unknown session, and a selection without any note, is `NotFound`.
    """
    readable = journal.notes.all()
    chosen = readable if not sessions and not ids else _in_sessions(journal, readable, sessions)
    if not include_shared:
        chosen = [note for note in chosen if note.author == journal.me.id]
    wanted = {note.id for note in chosen}
    for note in map(journal.notes.get, ids):
        if note.author != journal.me.id and not include_shared:
            raise Refused(
                "One of these notes is somebody else’s; it goes along only if you ask for what others shared."
            )
        wanted.add(note.id)
    if not wanted:
        raise NotFound("There is no note to export.")
    return [note for note in readable if note.id in wanted]


def whose(journal: "Journal", notes: Sequence[Note]) -> str:
    """A sentence that says whose notes an export takes, without saying how many."""
    me = journal.me.id
    others = sorted(
        {shown_line(journal.members.label_of(n.author)) for n in notes if n.author != me}, key=folded
    )
    if not others:
        return "It holds your own notes and nobody else’s."
    shared = f"what {listed(others)} shared with you"
    own = any(note.author == me for note in notes)
    return f"It holds your own notes, and {shared}." if own else f"It holds {shared}, and nothing of yours."


def _in_sessions(journal: "Journal", notes: Sequence[Note], numbers: Sequence[int]) -> list[Note]:
    """What belongs to these sessions, and what is of the days after them."""
    chosen = {journal.sessions.get(number).number for number in numbers}
    course = Course(journal.sessions.all())
    hung = ((note, course.stretch_of(note).session) for note in notes)
    return [note for note, session in hung if session is not None and session.number in chosen]
