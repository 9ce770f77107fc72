"""Bring this: mark a page or words for the next session, list what is marked, take it back."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from kapjournal import clock
from kapjournal.crypto.primitives import document_name
from kapjournal.domain import bringing
from kapjournal.domain.bringing import Brought
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.ids import MemberId
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault import note_writer, signature_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault


class Bringing:
    """The use cases of what is brought to a session. In a practice there are none."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def current(self) -> list[Brought]:
        """What is marked for the session to come, in the order in which it was marked: a partner's own, or to
        a therapist what both partners marked. Nobody else has any."""
        with self._access.exclusive() as vault:
            return list(filter(vault.bring.still_current(), _all(vault)))

    def all(self) -> list[Brought]:
        """The same with what was brought to sessions that are over."""
        with self._access.exclusive() as vault:
            return _all(vault)

    def page(self, note_id: str) -> Brought:
        """Bring a page this member wrote: the therapists can read it from then on, if they could not. A page
        that is marked already stays so (`NotFound`, `Refused`)."""
        with self._writing() as (vault, unit, readers):
            stored = vault.notes.find_own(note_id)
            note = vault.notes.note_of(stored)
            if not readers <= frozenset(stored.version.readers):
                signature_writer.share_addenda(vault, unit, note_writer.share(vault, unit, stored, readers))
            is_current = vault.bring.still_current()
            for version, one in vault.bring.stored():
                is_of_it = one.note == note.id and readers <= frozenset(version.version.readers)
                if is_of_it and is_current(one):
                    return one
            return _add(vault, unit, readers, note=note.id, date=note.text.date)

    def words(self, text: str, date: dt.date | None = None) -> Brought:
        """Bring words alone: the therapists read them, and nothing of the page they may come from. `date` is
        the day of that page, today without it (`UsageError`, `Refused`)."""
        words = bringing.words_from(text)
        with self._writing() as (vault, unit, readers):
            return _add(vault, unit, readers, words=words, date=date or clock.today())

    def take_back(self, brought_id: str) -> bool:
        """Bring it no more (`NotFound`, `UsageError`); returns whether it was a page, which stays shared."""
        with self._access.exclusive() as vault, vault.unit_of_work() as unit:
            own = (pair for pair in vault.bring.stored() if pair[1].author == vault.me)
            stored, brought = one_by_id(own, brought_id, "mark of yours", lambda pair: [pair[1].id])
            unit.delete(vault.envelopes.standing(vault.me, stored.version.document), [])
            return bool(brought.note)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Vault, UnitOfWork, frozenset[MemberId]]]:
        """Write for the therapists who are here."""
        with self._access.exclusive() as vault:
            vault.bring.check_course()
            bringing.check_may_bring(vault.membership.me)
            with vault.unit_of_work() as unit:
                yield vault, unit, bringing.readers_of_what_is_brought(vault.membership.members)


def _all(vault: Vault) -> list[Brought]:
    return sorted((one for _, one in vault.bring.stored()), key=lambda one: one.order)


def _add(
    vault: Vault,
    unit: UnitOfWork,
    readers: frozenset[MemberId],
    *,
    date: dt.date,
    note: str = "",
    words: str = "",
) -> Brought:
    document, spec = new_document_id(), registry.BRING
    brought = Brought(vault.me, note, words, date, clock.now())
    unit.put(DocumentChange(document, spec.type, readers | {vault.me}, spec.encode(brought, None)))
    return replace(brought, id=document_name(vault.me, document))
