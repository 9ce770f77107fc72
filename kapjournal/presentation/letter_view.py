"""The letter to a prescriber as it is read from an open practice and the couple's journal, and kept in the
record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content import measures as content
from kapjournal.content.forms import form_for
from kapjournal.content.pad import pad
from kapjournal.domain import giving
from kapjournal.domain import letter as rules
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import MAIN_TEXT, About, RecordKind
from kapjournal.domain.letter import names_of
from kapjournal.domain.members import Member, Role, folded
from kapjournal.domain.records import Record
from kapjournal.domain.signing import MAX_NAME, Signer
from kapjournal.errors import KapjournalError, Refused, UsageError
from kapjournal.presentation import charts
from kapjournal.presentation.couple_journal import looked_into
from kapjournal.presentation.letter import NOBODY, Letter, MeasureTotals, text
from kapjournal.presentation.letter_sessions import NO_RESPONSE_THERE, dosing_sessions, prescriber_of
from kapjournal.presentation.measure_charts import answers_of, series_of
from kapjournal.presentation.measures import BETTER
from kapjournal.presentation.people import named

if TYPE_CHECKING:
    from kapjournal.journal import Journal

MEDIUM = "letter"
ONE_RESPONSE = "The response is typed, or taken from a field: not both."
WHAT_IT_IS = (
    "One page for the prescriber about one partner: doses, blood pressure, effects, measures, your question. "
    "Nothing of the other partner is in it, nothing of process and safety notes."
)
FINISHING = "Once you finish it, it stands in the record as a contact note, unsigned."
FINISHED = "The letter stands in the record as a contact note. It is not signed yet."
SHOW_FIRST = "Look at the letter first: it is finished from its page."
FINISH_FIRST = "Finish the letter first: then it stands in the record, and can be saved."
NOT_FINISHED = "The letter was not finished, and nothing of it is kept."


@dataclass(frozen=True, slots=True)
class Asked:
    """What the therapist says for a letter about one partner. The response is typed, or it is the field of
    their own progress notes that `response_field` names; empty for none. Without `to` it is the prescriber
    of the last dosing record, without a `signer` the line is left blank."""

    about: About
    question: str
    response: str = ""
    response_field: str = ""
    to: str = ""
    signer: Signer | None = None


def why_not(practice: "Journal", couple: Couple | None) -> str:
    """Why the member cannot write a letter of this couple, in a sentence; empty if they can."""
    if not practice.me.role.is_therapist:
        return rules.BY_THERAPISTS
    return "" if couple and couple.first else rules.NAMES_FIRST


def response_choices() -> dict[str, str]:
    """The fields of a progress note the response can be taken from, by their headings."""
    form = form_for(RecordKind.PROGRESS)
    return {form.field(one).heading: one for one in rules.RESPONSE_FIELDS}


def finished(practice: "Journal", record: Record) -> str:
    """That a letter stands in the record, and who can read it there if that is not the therapist alone."""
    readers = f" {named(practice, record.readers)} can read it there." if len(record.readers) > 1 else ""
    return FINISHED + readers


def suggested_to(practice: "Journal", couple: Couple, about: About) -> str:
    """The prescriber that stands in the partner's last dosing record; empty if none does (`UsageError`)."""
    said = prescriber_of(practice.records.all(couple.case), about)
    return names_of(couple, about).without(said)[:MAX_NAME]


def read_letter(practice: "Journal", couple: Couple, asked: Asked, theirs: "Journal | None" = None) -> Letter:
    """A letter as it would be now; nothing is written. The couple's journal is opened for the measures and
    closed again, unless it is open (`UsageError`, `Refused`; `JournalLocked` if the practice was locked
    meanwhile)."""
    rules.check_may_write(practice.me.role)
    if asked.response and asked.response_field:
        raise UsageError(ONE_RESPONSE)
    to = rules.recipient_from(asked.to, names_of(couple, asked.about))
    to = to or suggested_to(practice, couple, asked.about)
    found = looked_into(
        practice,
        couple,
        lambda journal: _from_journal(journal, couple, asked.about),
        lambda why: _Theirs(why_not=why),
        theirs,
    )
    said = (to, asked.signer.name if asked.signer else "")
    names = names_of(couple, asked.about, found.other_labels, said)
    question = rules.question_from(asked.question, names)
    response = rules.response_from(asked.response, names)
    field = rules.response_field_from(asked.response_field) if asked.response_field else ""
    response_of = (practice.me.id, field) if field else None
    records = practice.records.all(couple.case)
    sessions = dosing_sessions(records, asked.about, names, pad(), response_of)
    if response_of and not any(one.response for one in sessions):
        raise Refused(NO_RESPONSE_THERE)
    return Letter(
        day=clock.today(),
        to=to,
        partner=names.partner,
        sessions=sessions,
        response=response,
        measures=found.measures,
        question=question,
        signer=asked.signer,
        why_not=found.why_not,
    )


def keep(practice: "Journal", couple: Couple, about: About, letter: Letter) -> Record:
    """Write a finished letter into the record, as a contact note about the partner (`Refused`,
    `UsageError`)."""
    from kapjournal.journal import NewRecord  # noqa: PLC0415 - faces start without the journal

    fields = {"with-whom": f"{letter.to}, prescriber" if letter.to else NOBODY, MAIN_TEXT: text(letter)}
    if MEDIUM in form_for(RecordKind.CONTACT).field("medium").choices:  # a clinic may have others
        fields["medium"] = MEDIUM
    return practice.records.add(NewRecord(RecordKind.CONTACT, couple.case, fields, about, letter.day))


@dataclass(frozen=True, slots=True)
class _Theirs:
    """What a letter takes from a couple's journal; `other_labels` are what the other partner is called."""

    measures: tuple[MeasureTotals, ...] | None = None
    other_labels: tuple[str, ...] = ()
    why_not: str = ""


def _from_journal(journal: "Journal", couple: Couple, about: About) -> _Theirs:
    """The measures of the partner, where it is certain who that is in their journal."""
    members = journal.members.all()
    name = couple.first if about is About.FIRST else couple.second
    others = tuple(
        one.label for one in members if one.role is Role.PARTNER and folded(one.label) != folded(name)
    )
    try:
        partner = giving.partner_called(name, members)
        giving.check_is_certain(partner, journal.findings)
    except KapjournalError as error:
        return _Theirs(None, others, str(error))
    return _Theirs(tuple(_totals(journal, partner)), others)


def _totals(journal: "Journal", partner: Member) -> Iterator[MeasureTotals]:
    answers = answers_of(journal, partner.id)
    for measure in content.all_measures():
        if rows := charts.table(series_of(measure, answers)):
            yield MeasureTotals(measure.title, BETTER[measure.direction], tuple(rows))
