"""How days, kinds and readers are said on every screen."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from kapjournal.domain.audience import in_words
from kapjournal.domain.course import where
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Note, NoteText
from kapjournal.domain.sentences import IN_DOUBT
from kapjournal.domain.sessions import Session
from kapjournal.text import shown_line

ONLY_YOU, SOME, ALL = "◌", "◍", "◉"
"""Beside the words, for the eye; none of them is ever wider than one cell."""


def day(date: dt.date, *, year: bool = False) -> str:
    """“18 Nov”, with weekday and year where there is room: “Tue 18 Nov 2025”."""
    short = f"{date.day} {date:%b}"
    return f"{date:%a} {short} {date.year}" if year else short


def when(session: Session) -> str:
    """What a session is and when: “Dosing · Thu 19 Nov 2026 · 10:00”."""
    time = f"{session.time:%H:%M}" if session.time else ""
    parts = (session.kind.capitalize(), day(session.date, year=True), time)
    return " · ".join(part for part in parts if part)


def readers(ids: Collection[MemberId], members: Sequence[Member], me: MemberId) -> tuple[str, str]:
    """Who can read something: a symbol and the words, “Only you”, “You and Ben”, “All of you”."""
    said = shown_line(in_words(ids, members, me))
    if not set(ids) - {me}:
        return ONLY_YOU, said
    return (ALL if said == "All of you" else SOME), said


def tone(symbol: str) -> str:
    """The theme's colour that goes with a symbol of readers; never the only sign."""
    return {ONLY_YOU: "$success", SOME: "$accent", ALL: "$primary"}[symbol]


def place(note_text: NoteText, number: int | None, sessions: Iterable[Session]) -> str:
    """Where in the course: “Session 3” if it is named or of that day, “after session 3”, or nothing."""
    if number is not None:
        return f"Session {number}"
    stretch = where(note_text.date, sorted(sessions, key=lambda s: s.order))
    if stretch.session is None:
        return ""
    return f"{'after session' if stretch.after else 'Session'} {stretch.session.number}"


def about(note: Note, label: str, sessions: Iterable[Session], *, in_doubt: bool) -> str:
    """One line on a note for above its words: day, kind, place in the course, author if it is another."""
    parts = [
        day(note.text.date, year=True),
        note.text.kind.capitalize(),
        place(note.text, note.session, sessions),
        f"by {shown_line(label)}" if label else "",
        IN_DOUBT if in_doubt else "",
        " ".join("#" + shown_line(tag) for tag in note.text.tags),
    ]
    return " · ".join(part for part in parts if part)


def time_of_day(moment: dt.datetime) -> str:
    """The time on the clock where the person is, “14:05”."""
    return f"{moment.astimezone():%H:%M}"
