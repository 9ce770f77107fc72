"""Everything one member can read, opened and in memory, and how each channel stands.

Loaded once at unlock and kept level with the file by difference: what is new is opened, what was dropped is
forgotten. Nothing here writes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from kapjournal.crypto.envelope import SlotPlace, is_whole, unwrap
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import DROPPED_BYTES, Row, front_of, read_row
from kapjournal.domain.ids import DocumentId, EnvelopeId, IdentityId, JournalId, MemberId, RowId
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.address_book import ADDRESS_BOOK
from kapjournal.journal.documents.journal_info import JOURNAL_INFO
from kapjournal.journal.documents.keys import KEYS
from kapjournal.journal.documents.registry import ChannelKind
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.trust.pin import IdentityPair
from kapjournal.journal.trust.shared_records import shared_record_from
from kapjournal.journal.vault.channel import Channel
from kapjournal.journal.vault.channels import Channels, OwnIdentity
from kapjournal.journal.vault.opening import authenticate, open_at
from kapjournal.journal.vault.shared_channel import SharedChannel
from kapjournal.journal.vault.standing_versions import (
    DocumentName,
    StandingVersions,
    StoredEarlier,
    StoredVersion,
)
from kapjournal.store import Snapshot

_KEPT_BYTES = 64 * 1024 * 1024
"""How much is kept at most while a file is opened; more is read twice."""


class OpenedEnvelopes:
    """The rows of a file as the member `me` reads them.

    `channels` are those that end at `me`. Rows that are not shown are kept by why: `unaddressed`, `damaged`
    (the bytes do not fit the id), `altered` (with the other end, None for the shared channel), `forged` (in
    this member's name, on a channel whose keys its reader has), `rejected` (opened, but not what may come
    from there), `newer` (a newer program's).
    """

    def __init__(
        self, me: MemberId, keeper: MemberId, journal_id: JournalId, own: OwnIdentity, journal_key: bytes
    ) -> None:
        self.me = me
        self.channels = Channels(me, journal_id, own, journal_key)
        self._keeper = keeper
        self.clear()

    def clear(self) -> None:
        """Know nothing of the file, nor of other members."""
        self.channels.clear()
        self.shared = SharedChannel(self.channels)
        self.versions = StandingVersions(self.me)
        self.drafts: dict[RowId, StoredVersion] = {}
        self.unaddressed: set[RowId] = set()
        self.damaged: set[RowId] = set()
        self.altered: dict[RowId, MemberId | None] = {}
        self.forged: dict[RowId, Channel] = {}
        self.rejected: dict[RowId, MemberId] = {}
        self.newer: dict[RowId, MemberId] = {}
        self.newer_rows: set[RowId] = set()
        self._kept: dict[RowId, bytes | None] = {}
        """While a file is opened: what waits for the members to be known, so that it is read once."""
        self._tried: set[RowId] = set()
        """Which of these have no place for the keys this member had then."""
        self._uncounted: set[RowId] = set()
        """Rows of this member's own whose places on channels to new identities were not looked at."""
        self.fresh_drafts: set[RowId] = set()
        """Drafts that this program wrote and no other has looked at: no other copy of the file can have them
        yet."""
        self._lengths: dict[RowId, int] = {}
        self._whole: dict[RowId, bytes] = {}
        """The envelope and the hash of the body of every row that is as this member wrote it."""
        self._remade: dict[RowId, bytes] = {}
        """The same of every row of this member's that is not."""
        self._unread: dict[RowId, Row] = {}
        """Rows of this member's of which this program cannot read whom they are for."""

    # --- channels ---------------------------------------------------------------------------------------

    def set_journal_keys(self, journal_keys: Iterable[bytes]) -> bool:
        """Read what all members share under these keys, the newest last; returns whether one was new."""
        return self._has_new_keys(self.channels.set_journal_keys(journal_keys))

    def set_identities(self, identities: Sequence[OwnIdentity]) -> bool:
        """Read with the keys of all of this member's identities, the newest last; returns whether one was
        new."""
        return self._has_new_keys(self.channels.set_identities(identities))

    def _has_new_keys(self, is_new: bool) -> bool:
        if is_new:
            self._tried = set()
        return is_new

    def know(
        self, identities: Mapping[MemberId, Sequence[IdentityId]], secrets: Mapping[IdentityPair, bytes]
    ) -> bool:
        """Know the channels with other members, as `Channels.know` does; returns whether one is new."""
        new = self.channels.know(identities, secrets)
        for channel in new:
            if channel.sender == self.me:
                if len(identities[channel.receiver]) > 1:
                    self._uncounted = self.versions.shared_by_me()
                for row in self._unread.values():
                    _count(channel, row)
        return bool(new)

    def channel_to(self, receiver: MemberId) -> Channel:
        """The channel from this member to another, made when first needed."""
        if receiver == self.me:
            return self.channels.own
        if receiver not in self.channels.outgoing:
            self.know({receiver: [IdentityId(receiver)]}, {})
        return self.channels.outgoing[receiver]

    # --- reading the file -------------------------------------------------------------------------------

    def load(self, snapshot: Snapshot, count: Callable[[int], object] = bool) -> None:
        """Open everything this member wrote that stands, and what all share. The rest waits until the members
        are known, whose channels it may be on. `count` is told of the bytes of each row."""
        keys = (*self.channels.shared_keys.values(), *self.channels.drafts_keys)
        room = _KEPT_BYTES
        for row_id, sealed in snapshot.rows():
            length = self._lengths[row_id] = len(sealed or b"")
            count(length)
            front = front_of(sealed) if sealed is not None and length != DROPPED_BYTES else None
            if front is not None and (place := self.channels.own.key.find(front)) is not None:
                self._take(row_id, sealed, place)
            elif front is not None and any(key.find(front) is not None for key in keys):
                self._take(row_id, sealed)
            else:
                self.unaddressed.add(row_id)
                room -= length
                if room > 0:
                    self._kept[row_id] = sealed
                if front is not None and len(self.channels.owns) == 1:
                    self._tried.add(row_id)  # else it may be for keys this member had before

    def waiting(self, snapshot: Snapshot) -> Iterable[tuple[RowId, bytes | None]]:
        """What was not addressed to any channel known so far, by whichever way of reading is faster."""
        waiting = self.unaddressed | self._uncounted
        if waiting <= self._kept.keys():
            return list(self._kept.items())
        few = 4 * len(waiting) < len(self._lengths)
        return snapshot.rows_of(list(waiting)) if few else snapshot.rows()

    def load_others(self, rows: Iterable[tuple[RowId, bytes | None]]) -> None:
        """Look again at what was not addressed to any channel known so far."""
        for row_id, sealed in rows:
            if row_id in self.unaddressed:
                self.unaddressed.discard(row_id)
                self._take(row_id, sealed, is_others=row_id in self._tried)
            elif row_id in self._uncounted and sealed is not None and row_id not in self.altered:
                row = read_row(row_id, sealed)  # it was read before its readers' new keys were known
                for channel in self.channels.to_others():
                    _count(channel, row)
        self._uncounted, self._tried, self._kept = set(), set(), {}

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
        self._whole[row_id] = envelope + body_hash

    def dropped(self, row_id: RowId) -> None:
        """A row was dropped by this program; its channels know. One that was altered still is."""
        whole, remade = self._whole.get(row_id), self._remade.get(row_id)
        self._unplace(row_id)
        self._lengths[row_id] = DROPPED_BYTES
        if whole is not None:
            self._whole[row_id] = whole
        if remade is not None:
            self.altered[row_id] = self.me
            self._remade[row_id] = remade

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
        for own in (self._whole, self._remade, self._unread):
            own.pop(row_id, None)
        for ids in (self.unaddressed, self.damaged, self.newer_rows, self.fresh_drafts):
            ids.discard(row_id)

    def _take(
        self,
        row_id: RowId,
        sealed: bytes | None,
        own_place: SlotPlace | None = None,
        *,
        is_others: bool = False,
    ) -> None:
        """Take in a row; with `is_others` it is known to have no place for this member's own keys."""
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
        if own_place is not None:
            self._take_own(row, own_place, self.channels.own)
            return
        if not is_others and self._take_by_own_keys(row):
            return
        if not self._take_from_others(row):
            self.unaddressed.add(row_id)

    def _take_by_own_keys(self, row: Row) -> bool:
        for own in self.channels.owns:
            place = own.key.find(row)
            if place is not None:
                self._take_own(row, place, own)
                return True
        return self._take_draft(row) or self._take_shared(row)

    def _take_own(self, row: Row, place: SlotPlace, own: Channel) -> None:
        whole = is_whole(own.key, row)
        if whole:
            self._whole[row.id] = row.envelope + row.body_hash
        else:
            self.altered[row.id] = self.me
            self._remade[row.id] = row.envelope + row.body_hash
        version = self._take_version(row, place, self.me, own)
        if whole and row.is_standing and version is not None:
            if len(version.readers) + len(version.notified) > 1:
                for receiver in (*version.readers, *version.notified):
                    if receiver != self.me:
                        self.channel_to(receiver)
                        for channel in self.channels.outgoing_to(receiver):
                            _count(channel, row)
        elif whole:
            if row.is_standing:
                self._unread[row.id] = row
            for channel in self.channels.to_others():
                _count(channel, row)

    def _take_draft(self, row: Row) -> bool:
        for own, key in zip(self.channels.owns, self.channels.drafts_keys, strict=True):
            place = key.find(row)
            if place is None:
                continue
            if self.channels.own_key_of(row) is None:
                self.altered[row.id] = self.me
            elif row.is_standing:
                self._take_version(row, place, self.me, None)
                if (draft := self.drafts.get(row.id)) is not None:
                    self.drafts[row.id] = draft._replace(channel=own)
            return True
        return False

    def _take_shared(self, row: Row) -> bool:
        for key in self.channels.shared_keys.values():
            place = key.find(row)
            if place is not None:
                with suppress(NotGenuine):
                    opened = open_at(place, row)
                    if row.is_standing:
                        self.shared.place(row.id, shared_record_from(opened.body or b""), key)
                    return True
                self.altered[row.id] = None
                return True
        return False

    def _take_from_others(self, row: Row) -> bool:
        """Take in what others wrote to this member, or what a reader wrote in this member's name."""
        came, found = False, None
        for channel in self.channels.all():
            place = channel.key.find(row)
            if place is None:
                continue
            if channel.sender != self.me:
                self._take_version(row, place, channel.sender, channel)
                came = True
            elif channel.receiver != self.me:
                found = channel, place
        if found and not came:
            self._take_forged(row, *found)
        return came or found is not None

    def _take_forged(self, row: Row, channel: Channel, place: SlotPlace) -> None:
        """A row on a channel of this member's without a place of their own. Its reader has the same key, and
        can make a wrap that opens; a stranger who struck the author's tag cannot."""
        try:
            unwrap(row, place)
        except NotGenuine:
            self.altered[row.id] = self.me
        else:
            self.forged[row.id] = channel

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
                self.newer[row.id] = sender
            elif channel is None:
                self.drafts[row.id] = StoredVersion(row.id, row.envelope, version)
            elif version.type == registry.EARLIER.type:
                kept = registry.EARLIER.decode(version)
                earlier = StoredEarlier.of(row.id, row.envelope, version, kept, channel)
                self.versions.place_earlier(earlier)
            else:
                if version.type == registry.DELETED.type:
                    registry.DELETED.decode(version)
                self.versions.place(StoredVersion(row.id, row.envelope, version, channel))
        except NotGenuine:
            self.rejected[row.id] = sender
            return None
        return version

    # --- asking -----------------------------------------------------------------------------------------

    @property
    def current(self) -> dict[DocumentName, StoredVersion]:
        """The version of each document that is shown first."""
        return self.versions.current

    def of_type(self, *types: str) -> list[StoredVersion]:
        """The version shown first of every document that is of one of these types, in no order."""
        names = (name for type_ in types for name in self.versions.of_type(type_))
        found = (self.current.get(name) for name in dict.fromkeys(names))
        return [stored for stored in found if stored is not None and stored.version.type in types]

    def standing(self, author: MemberId, document: DocumentId) -> list[StoredVersion]:
        """Every version of a document that stands: several, where two computers of its author wrote at
        once."""
        return self.versions.standing.get((author, document), [])

    def by_latest_keys(self, author: MemberId, document: DocumentId) -> list[StoredVersion]:
        """Those of them by the latest keys alone, where whoever has earlier ones is to have no say."""
        standing = self.standing(author, document)
        latest = max((stored.generation for stored in standing), default=0)
        return [stored for stored in standing if stored.generation == latest]

    def settle_own(self) -> None:
        """Decide which of this member's own papers stand: all that is needed to read the rest."""
        self.versions.settle({}, self.altered, {ADDRESS_BOOK, KEYS, JOURNAL_INFO})

    def settle(self) -> None:
        """Decide what stands, now that everything was read."""
        coming = (one for one in self.channels.all() if one.sender != self.me)
        lost = {
            (channel.sender, envelope): channel.generation
            for channel in sorted(coming, key=lambda one: one.generation)
            for envelope in channel.lost
        }
        self.versions.settle(lost, self.altered)

    def set_aside(self) -> Iterator[tuple[RowId, DocumentName]]:
        """What is in the file and was replaced: put back, or its drop has not come yet."""
        return iter(self.versions.set_aside.items())

    def twins(self) -> dict[RowId, RowId]:
        """Altered rows of this member's whose words lie here in a whole row too, with that one. A row with
        other words in an envelope of this member's is no twin."""
        if not self._remade:
            return {}
        whole = {words: row_id for row_id, words in self._whole.items()}
        return {twin: whole[words] for twin, words in self._remade.items() if words in whole}

    def envelopes_of(self, document: DocumentId) -> set[EnvelopeId]:
        """Every envelope of one of this member's documents that the file still names."""
        found = {stored.envelope for stored in self.standing(self.me, document)}
        for kept in self.versions.earlier.get(document, ()):
            found |= {kept.envelope, *kept.replaced}
        return found


def _count(channel: Channel, row: Row) -> None:
    """Take in what this member put on a channel to another, as their own row has it."""
    place = channel.key.find(row)
    if place is not None:
        with suppress(NotGenuine):  # this member's own bytes: a sender who lies to themselves
            channel.add(row.envelope, unwrap(row, place).stamp, dropped=not row.is_standing)
