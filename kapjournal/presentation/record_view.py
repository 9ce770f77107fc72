"""The clinical record as it is read from an open practice: what of it a member sees, and what they can do."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.content.practice import practice
from kapjournal.domain import giving, record_signing, records
from kapjournal.domain.couples import Couple
from kapjournal.domain.ids import CaseId
from kapjournal.domain.kept import KeptNote
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.domain.record_drafts import RecordDraft, draft_of_record
from kapjournal.domain.records import OTHER_FORM, Record, SessionNamed
from kapjournal.domain.signing import (
    CLINICAL_RECORDS,
    SIGNED_ALREADY,
    SIGNED_IS_LOCKED,
    SignedDocument,
    may_be_added_to,
    may_be_cosigned,
    may_sign,
)
from kapjournal.errors import Refused
from kapjournal.presentation import days
from kapjournal.presentation.records import BOTH_STAND, NOBODY_TO_STOP, ONE_LAYOUT, session_in_words
from kapjournal.presentation.signing import ADD_TO_IT, NAME_STANDS, NOT_SIGNED_YET, NOT_YOUR_OWN, SIGN_IT
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

ADDITION_WAITS = "What you began to add to this waits. Press {add-to} to go on."
NOT_OPEN = "Their journal does not open with your practice: open it, and share a note there."

_SIGNATURES = ("sign", "cosign", "add_to")
_BY_ITS_AUTHOR: Mapping[str, str] = {
    "edit": "change it",
    "layout": "change its layout",
    "share": "share it",
    "withdraw": "stop sharing it",
    "history": "see its earlier versions",
    "sign": "sign it",
}


@dataclass(frozen=True, slots=True)
class RecordsView:
    """The record of a couple as its therapist goes through it: what is not finished, then records and pages
    that were kept, the newest day first. Without a couple, what colleagues shared. `review` is the day from
    which the record may be reviewed; None while there is none."""

    couple: Couple | None
    drafts: Sequence[RecordDraft]
    additions: Sequence[tuple[Draft, Record]]
    """What the member began to add to signed records, each with the record."""
    records: Sequence[Record | KeptNote]
    review: dt.date | None = None


def read_records(journal: "Journal", case: CaseId | None) -> RecordsView:
    """Read it, with what another program wrote meanwhile."""
    journal.refresh()
    if case is None:
        shared = [one for one in journal.records.all() if one.author != journal.me.id]
        return RecordsView(None, [], _additions(journal, shared), shared[::-1])
    couple = journal.couples.of(case)
    written = journal.records.all(case)
    found = [((one.text.date, one.written), one) for one in written]
    found += [((one.date, one.kept), one) for one in journal.kept.all(case)]  # type: ignore[misc]
    newest = sorted(found, key=lambda one: one[0], reverse=True)
    drafts = journal.record_drafts.all(case)
    additions = _additions(journal, written)
    return RecordsView(couple, drafts, additions, [one for _, one in newest], review_from(written))


def _additions(journal: "Journal", of: Iterable[Record]) -> list[tuple[Draft, Record]]:
    by_id = {record.id: record for record in of}
    return [(draft, by_id[draft.of]) for draft in journal.drafts.all() if draft.of in by_id]


def review_from(of_a_couple: Iterable[Record]) -> dt.date | None:
    """The day from which a couple's record may be reviewed, by the clinic's years; None without a record."""
    last = records.last_service(of_a_couple)
    return clock.years_later(last, practice().retention_years) if last else None


def review_in_words(day: dt.date) -> str:
    """That day as every face says it."""
    return f"May be reviewed from {days.long_day(day)}"


def unfinished(journal: "Journal") -> list[RecordDraft | Draft]:
    """Every page of the member's that waits: forms, and what is to be added to signed records."""
    return [*journal.record_drafts.all(), *journal.drafts.all()]


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


def addendum_to_write(journal: "Journal", record: Record) -> Draft:
    """The unfinished page of what is to be added to a signed record or, without one, an empty page for it."""
    unfinished = (draft for draft in journal.drafts.all() if draft.of == record.id)
    text = NoteText("", NoteKind.OBSERVATION, clock.today())
    return next(unfinished, Draft("", record.id, text, record.readers, replaces=record.versions))


def why_not(journal: "Journal", deed: str, record: Record, signed: SignedDocument | None = None) -> str:
    """Why the member cannot do this with a record, in a sentence; empty if they can. `signed` is what is
    known of its signatures."""
    if deed == "give":
        return _why_not_given(journal, record)
    if deed in _SIGNATURES and not may_sign(journal.me.role):
        return CLINICAL_RECORDS
    if deed in _BY_ITS_AUTHOR and record.author != journal.me.id:
        author = shown_line(journal.members.label_of(record.author))
        return f"{author} wrote this record; only {author} can {_BY_ITS_AUTHOR[deed]}."
    form, me = form_for(record.kind), journal.me
    locked = SIGNED_IS_LOCKED if record.is_signed else OTHER_FORM if record.text.form != form.id else ""
    sentences = {
        "edit": locked,
        "layout": locked or (ONE_LAYOUT if len(form.layouts) < 2 else ""),
        "withdraw": NOBODY_TO_STOP if record.readers <= {record.author} else "",
        "sign": "" if record_signing.may_be_signed(record, me) else _why_not_signed(record),
        "cosign": "" if may_be_cosigned(record, me, signed) else _why_not_cosigned(record, me),
        "add_to": "" if record.is_signed else NOT_SIGNED_YET,
    }
    return sentences.get(deed, "")


def _why_not_signed(record: Record) -> str:
    return SIGNED_ALREADY if record.is_signed else BOTH_STAND


def _why_not_cosigned(record: Record, me: Member) -> str:
    if record.author == me.id:
        return NOT_YOUR_OWN
    return NAME_STANDS if record.is_signed else NOT_SIGNED_YET


def is_late(record: Record) -> bool:
    """Whether a record is signed as a late entry, by the clinic's hours."""
    return record_signing.is_late(record, practice().late_entry_hours)


def an_addition_waits(journal: "Journal", record: Record) -> bool:
    """Whether the member began to add something to a record, and did not finish it."""
    return any(draft.of == record.id for draft in journal.drafts.all())


def how_it_stands(
    record: Record, signed: SignedDocument | None, me: Member, *, addition_waits: bool = False
) -> str:
    """What is said under a record of its signature, naming keys by actions in braces; empty for nothing."""
    if addition_waits:
        return ADDITION_WAITS
    if record.is_signed and record.author == me.id:
        return ADD_TO_IT
    if may_be_added_to(record, me):
        too = may_be_cosigned(record, me, signed)
        return f"Press {'{co-sign} to put your name under it too, ' if too else ''}{{add-to}} to add to it."
    if record.beside:
        return BOTH_STAND + (" Press {edit-record} for that." if record.author == me.id else "")
    if record_signing.may_be_signed(record, me) and record.kind not in record_signing.GOES_ON:
        return SIGN_IT
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
        "signed" if record.is_signed else "",
    )
    return " · ".join(part for part in parts if part)
