"""What came of a contact about a safety mark: a line in the mark, and a contact record in the practice."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

from kapjournal.content.forms import form_for
from kapjournal.domain.answered_measures import SafetyMark
from kapjournal.domain.couples import which_partner
from kapjournal.domain.forms import MAIN_TEXT, About, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.partners import other_partner
from kapjournal.domain.records import Record
from kapjournal.errors import JournalLocked, KapjournalError, NotSaid, Refused
from kapjournal.journal.couples import Couples
from kapjournal.journal.measures import Measures
from kapjournal.journal.members import Members
from kapjournal.journal.records import NewRecord, Records
from kapjournal.text import shown_line

WHICH_ONE = (
    "Say whether your record is to be about the first or the second partner: the names you gave them there "
    "do not tell which of the two {name} is."
)
NOT_IN_THE_RECORD = (
    "The contact line is in the mark, which is closed. It could not be put into your record: {reason} Write "
    "it there yourself."
)


class Contacts:
    """The use case of a therapist who was in touch. Where the couple's journal was opened through a practice
    the line is written twice, for the clinical record is kept there; elsewhere into the mark alone."""

    def __init__(
        self,
        measures: Measures,
        members: Members,
        records: Records | None = None,
        couples: Couples | None = None,
        case: CaseId | None = None,
    ) -> None:
        self._measures = measures
        self._members = members
        self._records = records
        self._couples = couples
        self._case = case

    @property
    def goes_into_record(self) -> bool:
        """Whether this journal was opened through a practice, in which a contact record is written."""
        with suppress(JournalLocked, KapjournalError):
            if self._records is not None:
                self._records.check_may_write(RecordKind.CONTACT)
                return True
        return False

    def about(self, mark: SafetyMark) -> About | None:
        """Which of the two partners of the practice a mark is about; None where the names do not tell."""
        partner = other_partner(mark.of, self._members.all())
        other = partner.label if partner else ""
        couple = self._couples.of(self._case) if self._couples and self._case else None
        return None if couple is None else which_partner(couple, self._members.label_of(mark.of), other)

    def write(
        self,
        mark_id: str,
        when: dt.datetime,
        how: str,
        outcome: str,
        *,
        lines: Sequence[str],
        about: About | None = None,
        seen: SafetyMark | None = None,
    ) -> tuple[SafetyMark, Record | None]:
        """Write the line into a mark, which closes it, and a contact record about that partner; returns both.

        `seen` is as of `Measures.contact`. `lines` are what the record says before what came of it. `about`
        is asked for where the names in the practice do not tell which of the two it is (`NotSaid`; then
        nothing is written). Errors are as for `Measures.contact`; if the record cannot be written, the mark
        is closed all the same (`Refused`)."""
        mark = self._measures.mark(mark_id)
        about = self.about(mark) or about
        records = self._records if self.goes_into_record else None
        if records is not None and about not in (About.FIRST, About.SECOND):
            raise NotSaid(WHICH_ONE.format(name=shown_line(self._members.label_of(mark.of))))
        closed = self._measures.contact(mark.id, when, how, outcome, seen=seen)
        if records is None or self._case is None or about is None:
            return closed, None
        try:
            record = records.add(
                NewRecord(
                    RecordKind.CONTACT,
                    self._case,
                    _fields(self._members.label_of(mark.of), how, "\n".join([*lines, outcome])),
                    about=about,
                    date=when.date(),
                )
            )
        except KapjournalError as error:
            raise Refused(NOT_IN_THE_RECORD.format(reason=error)) from None
        return closed, record


def _fields(partner: str, how: str, text: str) -> dict[str, str]:
    """What goes into which field: with whom, by which way if that is one of those the form has, the text."""
    ways = {one.casefold() for one in form_for(RecordKind.CONTACT).field("medium").answers}
    medium = {"medium": how.strip()} if how.strip().casefold() in ways else {}
    return {MAIN_TEXT: text, "with-whom": partner, **medium}
