"""What sessions, people and search hits look like to a script, and the columns of a note in a plain list."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kapjournal.domain.audience import in_words
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.text import excerpt

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NONE = "-"
"""Stands in a plain column that has nothing to say."""


def readers_in_words(journal: "Journal", note: Note) -> str:
    """Who can read a note, said to the person whose door is open."""
    return in_words(note.readers, journal.members.all(), journal.me.id)


def others_in_words(journal: "Journal", note: Note) -> str:
    """Who can read a note besides its author, empty if nobody can."""
    others = note.readers - {note.author}
    return in_words(others, journal.members.all(), journal.me.id) if others else ""


def note_cells(journal: "Journal", note: Note) -> tuple[object, ...]:
    """Id, day, kind, session, readers in words, and the title or the first words; then a word on a note that
    may be an older state of itself."""
    text = note.text
    doubt = ("in doubt",) if note.author in journal.members.doubted_authors else ()
    return (
        note.id,
        text.date.isoformat(),
        text.kind.value,
        NONE if note.session is None else note.session,
        readers_in_words(journal, note),
        text.title or excerpt(text.body) or NONE,
        *doubt,
    )


def session_fields(journal: "Journal", session: Session) -> dict[str, object]:
    """A session for a script; `time` is HH:MM or null."""
    return {
        "number": session.number,
        "kind": session.kind.value,
        "date": session.date.isoformat(),
        "time": session.time.isoformat("minutes") if session.time else None,
        "title": session.title,
        "author": journal.members.label_of(session.author),
    }


def member_fields(journal: "Journal", member: Member) -> dict[str, object]:
    """A member for a script."""
    return {
        "label": member.label,
        "role": member.role.value,
        "invited_as": member.invited_as,
        "keeper": member.is_keeper,
        "verified": member.verified,
        "removed": member.removed,
        "me": member.id == journal.me.id,
    }


def plain(runs: Iterable[tuple[str, bool]]) -> str:
    """The words of a hit without marks."""
    return "".join(text for text, _ in runs)


def marked(runs: Iterable[tuple[str, bool]]) -> str:
    """The words of a hit with «» around what was found."""
    return "".join(f"«{text}»" if found else text for text, found in runs)
