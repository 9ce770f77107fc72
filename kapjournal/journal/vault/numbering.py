"""Numbering: the stamps of what one unit of work writes, counted on top of what the file has.

The channels themselves change only when the unit is published.
"""

from collections import Counter
from collections.abc import Collection

from kapjournal.crypto.envelope import ChannelKey, Stamp
from kapjournal.crypto.row import Row
from kapjournal.domain.ids import EnvelopeId, MemberId, ReplicaId
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes


class Numbering:
    """Gives every row its number on each of its channels. Drops are to be counted first: a stamp says how
    many there are after the whole write."""

    def __init__(
        self, envelopes: OpenedEnvelopes, replica: ReplicaId, removed: Collection[MemberId] = ()
    ) -> None:
        self._removed = removed
        self._envelopes = envelopes
        self._replica = replica
        self._new: dict[MemberId, list[tuple[EnvelopeId, Stamp]]] = {}
        self._dropped: dict[str, set[EnvelopeId]] = {}
        self._new_drops: Counter[str] = Counter()
        """How many of these the channels did not know as dropped."""

    def drop(self, row: Row) -> None:
        """Count a row of this member's as dropped on every channel that it is on."""
        for channel in self._envelopes.channels.all():
            if channel.sender == self._envelopes.me and channel.key.find(row) is not None:
                dropped = self._dropped.setdefault(channel.name, set())
                if row.envelope not in dropped and row.envelope not in channel.dropped:
                    self._new_drops[channel.name] += 1
                dropped.add(row.envelope)

    def unstamped(self, stamped: Collection[MemberId]) -> dict[MemberId, EnvelopeId]:
        """The members on whose channel something was dropped and nothing written, with what they lost: an
        uncounted drop could stand in for a counted one that somebody takes back. Channels of keys since
        replaced are left alone, and those to `removed` members, who were told once that they lost something:
        whoever is there need not hear of it."""
        return {
            receiver: min(self._dropped[channel.name])
            for receiver, channel in (
                (self._envelopes.me, self._envelopes.channels.own),
                *self._envelopes.channels.outgoing.items(),
            )
            if channel.name in self._dropped
            and receiver not in stamped
            and receiver not in self._new
            and receiver not in self._removed
        }

    def stamp(self, receiver: MemberId, envelope: EnvelopeId) -> tuple[ChannelKey, Stamp]:
        """The next stamp on the channel to a member, for the row of an envelope."""
        channel = self._envelopes.channel_to(receiver)
        new = self._new.setdefault(receiver, [])
        stamp = Stamp(
            channel.key.pseudonym(self._replica),
            channel.next_number(self._replica) + len(new),
            max(channel.rows, channel.most_rows) + len(new) + 1,  # what is missing stays so
            channel.drops + self._new_drops[channel.name],
        )
        new.append((envelope, stamp))
        return channel.key, stamp

    def publish(self) -> None:
        """Let the channels have what was counted."""
        for channel in self._envelopes.channels.all():
            dropped = self._dropped.get(channel.name)
            if dropped:
                channel.dropped |= dropped
                self._envelopes.versions.dropped |= dropped
        for receiver, new in self._new.items():
            channel = self._envelopes.channel_to(receiver)
            for envelope, stamp in new:
                channel.add(envelope, stamp, dropped=False)
