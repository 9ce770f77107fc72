"""What belongs to write-ups in a practice, found and written: work on them, names, what left, and replies.
All of it is for its author alone."""

from collections.abc import Iterable
from dataclasses import replace

from kapjournal.crypto.primitives import document_name
from kapjournal.domain.departures import Departure
from kapjournal.domain.ids import CaseId, DocumentId
from kapjournal.domain.records import Record
from kapjournal.domain.supervision import Pulled
from kapjournal.domain.supervision_reply import Reply
from kapjournal.domain.write_up_work import CaseNames, WriteUpWork
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.write_up import names_document, work_document
from kapjournal.journal.vault import own_documents as own
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault


def work_on(vault: Vault, write_up: str, case: CaseId) -> WriteUpWork:
    """What belongs to a write-up; nothing yet for one that nobody worked on. What was decided counts by this
    member's present keys alone: who knew the passphrase before decides nothing of what leaves."""
    return _work(vault, work_document(write_up)) or WriteUpWork(write_up, case)


def all_work(vault: Vault, case: CaseId) -> list[WriteUpWork]:
    """What belongs to all write-ups of a couple, by their ids."""
    found = (_work(vault, document) for document in own.documents(vault, registry.WRITE_UP_WORK))
    return sorted((one for one in found if one and one.case == case), key=lambda one: one.write_up)


def put_work(vault: Vault, unit: UnitOfWork, work: WriteUpWork) -> None:
    """Write it in the place of all that stands."""
    own.put(vault, unit, registry.WRITE_UP_WORK, work_document(work.write_up), work)


def remember(vault: Vault, unit: UnitOfWork, record: Record, pulled: Iterable[Pulled]) -> None:
    """Remember where lines of a write-up are from (`Refused` if there are too many)."""
    texts = [value for text in (record.text, *record.beside) for _, value in text.values]
    put_work(vault, unit, work_on(vault, record.id, record.case).with_pulled(pulled, texts))


def names_of(vault: Vault, case: CaseId | None) -> CaseNames:
    """The names of a couple, or with None of the practice."""
    found = own.said(vault, registry.CASE_NAMES, names_document(case))
    return found if found and found.case == case else CaseNames(case)


def put_names(vault: Vault, unit: UnitOfWork, names: CaseNames) -> None:
    """Write them in the place of all that stands."""
    own.put(vault, unit, registry.CASE_NAMES, names_document(names.case), names)


def departures(vault: Vault) -> list[Departure]:
    """All that left, oldest first."""
    found = (replace(one, id=name) for name, one in own.each(vault, registry.DEPARTURE))
    return sorted(found, key=lambda one: (one.left, one.id))


def replies(vault: Vault) -> list[Reply]:
    """All replies, oldest first."""
    found = (replace(one, id=name) for name, one in own.each(vault, registry.SUPERVISION_REPLY))
    return sorted(found, key=lambda one: (one.written, one.id))


def put_departure(vault: Vault, unit: UnitOfWork, left: Departure) -> str:
    """Write down that something left, or in the place of what has that id; returns the id."""
    return own.put_named(vault, unit, registry.DEPARTURE, left.id, left)


def drop_departure(vault: Vault, unit: UnitOfWork, name: str) -> None:
    """Take an entry of that id back."""
    for document in own.documents(vault, registry.DEPARTURE):
        if document_name(vault.me, document) == name:
            unit.drop_versions(tuple(vault.envelopes.standing(vault.me, document)))


def put_reply(vault: Vault, unit: UnitOfWork, reply: Reply) -> str:
    """Write down a reply, or in the place of the one that has that id; returns the id."""
    return own.put_named(vault, unit, registry.SUPERVISION_REPLY, reply.id, reply)


def _work(vault: Vault, document: DocumentId) -> WriteUpWork | None:
    work = own.said(vault, registry.WRITE_UP_WORK, document)
    if work is None:
        return None
    present = vault.envelopes.channels.own.generation
    reviewed = own.said(vault, registry.WRITE_UP_WORK, document, present)
    return replace(work, reviews=reviewed.reviews if reviewed else ())
