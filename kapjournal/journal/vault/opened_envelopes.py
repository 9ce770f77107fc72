"""Everything one member can read, opened and in memory, and how each channel stands.

Loaded once at unlock and kept level with the file by difference: what is new is opened, what was dropped is
forgotten. Nothing here writes.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from kapjournal.crypto.envelope import ChannelKey, SlotPlace, is_whole, unwrap
from kapjournal.crypto.keyring import Keyring, shared_channel
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import DROPPED_BYTES, Front, Row, front_of, read_row
from kapjournal.domain.ids import DocumentId, EnvelopeId, JournalId, MemberId, RowId
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.registry import ChannelKind
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.trust.certificates import SharedRecords, shared_record_from
from kapjournal.journal.vault.channel import Channel
from kapjournal.journal.vault.opening import authenticate, open_at
from kapjournal.journal.vault.standing_versions import (
    DocumentName,
    StandingVersions,
    StoredEarlier,
    StoredVersion,
)
from kapjournal.store import Snapshot


class Unshown(NamedTuple):
    """A row that opened and is not shown: from whom, and the version where it could be read."""

    sender: MemberId
    version: DocumentVersion | None


class OpenedEnvelopes:
    """The rows of a file as the member `me` reads them.

    A channel is known by the member at its other end; the one of `me` to themselves is both ways. Rows that
    are not shown are kept by why: `unaddressed`, `damaged` (the bytes do not fit the id), `altered` (with the
    other end, None for the shared channel), `forged` (in this member's name, by the reader), `rejected`
    (opened, but not what may come from there), `newer` (a newer program's).
    """

    def __init__(
        self, me: MemberId, keeper: MemberId, journal_id: JournalId, keyring: Keyring, journal_key: bytes
    ) -> None:
        self.me = me
        self.drafts_key = keyring.drafts_channel()
        self.shared_keys: dict[bytes, ChannelKey] = {}
        """The channels that all members share, by the journal key they come from; the newest is last."""
        self.own_keys = keyring
        self._journal_id = journal_id
        self._keeper = keeper
        self.add_journal_keys([journal_key])
        self.clear()

    def clear(self) -> None:
        """Know nothing of the file."""
        self.own = Channel(self.own_keys.channel_to(self.me))
        self.incoming: dict[MemberId, Channel] = {}
        self.outgoing: dict[MemberId, Channel] = {}
        self.shared = SharedRecords()
        self.versions = StandingVersions(self.me)
        self.drafts: dict[RowId, StoredVersion] = {}
        self.unaddressed: set[RowId] = set()
        self.damaged: set[RowId] = set()
        self.altered: dict[RowId, MemberId | None] = {}
        self.forged: dict[RowId, MemberId] = {}
        self.rejected: dict[RowId, MemberId] = {}
        self.newer: dict[RowId, Unshown] = {}
        self.newer_rows: set[RowId] = set()
        self.fresh_drafts: set[RowId] = set()
        """Drafts that this program wrote: no other copy of the file can have them yet."""
        self._lengths: dict[RowId, int] = {}
        self._whole: dict[bytes, RowId] = {}
        """Every row that is as this member wrote it, by its envelope and the hash of its body."""
        self._remade: dict[RowId, bytes] = {}
        """The envelope and hash of every row of this member's that is not."""
        self._unread: dict[RowId, Row] = {}
        """Rows of this member's of which this program cannot read whom they are for."""

    # --- channels ---------------------------------------------------------------------------------------

    @property
    def shared_key(self) -> ChannelKey:
        """The channel on which this member writes to all."""
        return next(reversed(self.shared_keys.values()))

    def add_journal_keys(self, journal_keys: Iterable[bytes]) -> bool:
        """Read what all members share under these keys too, the newest last; returns whether one was new."""
        new = [key for key in journal_keys if key not in self.shared_keys]
        for key in new:
            self.shared_keys[key] = shared_channel(key, self._journal_id)
        return bool(new)

    def channel_to(self, receiver: MemberId) -> Channel:
        """The channel from this member to another, made when first needed."""
        if receiver == self.me:
            return self.own
        if receiver not in self.outgoing:
            self.outgoing[receiver] = Channel(self.own_keys.channel_to(receiver))
            for row in self._unread.values():
                self._count_outgoing(row, receiver)
        return self.outgoing[receiver]

    def add_sender(self, sender: MemberId, secret: bytes) -> None:
        """Know the channel of a member to this one; `load_others` opens what came on it."""
        self.incoming[sender] = Channel(self.own_keys.channel_from(sender, secret))

    # --- reading the file -------------------------------------------------------------------------------

    def load(self, snapshot: Snapshot) -> None:
        """Open everything this member wrote that stands, and what all share. The rest waits until the members
        are known, whose channels it may be on."""
        for row_id, sealed in snapshot.rows():
            front = front_of(sealed) if sealed is not None and len(sealed) != DROPPED_BYTES else None
            if front is None or not self._is_own_or_shared(front):
                self.unaddressed.add(row_id)
            else:
                self._take(row_id, sealed)
            self._lengths[row_id] = len(sealed or b"")

    def load_others(self, rows: Iterable[tuple[RowId, bytes | None]]) -> None:
        """Look again at what was not addressed to any channel known so far."""
        for row_id, sealed in rows:
            if row_id in self.unaddressed:
                self.unaddressed.discard(row_id)
                self._take(row_id, sealed)

    def follow(self, snapshot: Snapshot) -> bool | None:
        """Bring this level with the file; returns whether anything but unaddressed rows changed. None if rows
        are gone or stand again that no program takes away: then everything has to be loaded anew."""
        lengths = snapshot.lengths()
        gone = self._lengths.keys() - lengths.keys()
        new = [row_id for row_id, length in lengths.items() if self._lengths.get(row_id) != length]
        undone = any(self._lengths.get(row_id) == DROPPED_BYTES for row_id in new)
        if undone or not gone <= self.drafts.keys() | self.unaddressed | self.shared.rows():
            return None
        changed = not gone <= self.unaddressed
        for row_id in gone:
            self.forget(row_id)
        mended = self.damaged & lengths.keys() - set(new)  # perhaps: a good copy has the same length
        for row_id in (*new, *mended):
            was_damaged, was_unaddressed = row_id in self.damaged, row_id in self.unaddressed
            self._unplace(row_id)
            self._lengths[row_id] = lengths[row_id]
            self._take(row_id, snapshot.row(row_id))
            is_damaged, is_unaddressed = row_id in self.damaged, row_id in self.unaddressed
            changed |= was_damaged != is_damaged
            changed |= not (is_damaged or was_unaddressed or is_unaddressed)
        return changed

    # --- what this program writes -----------------------------------------------------------------------

    def placed(self, row_id: RowId, length: int, envelope: EnvelopeId, body_hash: bytes) -> None:
        """A row of so many bytes was written by this program."""
        self._lengths[row_id] = length
        self._whole[envelope + body_hash] = row_id

    def dropped(self, row_id: RowId) -> None:
        """A row was dropped by this program; its channels know. One that was altered still is."""
        words = self._remade.get(row_id)
        self._unplace(row_id)
        self._lengths[row_id] = DROPPED_BYTES
        if words is not None:
            self.altered[row_id] = self.me
            self._remade[row_id] = words

    def forget(self, row_id: RowId) -> None:
        """A row is no longer in the file."""
        self._unplace(row_id)
        self._lengths.pop(row_id, None)

    # --- one row ----------------------------------------------------------------------------------------

    def _unplace(self, row_id: RowId) -> None:
        self.versions.forget(row_id)
        self.shared.drop(row_id)
        for kept in (self.drafts, self.altered, self.forged, self.rejected, self.newer):
            kept.pop(row_id, None)
        for own in (self._remade, self._unread):
            own.pop(row_id, None)
        for ids in (self.unaddressed, self.damaged, self.newer_rows):
            ids.discard(row_id)

    def _is_own_or_shared(self, front: Front) -> bool:
        keys = (self.own.key, *self.shared_keys.values(), self.drafts_key)
        return any(key.find(front) is not None for key in keys)

    def _take(self, row_id: RowId, sealed: bytes | None) -> None:
        try:
            row = read_row(row_id, sealed or b"")
        except NotGenuine:
            self.damaged.add(row_id)
            return
        if row.is_newer:
            self.newer_rows.add(row_id)
            return
        if not row.is_standing:
            self.versions.dropped.add(row.envelope)
        takers = (self._take_own, self._take_shared, self._take_incoming, self._take_forged)
        if not any(take(row) for take in takers):
            self.unaddressed.add(row_id)

    def _take_own(self, row: Row) -> bool:
        key = self.own.key
        place = key.find(row)
        if place is None:
            return self._take_draft(row)
        whole = is_whole(key, row)
        if whole:
            self._whole[row.envelope + row.body_hash] = row.id
        else:
            self.altered[row.id] = self.me
            self._remade[row.id] = row.envelope + row.body_hash
        version = self._take_version(row, place, self.me, self.own)
        if whole and row.is_standing and version is not None:
            for receiver in (*version.readers, *version.notified):
                if receiver != self.me:
                    self._count_outgoing(row, receiver)
        elif whole:
            if row.is_standing:
                self._unread[row.id] = row
            for receiver in self.outgoing:
                self._count_outgoing(row, receiver)
        return True

    def _count_outgoing(self, row: Row, receiver: MemberId) -> None:
        channel = self.channel_to(receiver)
        place = channel.key.find(row)
        if place is not None:
            with suppress(NotGenuine):  # this member's own bytes: a sender who lies to themselves
                channel.add(row.envelope, unwrap(row, place).stamp, dropped=not row.is_standing)

    def _take_draft(self, row: Row) -> bool:
        place = self.drafts_key.find(row)
        if place is None:
            return False
        if not is_whole(self.own.key, row):
            self.altered[row.id] = self.me
        elif row.is_standing:
            self._take_version(row, place, self.me, None)
        return True

    def _take_shared(self, row: Row) -> bool:
        for key in self.shared_keys.values():
            place = key.find(row)
            if place is not None:
                with suppress(NotGenuine):
                    opened = open_at(place, row)
                    if row.is_standing:
                        self.shared.add(row.id, shared_record_from(opened.body or b""))
                    return True
                self.altered[row.id] = None
                return True
        return False

    def _take_incoming(self, row: Row) -> bool:
        for sender, channel in self.incoming.items():
            place = channel.key.find(row)
            if place is not None:
                self._take_version(row, place, sender, channel)
                return True
        return False

    def _take_forged(self, row: Row) -> bool:
        """A row on a channel of this member's without a place of their own. Its reader has the same key, and
        can make a wrap that opens; a stranger who struck the author's tag cannot."""
        for receiver, channel in self.outgoing.items():
            place = channel.key.find(row)
            if place is not None:
                try:
                    unwrap(row, place)
                except NotGenuine:
                    self.altered[row.id] = self.me
                else:
                    self.forged[row.id] = receiver
                return True
        return False

    def _take_version(
        self, row: Row, place: SlotPlace, sender: MemberId, channel: Channel | None
    ) -> DocumentVersion | None:
        """Take in a body, a notice or that a row was dropped; `channel` is None for drafts."""
        try:
            opened = open_at(place, row)
        except NotGenuine:
            self.altered[row.id] = sender
            return None
        if channel is not None:
            channel.add(row.envelope, opened.wrap.stamp, dropped=not row.is_standing)
            if opened.wrap.key is None:
                channel.lost.add(opened.wrap.lost)
        if opened.body is None:
            return None
        headed = ChannelKind.TO_SELF if sender == self.me else ChannelKind.FROM_OTHERS
        kind = ChannelKind.DRAFTS if channel is None else headed
        try:
            version = authenticate(opened.body, sender, self.me, kind, self._keeper)
            if version is None or registry.is_newer(version):
                self.newer[row.id] = Unshown(sender, version)
            elif channel is None:
                self.drafts[row.id] = StoredVersion(row.id, row.envelope, version)
            elif version.type == registry.EARLIER.type:
                kept = registry.EARLIER.decode(version)
                self.versions.place_earlier(StoredEarlier.of(row.id, row.envelope, version, kept))
            else:
                if version.type == registry.DELETED.type:
                    registry.DELETED.decode(version)
                self.versions.place(StoredVersion(row.id, row.envelope, version))
        except NotGenuine:
            self.rejected[row.id] = sender
            return None
        return version

    # --- asking -----------------------------------------------------------------------------------------

    @property
    def current(self) -> dict[DocumentName, StoredVersion]:
        """The version of each document that is shown first."""
        return self.versions.current

    def standing(self, author: MemberId, document: DocumentId) -> list[StoredVersion]:
        """Every version of a document that stands: several, where two computers of its author wrote at
        once."""
        return self.versions.standing.get((author, document), [])

    def settle(self) -> None:
        """Decide what stands, now that everything was read."""
        lost = {(sender, one) for sender, channel in self.incoming.items() for one in channel.lost}
        self.versions.settle(lost, self.altered)

    def set_aside(self) -> Iterator[StoredVersion]:
        """What is in the file and was replaced: put back, or its drop has not come yet."""
        return iter(self.versions.set_aside.values())

    def twins(self) -> dict[RowId, RowId]:
        """Altered rows of this member's whose words lie here in a whole row too, with that one. A row with
        other words in an envelope of this member's is no twin."""
        found = {row_id: self._whole.get(words) for row_id, words in self._remade.items()}
        return {
            twin: whole
            for twin, whole in found.items()
            if whole in self._lengths and whole not in self.damaged
        }

    def envelopes_of(self, document: DocumentId) -> set[EnvelopeId]:
        """Every envelope of one of this member's documents that the file still names."""
        found = {stored.envelope for stored in self.standing(self.me, document)}
        for kept in self.versions.earlier.get(document, ()):
            found |= {kept.envelope, *kept.replaced}
        return found
