"""The copy of a record that a partner is given, and what is said of it."""

from typing import TYPE_CHECKING

from kapjournal.content.forms import form_for
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About, Form
from kapjournal.domain.records import Record, RecordText
from kapjournal.presentation import days
from kapjournal.presentation.people import partners
from kapjournal.presentation.records import filled_fields
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

GIVING = "That partner and you alone can read the copy, in their journal."


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


def partners_there(practice: "Journal", couple: Couple) -> list[str]:
    """The labels of the partners in the couple's journal, which opens with the practice (errors as for
    `open_couple`)."""
    with practice.open_couple(couple.case) as theirs:
        return [one.label for one in partners(theirs)]


def give(practice: "Journal", couple: Couple, record: Record, label: str, who: About | None = None) -> str:
    """Give a partner a copy, and say so; `who` says which of the two they are where the names do not
    (`UsageError` if that is not certain)."""
    from kapjournal.journal import give_copy  # noqa: PLC0415 - faces start without the journal

    form = form_for(record.kind)
    title, body = title_of(record.text, form), as_markdown(record.text, form)
    with practice.open_couple(couple.case) as theirs:
        give_copy(practice, theirs, couple, record, label, title=title, body=body, who=who)
    return given(label)


def given(partner: str) -> str:
    """That the copy is there, and for whom."""
    name = shown_line(partner)
    return f"{name} and you can read this copy, in their journal. Nobody else there can tell what it is."
