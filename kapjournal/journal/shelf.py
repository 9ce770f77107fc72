"""Everything one member can read, opened and in memory, and how each channel stands.

Loaded once at unlock and kept level with the file by difference: what is new is opened, what is gone is
forgotten. Nothing here writes.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kapjournal.crypto.envelope import ChannelHead, ChannelKey, EnvelopeRef, unwrap
from kapjournal.crypto.keyring import Keyring
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.journal import people
from kapjournal.journal.channel import Channel
from kapjournal.journal.memory import Memory, channel_name
from kapjournal.journal.reading import FROM_DRAFTS, FROM_ONESELF, FROM_OTHERS, Opened, believe, open_at
from kapjournal.journal.roll import Shared
from kapjournal.journal.version import DocumentKind, Version
from kapjournal.store import Snapshot

SHARED = b"shared"
"""Stands for the sender where something came on the channel all members can write."""


_MOST_WRITES = 2**31 - 1
"""Far above what anybody writes, and as far below where four bytes end."""


class Held(NamedTuple):
    """One document version in one envelope. The words of earlier versions are not kept in memory."""

    ref: EnvelopeRef
    head: ChannelHead
    version: Version


class Shelf:
    """What the member `me` (identity hash) holds. Channels are known by the other end's identity hash; the
    one to oneself is both ways."""

    def __init__(self, me: bytes, keyring: Keyring, shared_key: ChannelKey, memory: Memory) -> None:
        self.me = me
        self.shared_key = shared_key
        self.drafts_key = keyring.drafts_channel()
        self.own = Channel(keyring.channel_to(me))
        self.incoming: dict[bytes, Channel] = {}
        self.outgoing: dict[bytes, Channel] = {}
        self.shared = Shared()
        self.held: dict[bytes, Held] = {}
        self.drafts: dict[bytes, Held] = {}
        self.foreign: set[bytes] = set()
        self.altered: dict[bytes, bytes] = {}
        self.disbelieved: dict[bytes, tuple[bytes, EnvelopeRef]] = {}
        self.unreadable: set[bytes] = set()
        self.notices: set[bytes] = set()
        self.put_back: dict[bytes, bytes] = {}
        self.current: dict[tuple[bytes, bytes], Held] = {}
        self.earlier: dict[bytes, list[Held]] = {}
        self._keyring = keyring
        self._memory = memory
        self._own_name = channel_name(me, me)

    def channel_to(self, receiver: bytes) -> Channel:
        """The channel from oneself to a member, made when first needed."""
        if receiver == self.me:
            return self.own
        if receiver not in self.outgoing:
            self.outgoing[receiver] = Channel(self._keyring.channel_to(receiver))
        return self.outgoing[receiver]

    def load(self, snapshot: Snapshot) -> dict[bytes, bytes]:
        """Open everything that is one's own; returns the rest, sealed, for `hear`."""
        foreign: dict[bytes, bytes] = {}
        for envelope_id, sealed in snapshot.envelopes():
            if not self._take(envelope_id, sealed) and sealed is not None:
                foreign[envelope_id] = sealed
        return foreign

    def take_in(self, snapshot: Snapshot) -> bool:
        """Bring the shelf level with the file; returns whether anything but foreign envelopes changed."""
        ids = snapshot.ids()
        known = self._known()
        gone = known - ids
        changed = not gone <= self.foreign
        for envelope_id in gone:
            self.forget(envelope_id)
        for envelope_id in ids - known:
            changed |= self._take(envelope_id, snapshot.envelope(envelope_id))
        return changed

    def hear(self, sender: bytes, secret: bytes, foreign: Mapping[bytes, bytes | None]) -> None:
        """Open what a member sent, now that the secret in their letter is known."""
        self.incoming[sender] = Channel(self._keyring.channel_from(sender, secret))
        for envelope_id, sealed in foreign.items():
            if envelope_id in self.foreign and sealed and self._take_incoming(envelope_id, sealed, [sender]):
                self.foreign.discard(envelope_id)

    def settle(self) -> None:
        """Decide what is current: of two versions of one document the later counts, and what a head does
        not cover is set aside."""
        self.current, self.earlier, self.put_back = {}, {}, {}
        standing: dict[bytes, list[EnvelopeRef]] = {sender: [] for sender in (self.me, *self.incoming)}
        outgoing: dict[bytes, list[EnvelopeRef]] = {receiver: [] for receiver in self.outgoing}
        for sender, ref in self.disbelieved.values():
            standing[sender].append(ref)
        for held in self.held.values():
            version = held.version
            standing[version.author].append(held.ref)
            if len(version.readers) > 1 and version.author == self.me:
                for reader in version.readers:
                    if reader != self.me:
                        outgoing.setdefault(reader, []).append(held.ref)
            if version.kind is DocumentKind.EARLIER:
                self.earlier.setdefault(version.document, []).append(held)
                continue
            name = version.author, version.document
            other = self.current.setdefault(name, held)
            if other is not held:
                older, self.current[name] = sorted((other, held), key=lambda one: one.head.writes)
                self.put_back[older.ref.id] = version.author
        for sender, refs in standing.items():
            self._settle(sender, refs)
        for receiver, refs in outgoing.items():
            self.channel_to(receiver).load(ref for ref in refs if ref.id not in self.put_back)

    def place(self, held: Held) -> None:
        """Take in a version that oneself has just written."""
        self.held[held.ref.id] = held
        if held.version.kind is DocumentKind.EARLIER:
            self.earlier.setdefault(held.version.document, []).append(held)
        else:
            self.current[self.me, held.version.document] = held

    def forget(self, envelope_id: bytes) -> None:
        """Drop an envelope that is no longer in the file."""
        held = self.held.pop(envelope_id, None)
        if held is not None:
            author, document = held.version.author, held.version.document
            if self.current.get((author, document)) is held:
                del self.current[author, document]
            if held.version.kind is DocumentKind.EARLIER and held in self.earlier.get(document, ()):
                self.earlier[document].remove(held)
        self.shared.drop(envelope_id)
        for kept in (self.drafts, self.altered, self.disbelieved, self.put_back):
            kept.pop(envelope_id, None)
        for ids in (self.foreign, self.unreadable, self.notices):
            ids.discard(envelope_id)

    def _settle(self, sender: bytes, refs: list[EnvelopeRef]) -> None:
        channel = self.own if sender == self.me else self.incoming[sender]
        aside = channel.lost | self.put_back.keys()
        channel.load(ref for ref in refs if ref.id not in aside)
        for ref in refs:
            if ref.id in channel.lost:
                self._set_aside(ref.id, sender)
        if not channel.agrees() and (intruders := channel.intruders()):
            channel.load(ref for ref in refs if ref.id not in aside and ref.h not in intruders)
            for ref in refs:
                if ref.h in intruders:
                    self._set_aside(ref.id, sender)

    def _set_aside(self, envelope_id: bytes, sender: bytes) -> None:
        self.put_back[envelope_id] = sender
        held = self.held.get(envelope_id)
        if held and self.current.get((sender, held.version.document)) is held:
            del self.current[sender, held.version.document]

    def _take(self, envelope_id: bytes, sealed: bytes | None) -> bool:
        if sealed is None or len(envelope_id) != 16:
            self.unreadable.add(envelope_id)
            return True
        if self._take_own(envelope_id, sealed) or self._take_incoming(envelope_id, sealed, self.incoming):
            return True
        self.foreign.add(envelope_id)
        return False

    def _take_own(self, envelope_id: bytes, sealed: bytes) -> bool:
        for key in (self.own.key, self.shared_key, self.drafts_key):
            place = key.find(envelope_id, sealed)
            if place is None:
                continue
            try:
                opened = open_at(place, envelope_id, sealed)
            except NotGenuine:
                self.altered[envelope_id] = SHARED if key is self.shared_key else self.me
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

    def _take_incoming(self, envelope_id: bytes, sealed: bytes, senders: Iterable[bytes]) -> bool:
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

    def _take_version(self, opened: Opened, sender: bytes, channel: Channel | None) -> None:
        if channel is not None:
            channel.saw(opened.head, opened.ref.id)
        if opened.body is None:
            if channel is not None:
                channel.lost.add(opened.lost)
            self.notices.add(opened.ref.id)
            return
        allowed = FROM_DRAFTS if channel is None else FROM_ONESELF if sender == self.me else FROM_OTHERS
        try:
            version = believe(opened.body, sender, self.me, allowed)
        except NotGenuine:
            if channel is None:
                self.altered[opened.ref.id] = sender
            else:
                self.disbelieved[opened.ref.id] = (sender, opened.ref)
            return
        if version.kind is DocumentKind.EARLIER:
            version = version._replace(text="")
        held = Held(opened.ref, opened.head, version)
        if channel is None:
            self.drafts[opened.ref.id] = held
        else:
            self.held[opened.ref.id] = held

    def _take_outgoing(self, opened: Opened, sealed: bytes) -> None:
        """Check that every wrap one has written to somebody else is still there and still says the same."""
        held = self.held.get(opened.ref.id)
        if held is None:
            return
        for member in (*held.version.readers, *held.version.told):
            if member == self.me:
                continue
            channel = self.channel_to(member)
            place = channel.key.find(opened.ref.id, sealed)
            try:
                wrap = unwrap(opened.ref, sealed, place) if place else None
            except NotGenuine:
                wrap = None
            expected = opened.note_key if member in held.version.readers else None
            if wrap is None or wrap.key != expected or self._is_rewritten(member, wrap.head, opened.head):
                self.altered[opened.ref.id] = member
            else:
                channel.saw(wrap.head, opened.ref.id)

    def _is_rewritten(self, reader: bytes, theirs: ChannelHead, own: ChannelHead) -> bool:
        """Whether a reader, who can rewrite the wrap made for them, put that head beside `own`.

        A count too high for one's own writes says so too, but must not be judged by it: the next count this
        reader gets would tell them whether they were believed, and so how much one writes for oneself.
        """
        if theirs.replica != own.replica or theirs.writes > _MOST_WRITES:
            return True
        return self._memory.denies(channel_name(self.me, reader), theirs, self._own_name, own)

    def _take_shared(self, envelope_id: bytes, opened: Opened) -> None:
        try:
            self.shared.add(envelope_id, people.read(opened.body or b""))
        except NotGenuine:
            self.altered[envelope_id] = SHARED

    def _known(self) -> set[bytes]:
        return self.foreign.union(
            self.held,
            self.drafts,
            self.altered,
            self.disbelieved,
            self.unreadable,
            self.notices,
            self.shared.tickets,
            self.shared.cards,
            self.shared.letters,
        )
