"""Give a partner a copy of their own record, as a note in the couple's journal."""

from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About
from kapjournal.domain.giving import check_is_certain, check_is_theirs, check_may_be_given, partner_called
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.records import Record
from kapjournal.journal.journal import Journal
from kapjournal.journal.notes import NewNote


def give_copy(
    practice: Journal,
    theirs: Journal,
    couple: Couple,
    record: Record,
    label: str,
    *,
    title: str,
    body: str,
    who: About | None = None,
) -> Note:
    """Write the copy, `title` and `body`, into the couple's journal for the partner of this label and this
    member alone; `who` says which of the two the partner is, where the names do not (`Refused`, `NotFound`,
    `UsageError`)."""
    check_may_be_given(record, practice.me, couple)
    members = theirs.members.all()
    partner = partner_called(label, members)
    check_is_certain(partner, theirs.findings)
    check_is_theirs(record.text.about, partner, members, couple, who)
    session = record.text.session
    there = [one for one in theirs.sessions.all() if session and one.number == session.number]
    is_the_same = bool(there) and session is not None and session.date in (None, there[0].date)
    return theirs.notes.add(
        NewNote(
            body,
            title=title,
            kind=NoteKind.OBSERVATION,
            date=record.text.date,
            session=there[0].number if is_the_same else None,
            share=partner.label,
        )
    )
