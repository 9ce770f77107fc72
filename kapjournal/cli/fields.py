"""Sessions and members as fields for a script, and a note as the columns of a list."""

from typing import TYPE_CHECKING

from kapjournal.domain.couples import Couple
from kapjournal.domain.doses import Doses
from kapjournal.domain.members import Member, folded
from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.presentation.couples import Glance
from kapjournal.presentation.people import readers_in_words
from kapjournal.presentation.sessions import spacing, who_doses
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


def session_fields(journal: "Journal", session: Session, doses: Doses) -> dict[str, object]:
    """The fields of a session for a script; `time` is HH:MM or null. `dose` is its number among the doses and
    `days_since_dose` how long after the one before, null for a session without a dose; `dosing` are the
    labels of those who dose, none where that is not said."""
    dose, labels = doses.of(session), map(journal.members.label_of, session.dosing)
    return {
        "number": session.number,
        "kind": session.kind.value,
        "date": session.date.isoformat(),
        "time": session.time.isoformat("minutes") if session.time else None,
        "title": session.title,
        "author": journal.members.label_of(session.author),
        "dose": dose.number if dose else None,
        "planned_doses": dose.planned if dose else None,
        "days_since_dose": dose.days if dose else None,
        "dosing": sorted(labels, key=folded) if session.kind is SessionKind.DOSING else [],
    }


def in_words(journal: "Journal", session: Session, doses: Doses) -> dict[str, object]:
    """The fields of a session for a person to read; what is not said is empty."""
    dose = doses.of(session)
    said = {
        "dose": dose.name if dose else "",
        "since": spacing(dose) if dose else "",
        "dosing": who_doses(journal, session),
    }
    fields = session_fields(journal, session, doses)
    shown = ("number", "kind", "date", "time", "title", "author")
    return {**{name: fields[name] or "" for name in shown}, **said}


def couple_fields(couple: Couple, seen: Glance, *, is_unsigned: bool) -> dict[str, object]:
    """The fields of a couple for a script; `case` is what the practice knows them by. What is in their
    journal is null where that does not open with the practice, and `why_not` says so."""
    is_known = not seen.why_not
    session = seen.next_session
    return {
        "name": couple.name,
        "case": couple.case.hex(),
        "partners": [couple.first, couple.second] if couple.first else None,
        "opens": couple.opens,
        "path": str(couple.path) if couple.path else None,
        "next_session": {"number": session.number, "date": session.date.isoformat()} if session else None,
        "new": seen.has_new if is_known else None,
        "safety": seen.has_open_mark if is_known else None,
        "asks_to_talk": seen.asks if is_known else None,
        "unsigned": is_unsigned,
        "why_not": seen.why_not or None,
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
