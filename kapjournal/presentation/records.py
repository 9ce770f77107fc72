"""What every face says of a clinical record: whom it is about, its fields in the order of its form, and what
sharing it does."""

from collections.abc import Iterator

from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About, Form
from kapjournal.domain.records import UNSEEN_IN_LISTS, RecordText, SessionNamed
from kapjournal.text import shown_line

UNKNOWN_COUPLE = "a couple whose name you were not told"
SHARED = "The name you gave the couple does not go with it: tell them, if they are to know."
WITHDRAWN = "It may have been read already."
BOTH_STAND = (
    "It was written on two computers at once, and both texts stand. They become one when all fields in which "
    "they differ are saved."
)
BESIDE = "It was changed meanwhile. Both texts stand, and nothing is lost: read it again."
EARLIER_FIELDS = "not on this form"


def about_in_words(about: About, couple: Couple | None) -> str:
    """Whom a record is about: “both”, a partner by the name the member gave, or “the first partner”."""
    if about is About.COUPLE:
        return "both"
    name = couple and (couple.first if about is About.FIRST else couple.second)
    return shown_line(name) if name else f"the {about.value} partner"


def session_in_words(session: SessionNamed | None) -> str:
    """“3, 2026-03-02”, or the number alone; empty for none."""
    if session is None:
        return ""
    return f"{session.number}, {session.date.isoformat()}" if session.date else str(session.number)


def in_a_list(text: RecordText, form: Form) -> str:
    """The first words, for a list; none of a process or safety note, which lists keep to themselves."""
    return "" if text.kind in UNSEEN_IN_LISTS else text.excerpt(form)


def filled_fields(text: RecordText, form: Form) -> Iterator[tuple[str, str]]:
    """Heading and text of each filled field, in the order of the layout; last what this form does not have,
    under its id."""
    fields = text.fields
    for field in form.shown_in(text.layout, fields):
        if field.id in fields:
            yield field.heading, fields.pop(field.id)
    for field_id, value in fields.items():
        yield f"{field_id} ({EARLIER_FIELDS})", value
