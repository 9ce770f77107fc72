"""How a note is said aloud: whole words, no symbols."""

import re

from kapjournal.domain.notes import Note
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.presentation import days
from kapjournal.presentation.attachments import aloud as spoken_file
from kapjournal.presentation.authorising import MAY_BE_USED
from kapjournal.presentation.days import long_day
from kapjournal.presentation.intentions import read_threads
from kapjournal.presentation.scribe import about_typing
from kapjournal.presentation.sentences import BOTH_STAND, IN_DOUBT
from kapjournal.presentation.waiting import about_offer
from kapjournal.text import shown_line

NOTHING = "-"
"""The answer that takes away what Enter would leave as it is."""

_HEADING = re.compile(r"^#{1,6}[ \t]+(?=\S)", re.MULTILINE)

_SIGNED = "It is signed."
_IN_DOUBT = f"This note {IN_DOUBT} of itself."


def aloud(body: str) -> str:
    """The words of a page; a heading says that it is one, in place of its marks."""
    return _HEADING.sub("Heading: ", body)


def ended(words: str) -> str:
    """Words of somebody's as a sentence of its own: with a full stop, unless they end as one does."""
    return words if words.rstrip("”’\"')").endswith((".", "!", "?", "…", "。")) else f"{words}."


def in_a_list(unlocked: Unlocked, note: Note) -> str:
    """A note in one line: whether it is new, what it is called, its day, its author, its readers."""
    standing = "".join(f" {sentence}" for sentence in _standing(unlocked, note))
    new = "New: " if unlocked.journal.notes.is_new(note) else ""
    return (
        f"{new}{ended(note.text.name)} {long_day(note.text.date)}, by {unlocked.name(note.author)}. "
        f"Readers: {readers(unlocked, note)}.{standing}"
    )


def _standing(unlocked: Unlocked, note: Note) -> list[str]:
    said = {
        _IN_DOUBT: note.author in unlocked.journal.members.doubted_authors,
        BOTH_STAND: bool(note.beside),
        _SIGNED: note.is_signed,
        f"{MAY_BE_USED}.": unlocked.journal.page_consents.is_given(note),
    }
    more = (about_offer(note, unlocked.journal), about_typing(note, unlocked.journal))
    return [*(sentence for sentence, true in said.items() if true), *filter(None, more)]


def readers(unlocked: Unlocked, note: Note) -> str:
    """The readers of a note in words, the member counted."""
    return unlocked.readers(note.readers)


def say_note(unlocked: Unlocked, note: Note) -> None:
    """Say a whole note: what goes with it, its words as they are, and where they end; of a signed one no more
    than what is signed."""
    unlocked.journal.notes.looked_at(note)
    text = note.text
    session = "" if note.session is None else f", of session {note.session}"
    unlocked.console.say(
        f"Title: {shown_line(text.title)}" if text.title else "",
        f"Written by {unlocked.name(note.author)}, about {days.spoken(text.date)}. "
        f"Kind: {text.kind.value}{session}.",
        f"Readers: {readers(unlocked, note)}.",
        *read_threads(unlocked.journal).above(note).split("\n"),
        f"Tags: {', '.join(text.tags)}." if text.tags else "",
        f"Files: {'; '.join(map(spoken_file, note.files))}." if note.files else "",
        *_standing(unlocked, note),
        "The text:",
    )
    unlocked.console.text(aloud(note.text.body if note.is_signed else note.words))
    unlocked.console.say("End of the note.")
