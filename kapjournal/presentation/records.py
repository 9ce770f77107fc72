"""What every face says of a clinical record: whom it is about, its fields in the order of its form, and what
sharing it does."""

from collections.abc import Iterator, Mapping

from kapjournal.content.forms import form_for
from kapjournal.content.pad import pad
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About, Form, RecordKind, Subject
from kapjournal.domain.notes import Draft
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import UNSEEN_IN_LISTS, Record, RecordText, SessionNamed
from kapjournal.presentation import days, dosing
from kapjournal.presentation.signing import addition
from kapjournal.text import excerpt, shown_line

UNKNOWN_COUPLE = "a couple whose name you were not told"
SHARED = "The name you gave the couple does not go with it: tell them, if they are to know."
WITHDRAWN = "It may have been read already."
BOTH_STAND = (
    "It was written on two computers at once, and both texts stand. They become one when all fields in which "
    "they differ are saved."
)
BESIDE_SIGNED = (
    "Not part of what is signed: written at the same time on another computer. What of it belongs here can "
    "be added to the record."
)
BESIDE = "It was changed meanwhile. Both texts stand, and nothing is lost: read it again."
EARLIER_FIELDS = "not on this form"
ROWS = "What happened"
NONE_YET = "There is nothing in the record of this couple yet."
ALL_SIGNED = "No record waits for your signature."
NONE_SHARED = "No colleague has shared a record with you."
SHARED_HERE = "Shared with you"
DRAFT_MARK = "Draft"
NEW_IS_YOURS = "Only you can read this, until you share it."
NEW_HAS_READERS = "Who reads it from the first stands on its page: your clinic says so in some forms."
WRITES_NONE = "In your role you write nothing in the clinical record."
OF_A_COUPLE = "Open the record of a couple first: what you write belongs to one."
ONCE_OPENED = "Its words stand here once it is opened."
GOES_ON = "Enter goes on where you left off."
STAYS = "Only drafts are thrown away: a record stays."
ONE_LAYOUT = "This form has no other layout."
NOBODY_TO_STOP = "Only you can read this record: there is nobody to stop sharing it with."
EVERY_TEXT_STAYS = "Every text stays; those that a layout has no place for are shown last."
HAS_ROWS = (
    "What was stamped on the dose pad stands in this draft, and is not thrown away with it. Take rows out on "
    "the pad, one by one."
)
THROWING_AWAY_A_CHANGE = "The record stays as it was before this draft."
EMPTY = "There is nothing on the page yet."
DONE, CHANGED = "It is a record now.", "It is changed."

SHARED_WITH_CARE: Mapping[RecordKind, str] = {
    RecordKind.PROCESS: (
        "This is a process note: a psychotherapy note in the sense of 45 CFR 164.501, kept apart from the "
        "rest of the record. It is shared for supervision in your own program, or with an authorisation."
    ),
    RecordKind.SAFETY: (
        "This is a safety note about one partner, for you alone unless you decide otherwise. The other "
        "partner must not come to know that there is one."
    ),
}
"""What is said of a kind, before it is asked once more whether a colleague may read it."""

SUBJECT_IN_WORDS: Mapping[Subject, str] = {
    Subject.COUPLE: "about both",
    Subject.PARTNER: "about one partner",
    Subject.EITHER: "about both, or one of them",
}
"""Whom a form can be about, where one is chosen."""


def beside_in_words(*, is_signed: bool) -> str:
    """What stands above a text that stands beside a record's own."""
    return BESIDE_SIGNED if is_signed else BOTH_STAND


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


def is_kept_out_of_lists(kind: RecordKind) -> bool:
    """Whether no list shows words of such a record: it has to be opened for that."""
    return kind in UNSEEN_IN_LISTS


def in_a_list(text: RecordText, form: Form) -> str:
    """The first words, for a list, or the first dose; none of a process or safety note, which lists keep to
    themselves."""
    if text.kind in UNSEEN_IN_LISTS:
        return ""
    rows = sorted(text.rows, key=lambda row: not row.is_dose)
    return excerpt(dosing.row_in_words(rows[0]), 60) if rows else text.excerpt(form)


