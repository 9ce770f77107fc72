"""Sessions and members as fields for a script, and a note as the columns of a list."""

from typing import TYPE_CHECKING

from kapjournal.domain.couples import Couple
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.presentation.people import readers_in_words
from kapjournal.text import excerpt

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NONE = "-"
"""Stands in a column that has nothing to say."""


def note_cells(journal: "Journal", note: Note) -> tuple[object, ...]:
    """The columns of a note: id, day, kind, session, readers in words, title or first words; then a remark if
    it may be an older state of itself."""
    text = note.text
    doubt = ("in doubt",) if note.author in journal.members.doubted_authors else ()
    return (
        note.id,
        text.date.isoformat(),
        text.kind.value,
        NONE if note.session is None else note.session,
        readers_in_words(journal, note.readers),
        text.title or excerpt(text.body) or NONE,
        *doubt,
    )


def session_fields(journal: "Journal", session: Session) -> dict[str, object]:
    """The fields of a session for a script; `time` is HH:MM or null."""
    return {
        "number": session.number,
        "kind": session.kind.value,
        "date": session.date.isoformat(),
        "time": session.time.isoformat("minutes") if session.time else None,
        "title": session.title,
        "author": journal.members.label_of(session.author),
    }


def couple_fields(couple: Couple) -> dict[str, object]:
    """The fields of a couple for a script; `case` is what the practice knows them by."""
    return {
        "name": couple.name,
        "case": couple.case.hex(),
        "partners": [couple.first, couple.second] if couple.first else None,
        "opens": couple.opens,
        "path": str(couple.path) if couple.path else None,
    }


def member_fields(journal: "Journal", member: Member) -> dict[str, object]:
    """The fields of a member for a script. `was_verified`: digits of keys since replaced were compared."""
    return {
        "label": member.label,
        "role": member.role.value,
        "invited_as": member.invited_as,
        "keeper": member.is_keeper,
        "verified": member.verified,
        "removed": member.removed,
        "me": member.id == journal.me.id,
        "was_verified": member.was_verified,
        "new_keys_since": member.new_keys_since.isoformat() if member.new_keys_since else None,
        "unacknowledged": member.is_announced,
    }
