"""A clinical record: which form it fills, whom it is about, and what stands in its fields, as typed."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from kapjournal.domain.dosing import Row
from kapjournal.domain.forms import (
    MAIN_TEXT,
    OF_ONE_PARTNER,
    About,
    Form,
    RecordKind,
    never_of_a_couple,
    not_in_a_process_note,
)
from kapjournal.domain.ids import CaseId, EnvelopeId, MemberId
from kapjournal.domain.members import Role, folded
from kapjournal.domain.sessions import MAX_NUMBER
from kapjournal.domain.supervision import check_question
from kapjournal.errors import Refused, UsageError
from kapjournal.text import MAX_BODY_BYTES, excerpt, shown_line

AROUND = ("about", "date", "session", "layout")
"""What stands around the fields of a record."""

OTHER_FORM = "Form: this record fills one that is not on this computer, and stays as it is here."
ONLY_IN_A_PRACTICE = "The clinical record is kept in a practice, and this is a couple's own journal."
ONE_AT_A_TIME = (
    "A record is shared with one colleague at a time, by their label: never with “all”, and never by a role."
)


MAX_FIELDS = 500
"""More than any form has."""
ONE_A_SESSION = frozenset({RecordKind.DOSING, RecordKind.READY})
UNSEEN_IN_LISTS = frozenset({RecordKind.PROCESS, RecordKind.SAFETY})
"""Kinds of which no list shows a word, and that no search finds but for their author."""


@dataclass(frozen=True, slots=True)
class SessionNamed:
    """Which session a record belongs to. The sessions are in the couple's journal; here stand the number and
    the day: the one the author gave, else that of the session there, if it could be looked up."""

    number: int
    date: dt.date | None = None


SessionDay = Callable[[CaseId, int], dt.date | None]
"""The day of the session of that number in the journal of a couple, as far as it can be looked up."""


def dated(session: SessionNamed | None, case: CaseId, day_of: SessionDay) -> SessionNamed | None:
    """The session with its day, so that a record of it which is written late is seen to be."""
    if session is None or session.date is not None:
        return session
    return replace(session, date=day_of(case, session.number))


@dataclass(frozen=True, slots=True)
class RecordText:
    """What a person writes in a form. `date` is the day the record is about; `values` are the filled fields
    by id, sorted; `form` is whose fields they are, and `layout` how they are shown. A dosing record has
    `rows` beside them, by their moment."""

    kind: RecordKind
    about: About
    date: dt.date
    values: tuple[tuple[str, str], ...] = ()
    session: SessionNamed | None = None
    layout: str = ""
    form: str = ""
    rows: tuple[Row, ...] = ()

    @property
    def fields(self) -> dict[str, str]:
        """The filled fields by id."""
        return dict(self.values)

    def excerpt(self, form: Form, length: int = 60) -> str:
        """The first words of the first filled field of the form, on one line harmless to a terminal."""
        ids = [field.id for field in form.shown_in(self.layout, self.fields)]
        filled = (self.fields[one] for one in (*ids, *self.fields) if one in self.fields)
        return next((words for value in filled if (words := excerpt(value, length))), "")


@dataclass(frozen=True, slots=True)
class Record:
    """A record as one member of the practice may read it.

    `id` names author and document together; `case` is the couple. `beside` is what else stands, written at
    the same time on another computer of the author's; `not_of_each` are the readers who cannot read every
    one. `written` and `revised` are UTC.
    """

    id: str
    author: MemberId
    readers: frozenset[MemberId]
    case: CaseId
    text: RecordText
    written: dt.datetime
    revised: dt.datetime | None
    beside: tuple[RecordText, ...] = ()
    versions: tuple[EnvelopeId, ...] = ()
    not_of_each: frozenset[MemberId] = frozenset()
    is_signed: bool = False

    @property
    def kind(self) -> RecordKind:
        """What it is."""
        return self.text.kind

    @property
    def order(self) -> tuple[dt.date, dt.datetime, str]:
        """By the day it is about, then as written."""
        return self.text.date, self.written, self.id


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """The present or an earlier state of a record, for its author: `saved` is when it became so (UTC)."""

    number: int
    saved: dt.datetime
    text: RecordText
    readers: frozenset[MemberId]


def kinds_of(role: Role) -> tuple[RecordKind, ...]:
    """The kinds of record a role may write: therapists every one, a prescriber notes of contacts."""
    if role.is_therapist:
        return tuple(RecordKind)
    return (RecordKind.CONTACT,) if role is Role.PRESCRIBER else ()


def check_may_write(role: Role, kind: RecordKind) -> None:
    """Refuse a kind that is not this role's."""
    if kind not in kinds_of(role):
        yours = ", ".join(kinds_of(role)) or "none"
        raise Refused(f"A {role.in_words} writes no “{kind}” in the clinical record; yours: {yours}.")


