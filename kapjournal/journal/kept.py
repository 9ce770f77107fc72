"""Keep in the record: copies of partners' pages in a practice, and what is left of those withdrawn."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from kapjournal import clock
from kapjournal.crypto.primitives import NotGenuine, document_name
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.ids import CaseId
from kapjournal.domain.kept import (
    NOT_FROM_A_PRACTICE,
    ONLY_OF_PARTNERS,
    GoneNote,
    KeptFile,
    KeptNote,
    KeptScribe,
    SeenNotes,
    check_may_keep,
)
from kapjournal.domain.matching import Marker, Runs, opening, query_words
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.errors import JournalLocked, Refused, SearchDropped
from kapjournal.journal.documents import kept as kept_document
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.seen_notes import MARK_BYTES, document_of
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.unit_of_work import DocumentChange
from kapjournal.journal.vault.vault import Vault


class Kept:
    """The pages kept in a practice. In a couple's own journal there are none."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(self, case: CaseId | None = None) -> list[KeptNote]:
        """Every page this member kept, or those of a couple, in the order in which they were kept."""
        with self._access.practice() as vault:
            found = [note for note in _kept(vault) if case in (None, note.case)]
        return sorted(found, key=lambda note: (note.kept, note.id))

    def get(self, kept_id: str) -> KeptNote:
        """The kept page of that id, its own or that of the page it was copied from, or of a beginning of one
        (at least four characters; `NotFound`, `UsageError` for several)."""
        return one_by_id(self.all(), kept_id, "kept page", lambda note: [note.id, note.note])

    def search(
        self, query: str, is_dropped: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[KeptNote, Runs]]:
        """Kept pages in which every word of the query begins some word, the last kept first, each with an
        excerpt. It ends once `is_dropped` says so (`SearchDropped`)."""

        def check() -> None:
            if is_dropped():
                raise SearchDropped

        words = query_words(query)
        marker = Marker(words, check)
        for note in reversed(self.all()) if words else ():
            if marker.all_in((note.title, note.body, " ".join(note.tags))):
                yield note, marker.excerpt(note.body) or opening(note.body)

    def withdrawn(self, case: CaseId | None = None) -> list[GoneNote]:
        """The pages that partners withdrew or deleted since this member could read them, as far as that was
        met when a journal was opened from here; the last first."""
        kept = self.all(case)
        with self._access.exclusive() as vault:
            cases = {seen.case for seen in _all_seen(vault) if case in (None, seen.case)}
            each = [_seen(vault, one) for one in cases]
        found = [
            GoneNote(
                seen.case,
                note,
                one.seen,
                one.gone,
                tuple(copy for copy in kept if (copy.case, copy.note) == (seen.case, note)),
            )
            for seen in each
            for note, one in seen.notes.items()
            if one.gone
        ]
        return sorted(found, key=lambda one: (one.gone, one.seen, one.note), reverse=True)


