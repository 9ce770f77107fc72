"""A clinical record on the way: what was typed into a form, as it was typed, and what is wrong with it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from kapjournal.domain import dosing
from kapjournal.domain.dosing import Row
from kapjournal.domain.forms import About, Form, RecordKind
from kapjournal.domain.ids import CaseId, EnvelopeId
from kapjournal.domain.parsing import day_from, number_from
from kapjournal.domain.records import (
    OTHER_FORM,
    Record,
    RecordText,
    SessionNamed,
    check_session,
    filled,
)
from kapjournal.domain.sessions import MAX_NUMBER
from kapjournal.domain.supervision import Pulled
from kapjournal.errors import KapjournalError, Refused, UsageError
from kapjournal.text import storable

WHOLE = ""
"""The name of what is wrong with a record as a whole, and with no field of it."""


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """A page of a form that is not a record yet; nobody but its author can read it.

    `of` is the record it will change, None for a new one of the couple `case`; `about` is None while it was
    not chosen. `date`, `session` and the `values` by field id stand as they were typed, also what is wrong;
    `rows` are those of a dosing record.
    `cursor` is the field its author was in, and the line and column there. `replaces` are the versions of
    the record that the author saw. `pulled` are lines that were pulled into a write-up on this page.
    """

    id: str
    of: str | None
    case: CaseId
    kind: RecordKind
    about: About | None = None
    date: str = ""
    session: str = ""
    layout: str = ""
    values: tuple[tuple[str, str], ...] = ()
    rows: tuple[Row, ...] = ()
    cursor: tuple[str, int, int] = ("", 0, 0)
    saved: dt.datetime | None = None
    replaces: tuple[EnvelopeId, ...] = ()
    pulled: tuple[Pulled, ...] = ()

    @property
    def fields(self) -> dict[str, str]:
        """What stands in the filled fields, by id."""
        return dict(self.values)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text in a field or a row."""
        of_rows = (value for row in self.rows for _, value in row.values)
        return (*(value for _, value in self.values), *of_rows)

    @property
    def without_words(self) -> "RecordDraft":
        """The same with nothing in its fields and rows."""
        return replace(self, values=(), rows=(), pulled=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in any field or row."""
        return not self.rows and not any(value.strip() for _, value in self.values)


def new_record_draft(form: Form, case: CaseId, about: About | None, today: dt.date) -> RecordDraft:
    """An empty page of a form, about a couple of today."""
    return RecordDraft("", None, case, form.kind, about, today.isoformat(), layout=form.layout(""))


def draft_of_record(record: Record) -> RecordDraft:
    """A page that will change a record."""
    text = record.text
    return RecordDraft(
        id="",
        of=record.id,
        case=record.case,
        kind=record.kind,
        about=text.about,
        date=text.date.isoformat(),
        session=str(text.session.number) if text.session else "",
        layout=text.layout,
        values=text.values,
        rows=text.rows,
        replaces=record.versions,
    )


def text_of(
    draft: RecordDraft, form: Form, before: RecordText | None = None, session_day: dt.date | None = None
) -> RecordText:
    """The text of the record that a draft becomes, in the place of the one `before` (`UsageError`,
    `Refused`). What stands in a field that the form does not have any more stays; `session_day` is the day of
    the session named, where the text before does not give one."""
    if before and before.form != form.id:
        raise Refused(OTHER_FORM)
    known = {field.id for field in form.fields}
    kept = before.fields if before else {}
    values = {name: value for name, value in kept.items() if name in known}
    values |= {name: storable(value) for name, value in draft.values if name not in known}
    about, date = form.check_about(draft.about), _day(draft)
    text = replace(
        before or RecordText(draft.kind, about, date),
        about=about,
        date=date,
        values=tuple(sorted(values.items())),
        session=_session(draft, before, session_day),
        layout=form.layout(draft.layout),
        form=form.id,
        rows=dosing.put((), *draft.rows),
    )
    return filled(form, text, {name: draft.fields.get(name, "") for name in known})


def problems(draft: RecordDraft, form: Form, before: RecordText | None = None) -> dict[str, str]:
    """What is wrong with a draft, a sentence by the id of the field, `about`, `date` or `session`, else under
    `WHOLE`; nothing if it can become a record."""
    found: dict[str, str] = {}
    kept = before.fields if before else {}

    def tries(name: str, read: Callable[[], object]) -> None:
        try:
            read()
        except KapjournalError as error:
            found[name] = str(error)

    tries("about", lambda: form.check_about(draft.about))
    tries("date", lambda: _day(draft))
    tries("session", lambda: _session(draft, before, None))
    for field in form.fields:
        value = draft.fields.get(field.id, "")
        if value != kept.get(field.id, ""):
            tries(field.id, lambda field=field, value=value: field.checked(value))  # type: ignore[misc]
    if not found:
        tries(WHOLE, lambda: text_of(draft, form, before))
    return found


def _day(draft: RecordDraft) -> dt.date:
    try:
        return day_from(draft.date.strip())
    except UsageError:
        raise UsageError("Day: not a day. Write it as YYYY-MM-DD.") from None


def session_number(draft: RecordDraft) -> int | None:
    """The number of the session that was typed, None for none (`UsageError`)."""
    typed = draft.session.strip()
    if not typed:
        return None
    try:
        return number_from(typed)
    except UsageError:
        raise UsageError(f"Session: a number between 1 and {MAX_NUMBER}, or none.") from None


def _session(draft: RecordDraft, before: RecordText | None, day: dt.date | None) -> SessionNamed | None:
    """The session of the number typed; one that stays keeps the day it has."""
    number = session_number(draft)
    if number is None:
        return None
    same = before.session if before and before.session and before.session.number == number else None
    return same if same and same.date else check_session(SessionNamed(number, day))
