"""What a write-up for supervision can draw from the record and from the couple's journal, line by line.

Nothing is taken that the therapist did not tick. Safety notes are not looked at: no kind that is read here is
theirs. Process notes are read for supervision in the own program alone, partners' pages where their author
allowed that page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal.content.supervision import supervision
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import MemberId
from kapjournal.domain.records import Record
from kapjournal.domain.supervision import Basis
from kapjournal.presentation import supervision_record as of_record
from kapjournal.presentation.couple_journal import looked_into
from kapjournal.presentation.supervision_drawn import Drawn
from kapjournal.presentation.supervision_journal import FromJournal, read_journal
from kapjournal.presentation.supervision_words import TheTwo, as_pulled

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NOTHING_FOR_IT = "Nothing is pulled into this field: it is yours to write."
NOTHING_FOUND = "There is nothing in the record to pull into this field."
A_STATUS_ALONE = "Nothing is pulled into the fields of safety: a status alone stands there."

ABOUT_ME = ("pull", "avoid", "stake", "boundaries", "power")
"""The fields in which the therapist speaks of themselves."""

_READ: Mapping[str, tuple[RecordKind, ...]] = {
    "where": (RecordKind.DOSING, RecordKind.INTAKE),
    "change": (),
    "moment": (RecordKind.DOSING, RecordKind.COUPLE, RecordKind.PROGRESS),
    "loop": (RecordKind.INTAKE, RecordKind.PROGRESS),
    "the-two": (RecordKind.INTAKE,),
    "ethics": (RecordKind.CONSENT, RecordKind.INTAKE),
    "tried": (RecordKind.PROGRESS, RecordKind.COUPLE),
}
"""The kinds of record that are read for each field."""

_WITH_PROCESS_NOTES = frozenset({"moment", *ABOUT_ME})
"""The fields that a line of a process note can stand in."""


FIELDS = frozenset({*_READ, *_WITH_PROCESS_NOTES})
"""The fields into which something can be pulled."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line that could be pulled into a `field`, as it would stand there.

    `source` is what a program looks it up by, as in `Pulled`; `said` is the same in words, for the therapist
    alone; `group` is what it stands under in a list. One that `needs_reason` is of a process note.
    """

    field: str
    line: str
    source: str
    said: str
    group: str
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Candidates:
    """What there is for one field, in the order in which it is listed; `why_not` says why nothing of the
    couple's journal is among it, empty if it was looked into."""

    field: str
    found: tuple[Candidate, ...]
    why_not: str = ""

    @property
    def nothing(self) -> str:
        """What is said where there is nothing."""
        if self.field.startswith("safety"):
            return A_STATUS_ALONE
        return NOTHING_FOUND if self.field in _READ else NOTHING_FOR_IT


def read_candidates(
    practice: "Journal", couple: Couple, field: str, basis: str, theirs: "Journal | None" = None
) -> Candidates:
    """What could be pulled into a field of a write-up that leaves on a `basis`, an answer of the form. The
    couple's journal is opened for it and closed again, unless it is open as `theirs` (`JournalLocked` if the
    practice was locked meanwhile)."""
    is_own_program = basis == Basis.OWN_PROGRAMME
    kinds = (
        *_READ.get(field, ()),
        *((RecordKind.PROCESS,) if is_own_program and field in _WITH_PROCESS_NOTES else ()),
    )
    if field not in FIELDS:
        return Candidates(field, ())
    journal = looked_into(
        practice,
        couple,
        lambda open_: read_journal(open_, couple),
        lambda why: FromJournal(why_not=why),
        theirs,
    )
    records = practice.records.of_kinds(kinds, couple.case) if kinds else []
    return candidates_from(field, records, journal, couple, practice.me.id)


def candidates_from(
    field: str, records: Sequence[Record], journal: FromJournal, couple: Couple, me: MemberId
) -> Candidates:
    """What could be pulled into a field, from records that were read for it and from the couple's journal."""
    drawn = list(_drawn(field, records, journal, [one for one in records if one.author == me]))
    two = TheTwo(
        (couple.first, *journal.first), (couple.second, *journal.second), journal.either, couple.name
    )
    words = as_pulled([one.words for one in drawn], two, journal.days)
    found = tuple(_candidate(field, one, said) for one, said in zip(drawn, words, strict=True))
    return Candidates(field, tuple(dict.fromkeys(found)), journal.why_not)


def _drawn(
    field: str, records: Sequence[Record], journal: FromJournal, own: Sequence[Record]
) -> Iterator[Drawn]:
    """Line by line; `own` are the records that the therapist wrote."""
    match field:
        case "where":
            yield from of_record.doses(records, journal, supervision())
            yield from of_record.clearance(records)
            yield from journal.course
        case "change":
            yield from journal.measures
        case "moment":
            yield from of_record.rows(records)
            yield from of_record.notes(own)
            yield from journal.pages
        case "loop":
            yield from journal.loop
            yield from of_record.cycle(records)
            yield from of_record.assessments(own)
        case "the-two":
            yield from of_record.together(records)
        case "ethics":
            yield from of_record.consents(records)
            yield from of_record.secrets(records)
        case "tried":
            yield from of_record.tried(own)
    yield from of_record.process(own)


def _candidate(field: str, one: Drawn, words: str) -> Candidate:
    line = f"{one.lead}{words}{one.tail}"
    return Candidate(field, line, f"{one.kind}:{one.id}", one.said, one.group, one.needs_reason)