def check_rules(text: RecordText) -> RecordText:
    """Refuse what a record of a kind never holds, whoever wrote it: a psychotherapy note is free text alone,
    some are about one partner, and rows stand in a dosing record alone (`Refused`)."""
    extra = [one for one in text.fields if one != MAIN_TEXT]
    if text.kind is RecordKind.PROCESS and (extra or text.layout):
        raise Refused(not_in_a_process_note(next(iter(extra), text.layout)))
    if text.kind in OF_ONE_PARTNER and text.about is About.COUPLE:
        raise Refused(f"About: {never_of_a_couple(text.kind)}")
    if text.rows and text.kind is not RecordKind.DOSING:
        raise Refused("Doses, vitals and what happened row by row stand in a dosing record alone.")
    return text


def check_place(text: RecordText, others: Iterable[RecordText]) -> None:
    """Refuse a second record where a person has one for each session (`UsageError`, `Refused`). `others` are
    its author's of the same couple."""
    if text.kind not in ONE_A_SESSION:
        return
    if text.session is None:
        raise UsageError(f"Session: a {OF_ONE_PARTNER[text.kind]} is of one session. Say which: its number.")
    place = text.kind, text.about, text.session.number
    if place in {(one.kind, one.about, one.session.number) for one in others if one.session}:
        raise Refused(
            f"There is a {OF_ONE_PARTNER[text.kind]} of this person for session {text.session.number}. "
            "Change that one."
        )


def check_session(session: SessionNamed | None) -> SessionNamed | None:
    """Refuse a number that no session has (`UsageError`)."""
    if session is not None and not 1 <= session.number <= MAX_NUMBER:
        raise UsageError(f"Session: a number between 1 and {MAX_NUMBER}.")
    return session


def filled(form: Form, text: RecordText, fields: Mapping[str, str]) -> RecordText:
    """A record's text with other values in some fields, an empty one for none; the rest stays as it is, also
    what this form does not know. An unknown field or a wrong value is refused by its name (`UsageError`,
    `Refused`)."""
    values = text.fields
    for field_id, value in fields.items():
        field = form.field(field_id)
        if value == values.get(field_id):
            continue  # as it was typed when the form may have been another
        values[field_id] = field.checked(value)
    values = {field_id: value for field_id, value in sorted(values.items()) if value}
    if text.kind is RecordKind.SUPERVISION:
        check_question(values)
    return check_rules(check_size(replace(text, values=tuple(values.items()))))


def check_size(text: RecordText) -> RecordText:
    """Refuse a record that is larger than a document may be, or has more fields than a form (`Refused`)."""
    if len(text.values) > MAX_FIELDS:
        raise Refused(f"A record has at most {MAX_FIELDS} fields.")
    texts = [value for _, value in text.values] + [value for row in text.rows for _, value in row.values]
    if (size := sum(len(value.encode("utf-8")) for value in texts)) > MAX_BODY_BYTES:
        raise Refused(f"The record is {size:,} bytes long; one holds at most {MAX_BODY_BYTES:,}.")
    return text


def differences(one: RecordText, other: RecordText) -> frozenset[str]:
    """In what two texts of a record differ: ids of fields, and `about`, `date`, `session`, `layout`. Rows
    are not asked for: those of several texts are joined."""
    ids = {field_id for field_id, _ in set(one.values) ^ set(other.values)}
    return frozenset(ids) | {name for name in AROUND if getattr(one, name) != getattr(other, name)}


def last_service(of_a_couple: Iterable[Record]) -> dt.date | None:
    """The latest day that a couple's records are about; None without any. A write-up for supervision is no
    service to them."""
    texts = (
        text
        for record in of_a_couple
        for text in (record.text, *record.beside)
        if text.kind is not RecordKind.SUPERVISION
    )
    return max((text.date for text in texts), default=None)


def about_from(word: str, first: str = "", second: str = "") -> About:
    """Read whom a record is about: `couple`, `first`, `second`, or the name the therapist gave a partner
    (`UsageError`)."""
    names = {folded(name): who for who, name in ((About.FIRST, first), (About.SECOND, second)) if name}
    known = {**{who.value: who for who in About}, **names}
    if folded(word) not in known:
        said = ", ".join([*About, *(name for name in (first, second) if name)])
        raise UsageError(f"About: “{shown_line(word)}” is none of {said}.")
    return known[folded(word)]