def filled_fields(text: RecordText, form: Form) -> Iterator[tuple[str, str]]:
    """Heading and text of each filled field, in the order of the layout; last what this form does not have,
    under its id, and the rows of a dosing record."""
    fields = text.fields
    for field in form.shown_in(text.layout, fields):
        if field.id in fields:
            yield field.heading, fields.pop(field.id)
    for field_id, value in fields.items():
        yield f"{field_id} ({EARLIER_FIELDS})", value
    if text.rows:
        yield ROWS, "\n".join(dosing.lines(text.rows, pad()))


def partners_in_words(couple: Couple | None) -> str:
    """Who counts as the first partner and who as the second; empty where that was not said."""
    if couple is None or not couple.first:
        return ""
    return f"First partner: {shown_line(couple.first)}. Second partner: {shown_line(couple.second)}."


def whom(form: Form, couple: Couple | None) -> list[tuple[About, str]]:
    """Whom a record of this form can be about, each in words."""
    partners = [About.FIRST, About.SECOND]
    those = {
        Subject.COUPLE: [About.COUPLE],
        Subject.PARTNER: partners,
        Subject.EITHER: [About.COUPLE, *partners],
    }
    return [(about, about_in_words(about, couple)) for about in those[form.about]]


def partner_choices(couple: Couple) -> dict[str, About]:
    """The two partners by what they are called, where one is chosen."""
    return {about_in_words(about, couple): about for about in (About.FIRST, About.SECOND)}


def name_of(text: RecordText, couple: Couple | None) -> str:
    """What a list calls a record: “Progress note · session 3 · both”."""
    session = f"session {text.session.number}" if text.session else ""
    return _named(form_for(text.kind), session, about_in_words(text.about, couple))


def name_of_draft(draft: RecordDraft, couple: Couple | None) -> str:
    """What a list calls a draft, as far as it is known: “Draft: Progress note · session 3 · both”."""
    session = f"session {shown_line(draft.session.strip())}" if draft.session.strip() else ""
    about = about_in_words(draft.about, couple) if draft.about else ""
    return f"{DRAFT_MARK}: {_named(form_for(draft.kind), session, about)}"


def name_of_addition(record: Record, couple: Couple | None) -> str:
    """What a list calls what is to be added to a signed record, while it is not finished."""
    return f"{DRAFT_MARK}: {addition(name_of(record.text, couple))}"


def _named(form: Form, session: str, about: str) -> str:
    return " · ".join(part for part in (shown_line(form.title), session, about) if part)


def facts(text: RecordText, couple: Couple | None) -> list[tuple[str, str]]:
    """What stands around the fields of a record, each under its name."""
    return [
        ("About", about_in_words(text.about, couple)),
        ("Day", days.short(text.date, year=True)),
        ("Session", session_in_words(text.session)),
        ("Layout", shown_line(text.layout)),
    ]


def draft_in_a_list(draft: RecordDraft) -> str:
    """The first words of a draft, for a list; none of those kinds that lists keep to themselves."""
    if draft.kind in UNSEEN_IN_LISTS:
        return ""
    fields = draft.fields
    shown = form_for(draft.kind).shown_in(draft.layout, fields)
    ids = dict.fromkeys((*(field.id for field in shown), *fields))
    return next((words for one in ids if (words := excerpt(fields.get(one, ""), 60))), "")


def addition_in_a_list(draft: Draft, record: Record) -> str:
    """The first words of what is to be added; none where those of the record are not listed either."""
    return "" if record.kind in UNSEEN_IN_LISTS else excerpt(draft.text.body, 60)


def still_wrong(places: int) -> str:
    """That a page is no record yet, and in how many places something is to be put right."""
    where = "One field is not right yet" if places == 1 else f"{places} fields are not right yet"
    return f"{where}, as is said under it. What you typed stays in your draft."
