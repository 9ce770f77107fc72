"""Everything one member can read, opened and in memory, and how each channel stands.

Loaded once at unlock and kept level with the file by difference: what is new is opened, what is gone is
forgotten. Nothing here writes.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kapjournal.crypto.envelope import ChannelHead, ChannelKey, EnvelopeRef, unwrap
from kapjournal.crypto.keyring import Keyring
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import DocumentId, EnvelopeId, MemberId
from kapjournal.journal.documents.registry import ChannelKind
from kapjournal.journal.documents.version import DocumentType, DocumentVersion
from kapjournal.journal.trust.certificates import SharedRecords, shared_record_from
from kapjournal.journal.vault.channel import Channel
from kapjournal.journal.vault.opening import OpenedEnvelope, authenticate, open_at
from kapjournal.journal.vault.rollback_record import RollbackRecord, channel_name
from kapjournal.store import Snapshot

_MAX_WRITES = 2**31 - 1
"""Far above what anyone writes, and as far below where four bytes end."""


class StoredVersion(NamedTuple):
    """One document version in one envelope. The words of earlier versions are not kept in memory."""

    ref: EnvelopeRef
    head: ChannelHead
    version: DocumentVersion


class OpenedEnvelopes:
    """The envelopes of a file as the member `me` reads them.

    A channel is known by the member at its other end; the one of `me` to themselves is both ways. Envelopes
    that are not shown are kept by why: `unaddressed`, `altered` (with the other end, None for the shared
    channel), `rejected` (opened, but not what may come from there), `unreadable`, `set_aside` (an older state
    put back, with its author). `current` has the version that counts of each document, by author.
    """

    def __init__(
        self,
        me: MemberId,
        keeper: MemberId,
        keyring: Keyring,
        shared_key: ChannelKey,
        record: RollbackRecord,
    ) -> None:
        self.me = me
        self.shared_key = shared_key
        self.drafts_key = keyring.drafts_channel()
        self.own = Channel(keyring.channel_to(me))
        self.incoming: dict[MemberId, Channel] = {}
        self.outgoing: dict[MemberId, Channel] = {}
        self.shared = SharedRecords()
        self.versions: dict[EnvelopeId, StoredVersion] = {}
        self.drafts: dict[EnvelopeId, StoredVersion] = {}
        self.unaddressed: set[EnvelopeId] = set()
        self.altered: dict[EnvelopeId, MemberId | None] = {}
        self.rejected: dict[EnvelopeId, tuple[MemberId, EnvelopeRef]] = {}
        self.unreadable: set[EnvelopeId] = set()
        self.notices: set[EnvelopeId] = set()
        self.set_aside: dict[EnvelopeId, MemberId] = {}
        self.current: dict[tuple[MemberId, DocumentId], StoredVersion] = {}
        self.earlier: dict[DocumentId, list[StoredVersion]] = {}
        self._keeper = keeper
        self._keyring = keyring
        self._record = record
        self._own_name = channel_name(me, me)

    def channel_to(self, receiver: MemberId) -> Channel:
        """The channel from this member to another, made when first needed."""
        if receiver == self.me:
            return self.own
        if receiver not in self.outgoing:
            self.outgoing[receiver] = Channel(self._keyring.channel_to(receiver))
        return self.outgoing[receiver]

    def load(self, snapshot: Snapshot) -> dict[EnvelopeId, bytes]:
        """Open everything this member wrote; returns the rest, sealed, for `add_sender`."""
        unaddressed: dict[EnvelopeId, bytes] = {}
        for envelope_id, sealed in snapshot.envelopes():
            if not self._take(envelope_id, sealed) and sealed is not None:
                unaddressed[envelope_id] = sealed
        return unaddressed

    def follow(self, snapshot: Snapshot) -> bool:
        """Bring this level with the file; returns whether anything but unaddressed envelopes changed."""
        ids = snapshot.ids()
        known = self._known()
        gone = known - ids
        changed = not gone <= self.unaddressed
        for envelope_id in gone:
            self.forget(envelope_id)
        for envelope_id in ids - known:
            changed |= self._take(envelope_id, snapshot.envelope(envelope_id))
        return changed

    def add_sender(
        self, sender: MemberId, secret: bytes, unaddressed: Mapping[EnvelopeId, bytes | None]
    ) -> None:
        """Open what a member sent, now that the secret in their key message is known."""
        self.incoming[sender] = Channel(self._keyring.channel_from(sender, secret))
        for envelope_id, sealed in unaddressed.items():
            is_new = envelope_id in self.unaddressed
            if is_new and sealed and self._take_incoming(envelope_id, sealed, [sender]):
                self.unaddressed.discard(envelope_id)

    def settle(self) -> None:
        """Decide what is current: of two versions of one document the later counts, and what a head does
        not cover is set aside."""
        self.current, self.earlier, self.set_aside = {}, {}, {}
        incoming: dict[MemberId, list[EnvelopeRef]] = {sender: [] for sender in (self.me, *self.incoming)}
        outgoing: dict[MemberId, list[EnvelopeRef]] = {receiver: [] for receiver in self.outgoing}
        for sender, ref in self.rejected.values():
            incoming[sender].append(ref)
        for stored in self.versions.values():
            version = stored.version
            incoming[version.author].append(stored.ref)
            if len(version.readers) > 1 and version.author == self.me:
                for reader in version.readers:
                    if reader != self.me:
                        outgoing.setdefault(reader, []).append(stored.ref)
            if version.type is DocumentType.EARLIER:
                self.earlier.setdefault(version.document, []).append(stored)
                continue
            name = version.author, version.document
            other = self.current.setdefault(name, stored)
            if other is not stored:
                older, self.current[name] = sorted((other, stored), key=lambda one: one.head.writes)
                self.set_aside[older.ref.id] = version.author
        for sender, refs in incoming.items():
            self._settle(sender, refs)
        for receiver, refs in outgoing.items():
            self.channel_to(receiver).set_standing(ref for ref in refs if ref.id not in self.set_aside)

    def place(self, stored: StoredVersion) -> None:
        """Take in a version that this member has just written."""
        self.versions[stored.ref.id] = stored
        if stored.version.type is DocumentType.EARLIER:
            self.earlier.setdefault(stored.version.document, []).append(stored)
        else:
            self.current[self.me, stored.version.document] = stored

    def forget(self, envelope_id: EnvelopeId) -> None:
        """Drop an envelope that is no longer in the file."""
        stored = self.versions.pop(envelope_id, None)
        if stored is not None:
            author, document = stored.version.author, stored.version.document
            if self.current.get((author, document)) is stored:
                del self.current[author, document]
            if stored.version.type is DocumentType.EARLIER and stored in self.earlier.get(document, ()):
                self.earlier[document].remove(stored)
        self.shared.drop(envelope_id)
        for kept in (self.drafts, self.altered, self.rejected, self.set_aside):
            kept.pop(envelope_id, None)
        for ids in (self.unaddressed, self.unreadable, self.notices):
            ids.discard(envelope_id)

    def _settle(self, sender: MemberId, refs: list[EnvelopeRef]) -> None:
        channel = self.own if sender == self.me else self.incoming[sender]
        aside = channel.lost | self.set_aside.keys()
        channel.set_standing(ref for ref in refs if ref.id not in aside)
        for ref in refs:
            if ref.id in channel.lost:
                self._set_aside(ref.id, sender)
        if not channel.is_complete() and (intruders := channel.intruders()):
            channel.set_standing(ref for ref in refs if ref.id not in aside and ref.h not in intruders)
            for ref in refs:
                if ref.h in intruders:
                    self._set_aside(ref.id, sender)

    def _set_aside(self, envelope_id: EnvelopeId, sender: MemberId) -> None:
        self.set_aside[envelope_id] = sender
        stored = self.versions.get(envelope_id)
        if stored and self.current.get((sender, stored.version.document)) is stored:
            del self.current[sender, stored.version.document]

    def _take(self, envelope_id: EnvelopeId, sealed: bytes | None) -> bool:
        if sealed is None or len(envelope_id) != 16:
            self.unreadable.add(envelope_id)
            return True
        if self._take_own(envelope_id, sealed) or self._take_incoming(envelope_id, sealed, self.incoming):
            return True
        self.unaddressed.add(envelope_id)
        return False

    def _take_own(self, envelope_id: EnvelopeId, sealed: bytes) -> bool:
        for key in (self.own.key, self.shared_key, self.drafts_key):
            place = key.find(envelope_id, sealed)
            if place is None:
                continue
            try:
                opened = open_at(place, envelope_id, sealed)
            except NotGenuine:
                self.altered[envelope_id] = None if key is self.shared_key else self.me
                return True
            if key is self.shared_key:
                self._take_shared(envelope_id, opened)
            elif key is self.drafts_key:
                self._take_version(opened, self.me, None)
            else:
                self._take_version(opened, self.me, self.own)
                self._take_outgoing(opened, sealed)
            return True
        return False

    def _take_incoming(self, envelope_id: EnvelopeId, sealed: bytes, senders: Iterable[MemberId]) -> bool:
        for sender in senders:
            channel = self.incoming[sender]
            place = channel.key.find(envelope_id, sealed)
            if place is None:
                continue
            try:
                self._take_version(open_at(place, envelope_id, sealed), sender, channel)
            except NotGenuine:
                self.altered[envelope_id] = sender
            return True
        return False

    def _take_version(self, opened: OpenedEnvelope, sender: MemberId, channel: Channel | None) -> None:
        """Take in a body or a notice; `channel` is None for drafts."""
        if channel is not None:
            channel.observe(opened.head, opened.ref.id)
        if opened.body is None:
            if channel is not None:
                channel.lost.add(opened.lost)
            self.notices.add(opened.ref.id)
            return
        headed = ChannelKind.TO_SELF if sender == self.me else ChannelKind.FROM_OTHERS
        kind = ChannelKind.DRAFTS if channel is None else headed
        try:
            version = authenticate(opened.body, sender, self.me, kind, self._keeper)
        except NotGenuine:
            if channel is None:
                self.altered[opened.ref.id] = sender
            else:
                self.rejected[opened.ref.id] = (sender, opened.ref)
            return
        if version.type is DocumentType.EARLIER:
            version = version._replace(text="")
        kept = self.drafts if channel is None else self.versions
        kept[opened.ref.id] = StoredVersion(opened.ref, opened.head, version)

    def _take_outgoing(self, opened: OpenedEnvelope, sealed: bytes) -> None:
        """Check that every wrap this member wrote to another is still there and still says the same."""
        stored = self.versions.get(opened.ref.id)
        if stored is None:
            return
        for member in (*stored.version.readers, *stored.version.told):
            if member == self.me:
                continue
            channel = self.channel_to(member)
            place = channel.key.find(opened.ref.id, sealed)
            try:
                wrap = unwrap(opened.ref, sealed, place) if place else None
            except NotGenuine:
                wrap = None
            expected = opened.note_key if member in stored.version.readers else None
            if wrap is None or wrap.key != expected or self._is_rewritten(member, wrap.head, opened.head):
                self.altered[opened.ref.id] = member
            else:
                channel.observe(wrap.head, opened.ref.id)

    def _is_rewritten(self, reader: MemberId, theirs: ChannelHead, own: ChannelHead) -> bool:
        """Whether a reader, who can rewrite the wrap made for them, put that head beside `own`.

        A count too high for this member's own writes says so too, but must not be judged by it: the next
        count the reader gets would tell them whether they were believed, and so how much this member writes
        alone.
        """
        if theirs.replica != own.replica or theirs.writes > _MAX_WRITES:
            return True
        return self._record.denies(channel_name(self.me, reader), theirs, self._own_name, own)

    def _take_shared(self, envelope_id: EnvelopeId, opened: OpenedEnvelope) -> None:
        try:
            self.shared.add(envelope_id, shared_record_from(opened.body or b""))
        except NotGenuine:
            self.altered[envelope_id] = None

    def _known(self) -> set[EnvelopeId]:
        return self.unaddressed.union(
            self.versions,
            self.drafts,
            self.altered,
            self.rejected,
            self.unreadable,
            self.notices,
            self.shared.grants,
            self.shared.certificates,
            self.shared.key_messages,
        )
