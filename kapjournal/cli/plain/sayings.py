"""How notes and days are said aloud: whole words, no symbols."""

import datetime as dt
import re

from kapjournal.cli.plain.seat import Seat
from kapjournal.domain.notes import Note
from kapjournal.domain.sentences import IN_DOUBT
from kapjournal.exchange.markdown import long_day
from kapjournal.text import shown_line

NOTHING = "-"
"""Typed where Enter leaves what is there: takes it away."""

_HEADING = re.compile(r"^#{1,6}[ \t]+(?=\S)", re.MULTILINE)

_IN_DOUBT = f"This note {IN_DOUBT} of itself."


def day(date: dt.date) -> str:
    """“Tuesday, 18 November 2025”, the same in every locale."""
    return f"{_WEEKDAYS[date.weekday()]}, {long_day(date)}"


def aloud(body: str) -> str:
    """The words of a page as they are, but that a heading says so in place of its marks."""
    return _HEADING.sub("Heading: ", body)


def in_a_list(seat: Seat, note: Note) -> str:
    """One line on a note: what it is called, its day, whose it is, who reads it."""
    doubt = f" {_IN_DOUBT}" if note.author in seat.journal.members.doubted_authors else ""
    return (
        f"{note.text.name}. {long_day(note.text.date)}, by {seat.name(note.author)}. "
        f"Readers: {readers(seat, note)}.{doubt}"
    )


def readers(seat: Seat, note: Note) -> str:
    """Who can read a note, oneself counted."""
    return seat.readers(note.readers)


def say_note(seat: Seat, note: Note) -> None:
    """A note whole: what goes with it, its words as they are, and where they end."""
    text = note.text
    session = "" if note.session is None else f", of session {note.session}"
    seat.talk.say(
        f"Title: {shown_line(text.title)}" if text.title else "",
        f"Written by {seat.name(note.author)}, about {day(text.date)}. Kind: {text.kind.value}{session}.",
        f"Readers: {readers(seat, note)}.",
        f"Tags: {', '.join(text.tags)}." if text.tags else "",
        _IN_DOUBT if note.author in seat.journal.members.doubted_authors else "",
        "The text:",
    )
    seat.talk.text(aloud(text.body))
    seat.talk.say("End of the note.")


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
