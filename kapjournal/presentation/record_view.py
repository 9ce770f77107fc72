"""The clinical record as it is read from an open practice: what of it a member sees, and what they can do."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.content.practice import practice
from kapjournal.domain import giving, records
from kapjournal.domain.couples import Couple
from kapjournal.domain.ids import CaseId
from kapjournal.domain.kept import KeptNote
from kapjournal.domain.record_drafts import RecordDraft, draft_of_record
from kapjournal.domain.records import OTHER_FORM, Record, SessionNamed
from kapjournal.errors import Refused
from kapjournal.presentation import days
from kapjournal.presentation.records import NOBODY_TO_STOP, ONE_LAYOUT, session_in_words
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NOT_OPEN = "Their journal does not open with your practice: open it, and share a note there."

_BY_ITS_AUTHOR: Mapping[str, str] = {
    "edit": "change it",
    "layout": "change its layout",
    "share": "share it",
    "withdraw": "stop sharing it",
    "history": "see its earlier versions",
}


@dataclass(frozen=True, slots=True)
class RecordsView:
    """The record of a couple as its therapist goes through it: what is not finished, then records and pages
    that were kept, the newest day first. Without a couple, what colleagues shared. `review` is the day from
    which the record may be reviewed; None while there is none."""

    couple: Couple | None
    drafts: Sequence[RecordDraft]
    records: Sequence[Record | KeptNote]
    review: dt.date | None = None


def read_records(journal: "Journal", case: CaseId | None) -> RecordsView:
    """Read it, with what another program wrote meanwhile."""
    journal.refresh()
    if case is None:
        shared = [one for one in journal.records.all() if one.author != journal.me.id]
        return RecordsView(None, [], shared[::-1])
    couple = journal.couples.of(case)
    written = journal.records.all(case)
    found = [((one.text.date, one.written), one) for one in written]
    found += [((one.date, one.kept), one) for one in journal.kept.all(case)]  # type: ignore[misc]
    newest = sorted(found, key=lambda one: one[0], reverse=True)
    drafts = journal.record_drafts.all(case)
    return RecordsView(couple, drafts, [one for _, one in newest], review_from(written))


def review_from(of_a_couple: Iterable[Record]) -> dt.date | None:
    """The day from which a couple's record may be reviewed, by the clinic's years; None without a record."""
    last = records.last_service(of_a_couple)
    return clock.years_later(last, practice().retention_years) if last else None


def review_in_words(day: dt.date) -> str:
    """That day as every face says it."""
    return f"May be reviewed from {days.long_day(day)}"


def draft_to_edit(journal: "Journal", record: Record) -> RecordDraft:
    """The unfinished draft of a record or, without one, a new draft with what stands in it."""
    unfinished = (draft for draft in journal.record_drafts.all(record.case) if draft.of == record.id)
    return next(unfinished, draft_of_record(record))


def lay_out(journal: "Journal", record: Record, layout: str) -> Record:
    """Show a record in another layout from now on (`Refused` while a draft of it has one of its own)."""
    from kapjournal.journal import RecordChange  # noqa: PLC0415 - faces start without the journal

    if any(draft.of == record.id for draft in journal.record_drafts.all(record.case)):
        raise Refused("A draft of this record waits: change the layout there.")
    return journal.records.edit(record.id, RecordChange(layout=layout, seen=record.versions))


def why_not(journal: "Journal", deed: str, record: Record) -> str:
    """Why the member cannot do this with a record, in a sentence; empty if they can."""
    form = form_for(record.kind)
    if deed == "give":
        return _why_not_given(journal, record)
    if deed in _BY_ITS_AUTHOR and record.author != journal.me.id:
        author = shown_line(journal.members.label_of(record.author))
        return f"{author} wrote this record; only {author} can {_BY_ITS_AUTHOR[deed]}."
    if deed in ("edit", "layout") and record.text.form != form.id:
        return OTHER_FORM
    if deed == "layout" and len(form.layouts) < 2:
        return ONE_LAYOUT
    if deed == "withdraw" and record.readers <= {record.author}:
        return NOBODY_TO_STOP
    return ""


def _why_not_given(journal: "Journal", record: Record) -> str:
    couple = journal.couples.of(record.case)
    if couple is None:
        return giving.OTHER_COUPLE
    try:
        giving.check_may_be_given(record, journal.me, couple)
    except Refused as error:
        return str(error)
    return "" if couple.opens else NOT_OPEN


def about_record(journal: "Journal", record: Record) -> str:
    """One line for above a record: day, session, layout, its author if that is a colleague, when it was
    written."""
    text = record.text
    session = text.session
    if session and session.date == text.date:
        session = SessionNamed(session.number)
    author = "" if record.author == journal.me.id else shown_line(journal.members.label_of(record.author))
    saved = record.revised or record.written
    parts = (
        days.short(text.date, year=True),
        f"Session {session_in_words(session)}" if session else "",
        shown_line(text.layout),
        f"by {author}" if author else "",
        f"{'changed' if record.revised else 'written'} {days.at(saved)}",
    )
    return " · ".join(part for part in parts if part)