class Keeping:
    """From the journal of a couple that was opened through a practice: keep one of its pages there. Elsewhere
    nothing is kept (`is_possible`)."""

    def __init__(
        self, access: VaultAccess, practice: VaultAccess | None = None, case: CaseId | None = None
    ) -> None:
        self._access = access
        self._practice = practice
        self._case = case

    @property
    def is_possible(self) -> bool:
        """Whether this journal was opened through a practice of a therapist's."""
        with suppress(JournalLocked):
            return self._practice is not None and self._practice.peek().membership.me.role.is_therapist
        return False

    def may_keep(self, note: Note) -> bool:
        """Whether it can be kept: a partner's page, in a journal that was opened through a practice."""
        with suppress(JournalLocked, LookupError):
            return self.is_possible and self._access.peek().membership.role_of(note.author) is Role.PARTNER
        return False

    def keep(self, note_id: str) -> tuple[KeptNote, bool]:
        """Copy a partner's page into the practice, for this member alone; returns the copy, and whether it is
        new. The same version is kept once, a later one beside it (`Refused`, `NotFound`)."""
        practice, case = self._through
        check_may_keep(practice.peek().membership.me.role)
        copied = self._copied(case, note_id)
        with practice.exclusive() as vault:
            wanted = kept_document.sha256_of(copied)
            for there in _kept(vault):
                if (there.case, kept_document.sha256_of(there)) == (case, wanted):
                    return there, False
            with vault.unit_of_work() as unit:
                document, spec = new_document_id(), registry.KEPT
                content = spec.encode(copied, None)
                unit.put(DocumentChange(document, spec.type, frozenset({vault.me}), content))
            return replace(copied, id=document_name(vault.me, document)), True

    def look(self) -> None:
        """Note in the practice which of the partners' pages this therapist can read now, and which of those
        before were withdrawn or deleted. Nothing is written if nothing changed."""
        practice, case = self._through
        if not self.is_possible:
            return
        with self._access.exclusive() as vault:
            here = {
                note.id: note.versions[0][:MARK_BYTES]
                for note in vault.notes.all()
                if vault.membership.role_of(note.author) is Role.PARTNER
            }
            dropped = {envelope[:MARK_BYTES] for envelope in vault.envelopes.versions.dropped}
        with practice.exclusive() as vault:
            before = _seen(vault, case)
            now = before.brought_up_to(here, dropped, clock.today())
            if now != before:
                with vault.unit_of_work() as unit:
                    document, spec = document_of(case), registry.SEEN_NOTES
                    previous = tuple(vault.envelopes.standing(vault.me, document))
                    content = spec.encode(now, previous[0].version if previous else None)
                    unit.put(DocumentChange(document, spec.type, frozenset({vault.me}), content, previous))

    @property
    def _through(self) -> tuple[VaultAccess, CaseId]:
        self._access.peek()
        if self._practice is None or self._case is None:
            raise Refused(NOT_FROM_A_PRACTICE)
        return self._practice, self._case

    def _copied(self, case: CaseId, note_id: str) -> KeptNote:
        with self._access.exclusive() as vault:
            note = vault.notes.find(note_id)
            if vault.membership.role_of(note.author) is not Role.PARTNER:
                raise Refused(ONLY_OF_PARTNERS)
            typed, label_of = note.typed_by, vault.membership.label_of
            files = vault.notes.files(vault.notes.stored(note.id))
            return KeptNote(
                case=case,
                note=note.id,
                author=note.author,
                label=label_of(note.author),
                kind=note.text.kind,
                date=note.text.date,
                title=note.text.title,
                tags=note.text.tags,
                session=note.session,
                body=note.words,
                written=note.written,
                revised=note.revised,
                kept=clock.now(),
                files=tuple([KeptFile(one.name, one.size, one.digest.hex()) for one in files]),
                typed_by=KeptScribe(typed.scribe, label_of(typed.scribe)) if typed else None,
            )


def _kept(vault: Vault) -> Iterator[KeptNote]:
    for stored in vault.envelopes.of_type(registry.KEPT.type):
        if stored.version.author == vault.me:
            with suppress(NotGenuine):
                name = document_name(vault.me, stored.version.document)
                yield replace(registry.KEPT.decode(stored.version), id=name)


def _all_seen(vault: Vault) -> Iterator[SeenNotes]:
    for stored in vault.envelopes.of_type(registry.SEEN_NOTES.type):
        if stored.version.author == vault.me:
            with suppress(NotGenuine):
                yield registry.SEEN_NOTES.decode(stored.version)


def _seen(vault: Vault, case: CaseId) -> SeenNotes:
    """What is remembered of a couple, joined from all that stands."""
    seen = None
    for stored in vault.envelopes.standing(vault.me, document_of(case)):
        if stored.version.type == registry.SEEN_NOTES.type:
            with suppress(NotGenuine):
                said = registry.SEEN_NOTES.decode(stored.version)
                seen = said.joined(seen) if seen else said
    return seen or SeenNotes(case)
