"""Membership: who is in the journal, as this member's address book and the shared channel say."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from kapjournal.crypto.identity import Identity, PublicIdentity
from kapjournal.crypto.keyring import Keyring
from kapjournal.crypto.keyslot import Secrets
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.audience import course_members
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import IdentityId, JournalId, MemberId, RevokedId, RowId
from kapjournal.domain.members import JournalKind, Member, Role, folded
from kapjournal.errors import Damaged, NotFound, Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.journal_info import JournalInfo
from kapjournal.journal.documents.keys import OwnKeys, decided_last
from kapjournal.journal.strict_encoding import MAX_LISTED_IDS, within_limit
from kapjournal.journal.trust.address_book import AddressBook
from kapjournal.journal.trust.certificates import InvitationGrant, check_certificate, check_successor
from kapjournal.journal.trust.naming import members_of, with_labels_told
from kapjournal.journal.trust.pin import Pin
from kapjournal.journal.trust.pinning import reconcile
from kapjournal.journal.trust.successors import keys_of
from kapjournal.journal.vault.channel import Channel
from kapjournal.journal.vault.channels import OwnIdentity
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.papers import Papers
from kapjournal.journal.vault.rollback_record import RollbackRecord

Fetch = Callable[[], Iterable[tuple[RowId, bytes | None]]]
"""Brings rows among which is everything that was not addressed to any channel known so far."""


class Membership:
    """The members of a journal as one of them knows them, level with the opened envelopes.

    `book` is what this member keeps for themselves, `info` the keeper's word, and `alarms` what does not add
    up among the certificates now. What went wrong since opening goes to `troubles`.
    """

    def __init__(
        self,
        journal_id: JournalId,
        me: MemberId,
        identity: Identity,
        secrets: Secrets,
        envelopes: OpenedEnvelopes,
        record: RollbackRecord,
        troubles: list[Finding],
    ) -> None:
        self.journal_id = journal_id
        self.me_id = me
        self.identity = identity
        """The newest of this member's, with which everything is written."""
        self.keeper = secrets.keeper
        self._secrets = secrets
        self._waiting = True
        self.info = JournalInfo()
        self.members: tuple[Member, ...] = ()
        self.alarms: list[Finding] = []
        self._envelopes = envelopes
        self._record = record
        self._troubles = troubles
        self.public_keys: dict[MemberId, tuple[PublicIdentity, ...]] = {}
        """The public keys each other member ever had, the newest last."""
        self.rivals: dict[MemberId, frozenset[IdentityId]] = {}
        """Identities that claim to be another member's and do not count."""
        self.papers = Papers(envelopes, self.keeper)
        self.own_keys = self._find_own_keys()
        self._keys_taken = self.papers.newest_keys(self.own_keys.masters[-1])
        self._know_own_keys()
        self.book = self._find_book()

    # --- asking ---------------------------------------------------------------------------------------

    @property
    def me(self) -> Member:
        """The member whose program this is."""
        return next(member for member in self.members if member.id == self.me_id)

    @property
    def is_keeper(self) -> bool:
        """Whether this member made the journal."""
        return self.me_id == self.keeper

    @property
    def present(self) -> list[Member]:
        """Everyone who was not removed."""
        return [member for member in self.members if not member.removed]

    @property
    def present_ids(self) -> frozenset[MemberId]:
        """The same by their ids."""
        return frozenset(member.id for member in self.present)

    @property
    def removed_ids(self) -> frozenset[MemberId]:
        """Everyone else who was removed."""
        return frozenset(one.id for one in self.members if one.removed and one.id != self.me_id)

    @property
    def course_readers(self) -> frozenset[MemberId]:
        """Who reads a session that this member adds."""
        return course_members(self.members) | {self.me_id}

    @property
    def awaits_keeper(self) -> bool:
        """Whether the keeper has not opened the journal since this member joined: until then, who is here is
        only as the invitation said."""
        return self.papers.info_version is None and not self._is_abandoned()

    @property
    def sharing_has_ended(self) -> bool:
        """Whether somebody ended sharing, as the file says it or this computer has seen it said; a row that
        is struck brings nothing back. In a practice there is nothing to end."""
        is_known = self._record.sharing_ended or self._envelopes.shared.says_ended
        return is_known and self.kind is JournalKind.COURSE

    @property
    def info_now(self) -> JournalInfo:
        """What the keeper's word is to be, as far as the keeper's program knows now."""
        return replace(
            self.info,
            revoked=self.book.revoked,
            members=self.present_ids,
            journal_keys=self.own_keys.journal_keys,
            kind=self.kind,
        )

    @property
    def kind(self) -> JournalKind:
        """What kind of journal this is."""
        return self.book.kind

    def get(self, label: str) -> Member:
        """The member of that label, still here or removed (`NotFound`)."""
        named = [member for member in self.members if folded(member.label) == folded(label)]
        if not named:
            raise NotFound(f"There is no “{label}” in this journal.")
        return min(named, key=lambda member: member.removed)

    def label_of(self, member_id: MemberId) -> str:
        """What a member is called; who is not (yet) known has no name."""
        return next((m.label for m in self.members if m.id == member_id), "somebody unknown")

    def signing_keys(self) -> dict[MemberId, tuple[PublicIdentity, ...]]:
        """The keys with which each member signs or signed, this one's among them."""
        return {**self.public_keys, self.me_id: tuple(one.public for one in self.own_identities)}

    def identity_of(self, member_id: MemberId) -> IdentityId:
        """The newest identity of a member."""
        if member_id == self.me_id:
            return self.identity.hash
        pin = self.book.pins.get(member_id)
        return pin.newest(member_id) if pin else IdentityId(member_id)

    @property
    def is_superseded(self) -> bool:
        """Whether newer keys took the place of those of the door that is open: with it nothing is written."""
        records = self._envelopes.shared.successors.values()
        for record in records:
            if record.member == self.me_id and record.number == self._own_number + 1:
                with suppress(NotGenuine):
                    check_successor(record, self.journal_id, self.identity.public)
                    return True
        return False

    @property
    def _own_number(self) -> int:
        """How many successors led to the identity of the open door."""
        if len(self.own_identities) > 1 or self.identity.hash == IdentityId(self.me_id):
            return len(self.own_identities) - 1
        mine = (
            record for record in self._envelopes.shared.successors.values() if record.member == self.me_id
        )
        return next((record.number for record in mine if record.keys.hash == self.identity.hash), 0)

    def role_of(self, member_id: MemberId) -> Role:
        """A member's role (`LookupError` for somebody unknown)."""
        for member in self.members:
            if member.id == member_id:
                return member.role
        raise LookupError

    def without_removed(self, readers: Iterable[MemberId]) -> frozenset[MemberId]:
        """These readers but those who were removed."""
        return frozenset(readers) - self.removed_ids

    def check_is_keeper(self, sentence: str) -> None:
        """Refuse what only the keeper may do, in the words given."""
        if not self.is_keeper:
            raise Refused(sentence)

    # --- what the file says ---------------------------------------------------------------------------

    def _open_new_channels(self, pins: Mapping[MemberId, Pin], fetch: Fetch) -> bool:
        """Open what came on channels that are new; returns whether there were such. At first everything is
        looked at that waited for the members to be known."""
        envelopes = self._envelopes
        is_new = self._know_channels(pins)
        is_new |= envelopes.set_journal_keys(self._all_journal_keys())
        if not (is_new or self._waiting):
            return False
        self._waiting = False
        envelopes.load_others(fetch())
        envelopes.settle()
        return True

    def _know_channels(self, pins: Mapping[MemberId, Pin]) -> bool:
        identities = {member: (IdentityId(member), *pin.successors) for member, pin in pins.items()}
        secrets = {pair: secret for pin in pins.values() for pair, secret in pin.channel_secrets.items()}
        return self._envelopes.know(identities, secrets)

    def _all_journal_keys(self) -> tuple[bytes, ...]:
        """The journal's keys, as the keeper and this member's own document have them, the newest last."""
        said = self.info.journal_keys
        return (*(key for key in self.own_keys.journal_keys if key not in said), *said)

    def wait_for_members(self) -> None:
        """Everything is to be looked at again at the next reconciling."""
        self._waiting = True

    def reconcile(self, fetch: Fetch = dict) -> None:
        """Bring the members and what they sent level with what lies on the shared channel."""
        for written in self.papers.books():
            self.book = self.book.joined(written)
        pins = self.book.pins
        self._open_new_channels(pins, fetch)  # whom the keeper took back is known before anybody is met
        while True:
            self.info = self.papers.info()
            revoked = self._revoked()
            pinned = reconcile(
                self.journal_id,
                self.own_identities,
                self.book.certificate,
                self.keeper,
                pins,
                self._envelopes.shared,
                revoked,
                self.info.members if self.papers.info_version else None,
                meets_newcomers=not self._is_abandoned(),
                announces=self.book.heard_keeper,
            )
            pins, self.public_keys = pinned.pins, pinned.identities
            self.rivals = pinned.rivals
            if not self._open_new_channels(pins, fetch):
                break
        grants = (*self.book.grants, *self._own_grants())
        closed = {one.name: one.rows for one, _ in self._envelopes.channels.replaced()}
        closed |= self.book.closed
        revoked |= self._own_removal(pins.get(self.keeper))
        book = replace(self.book, pins=pins, revoked=revoked, grants=grants, closed=closed)
        heard_keeper = book.heard_keeper or self.papers.info_version is not None
        self.book = replace(book, heard_keeper=heard_keeper, kind=self._kind_said()).tidied()
        self._take_recovery()
        self.own_keys = replace(self.own_keys, journal_keys=self._all_journal_keys())
        mine = self.book.certificate
        self.members = members_of(pins, mine, self.keeper, revoked)
        self.alarms = with_labels_told(pinned.alarms, pins, mine, self.keeper)

    @property
    def written_late(self) -> dict[Channel, MemberId]:
        """The channels with more on them than when keys at one of their ends were replaced, with whose."""
        closed = self.book.closed
        return {
            channel: who
            for channel, who in self._envelopes.channels.replaced()
            if channel.rows > closed.get(channel.name, channel.rows)
        }

    def _find_book(self) -> AddressBook:
        """This member's address book, joined from all that stand, or one rebuilt from what others see."""
        book: AddressBook | None = None
        for said in self.papers.books():
            book = said.joined(book) if book else said
        if book:
            return book
        shared, own = self._envelopes.shared, tuple(one.public for one in self.own_identities)
        keeper_keys = own if self.is_keeper else keys_of(self.journal_id, self.keeper, shared)
        for certificate in shared.certificates.values():
            if certificate.member == self.me_id:
                with suppress(NotGenuine):  # others can write there under this member's name
                    check_certificate(certificate, self.journal_id, self.keeper, keeper_keys)
                    self._troubles.append(Finding(FindingKind.ADDRESS_BOOK_REBUILT))
                    return AddressBook(certificate, {})
        raise Damaged("Your own card and list of members are both damaged. A backup can bring them back.")

    def become(self, own_keys: OwnKeys) -> None:
        """Write with the newest of these keys from now on."""
        self.own_keys = own_keys
        self._know_own_keys()
        self.identity = self.own_identities[-1]
        self._waiting |= self._know_channels(self.book.pins)  # what is written goes by the newest at once

    def _know_own_keys(self) -> None:
        """Read with all of this member's keys."""
        identities = [Identity(master, self.journal_id) for master in self.own_keys.masters]
        self.own_identities = identities
        older = [
            OwnIdentity(one.hash, Keyring(master, self.journal_id, one.hash))
            for one, master in zip(identities, self.own_keys.masters, strict=True)
        ]
        is_new = self._envelopes.set_identities(older)
        is_new |= self._envelopes.set_journal_keys(self.own_keys.journal_keys)
        self._waiting = self._waiting or is_new

    def _find_own_keys(self) -> OwnKeys:
        """This member's keys, and what the door had of them."""
        held = self._secrets
        door = OwnKeys((held.first,), (held.journal_key,), held.keeper)
        keys: OwnKeys | None = None
        for written in self.papers.own_keys():
            keys = written.joined(keys) if keys else written
        if keys is None:
            return door
        missing = set(door.masters) - set(keys.masters) or set(door.journal_keys) - set(keys.journal_keys)
        return keys.joined(door) if missing else keys

    def _take_recovery(self) -> None:
        """Let the recovery words and the will be those that another program of this member's wrote since. An
        older version that lies there because the later one was struck says nothing."""
        before, newest = self._keys_taken, self.papers.newest_keys(self.own_keys.masters[-1])
        if newest is None or (before and newest.envelope == before.envelope):
            return
        dropped = self._envelopes.versions.dropped
        if before is None or newest.rank > before.rank or before.envelope in dropped:
            said = registry.KEYS.decode(newest.version)
            will = decided_last(self.own_keys.will, said.will)
            self.own_keys = replace(self.own_keys, recovery=said.recovery, will=will)
            self._keys_taken = newest

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

    def _kind_said(self) -> JournalKind:
        """A practice, if the keeper's word, the invitation or this member's own book ever said so."""
        grant = self.book.certificate.grant
        said = (self.info.kind, self.book.kind, grant.journal if grant else None)
        return JournalKind.PRACTICE if JournalKind.PRACTICE in said else JournalKind.COURSE

    def _own_removal(self, pin: Pin | None) -> frozenset[RevokedId]:
        """This member, if the keeper says that they were removed. Only the keeper's newest keys that were
        ever met count, whatever is struck from the file: a thief may have those before."""
        keeper = self.public_keys.get(self.keeper)
        newest = pin.newest(self.keeper) if pin else IdentityId(self.keeper)
        if not keeper or newest not in [keys.hash for keys in keeper]:
            return frozenset()
        removals = self._envelopes.shared.removals_of(self.me_id, self.journal_id, keeper[-1])
        return frozenset(self.me_id for _ in removals)

    def _own_grants(self) -> Iterator[InvitationGrant]:
        """If this member is the keeper: the grants of theirs that lie in the file."""
        if self.is_keeper:
            shared = self._envelopes.shared
            yield from shared.genuine_grants(self.journal_id, self.identity.public).values()

    def _is_abandoned(self) -> bool:
        """Whether the journal info can no longer be read although the keeper wrote before, as for a member
        who was removed, or where the keeper's rows were struck. Then no newcomer is pinned: this program
        cannot tell who was removed, nor whose invitation had run out. An address book that was just made
        anew says nothing of what was before."""
        if self.is_keeper or self.papers.info_version is not None:
            return False
        heard = self._envelopes.channels.incoming.get(self.keeper)
        return (self.book.heard_keeper and bool(self.book.pins)) or (heard is not None and heard.rows > 0)
