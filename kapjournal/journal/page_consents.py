"""Which pages may be used for supervision: allow one, take that back, and which may be used now."""

from kapjournal import clock
from kapjournal.crypto.primitives import document_name
from kapjournal.domain import page_consent as rules
from kapjournal.domain.bringing import therapists_here
from kapjournal.domain.notes import Note
from kapjournal.domain.page_consent import PageConsent
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.page_consent import ConsentedWords
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault import note_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.unit_of_work import DocumentChange


class PageConsents:
    """The use cases of what partners allow to be used for supervision. In a practice there are none."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(self) -> list[PageConsent]:
        """Every page that may be used now, in the order in which that was allowed: to a therapist those of
        both partners, to a partner their own. Nobody else has any."""
        with self._access.exclusive() as vault:
            return sorted(vault.page_consents.current(), key=lambda one: (one.written, one.note, one.id))

    def of_pages(self) -> frozenset[str]:
        """The ids of these pages."""
        return frozenset(one.note for one in self.all())

    def is_given(self, note: Note) -> bool:
        """Whether a page that is shown may be used now, without waiting for the vault."""
        consents = self._access.peek().page_consents
        return any(one.consent.note == note.id and consents.counts(one) for one in consents.stored())

    def give(self, note_id: str) -> PageConsent:
        """Allow a page of this member's to be used, in these very words; again changes nothing (`NotFound`,
        `Refused`)."""
        with self._access.exclusive() as vault:
            consents, members = vault.page_consents, vault.membership.members
            consents.check_course()
            rules.check_may_allow(vault.membership.me)
            with vault.unit_of_work() as unit:
                stored = vault.notes.find_own(note_id)
                note = vault.notes.note_of(stored)
                rules.check_can_be_allowed(note, vault.membership.me, members)
                readers = (therapists_here(members) & note.readers) | {vault.me}
                for one in consents.stored():
                    is_of_it = one.consent.note == note.id and consents.counts(one)
                    if is_of_it and readers <= frozenset(one.stored.version.readers):
                        return one.consent
                note_writer.take_consent_back(vault, unit, stored)
                document, spec = new_document_id(), registry.PAGE_CONSENT
                content = spec.encode(ConsentedWords(consents.words_of(stored), clock.now()), None)
                written = unit.put(DocumentChange(document, spec.type, readers, content))
            return PageConsent(
                vault.me, note.id, spec.decode(written.version).written, document_name(vault.me, document)
            )

    def withdraw(self, note_id: str) -> None:
        """Let a page of this member's be used no longer, in whatever words; what left is not called back
        (`NotFound`, `Refused`)."""
        with self._access.exclusive() as vault, vault.unit_of_work() as unit:
            if not note_writer.take_consent_back(vault, unit, vault.notes.find_own(note_id)):
                raise Refused(rules.NOT_ALLOWED)
