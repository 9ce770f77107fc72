"""How notes and days are said aloud: whole words, no symbols."""

import re

from kapjournal.domain.notes import Note
from kapjournal.exchange.markdown import long_day
from kapjournal.plain.conversation import Unlocked
from kapjournal.presentation import days
from kapjournal.presentation.sentences import IN_DOUBT
from kapjournal.text import shown_line

NOTHING = "-"
"""Typed where Enter leaves what is there: takes it away."""

_HEADING = re.compile(r"^#{1,6}[ \t]+(?=\S)", re.MULTILINE)

_IN_DOUBT = f"This note {IN_DOUBT} of itself."


def aloud(body: str) -> str:
    """The words of a page as they are, but that a heading says so in place of its marks."""
    return _HEADING.sub("Heading: ", body)


def in_a_list(unlocked: Unlocked, note: Note) -> str:
    """One line on a note: what it is called, its day, whose it is, who reads it."""
    doubt = f" {_IN_DOUBT}" if note.author in unlocked.journal.in_doubt else ""
    return (
        f"{note.text.name}. {long_day(note.text.date)}, by {unlocked.name(note.author)}. "
        f"Readers: {readers(unlocked, note)}.{doubt}"
    )


def readers(unlocked: Unlocked, note: Note) -> str:
    """Who can read a note, oneself counted."""
    return unlocked.readers(note.readers)


def say_note(unlocked: Unlocked, note: Note) -> None:
    """A note whole: what goes with it, its words as they are, and where they end."""
    text = note.text
    session = "" if note.session is None else f", of session {note.session}"
    unlocked.console.say(
        f"Title: {shown_line(text.title)}" if text.title else "",
        f"Written by {unlocked.name(note.author)}, about {days.spoken(text.date)}. "
        f"Kind: {text.kind.value}{session}.",
        f"Readers: {readers(unlocked, note)}.",
        f"Tags: {', '.join(text.tags)}." if text.tags else "",
        _IN_DOUBT if note.author in unlocked.journal.in_doubt else "",
        "The text:",
    )
    unlocked.console.text(aloud(text.body))
    unlocked.console.say("End of the note.")
