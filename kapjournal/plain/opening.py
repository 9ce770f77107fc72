"""Asking on which day a letter or a decision opens, and closing one until then."""

import datetime as dt

from kapjournal.domain.notes import Note, NoteKind
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import pick
from kapjournal.presentation import not_possible
from kapjournal.presentation import opening as saying


def ask_when_it_opens(
    unlocked: Unlocked, kind: NoteKind, *, is_new: bool, now: dt.date | None = None
) -> dt.date | None:
    """The day that is chosen, None for the usual one of its kind; Enter leaves what is chosen `now`."""
    console, choices = unlocked.console, saying.choices_of_opening(kind, is_new=is_new)
    choice = saying.ON_THE_DAY
    if len(choices) > 1:
        left = {"": ""} if is_new else {}
        words = {words: one for one, words in choices.items()}
        choice = pick(console, f"When does it open?{' Enter leaves it:' if left else ''}", {**words, **left})
    if not choice:
        return now
    if choice != saying.ON_THE_DAY:
        return saying.opening_of(choice, kind)
    return console.ask_for(
        "The day on which it opens, as year, month, day, such as 2026-11-24:",
        lambda answer: saying.opening_of(choice, kind, answer),
    )


def close(unlocked: Unlocked, note: Note) -> None:
    """Close a letter or a decision of the member's until a day that they say."""
    journal = unlocked.journal
    unlocked.console.say(saying.WHAT_CLOSING_DOES)
    day = ask_when_it_opens(unlocked, note.text.kind, is_new=False)
    if day is not None:
        journal.waiting.close(note.id, day)
        unlocked.console.say(*saying.opening_in_words(journal.waiting.of(note)))


def may_close(unlocked: Unlocked, note: Note) -> bool:
    """Whether the member can say on which day a note opens."""
    return not not_possible.with_note(unlocked.journal, "close_until", note)
