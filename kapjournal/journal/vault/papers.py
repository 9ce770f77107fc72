"""The documents of which a person has one each: their address book, their keys, the keeper's word."""

from contextlib import suppress

from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.address_book import ADDRESS_BOOK
from kapjournal.journal.documents.journal_info import JOURNAL_INFO, JournalInfo
from kapjournal.journal.documents.keys import KEYS, OwnKeys
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.trust.address_book import AddressBook
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork


class Papers:
    """What the file says in them, and the next version of each.

    Several of one may stand where two computers wrote at once; lists have the one written last at the end.
    """

    def __init__(self, envelopes: OpenedEnvelopes, keeper: MemberId) -> None:
        self._envelopes = envelopes
        self._me = envelopes.me
        self._keeper = keeper

    # --- what the file says -----------------------------------------------------------------------------

    @property
    def info_version(self) -> StoredVersion | None:
        """The keeper's word on the journal as the file has it; another member's would not count."""
        return next(reversed(self._by_rank(self._keeper, JOURNAL_INFO)), None)

    @property
    def info_readers(self) -> frozenset[MemberId]:
        """Who can read the keeper's word."""
        return frozenset(self.info_version.version.readers) if self.info_version else frozenset()

    def books(self) -> list[AddressBook]:
        """This member's address book."""
        books = []
        for stored in self._by_rank(self._me, ADDRESS_BOOK):
            with suppress(NotGenuine):
                said = registry.ADDRESS_BOOK.decode(stored.version)
                if said.certificate.member == self._me:
                    books.append(said)
        return books

    def infos(self) -> list[JournalInfo]:
        """The keeper's word."""
        standing = self._by_rank(self._keeper, JOURNAL_INFO)
        return [registry.JOURNAL_INFO.decode(stored.version) for stored in standing]

    def info(self) -> JournalInfo:
        """The keeper's word, joined from all that stand."""
        said = JournalInfo()
        for other in self.infos():
            said = other.joined(said)
        return said

    def own_keys(self) -> list[OwnKeys]:
        """This member's own keys."""
        return [keys for _, keys in self._versions_of_keys()]

    def newest_keys(self, master: bytes) -> StoredVersion | None:
        """The version of this member's keys written last, of those whose newest master key is this one."""
        newest = None
        for stored, keys in self._versions_of_keys():
            if keys.masters[-1] == master:
                newest = stored
        return newest

    def _versions_of_keys(self) -> list[tuple[StoredVersion, OwnKeys]]:
        found = []
        for stored in self._by_rank(self._me, KEYS):
            with suppress(NotGenuine):
                found.append((stored, registry.KEYS.decode(stored.version)))
        return found

    def _by_rank(self, author: MemberId, document: DocumentId) -> list[StoredVersion]:
        """Those by the latest keys alone: whoever has earlier ones has no say any more."""
        return sorted(self._envelopes.by_latest_keys(author, document), key=lambda stored: stored.rank)

    # --- what is to be written --------------------------------------------------------------------------

    def info_change(self, info: JournalInfo) -> DocumentChange:
        """The next version of the keeper's word, for everybody whom it says is here."""
        content = registry.JOURNAL_INFO.encode(info, self._present(JOURNAL_INFO))
        return self._change(JOURNAL_INFO, registry.JOURNAL_INFO.type, info.members, content)

    def book_change(self, book: AddressBook) -> DocumentChange:
        """The next version of this member's address book."""
        content = registry.ADDRESS_BOOK.encode(book, self._present(ADDRESS_BOOK))
        return self._change(ADDRESS_BOOK, registry.ADDRESS_BOOK.type, frozenset({self._me}), content)

    def put_keys(self, unit: UnitOfWork, keys: OwnKeys) -> None:
        """Write this member's own keys, where the recovery words and the shares of a will find them too."""
        content = registry.KEYS.encode(keys, self._present(KEYS))
        change = self._change(KEYS, registry.KEYS.type, frozenset({self._me}), content)
        unit.put(change, found_by=[ChannelKey(key) for key in keys.found_by])

    def _change(
        self, document: DocumentId, type_: str, readers: frozenset[MemberId], content: Content
    ) -> DocumentChange:
        standing = tuple(self._envelopes.standing(self._me, document))
        return DocumentChange(document, type_, readers, content, standing)

    def _present(self, document: DocumentId) -> DocumentVersion | None:
        stored = next(reversed(self._by_rank(self._me, document)), None)
        return stored.version if stored else None
