"""Whether a write-up may leave, to whom and on which basis, as things stand at this moment."""

import datetime as dt
from collections.abc import Iterable, Iterator

from kapjournal.domain import supervision
from kapjournal.domain.consents import without_supervision
from kapjournal.domain.copied import copied
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.domain.records import Record
from kapjournal.domain.review import Section
from kapjournal.domain.supervision import Basis, Pulled, Source
from kapjournal.errors import KapjournalError, NotFound, Refused
from kapjournal.journal.couples_journal import CouplesJournal
from kapjournal.journal.kept import Kept
from kapjournal.journal.records import Records
from kapjournal.text import excerpt


def check_basis(
    basis: Basis,
    recipient: str,
    purpose: str,
    records: Iterable[Record],
    couple: Couple | None,
    theirs: CouplesJournal | str,
    today: dt.date,
) -> str:
    """Refuse a write-up on a basis that does not hold today (`Refused` says why); returns the digest of the
    authorisation it leaves by, or nothing. `theirs` is why their journal cannot be read, if it cannot."""
    if basis is Basis.OWN_PROGRAMME:
        if missing := without_supervision(records, today):
            names = {About.FIRST: couple.first, About.SECOND: couple.second} if couple else {}
            whom = " and ".join(names.get(who) or f"the {who.value} partner" for who in missing)
            raise Refused(supervision.NOT_TOLD.format(whom=whom))
    elif basis is Basis.AUTHORISED:
        if isinstance(theirs, str):
            raise Refused(f"{supervision.NEEDS_THEIR_JOURNAL} {theirs}")
        return theirs.authorisations.check(recipient, purpose).digest
    return ""


def check_sources(
    pulled: Iterable[Pulled],
    basis: Basis,
    records: Records,
    kept: Kept,
    case: CaseId,
    theirs: CouplesJournal | str,
) -> None:
    """Refuse a write-up in which something stands from a process note but within the own programme, from a
    safety note ever, or from a partner's page that its author does not allow now (`Refused` names the line).
    """
    for one in pulled:
        if one.kind is Source.RECORD:
            kind = _kind(records, one)
            supervision.check_source(kind, one.reason)
            if kind == RecordKind.PROCESS and basis is not Basis.OWN_PROGRAMME:
                raise Refused(supervision.PROCESS_ELSEWHERE.format(line=excerpt(one.line, 60)))
        elif one.kind in (Source.PAGE, Source.KEPT):
            if isinstance(theirs, str):
                raise Refused(f"{supervision.NEEDS_THEIR_JOURNAL} {theirs}")
            if not _is_allowed(one, kept, case, theirs):
                raise Refused(supervision.PAGE_NOT_ALLOWED.format(line=excerpt(one.line, 60)))


def check_not_copied(
    sections: Iterable[Section],
    basis: Basis,
    records: Records,
    kept: Kept,
    case: CaseId,
    theirs: CouplesJournal | str,
) -> None:
    """Refuse a write-up that says word for word what a safety note says or, but within the own programme, a
    process note, or a partner's page that its author does not allow: also where it was typed in (`Refused`).
    """
    texts = [section.text for section in sections]
    if words := copied(texts, _texts(records, RecordKind.SAFETY, case)):
        raise Refused(supervision.COPIED_FROM_SAFETY.format(words=words))
    if basis is not Basis.OWN_PROGRAMME and (
        words := copied(texts, _texts(records, RecordKind.PROCESS, case))
    ):
        raise Refused(supervision.COPIED_FROM_PROCESS.format(words=words))
    if words := copied(texts, _pages(kept, case, theirs)):
        raise Refused(supervision.COPIED_FROM_PAGE.format(words=words))


def _texts(records: Records, kind: RecordKind, case: CaseId) -> Iterator[str]:
    for record in records.of_kinds([kind], case):
        for text in (record.text, *record.beside):
            yield from text.fields.values()


def _pages(kept: Kept, case: CaseId, theirs: CouplesJournal | str) -> Iterator[str]:
    """What stands on pages of partners that may not be used, here and in their journal as far as it opens."""
    allowed: dict[str, str] = {}
    if not isinstance(theirs, str):
        may_be_used = theirs.page_consents.of_pages()
        partners = {one.id for one in theirs.members.all() if one.role is Role.PARTNER}
        for note in theirs.notes.all():
            if note.author in partners and note.id in may_be_used:
                allowed[note.id] = note.words
            elif note.author in partners:
                yield note.words
    yield from (one.body for one in kept.all(case) if allowed.get(one.note) != one.body)


def _kind(records: Records, one: Pulled) -> str:
    """What kind of record it is from; of one that is not here any more nothing can be told."""
    try:
        return records.get(one.of).kind.value
    except NotFound:
        raise Refused(supervision.SOURCE_IS_GONE.format(line=excerpt(one.line, 60))) from None


def _is_allowed(one: Pulled, kept: Kept, case: CaseId, theirs: CouplesJournal) -> bool:
    """Whether the page may be used today: in the words it has there, those of a kept copy too."""
    try:
        copy = kept.get(one.of) if one.kind is Source.KEPT else None
        if copy is not None and copy.case != case:
            return False
        note: Note = theirs.notes.get(copy.note if copy else one.of)
    except KapjournalError:
        return False
    is_as_kept = copy is None or copy.body == note.words
    return is_as_kept and note.id in theirs.page_consents.of_pages()
