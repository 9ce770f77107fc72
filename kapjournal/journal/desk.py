"""Where things are written: new versions, drafts, cards and letters, each sitting one transaction.

Everything is tried on copies of the channels and becomes true in memory only after the file has it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kapjournal import clock
from kapjournal.crypto.envelope import (
    REPLICA_BYTES,
    SLOTS,
    ChannelHead,
    ChannelKey,
    Envelope,
    EnvelopeRef,
    prepare,
)
from kapjournal.journal import people
from kapjournal.journal.channel import Channel
from kapjournal.journal.memory import Memory, channel_name
from kapjournal.journal.shelf import Held, Shelf
from kapjournal.journal.version import DocumentKind, Version
from kapjournal.store import Transaction

_NO_HEAD = ChannelHead(bytes(REPLICA_BYTES), 0, bytes(16))


@dataclass(frozen=True, slots=True)
class Writing:
    """The state a document is to have. `previous` is the version it replaces; `words` None deletes it."""

    document: bytes
    kind: DocumentKind
    readers: frozenset[bytes]
    data: Mapping[str, Any] | None
    text: str = ""
    previous: Held | None = None


class Sitting:
    """One transaction at the desk."""

    def __init__(self, transaction: Transaction, shelf: Shelf, memory: Memory) -> None:
        self.transaction = transaction
        self._shelf = shelf
        self._memory = memory
        self._channels: dict[bytes, Channel] = {}
        self._placed: list[Held] = []
        self._dropped: list[bytes] = []
        self._drafts: list[Held] = []
        self._shared: list[tuple[bytes, bytes]] = []

    def put(self, writing: Writing) -> Held:
        """Write a version in the place of the one before.

        Of a note the version before is kept, for its author alone, in an envelope beside; a reader who lost
        the note finds the notice there, where later edits of the note do not touch it: so a reader of the
        past does not learn of them. Every other kind leaves nothing behind.
        """
        previous = writing.previous
        notices = self._notices(writing, [previous.ref.id] if previous else [])
        falls = [previous.ref] if previous else []
        if previous and writing.kind is DocumentKind.NOTE:
            self._seal(self._earlier(previous, notices), notices, falls=[], told_falls=falls)
            notices = {}
        held = self._seal(self._version(writing, notices), notices, falls=falls, told_falls=falls)
        self._drop([ref.id for ref in falls])
        return held

    def delete(self, previous: Held, earlier: Sequence[Held]) -> None:
        """Write a version without content, which nobody but its author reads, and drop all before it."""
        version = previous.version
        gone = [previous, *earlier]
        writing = Writing(
            version.document, version.kind, frozenset({self._shelf.me}), None, previous=previous
        )
        notices = self._notices(writing, [held.ref.id for held in gone])
        refs = [held.ref for held in gone]
        self._seal(self._version(writing, notices), notices, falls=refs, told_falls=refs)
        self._drop([ref.id for ref in refs])

    def put_draft(self, version: Version, replaces: Iterable[bytes]) -> Held:
        """Seal a draft for oneself in the place of its envelope before; no head knows of it."""
        envelope = self._seal_unheaded(version.to_bytes(), self._shelf.drafts_key)
        self._drop(replaces)
        held = Held(envelope.ref, _NO_HEAD, version)
        self._drafts.append(held)
        return held

    def drop_drafts(self, envelope_ids: Iterable[bytes]) -> None:
        """Delete drafts."""
        self._drop(envelope_ids)

    def put_shared(self, body: bytes) -> None:
        """Put a ticket, card or letter where every member finds it."""
        envelope = self._seal_unheaded(body, self._shelf.shared_key)
        self._shared.append((envelope.ref.id, body))

    def drop_shared(self, envelope_id: bytes) -> None:
        """Take a ticket, card or letter away."""
        self._drop([envelope_id])

    def publish(self) -> None:
        """Make everything true in memory; called once the file has it."""
        shelf = self._shelf
        for envelope_id in self._dropped:
            shelf.forget(envelope_id)
        dropped = set(self._dropped)
        for held in self._placed:
            if held.ref.id not in dropped:
                shelf.place(held)
        for draft in self._drafts:
            shelf.drafts[draft.ref.id] = draft
        for envelope_id, body in self._shared:
            shelf.shared.add(envelope_id, people.read(body))
        for receiver, channel in self._channels.items():
            if receiver == shelf.me:
                shelf.own = channel
            else:
                shelf.outgoing[receiver] = channel
            self._memory.saw(channel_name(shelf.me, receiver), channel.head)

    def _notices(self, writing: Writing, gone: Sequence[bytes]) -> dict[bytes, bytes]:
        """Whom to tell that which envelope is lost to them: readers who are none any more, and channels
        whose head would vanish with what is dropped."""
        notices: dict[bytes, bytes] = {}
        if writing.previous:
            for reader in writing.previous.version.readers:
                if reader not in writing.readers:
                    notices[reader] = writing.previous.ref.id
        for receiver in self._shelf.outgoing:
            channel = self._channels.get(receiver) or self._shelf.outgoing[receiver]
            if channel.head_in in gone and receiver not in writing.readers:
                notices.setdefault(receiver, channel.head_in)
        taken = 1 if writing.kind is DocumentKind.NOTE else len(writing.readers)
        return dict(list(notices.items())[: SLOTS - taken])

    def _version(self, writing: Writing, notices: Mapping[bytes, bytes]) -> Version:
        return Version(
            document=writing.document,
            kind=writing.kind,
            author=self._shelf.me,
            readers=tuple(sorted(writing.readers)),
            written=clock.now(),
            replica=self._memory.replica,
            data=writing.data,
            text=writing.text,
            follows=self._followed(writing),
            told=tuple(notices),
        )

    def _followed(self, writing: Writing) -> EnvelopeRef | None:
        """The envelope before, unless somebody reads this one who could not read that: its id in an older
        copy of the file would tell them whose it was."""
        before = writing.previous
        known = before is not None and writing.readers <= set(before.version.readers)
        return before.ref if before and known else None

    def _earlier(self, previous: Held, notices: Mapping[bytes, bytes]) -> Version:
        before = previous.version
        data = {"readers": [reader.hex() for reader in before.readers], "data": before.data}
        return before._replace(
            kind=DocumentKind.EARLIER,
            readers=(self._shelf.me,),
            data=data,
            told=tuple(notices),
        )

    def _seal(
        self,
        version: Version,
        notices: Mapping[bytes, bytes],
        *,
        falls: Sequence[EnvelopeRef],
        told_falls: Sequence[EnvelopeRef],
    ) -> Held:
        readers = [self._channel(reader) for reader in version.readers]
        told = [(self._channel(member), lost) for member, lost in notices.items()]
        unfinished = prepare(
            version.to_bytes(),
            [channel.key for channel in readers],
            [(channel.key, lost) for channel, lost in told],
            self._shelf.own.key,
        )
        ref = unfinished.ref
        heads: dict[bytes, ChannelHead] = {}
        for member, channel, fallen in [
            *((member, channel, falls) for member, channel in zip(version.readers, readers, strict=True)),
            *((member, channel, told_falls) for member, (channel, _) in zip(notices, told, strict=True)),
        ]:
            for fall in fallen:
                channel.fall(fall)
            if channel in readers:
                channel.stand(ref)
            known = self._memory.writes(channel_name(self._shelf.me, member))
            heads[member] = channel.write(self._memory.replica[:REPLICA_BYTES], ref.id, known)
        envelope = unfinished.with_heads(list(heads.values()))
        self.transaction.put(ref.id, envelope.sealed)
        kept = version._replace(text="") if version.kind is DocumentKind.EARLIER else version
        held = Held(ref, heads[self._shelf.me], kept)
        self._placed.append(held)
        return held

    def _seal_unheaded(self, body: bytes, key: ChannelKey) -> Envelope:
        envelope = prepare(body, [key], [], key).with_heads([_NO_HEAD])
        self.transaction.put(envelope.ref.id, envelope.sealed)
        return envelope

    def _drop(self, envelope_ids: Iterable[bytes]) -> None:
        ids = list(envelope_ids)
        self.transaction.drop(ids)
        self._dropped += ids

    def _channel(self, receiver: bytes) -> Channel:
        if receiver not in self._channels:
            self._channels[receiver] = self._shelf.channel_to(receiver).copy()
        return self._channels[receiver]
