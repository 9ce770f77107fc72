"""Whether what lies in the file fits the stamps of its channels and the rollback record, and whose words it
concerns where it does not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import EnvelopeId, MemberId
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.keys import KEYS
from kapjournal.journal.trust.address_book import LetGo
from kapjournal.journal.vault.channel import Absence, Channel
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.rollback_record import MARK_BYTES, ChannelMemory, RollbackRecord

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
        """Whether this computer must count as another from now on: its own numbers in the file are not those
        it remembers, so another copy of it may have gone on, or a file was put back."""
        for channel in self._envelopes.channels.all():
            if channel.sender == self._envelopes.me:
                pseudonym = channel.key.pseudonym(self._record.replica)
                remembered = self._record.channel(channel.name).complete.get(pseudonym, 0)
                twice = any(replica == pseudonym for replica, _ in channel.copied)
                twice |= pseudonym in self._exchanged(channel)
                if twice or channel.highest(self._record.replica) != remembered:
                    return True
        return False

    def observe(self, removed: Iterable[MemberId], own_doors: frozenset[bytes]) -> bool:
        """Look at every channel but those of `removed` members, then note how far they have come; returns
        whether that is news."""
        self._removed = frozenset(removed)
        me = self._envelopes.me
        self.doubted_authors = frozenset(
            channel.sender
            for channel in self._envelopes.channels.all()
            if channel.receiver == me and (self._is_undone(channel) or self._absence(channel))
        )
        return self.note(own_doors)

    def note_arrivals(self) -> None:
        """Note which notes came from others beyond what the record knows: they are new to this member. The
        first time on this computer none is. To be called before what is there now is noted."""
        if self._record.channels and (arrived := set(self._arrived())):
            self._record.add_new(
                stored.envelope[:MARK_BYTES]
                for stored in self._envelopes.current.values()
                if stored.envelope in arrived and stored.version.type == registry.NOTE.type
            )

    def _arrived(self) -> Iterator[EnvelopeId]:
        for channel in self._envelopes.channels.incoming.values():
            if channel.sender in self._record.revoked:
                continue  # what they write is not noted, so it would be new for ever
            noted = self._record.channel(channel.name).complete
            for replica, number in channel.memory().complete.items():
                numbers, first = channel.numbers.get(replica, {}), noted.get(replica, 0) + 1
                beyond = range(first, number + 1)
                if len(beyond) > len(numbers):  # who writes the numbers may leave out any
                    yield from (envelope for one, envelope in numbers.items() if one in beyond)
                else:
                    yield from (numbers[one] for one in beyond if one in numbers)

    def note(self, own_doors: frozenset[bytes]) -> bool:
        """Note how far every channel has come; returns whether that is news."""
        news = [self._record.observe_doors(own_doors)]
        channels = self._envelopes.channels
        newest = (channels.own, *channels.outgoing.values(), *channels.incoming.values())
        self._record.newest = frozenset(channel.name for channel in newest)
        for channel in channels.all():
            if self._is_of_removed(channel):
                self._record.channels.pop(channel.name, None)
            else:
                now = self._now(channel)
                for replica in self._exchanged(channel):  # or writing on would hide it
                    now.complete.pop(replica, None)
                news.append(self._record.observe(channel.name, now))
        return any(news)

    def findings(self) -> Iterator[Finding]:
        """What does not fit now."""
        yield from self.put_back()
        found = (self._finding(channel) for channel in self._envelopes.channels.all())
        yield from dict.fromkeys(finding for finding in found if finding is not None)
        if any(channel.copied for channel in self._envelopes.channels.owns):
            yield Finding(FindingKind.COPY_WENT_ON, self._envelopes.me)

    def put_back(self, author: MemberId | None = None) -> Iterator[Finding]:
        """Every document, or every one of an author, of which something stands that was replaced. What
        somebody rewrote is told, if at all, as altered."""
        set_aside, altered = self._envelopes.set_aside(), self._envelopes.altered
        for whose, document in dict.fromkeys(name for row_id, name in set_aside if row_id not in altered):
            if author in (None, whose):
                if document == KEYS:
                    yield Finding(FindingKind.RECOVERY_WORDS_OLD)
                else:
                    yield Finding(FindingKind.VERSION_PUT_BACK, whose, document)

    def letting_go(self) -> dict[str, LetGo]:
        """What to let go of every channel so that nothing is missed any more."""
        let_go = dict(self.let_go)
        for channel in self._envelopes.channels.all():
            if self._absence(channel) or self._is_undone(channel):
                let_go[channel.name] = channel.letting_go(self._record.channel(channel.name))
        return let_go

    def _finding(self, channel: Channel) -> Finding | None:
        if self._is_of_removed(channel):
            return None
        me = self._envelopes.me
        direction = (
            _OWN if channel.sender == channel.receiver else _INCOMING if channel.sender != me else _OUTGOING
        )
        other = channel.receiver if channel.sender == me else channel.sender
        if self._is_undone(channel):
            return Finding(direction.rolled_back, other)
        return Finding(direction.absent, other) if self._absence(channel) else None

    def _is_of_removed(self, channel: Channel) -> bool:
        return channel.sender in self._removed or channel.receiver in self._removed

    def _is_undone(self, channel: Channel) -> bool:
        """Whether this computer has seen more of a channel than there is now."""
        is_behind = self._record.channel(channel.name).is_ahead_of(self._now(channel))
        return is_behind or bool(self._exchanged(channel))

    def _exchanged(self, channel: Channel) -> set[bytes]:
        let_go = self.let_go.get(channel.name, _NOTHING)
        return channel.exchanged(self._record.channel(channel.name), let_go)

    def _absence(self, channel: Channel) -> Absence:
        """What is missing; a drop whose row stands again and is set aside is told as that alone."""
        absence = channel.absence(self.let_go.get(channel.name, _NOTHING))
        if absence.drops and channel.receiver == self._envelopes.me:
            aside = sum(author == channel.sender for _, (author, _) in self._envelopes.set_aside())
            return replace(absence, drops=max(0, absence.drops - aside))
        return absence

    def _now(self, channel: Channel) -> ChannelMemory:
        return channel.memory(self.let_go.get(channel.name, _NOTHING))


class _Direction(NamedTuple):
    rolled_back: FindingKind
    absent: FindingKind


_OWN = _Direction(FindingKind.OWN_ROLLED_BACK, FindingKind.OWN_ABSENT)
_INCOMING = _Direction(FindingKind.INCOMING_ROLLED_BACK, FindingKind.INCOMING_ABSENT)
_OUTGOING = _Direction(FindingKind.OUTGOING_ROLLED_BACK, FindingKind.OUTGOING_ABSENT)
