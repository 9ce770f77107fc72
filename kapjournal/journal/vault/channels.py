"""The channels of one member: to themselves, to and from each other member, for drafts, and what all share.

A channel is known by the member at its other end; the one of `me` to themselves is both ways. Where keys were
replaced there are several between two members: `own`, `outgoing` and `incoming` have the newest.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from kapjournal.crypto.envelope import ChannelKey, is_whole
from kapjournal.crypto.keyring import Keyring, shared_channel
from kapjournal.crypto.row import Row
from kapjournal.domain.ids import IdentityId, JournalId, MemberId, RowId
from kapjournal.journal.trust.pin import IdentityPair
from kapjournal.journal.vault.channel import Channel
from kapjournal.journal.vault.opening import OpenedRow, open_on
from kapjournal.journal.vault.rollback_record import channel_name


class OwnIdentity(NamedTuple):
    """One identity of this member's, and the keys derived for it."""

    id: IdentityId
    keyring: Keyring


class Channels:
    """Every channel that ends at the member `me`."""

    def __init__(self, me: MemberId, journal_id: JournalId, own: OwnIdentity, journal_key: bytes) -> None:
        self._me = me
        self._journal_id = journal_id
        self._identities = [own]
        self.shared_keys: dict[bytes, ChannelKey] = {}
        """The channels that all members share, by the journal key they come from; the newest is last."""
        self.set_journal_keys([journal_key])
        self.clear()

    def clear(self) -> None:
        """Know no other member, and no row of any channel."""
        self._by_ends: dict[IdentityPair, Channel] = {}
        self.incoming: dict[MemberId, Channel] = {}
        self.outgoing: dict[MemberId, Channel] = {}
        self._newest: dict[MemberId, IdentityId] = {}
        self._know_own()

    # --- asking -----------------------------------------------------------------------------------------

    @property
    def own(self) -> Channel:
        """The channel of this member to themselves on which they write."""
        return self.owns[-1]

    @property
    def own_keys(self) -> list[ChannelKey]:
        """The keys of all channels of this member to themselves, the newest last."""
        return [channel.key for channel in self.owns]

    @property
    def drafts_key(self) -> ChannelKey:
        """The channel on which this member writes drafts."""
        return self.drafts_keys[-1]

    @property
    def shared_key(self) -> ChannelKey:
        """The channel on which this member writes to all."""
        return next(reversed(self.shared_keys.values()))

    def all(self) -> Collection[Channel]:
        """Every channel of two ends."""
        return self._by_ends.values()

    def to_others(self) -> Iterator[Channel]:
        """Every channel on which another member reads what this one wrote."""
        return (one for one in self._by_ends.values() if one.sender == self._me != one.receiver)

    def outgoing_to(self, receiver: MemberId) -> list[Channel]:
        """Every channel to another member, by whichever identities."""
        return [one for one in self.to_others() if one.receiver == receiver]

    def replaced(self) -> Iterator[tuple[Channel, MemberId]]:
        """The channels on which nobody writes any more, each with the member who replaced keys of theirs."""
        in_use = {id(one) for one in (self.own, *self.outgoing.values(), *self.incoming.values())}
        for (sender, receiver), channel in self._by_ends.items():
            if id(channel) not in in_use:
                mine, theirs = (sender, receiver) if channel.sender == self._me else (receiver, sender)
                other = channel.receiver if channel.sender == self._me else channel.sender
                if self._newest.get(other, theirs) != theirs:
                    yield channel, other
                elif mine != self._identities[-1].id:
                    yield channel, self._me

    def is_by_newest_keys_of_author(self, channel: Channel | None) -> bool:
        """Whether its author writes on a channel with the newest keys they have, whatever its reader's."""
        if channel is None or channel.sender == self._me:
            return channel is self.own
        newest = self._newest.get(channel.sender)
        return any(self._by_ends.get((newest, one.id)) is channel for one in self._identities if newest)

    def losses(self) -> Counter[MemberId]:
        """How many notices each other member sent, that their reader lost something."""
        found: Counter[MemberId] = Counter()
        for one in self._by_ends.values():
            found[one.sender] += len(one.lost)
        return found

    def own_key_of(self, row: Row) -> ChannelKey | None:
        """The channel to themselves of that identity of this member's which wrote a row, if one did and
        nobody changed a place in it."""
        return next((key for key in self.own_keys if is_whole(key, row)), None)

    def is_own(self, row: Row) -> bool:
        """Whether a row has a place for this member's channels to themselves, drafts included."""
        keys = (*self.own_keys, *self.drafts_keys)
        return any(key.find(row) is not None for key in keys)

    def open_own(self, row_id: RowId, sealed: bytes) -> OpenedRow | None:
        """What this member finds in a row of their own (`NotGenuine`)."""
        found = (open_on(key, row_id, sealed) for key in self.own_keys)
        return next((opened for opened in found if opened is not None), None)

    # --- getting to know --------------------------------------------------------------------------------

    def set_journal_keys(self, journal_keys: Iterable[bytes]) -> bool:
        """Read what all members share under these keys, the newest last; returns whether one was new."""
        before = self.shared_keys
        self.shared_keys = {
            key: before.get(key) or shared_channel(key, self._journal_id) for key in journal_keys
        }
        return not self.shared_keys.keys() <= before.keys()

    def set_identities(self, identities: Sequence[OwnIdentity]) -> bool:
        """Read with the keys of all of this member's identities, the newest last; returns whether one was
        new."""
        is_new = {one.id for one in identities} != {one.id for one in self._identities}
        self._identities = list(identities)
        self._know_own()
        return is_new

    def know(
        self, identities: Mapping[MemberId, Sequence[IdentityId]], secrets: Mapping[IdentityPair, bytes]
    ) -> list[Channel]:
        """Know the channels with other members: their identities, the newest last, and the secrets in
        their key messages, by the identities at both ends. Returns the channels that are new."""
        before = len(self._by_ends)
        for member, ids in identities.items():
            self._newest[member] = ids[-1]
            for theirs, mine in product(ids, self._identities):
                is_newest = mine is self._identities[-1] and theirs == ids[-1]
                generation = ids.index(theirs) + self._identities.index(mine)
                channel = self._channel(
                    (mine.id, theirs), self._me, member, mine.keyring.channel_to, generation
                )
                if is_newest:
                    self.outgoing[member] = channel
                secret = secrets.get((theirs, mine.id))
                if secret is not None:
                    incoming = self._incoming_channel(mine, theirs, member, secret, generation)
                    if is_newest or member not in self.incoming:
                        self.incoming[member] = incoming
        return list(self._by_ends.values())[before:]

    def _know_own(self) -> None:
        self.owns = [
            self._channel((one.id, one.id), self._me, self._me, one.keyring.channel_to, 2 * at)
            for at, one in enumerate(self._identities)
        ]
        """The channels of this member to themselves, the newest last."""
        self.drafts_keys = [one.keyring.drafts_channel() for one in self._identities]

    def _incoming_channel(
        self, mine: OwnIdentity, theirs: IdentityId, member: MemberId, secret: bytes, generation: int
    ) -> Channel:
        def key_for(_: IdentityId) -> ChannelKey:
            return mine.keyring.channel_from(theirs, secret)

        return self._channel((theirs, mine.id), member, self._me, key_for, generation)

    def _channel(
        self,
        pair: IdentityPair,
        sender: MemberId,
        receiver: MemberId,
        key_for: Callable[[IdentityId], ChannelKey],
        generation: int,
    ) -> Channel:
        channel = self._by_ends.get(pair)
        if channel is None:
            channel = Channel(key_for(pair[1]), (sender, receiver), channel_name(*pair))
            self._by_ends[pair] = channel
        channel.generation = generation
        return channel
