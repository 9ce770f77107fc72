"""Whether what lies in the file fits the channels' heads and the rollback record, and whose words it concerns
where it does not."""

from collections.abc import Iterable, Iterator

from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import MemberId
from kapjournal.journal.trust.keyslots import OwnKeyslots
from kapjournal.journal.vault.channel import Channel, ChannelState
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.rollback_record import RollbackRecord, channel_name

Ends = tuple[MemberId, MemberId]
"""Sender and receiver of a channel."""
Misfits = dict[Ends, ChannelState]
"""Channels that are behind or incomplete, as they stood."""


class RollbackDetection:
    """Compares every head with the record, and notes the newer ones in it.

    `behind` are the channels whose head is older than noted. `doubted_authors` and `findings` grow: they hold
    what did not fit at some moment since opening; a write puts an end to it in the file, not here.
    """

    def __init__(self, envelopes: OpenedEnvelopes, record: RollbackRecord) -> None:
        self.behind: frozenset[Ends] = frozenset()
        self.doubted_authors: frozenset[MemberId] = frozenset()
        self.findings: list[Finding] = []
        self._envelopes = envelopes
        self._record = record

    def compare(self, removed: Iterable[MemberId], own_keyslots: OwnKeyslots) -> bool:
        """Look at every channel but those of `removed` members; returns whether the record knows more now."""
        channels = self._channels()
        left = frozenset(removed)
        for ends in [ends for ends in channels if left & set(ends)]:
            self._record.heads.pop(channel_name(*ends), None)
            del channels[ends]
        self.behind = frozenset(
            ends
            for ends, channel in channels.items()
            if self._record.is_behind(channel_name(*ends), channel.head)
        )
        news = [self._record.observe(channel_name(*ends), channel.head) for ends, channel in channels.items()]
        news += [
            self._record.observe_slots("door", own_keyslots.doors),
            self._record.observe_slots("recovery", own_keyslots.recoveries),
        ]
        self.doubted_authors |= self._doubted_now()
        found = [*self._misfits(left), *self._rollbacks()]
        self.findings += [finding for finding in found if finding not in self.findings]
        return any(news)

    def misfits(self) -> Misfits:
        """The state of every channel that is behind or incomplete; another loss there is another state."""
        if not self.findings:
            return {}
        return {
            ends: channel.state
            for ends, channel in self._channels().items()
            if ends in self.behind or not channel.is_complete()
        }

    def _channels(self) -> dict[Ends, Channel]:
        envelopes, me = self._envelopes, self._envelopes.me
        channels: dict[Ends, Channel] = {(me, me): envelopes.own}
        channels |= {(sender, me): channel for sender, channel in envelopes.incoming.items()}
        channels |= {(me, receiver): channel for receiver, channel in envelopes.outgoing.items()}
        return channels

    def _doubted_now(self) -> frozenset[MemberId]:
        """The authors whose channel to this member is incomplete or behind what was noted: any note of theirs
        may be shown in an older state."""
        me = self._envelopes.me
        coming = {me: self._envelopes.own, **self._envelopes.incoming}
        behind = {sender for sender, receiver in self.behind if receiver == me}
        return frozenset(behind | {sender for sender, ch in coming.items() if not ch.is_complete()})

    def _misfits(self, removed: frozenset[MemberId]) -> Iterator[Finding]:
        envelopes = self._envelopes
        for envelope_id, author in envelopes.set_aside.items():
            stored = envelopes.versions.get(envelope_id)
            document = stored.version.document if stored else None
            yield Finding(FindingKind.VERSION_PUT_BACK, author, document)
        if not envelopes.own.is_complete():
            yield Finding(FindingKind.OWN_INCOMPLETE, envelopes.me)
        for sender, channel in envelopes.incoming.items():
            if not channel.is_complete():
                yield Finding(FindingKind.INCOMING_INCOMPLETE, sender)
        for receiver, channel in envelopes.outgoing.items():
            if receiver not in removed and not channel.is_complete():
                yield Finding(FindingKind.OUTGOING_INCOMPLETE, receiver)

    def _rollbacks(self) -> Iterator[Finding]:
        me = self._envelopes.me
        for sender, receiver in sorted(self.behind):
            if sender == receiver:
                yield Finding(FindingKind.OWN_ROLLED_BACK, me)
            elif sender == me:
                yield Finding(FindingKind.OUTGOING_ROLLED_BACK, receiver)
            else:
                yield Finding(FindingKind.INCOMING_ROLLED_BACK, sender)
