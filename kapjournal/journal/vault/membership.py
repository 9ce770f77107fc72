"""Membership: who is in the journal, as this member's address book and the shared channel say."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from kapjournal.crypto.identity import Identity
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.audience import course_members
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import EnvelopeId, JournalId, MemberId, RevokedId
from kapjournal.domain.members import Member, folded
from kapjournal.errors import Damaged, NotFound, Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.address_book import ADDRESS_BOOK
from kapjournal.journal.documents.journal_info import JOURNAL_INFO, JournalInfo
from kapjournal.journal.strict_encoding import MAX_LISTED_IDS, within_limit
from kapjournal.journal.trust.address_book import AddressBook
from kapjournal.journal.trust.certificates import InvitationGrant, check_certificate
from kapjournal.journal.trust.pinning import Pin, members_of, reconcile
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes, StoredVersion
from kapjournal.journal.vault.rollback_record import RollbackRecord
from kapjournal.journal.vault.unit_of_work import DocumentChange

Fetch = Callable[[], Mapping[EnvelopeId, bytes | None]]
"""Brings the sealed bytes of what was not addressed to any channel known so far."""


class Membership:
    """The members of a journal as one of them knows them, level with the opened envelopes.

    `book` is what this member keeps for themselves, `info` the keeper's word, and `alarms` what does not add
    up among the certificates now. What went wrong since opening goes to `troubles`.
    """

    def __init__(
        self,
        journal_id: JournalId,
        identity: Identity,
        keeper: MemberId,
        envelopes: OpenedEnvelopes,
        record: RollbackRecord,
        troubles: list[Finding],
    ) -> None:
        self.journal_id = journal_id
        self.identity = identity
        self.keeper = keeper
        self.info = JournalInfo()
        self.members: tuple[Member, ...] = ()
        self.alarms: list[Finding] = []
        self._envelopes = envelopes
        self._record = record
        self._troubles = troubles
        self.book = self._find_book()

    # --- asking ---------------------------------------------------------------------------------------

    @property
    def me(self) -> Member:
        """The member whose program this is."""
        return next(member for member in self.members if member.id == self.identity.hash)

    @property
    def is_keeper(self) -> bool:
        """Whether this member made the journal."""
        return self.identity.hash == self.keeper

    @property
    def present(self) -> list[Member]:
        """Everyone who was not removed."""
        return [member for member in self.members if not member.removed]

    @property
    def course_readers(self) -> frozenset[MemberId]:
        """Who reads a session that this member adds."""
        return course_members(self.members) | {self.identity.hash}

    @property
    def awaits_keeper(self) -> bool:
        """Whether the keeper has not opened the journal since this member joined: until then, who is here is
        only as the invitation said."""
        return self.info_version is None and not self._is_abandoned()

    def get(self, label: str) -> Member:
        """The member of that label, still here or removed (`NotFound`)."""
        named = [member for member in self.members if folded(member.label) == folded(label)]
        if not named:
            raise NotFound(f"There is no “{label}” in this journal.")
        return min(named, key=lambda member: member.removed)

    def label_of(self, member_id: MemberId) -> str:
        """What a member is called; who is not (yet) known has no name."""
        return next((m.label for m in self.members if m.id == member_id), "somebody unknown")

    def without_removed(self, readers: Iterable[MemberId]) -> frozenset[MemberId]:
        """These readers but those who were removed."""
        return frozenset(readers) - {member.id for member in self.members if member.removed}

    def check_is_keeper(self, sentence: str) -> None:
        """Refuse what only the keeper may do, in the words given."""
        if not self.is_keeper:
            raise Refused(sentence)

    # --- what the file says ---------------------------------------------------------------------------

    @property
    def info_version(self) -> StoredVersion | None:
        """The keeper's word on the journal as the file has it; another member's would not count."""
        return self._envelopes.current.get((self.keeper, JOURNAL_INFO))

    @property
    def book_version(self) -> StoredVersion | None:
        """This member's address book as the file has it."""
        return self._envelopes.current.get((self.identity.hash, ADDRESS_BOOK))

    @property
    def written_book(self) -> AddressBook | None:
        """What that version says; None where there is none, or none of the right form."""
        with suppress(NotGenuine):
            if stored := self.book_version:
                return registry.ADDRESS_BOOK.decode(stored.version)
        return None

    def open_incoming(self, pins: Mapping[MemberId, Pin], fetch: Fetch) -> bool:
        """Open what members sent whose channel secret is new; returns whether there were such."""
        known = self._envelopes.incoming
        new = {i: pin for i, pin in pins.items() if pin.channel_secret and i not in known}
        unaddressed = fetch() if new else {}
        for member, pin in new.items():
            self._envelopes.add_sender(member, pin.channel_secret, unaddressed)
        return bool(new)

    def reconcile(self, fetch: Fetch = dict) -> None:
        """Bring the members and what they sent level with what lies on the shared channel."""
        if written := self.written_book:
            self.book = self.book.joined(written)
        pins = self.book.pins
        while True:
            info = self.info_version
            self.info = registry.JOURNAL_INFO.decode(info.version) if info else JournalInfo()
            revoked = self._revoked()
            if not self._is_abandoned():
                pinned = reconcile(
                    self.journal_id,
                    self.identity,
                    self.book.certificate,
                    self.keeper,
                    pins,
                    self._envelopes.shared,
                    revoked,
                )
                pins, self.alarms = pinned.pins, pinned.alarms
            if not self.open_incoming(pins, fetch):
                break
            self._envelopes.settle()
        grants = (*self.book.grants, *self._own_grants())
        self.book = replace(self.book, pins=pins, revoked=revoked, grants=grants).tidied()
        self.members = members_of(pins, self.book.certificate, self.keeper, revoked)

    def _find_book(self) -> AddressBook:
        """The newest address book of this member that is whole, or a new one rebuilt from what others see."""
        versions = self._envelopes.versions.values()
        mine = [stored for stored in versions if stored.version.document == ADDRESS_BOOK]
        for stored in sorted(mine, key=lambda stored: -stored.head.writes):
            with suppress(NotGenuine):
                book = registry.ADDRESS_BOOK.decode(stored.version)
                if book.certificate.keys.hash == self.identity.hash:
                    return book
        shared, is_keeper = self._envelopes.shared, self.identity.hash == self.keeper
        keeper_keys = self.identity.public if is_keeper else shared.keys_of(self.keeper)
        for certificate in shared.certificates.values():
            if certificate.keys.hash == self.identity.hash:
                with suppress(NotGenuine):  # others can write there under this member's name
                    check_certificate(certificate, self.journal_id, self.keeper, keeper_keys)
                    self._troubles.append(Finding(FindingKind.ADDRESS_BOOK_REBUILT))
                    return AddressBook(certificate, {})
        raise Damaged("Your own card and list of members are both damaged. A backup can bring them back.")

    def _revoked(self) -> frozenset[RevokedId]:
        """Whom the keeper ever revoked, as far as this program, the address book, this computer or this
        member's own grant know: a keeper's word that is struck from the file, or put back, undoes nothing."""
        grant = self.book.certificate.grant
        own_grant = frozenset(grant.revoked if grant else ())
        known = within_limit(self.book.revoked | self._record.revoked | own_grant)
        if len(known | self.info.revoked) <= MAX_LISTED_IDS:
            return known | self.info.revoked
        finding = Finding(FindingKind.TOO_MANY_REMOVED)
        if finding not in self._troubles:
            self._troubles.append(finding)
        return known

    def _own_grants(self) -> Iterator[InvitationGrant]:
        """If this member is the keeper: the grants of theirs that lie in the file."""
        if self.is_keeper:
            shared = self._envelopes.shared
            yield from shared.genuine_grants(self.journal_id, self.identity.public).values()

    def _is_abandoned(self) -> bool:
        """Whether the journal info can no longer be read although the keeper wrote before, as for a member
        who was removed. Then no newcomer is pinned: this program cannot tell who else was removed."""
        heard = self._envelopes.incoming.get(self.keeper)
        return heard is not None and heard.head is not None and self.info_version is None

    # --- what is to be written ------------------------------------------------------------------------

    def info_change(self, info: JournalInfo, readers: frozenset[MemberId]) -> DocumentChange:
        """The next version of the keeper's word."""
        content = registry.JOURNAL_INFO.encode(info)
        return DocumentChange(JOURNAL_INFO, registry.JOURNAL_INFO.type, readers, content, self.info_version)

    def book_change(self, book: AddressBook) -> DocumentChange:
        """The next version of this member's address book."""
        content = registry.ADDRESS_BOOK.encode(book)
        only_me = frozenset({self.identity.hash})
        return DocumentChange(ADDRESS_BOOK, registry.ADDRESS_BOOK.type, only_me, content, self.book_version)
