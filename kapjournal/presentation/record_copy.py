"""The copy of a record that a partner is given, and what is said of it."""

from kapjournal.domain.forms import Form
from kapjournal.domain.records import RecordText
from kapjournal.presentation import days
from kapjournal.presentation.records import filled_fields
from kapjournal.text import shown_line


def title_of(text: RecordText, form: Form) -> str:
    """What the copy is called: “A copy for you: Dosing record, session 3”."""
    session = f", session {text.session.number}" if text.session else ""
    return f"A copy for you: {shown_line(form.title)}{session}"


def as_markdown(text: RecordText, form: Form) -> str:
    """A record about one partner, for that partner: its day and every filled field under its heading. What
    the therapist calls the couple is theirs alone, and not in it."""
    day = days.long_day(text.date)
    parts = [f"_Copied from your record of {day}. What is changed in it later is not here._"]
    for heading, value in filled_fields(text, form):
        parts += [f"## {shown_line(heading)}", value]
    return "\n\n".join(parts)


def given(partner: str) -> str:
    """That the copy is there, and for whom."""
    name = shown_line(partner)
    return f"{name} and you can read this copy, in their journal. Nobody else there can tell it was given."
