"""Which pages may be used for supervision, as this member finds it."""

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from kapjournal.crypto.primitives import NotGenuine, document_name
from kapjournal.domain import page_consent as rules
from kapjournal.domain.ids import DocumentId, JournalId
from kapjournal.domain.members import JournalKind
from kapjournal.domain.page_consent import PageConsent
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.note_repository import NoteRepository
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.rollback_detection import RollbackDetection
from kapjournal.journal.vault.standing_versions import StoredVersion


class StoredConsent(NamedTuple):
    """What allows a page, with the version it was made from and the words it names."""

    consent: PageConsent
    stored: StoredVersion
    of: ContentName


class PageConsentRepository:
    """Finds what partners allow. It counts by the newest keys of its author alone, and while nothing of
    theirs is missing: who knew an old passphrase could allow in a name, and who struck a row, that it was
    taken back. Nothing is kept: each is made when asked for."""

    def __init__(
        self,
        journal_id: JournalId,
        envelopes: OpenedEnvelopes,
        membership: Membership,
        notes: NoteRepository,
        rollback: RollbackDetection,
    ) -> None:
        self._journal_id = journal_id
        self._envelopes = envelopes
        self._membership = membership
        self._notes = notes
        self._rollback = rollback

    def check_course(self) -> None:
        """Refuse a practice."""
        if self._membership.kind is not JournalKind.COURSE:
            raise Refused(rules.ONLY_IN_A_COUPLES_JOURNAL)

    def current(self) -> Iterator[PageConsent]:
        """Those that count for this member now, in no order: of pages that they can read, to the word."""
        counting = [one.consent for one in self.stored() if self.counts(one)]
        here = {note.id for note in self._notes.all()} if counting else set()
        return (one for one in counting if one.note in here)

    def counts(self, one: StoredConsent) -> bool:
        """Whether it is for the words that stand, and for no others, by the keys its author has now."""
        standing = self._envelopes.standing(one.of.author, one.of.document)
        words = {self.words_of(version) for version in standing if not version.is_deletion}
        is_newest = self._envelopes.channels.is_by_newest_keys_of_author(one.stored.channel)
        is_doubted = one.consent.author in self._rollback.doubted_authors
        return words == {one.of} and is_newest and not is_doubted

    def stored(self) -> Iterator[StoredConsent]:
        """All that came from whom it counts, in no order."""
        if self._membership.kind is not JournalKind.COURSE:
            return
        me, members = self._membership.me, self._membership.members
        for stored in self._envelopes.of_type(registry.PAGE_CONSENT.type):
            author, document = stored.version.author, stored.version.document
            if rules.counts(author, me, members):
                with suppress(NotGenuine):
                    of, written = registry.PAGE_CONSENT.decode(stored.version)
                    note, name = document_name(of.author, of.document), document_name(author, document)
                    if of.author == author:  # nobody allows what another wrote
                        yield StoredConsent(PageConsent(author, note, written, name), stored, of)

    def own_of(self, document: DocumentId) -> list[StoredVersion]:
        """What allows a page of this member's, in whatever words."""
        me = self._envelopes.me
        return [one.stored for one in self.stored() if one.of[:2] == (me, document)]

    def words_of(self, stored: StoredVersion) -> ContentName:
        """What allows a version of a page names."""
        version = stored.version
        return ContentName(version.author, version.document, version.digest(self._journal_id))
