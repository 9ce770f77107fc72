"""An unlocked journal: one person's keys, what they hold, and how the program greets newcomers."""

import gc
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from kapjournal.crypto.identity import Identity, PublicIdentity
from kapjournal.crypto.keyring import Keyring, shared_channel
from kapjournal.crypto.keyslot import Secrets
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.members import Member, folded
from kapjournal.errors import CannotSave, Damaged, DoorClosed, NotFound
from kapjournal.journal import people, roll
from kapjournal.journal.about import ABOUT, PINS, About
from kapjournal.journal.desk import Sitting, Writing
from kapjournal.journal.memory import Memory, MemoryFile, channel_name
from kapjournal.journal.people import Card, Letter
from kapjournal.journal.roll import Pin, Roll
from kapjournal.journal.shelf import Shelf
from kapjournal.journal.version import DocumentKind
from kapjournal.store import JournalFile, Snapshot

Fetch = Callable[[], Mapping[bytes, bytes | None]]
"""Brings the sealed bytes of what was not addressed to anybody known."""

_P = ParamSpec("_P")
_R = TypeVar("_R")
_C = TypeVar("_C", bound="Core")


def whole(method: Callable[Concatenate[_C, _P], _R]) -> Callable[Concatenate[_C, _P], _R]:
    """One use case at a time: threads of one program wait for each other."""

    @wraps(method)
    def locked(self: _C, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        with self.lock:
            if self.closed:
                raise DoorClosed("The journal is locked.")
            return method(self, *args, **kwargs)

    return locked  # type: ignore[return-value]


@contextmanager
def without_gc() -> Iterator[None]:
    """Make many objects that all stay, without the collector going over them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Core:
    """Keys and shelf of one person. The use cases are built on it, a file for each group."""

    def __init__(self, file: JournalFile, held: Secrets, memory_folder: Path) -> None:
        self.lock = threading.RLock()
        self.closed = False
        self.file = file
        self.journal_key = held.journal_key
        self.master_key = held.first
        self.keeper = held.keeper
        self.identity = Identity(held.first, file.journal_id)
        self._keyring = keyring = Keyring(held.first, file.journal_id, self.identity.hash)
        self.shelf = Shelf(self.identity.hash, keyring, shared_channel(held.journal_key, file.journal_id))
        self._memory_file = MemoryFile(memory_folder, file.journal_id, keyring.memory())
        self.memory: Memory = self._memory_file.load(file.path)
        self.trouble: list[str] = []
        self._greeting_is_due = False
        self._may_be_behind = False
        self._load()

    # --- what is here -------------------------------------------------------------------------------

    @property
    def me(self) -> Member:
        """Oneself."""
        return next(member for member in self.members if member.id == self.identity.hash)

    @property
    def title(self) -> str:
        """What the keeper called the journal; may be empty."""
        return self.about.title

    def member(self, label: str) -> Member:
        """The member of that label, still here or removed (`NotFound`)."""
        named = [member for member in self.members if folded(member.label) == folded(label)]
        if not named:
            raise NotFound(f"There is no “{label}” in this journal.")
        return min(named, key=lambda member: member.removed)

    def label_of(self, identity: bytes) -> str:
        """What a member is called; somebody not (yet) known has no name."""
        return next((m.label for m in self.members if m.id == identity), "somebody unknown")

    def _still_here(self, readers: Iterable[bytes]) -> frozenset[bytes]:
        """These readers without those who were removed."""
        return frozenset(readers) - {member.id for member in self.members if member.removed}

    # --- loading ------------------------------------------------------------------------------------

    def _load(self) -> None:
        with self.file.reading() as snapshot:
            foreign = self.shelf.load(snapshot)
        self.card, pins = self._own_papers()
        self.roll = Roll(pins)
        self._hear(lambda: foreign)
        self.shelf.settle()
        self._call_roll(lambda: foreign)
        self._look_back()

    def _own_papers(self) -> tuple[Card, dict[bytes, Pin]]:
        """One's own card and pins, from the newest pins document, or rebuilt from what others see."""
        mine = [held for held in self.shelf.held.values() if held.version.kind is DocumentKind.PINS]
        for held in sorted(mine, key=lambda held: -held.stamp.writes):
            try:
                data: Mapping[str, Any] = held.version.data or {}
                card = people.read(bytes.fromhex(data["card"]))
                if isinstance(card, Card) and card.keys.hash == self.identity.hash:
                    return card, roll.pins_from(data)
            except (NotGenuine, LookupError, TypeError, ValueError):
                continue
        for card in self.shelf.shared.cards.values():
            if card.keys.hash == self.identity.hash:
                self.trouble.append(
                    "Your own list of members was missing and has been made again. "
                    "Please compare the 60 digits with each of them anew."
                )
                return card, {}
        raise Damaged("Your own card and list of members are both damaged. A backup can bring them back.")

    def _hear(self, fetch: Fetch) -> bool:
        new = {i: pin for i, pin in self.roll.pins.items() if pin.channel and i not in self.shelf.incoming}
        foreign = fetch() if new else {}
        for identity, pin in new.items():
            self.shelf.hear(identity, pin.channel, foreign)
        return bool(new)

    def _call_roll(self, fetch: Fetch) -> None:
        """Bring members and what they sent level with what lies on the shared channel."""
        self.about = self._read_about()
        while True:
            gone = self.about.removed | self.about.cancelled | self._gone_before()
            if not self._left_by_the_keeper():
                self.roll = roll.call(
                    self.file.journal_id,
                    self.identity,
                    self.card,
                    self.keeper,
                    self._known_pins(),
                    self.shelf.shared,
                    gone,
                )
            if not self._hear(fetch):
                break
            self.shelf.settle()
            self.about = self._read_about()
        self.members = roll.members_of(self.roll, self.card, self.keeper, gone)

    def _known_pins(self) -> dict[bytes, Pin]:
        """The pins, with what another program of one's own has verified since."""
        written = (self._pins_written() or {}).get("pins", {})
        verified = {identity for identity, pin in written.items() if pin["verified"]}
        return {
            identity: replace(pin, verified=pin.verified or identity.hex() in verified)
            for identity, pin in self.roll.pins.items()
        }

    def _left_by_the_keeper(self) -> bool:
        """Whether the keeper, whom one has heard before, no longer says who is here: whoever was removed
        meets nobody new, because their program cannot tell who else left."""
        heard = self.shelf.incoming.get(self.keeper)
        return heard is not None and heard.head is not None and (self.keeper, ABOUT) not in self.shelf.current

    def _gone_before(self) -> frozenset[bytes]:
        """Whom the keeper had taken back when inviting oneself."""
        return frozenset(self.card.ticket.gone if self.card.ticket else ())

    def _read_about(self) -> About:
        held = self.shelf.current.get((self.keeper, ABOUT))
        return About.from_data(held.version.data if held else None)

    def _look_back(self) -> None:
        """Compare every head with what this computer remembers, then remember the newer ones."""
        shelf = self.shelf
        me = shelf.me
        heads = {(me, me): shelf.own}
        heads |= {(sender, me): channel for sender, channel in shelf.incoming.items()}
        heads |= {(me, receiver): channel for receiver, channel in shelf.outgoing.items()}
        self.behind = {ends for ends, ch in heads.items() if self.memory.behind(channel_name(*ends), ch.head)}
        if any([self.memory.saw(channel_name(*ends), channel.head) for ends, channel in heads.items()]):
            self.remember()

    def remember(self) -> None:
        """Save what this computer knows of the heads; a disk that does not take it is no reason to stop."""
        try:
            self._memory_file.save(self.memory)
        except OSError:
            sentence = "This computer could not note what it saw, so it would not notice an older copy later."
            if sentence not in self.trouble:
                self.trouble.append(sentence)

    # --- writing ------------------------------------------------------------------------------------

    @contextmanager
    def sitting(self, *, remember: bool = True) -> Iterator[Sitting]:
        """Write in one transaction, level with whatever another program wrote before it. Drafts move no head
        and need not `remember`."""
        with self.file.writing() as transaction:
            if self._level(transaction):
                self._call_roll(self._fetching(transaction))
            at_work = Sitting(transaction, self.shelf, self.memory)
            yield at_work
            self._may_be_behind = True  # until what the file is about to have is true in memory too
        at_work.publish()
        self._may_be_behind = False
        if remember:
            self.remember()

    def _level(self, snapshot: Snapshot) -> bool:
        if not (self.file.changed_by_others() or self._may_be_behind):
            return False
        changed = self.shelf.take_in(snapshot)
        self._may_be_behind = False
        self.file.note_changes()
        if changed:
            self.shelf.settle()
            self._greeting_is_due = True
            self._changed()
        return changed

    def catch_up(self) -> bool:
        """Take in what other programs wrote, and greet whom they brought; True if anything changed."""
        changed = False
        if self.file.changed_by_others() or self._may_be_behind:
            with self.file.reading() as snapshot:
                changed = self._level(snapshot)
        if not (changed or self._greeting_is_due):
            return False
        with self.file.reading() as snapshot:
            self._call_roll(self._fetching(snapshot))
        self._greeting_is_due = False
        self._look_back()
        self.greet()
        return True

    def _changed(self) -> None:
        """Others wrote, or sessions changed: whatever a use case derived and kept is out of date."""

    def _fetching(self, snapshot: Snapshot) -> Fetch:
        return lambda: {envelope_id: snapshot.envelope(envelope_id) for envelope_id in self.shelf.foreign}

    # --- greeting -----------------------------------------------------------------------------------

    def greet(self) -> None:
        """Do what newcomers and a tampered shared channel ask of one's own program: pin cards, put back
        one's card and letters, send new letters, re-seal one's own sessions. Notes are never re-sealed."""
        if self.file.read_only or self.me.removed or not self._something_to_greet():
            return
        try:
            with self.sitting() as at_work:
                self._call_roll(self._fetching(at_work.transaction))
                pins = self._pins_data(self.roll.pins)
                if pins != self._pins_written():
                    at_work.put(self._own(PINS, DocumentKind.PINS, pins))
                for body in self._missing_papers():
                    at_work.put_shared(body)
                for writing in self._to_reseal():
                    at_work.put(writing)
        except CannotSave as error:
            self.trouble.append(f"Newcomers could not be greeted this time. {error}")

    def _something_to_greet(self) -> bool:
        return (
            self._pins_data(self.roll.pins) != self._pins_written()
            or any(True for _ in self._missing_papers())
            or any(True for _ in self._to_reseal())
        )

    def _pins_data(self, pins: Mapping[bytes, Pin]) -> dict[str, Any]:
        fields = {identity.hex(): pin.fields() for identity, pin in sorted(pins.items())}
        return {"card": self.card.to_bytes().hex(), "pins": fields}

    def _pins_written(self) -> Mapping[str, Any] | None:
        held = self.shelf.current.get((self.shelf.me, PINS))
        return held.version.data if held else None

    def _missing_papers(self) -> Iterator[bytes]:
        shared = self.shelf.shared
        if not any(card == self.card for card in shared.cards.values()):
            yield self.card.to_bytes()
        keys = {card.keys.hash: card.keys for card in shared.cards.values()}
        for member in self.members:
            if member.id == self.shelf.me or member.removed or member.id not in keys:
                continue
            if not any(self._is_mine(letter, member.id) for letter in shared.letters.values()):
                yield self._letter_to(keys[member.id])

    def _is_mine(self, letter: Letter, receiver: bytes) -> bool:
        return (
            letter.sender == self.shelf.me
            and letter.receiver == receiver
            and self.identity.wrote_letter(self.file.journal_id, receiver, letter.sealed)
        )

    def _letter_to(self, receiver: PublicIdentity) -> bytes:
        secret = self._keyring.letter_to(receiver.hash)
        sealed = self.identity.write_letter(self.file.journal_id, receiver, secret)
        return Letter(self.shelf.me, receiver.hash, sealed).to_bytes()

    def _to_reseal(self) -> Iterator[Writing]:
        here = [member for member in self.members if not member.removed]
        course = frozenset(member.id for member in here if member.role.is_of_the_course)
        everybody = frozenset(member.id for member in here)
        for (author, document), held in list(self.shelf.current.items()):
            version = held.version
            if author != self.shelf.me or version.data is None:
                continue
            wanted = {DocumentKind.SESSION: course, DocumentKind.ABOUT: everybody}.get(version.kind)
            if wanted and not wanted <= set(version.readers):
                readers = wanted | {self.shelf.me}
                yield Writing(document, version.kind, readers, version.data, version.text, held)

    def _own(self, document: bytes, kind: DocumentKind, data: Mapping[str, Any]) -> Writing:
        """The next version of a document that is for oneself alone."""
        previous = self.shelf.current.get((self.shelf.me, document))
        return Writing(document, kind, frozenset({self.shelf.me}), data, previous=previous)
