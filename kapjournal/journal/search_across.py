"""Search across the couples of a practice: its own records, and one journal after the other.

Each journal is opened, looked through and closed before the next; what was found is carried out as a few
words, so that never more than one couple's pages are in memory. Nothing of it touches the disk.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kapjournal.domain.couples import Couple
from kapjournal.domain.ids import CaseId
from kapjournal.domain.kept import KeptNote
from kapjournal.domain.matching import Runs
from kapjournal.errors import JournalLocked, KapjournalError, SearchDropped
from kapjournal.journal.journal import Journal
from kapjournal.journal.records import RecordHit
from kapjournal.journal.vault.search_index import SearchHit
from kapjournal.progress import Progress, each, in_silence

KEPT = "kept"
"""What a page that was kept in the record is called, in the place of the kind of a record."""


@dataclass(frozen=True, slots=True)
class FoundAcross:
    """A note, a record or a kept page that fits: its id, kind, day, session and author's label, and the words
    around what was found. `heading` is that of the field in which it stands, or a kept page's title; empty
    for a note."""

    id: str
    is_record: bool
    kind: str
    date: dt.date
    session: int | None
    author: str
    title: Runs
    excerpt: Runs
    heading: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether it is a page that was kept."""
        return self.kind == KEPT


@dataclass(frozen=True, slots=True)
class SearchedCouple:
    """What was found of one couple, the latest first; None stands for a couple whose name this member was not
    told. `is_record` says whether the practice's records were searched or their journal; `why_not` is why
    that was not, in a sentence. `is_all` is False where there may be more."""

    couple: Couple | None
    is_record: bool
    found: tuple[FoundAcross, ...] = ()
    why_not: str = ""
    is_all: bool = True


def search_across(
    practice: Journal,
    query: str,
    *,
    most: int,
    is_dropped: Callable[[], bool] = lambda: False,
    follow: Progress = in_silence,
) -> Iterator[SearchedCouple]:
    """The records that fit, couple by couple, then the notes of each journal that opens with the practice; of
    each at `most` so many. Those that do not open are named. It ends once `is_dropped` says so
    (`SearchDropped`) or the practice is locked (`JournalLocked`). `follow` hears of how many couples the
    journals were looked through."""

    def dropped() -> bool:
        return practice.is_closed or is_dropped()

    practice.refresh()  # another program may have written records
    couples = practice.couples.all()
    yield from _in_the_records(practice, couples, query, most, dropped)
    for couple in each(couples, follow):
        if is_dropped():
            raise SearchDropped
        try:
            with practice.open_couple(couple.case) as journal:
                hits = journal.search.once(query, most, dropped)
                found = tuple(_note(journal, hit) for hit in hits)
        except (JournalLocked, SearchDropped):
            raise
        except KapjournalError as error:
            yield SearchedCouple(couple, False, why_not=str(error))
        else:
            yield SearchedCouple(couple, False, found, is_all=len(found) < most)


def _in_the_records(
    practice: Journal, couples: list[Couple], query: str, most: int, is_dropped: Callable[[], bool]
) -> Iterator[SearchedCouple]:
    by_case: dict[CaseId, list[FoundAcross]] = {couple.case: [] for couple in couples}
    for hit in practice.records.search(query, is_dropped):
        found = by_case.setdefault(hit.record.case, [])
        if len(found) < most:
            found.append(_record(practice, hit))
    for note, excerpt in practice.kept.search(query, is_dropped):
        found = by_case.setdefault(note.case, [])
        if len(found) < most:
            found.append(_kept(note, excerpt))
    known = {couple.case: couple for couple in couples}
    for case, records in by_case.items():
        if records:
            yield SearchedCouple(known.get(case), True, tuple(records), is_all=len(records) < most)


def _note(journal: Journal, hit: SearchHit) -> FoundAcross:
    note = hit.note
    author = journal.members.label_of(note.author)
    return FoundAcross(
        note.id, False, note.text.kind.value, note.text.date, note.session, author, hit.title, hit.excerpt
    )


def _kept(note: KeptNote, excerpt: Runs) -> FoundAcross:
    return FoundAcross(note.id, True, KEPT, note.date, note.session, note.label, (), excerpt, note.title)


def _record(practice: Journal, hit: RecordHit) -> FoundAcross:
    record = hit.record
    session = record.text.session
    return FoundAcross(
        id=record.id,
        is_record=True,
        kind=record.kind.value,
        date=record.text.date,
        session=session.number if session else None,
        author=practice.members.label_of(record.author),
        title=(),
        excerpt=hit.excerpt,
        heading=hit.heading,
    )
