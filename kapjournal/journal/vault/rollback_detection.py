"""Whether what lies in the file fits the stamps of its channels and the rollback record, and whose words it
concerns where it does not."""

from collections.abc import Iterable, Iterator, Mapping

from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import MemberId
from kapjournal.journal.documents.registry import KEYS
from kapjournal.journal.trust.address_book import LetGo
from kapjournal.journal.trust.keyslots import OwnKeyslots
from kapjournal.journal.vault.channel import Channel
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.rollback_record import ChannelMemory, RollbackRecord, channel_name

Ends = tuple[MemberId, MemberId]
"""Sender and receiver of a channel."""

_NOTHING = LetGo()


class RollbackDetection:
    """Compares every channel with its stamps and with the record.

    Nothing is hidden by writing on: what is missing is so until it comes, or until the member lets it go.
    """

    def __init__(self, envelopes: OpenedEnvelopes, record: RollbackRecord) -> None:
        self.let_go: Mapping[str, LetGo] = {}
        self._envelopes = envelopes
        self._record = record
        self._removed: frozenset[MemberId] = frozenset()
        self.doubted_authors: frozenset[MemberId] = frozenset()
        """Whose channel to this member lacked something when last looked at: any note of theirs may be shown
        in an older state."""

    def is_spent(self) -> bool:
        """Whether this computer must count as another from now on: its own numbers in the file are not
        those it remembers, so another copy of it may have gone on, or a file was put back."""
        channels = self._channels()
        for (sender, _), (name, channel) in zip(channels, self._named(channels), strict=True):
            if sender != self._envelopes.me:
                continue
            pseudonym = channel.key.pseudonym(self._record.replica)
            remembered = self._record.channel(name).complete.get(pseudonym, 0)
            twice = any(replica == pseudonym for replica, _ in channel.copied)
            if twice or channel.highest(self._record.replica) != remembered:
                return True
        return False

    def observe(self, removed: Iterable[MemberId], own_keyslots: OwnKeyslots) -> bool:
        """Look at every channel but those of `removed` members, then note how far they have come; returns
        whether that is news."""
        self._removed = frozenset(removed)
        self.doubted_authors = frozenset(self._doubted())
        return self.note(own_keyslots)

    def note(self, own_keyslots: OwnKeyslots) -> bool:
        """Note how far every channel has come; returns whether that is news."""
        channels = self._channels()
        news = []
        for ends, (name, channel) in zip(channels, self._named(channels), strict=True):
            if self._removed & set(ends):
                self._record.channels.pop(name, None)
            else:
                news.append(self._record.observe(name, self._now(name, channel)))
        news.append(self._record.observe_slots("door", own_keyslots.doors))
        return any(news)

    def findings(self) -> Iterator[Finding]:
        """What does not fit now."""
        me = self._envelopes.me
        for stored in self._envelopes.set_aside():
            version = stored.version
            if version.type == KEYS.type:
                yield Finding(FindingKind.RECOVERY_WORDS_OLD)
            else:
                yield Finding(FindingKind.VERSION_PUT_BACK, version.author, version.document)
        channels = self._channels()
        for (sender, receiver), (name, channel) in zip(channels, self._named(channels), strict=True):
            if self._removed & {sender, receiver}:
                continue
            other = receiver if sender == me else sender
            own, incoming = sender == receiver, sender != me
            if self._record.channel(name).is_ahead_of(self._now(name, channel)):
                yield Finding(_KINDS["rolled back"][own + 2 * incoming], other)
            elif channel.absence(self.let_go.get(name, _NOTHING)):
                yield Finding(_KINDS["absent"][own + 2 * incoming], other)
            if channel.copied and own:
                yield Finding(FindingKind.COPY_WENT_ON, me)

    def _doubted(self) -> Iterator[MemberId]:
        me = self._envelopes.me
        for (sender, receiver), channel in self._channels().items():
            if receiver == me and self._lacks(sender, receiver, channel):
                yield sender

    def letting_go(self) -> dict[str, LetGo]:
        """What to let go of every channel so that nothing is missed any more."""
        let_go = dict(self.let_go)
        for name, channel in self._named(self._channels()):
            lost = channel.letting_go(self._record.channel(name))
            noted = self._record.channel(name)
            if channel.absence(let_go.get(name, _NOTHING)) or noted.is_ahead_of(self._now(name, channel)):
                let_go[name] = lost
        return let_go

    def _lacks(self, sender: MemberId, receiver: MemberId, channel: Channel) -> bool:
        name = channel_name(sender, receiver)
        missing = channel.absence(self.let_go.get(name, _NOTHING))
        return bool(missing) or self._record.channel(name).is_ahead_of(self._now(name, channel))

    def _now(self, name: str, channel: Channel) -> ChannelMemory:
        return channel.memory(self.let_go.get(name, _NOTHING))

    def _named(self, channels: Mapping[Ends, Channel]) -> Iterator[tuple[str, Channel]]:
        for ends, channel in channels.items():
            yield channel_name(*ends), channel

    def _channels(self) -> dict[Ends, Channel]:
        envelopes, me = self._envelopes, self._envelopes.me
        channels: dict[Ends, Channel] = {(me, me): envelopes.own}
        channels |= {(sender, me): channel for sender, channel in envelopes.incoming.items()}
        channels |= {(me, receiver): channel for receiver, channel in envelopes.outgoing.items()}
        return channels


_KINDS = {
    "rolled back": (
        FindingKind.OUTGOING_ROLLED_BACK,
        FindingKind.OWN_ROLLED_BACK,
        FindingKind.INCOMING_ROLLED_BACK,
    ),
    "absent": (FindingKind.OUTGOING_ABSENT, FindingKind.OWN_ABSENT, FindingKind.INCOMING_ABSENT),
}
"""To another member, to oneself, from another member."""
