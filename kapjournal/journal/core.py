"""An unlocked journal: one person's keys, what they hold, and how it stays level with the file."""

import gc
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from kapjournal import signals
from kapjournal.crypto.identity import Identity
from kapjournal.crypto.keyring import Keyring, shared_channel
from kapjournal.crypto.keyslot import Secrets
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.members import Member, folded
from kapjournal.errors import Damaged, DoorClosed, NotFound
from kapjournal.journal import doubts, roll
from kapjournal.journal.about import ABOUT, MAX_GONE, About
from kapjournal.journal.desk import Sitting
from kapjournal.journal.memory import Memory, MemoryFile, channel_name
from kapjournal.journal.papers import PAPERS, Papers
from kapjournal.journal.people import Ticket
from kapjournal.journal.roll import Roll
from kapjournal.journal.shelf import Shelf
from kapjournal.journal.slots import own_slots, sound_slots
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
    """Make many objects that all stay, without the collector going over them now or, until `gc.unfreeze`,
    later."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
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
        self._memory_file = MemoryFile(memory_folder, file.journal_id, keyring.rollback_record_key())
        self.memory: Memory = self._memory_file.load(file.path)
        shared_key = shared_channel(held.journal_key, file.journal_id)
        self.shelf = Shelf(self.identity.hash, keyring, shared_key, self.memory)
        self.trouble: list[str] = []
        self.members: tuple[Member, ...] = ()
        self.told: list[str] = []
        """What did not fit at some moment since opening; a write puts an end to it in the file, not here."""
        self.in_doubt: frozenset[bytes] = frozenset()
        self._greeting_is_due = False
        self._may_be_behind = False
        self._went_on = False
        """Whether the person wrote after being told that something does not fit."""
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

    @property
    def waits_for_keeper(self) -> bool:
        """Whether the keeper has not opened the journal since one joined: until then, who is here is only as
        one's invitation said."""
        return (self.keeper, ABOUT) not in self.shelf.current and not self._left_by_the_keeper()

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
            self.papers = self._find_papers()
            self._look_at_rows(snapshot)
        self.roll = Roll(dict(self.papers.pins))
        self._hear(lambda: foreign)
        self.shelf.settle()
        self._call_roll(lambda: foreign)
        self._look_back()

    def _look_at_rows(self, snapshot: Snapshot) -> None:
        """Count what cannot be read, and find the keyslots of one's own."""
        rows = snapshot.slots()
        slots = sound_slots(rows)
        self.odd_rows = snapshot.odd_rows() + len(rows) - len(slots)
        self.own_slots = own_slots(slots, self.file.journal_id, self.papers.card.label, self.master_key)

    def _find_papers(self) -> Papers:
        """The newest of one's own papers that are whole, or new ones rebuilt from what others see."""
        mine = [held for held in self.shelf.held.values() if held.version.document == PAPERS]
        for held in sorted(mine, key=lambda held: -held.head.writes):
            with suppress(NotGenuine):
                papers = Papers.from_data(held.version.data)
                if papers.card.keys.hash == self.identity.hash:
                    return papers
        for card in self.shelf.shared.cards.values():
            if card.keys.hash == self.identity.hash:
                self.trouble.append(
                    "Your own list of members was missing and has been made again. "
                    "Please compare the 60 digits with each of them anew."
                )
                return Papers(card, {})
        raise Damaged("Your own card and list of members are both damaged. A backup can bring them back.")

    def _papers_written(self) -> Papers | None:
        """One's own papers as the file has them now."""
        held = self.shelf.current.get((self.shelf.me, PAPERS))
        try:
            return Papers.from_data(held.version.data) if held else None
        except NotGenuine:
            return None

    def _hear(self, fetch: Fetch) -> bool:
        new = {i: pin for i, pin in self.roll.pins.items() if pin.channel and i not in self.shelf.incoming}
        foreign = fetch() if new else {}
        for identity, pin in new.items():
            self.shelf.hear(identity, pin.channel, foreign)
        return bool(new)

    def _call_roll(self, fetch: Fetch) -> None:
        """Bring members and what they sent level with what lies on the shared channel."""
        written = self._papers_written()
        known = replace(self.papers, pins=self.roll.pins)
        self.papers = known.joined(written) if written else known
        self.roll.pins = dict(self.papers.pins)
        while True:
            self.about = self._read_about()
            gone = self._gone()
            if not self._left_by_the_keeper():
                self.roll = roll.call(
                    self.file.journal_id,
                    self.identity,
                    self.papers.card,
                    self.keeper,
                    self.roll.pins,
                    self.shelf.shared,
                    gone,
                )
            if not self._hear(fetch):
                break
            self.shelf.settle()
        self.papers = replace(
            self.papers, pins=self.roll.pins, gone=gone, tickets=(*self.papers.tickets, *self._tickets_seen())
        ).tidied()
        self.members = roll.members_of(self.roll, self.papers.card, self.keeper, gone)

    def _gone(self) -> frozenset[bytes]:
        """Whom the keeper ever took back, as far as this program, one's own papers, this computer or one's
        own ticket know: a keeper's word that is struck from the file, or put back, undoes nothing."""
        ticket = self.papers.card.ticket
        known = self.papers.gone | self.memory.gone | frozenset(ticket.gone if ticket else ())
        if len(known | self.about.gone) <= MAX_GONE:
            return known | self.about.gone
        sentence = "The keeper takes back more people than there can have been."
        self.trouble += [sentence] * (sentence not in self.trouble)
        return known

    def _tickets_seen(self) -> Iterable[Ticket]:
        """If one is the keeper: the tickets of one's own that lie in the file."""
        if self.identity.hash != self.keeper:
            return ()
        return roll.tickets_of(self.file.journal_id, self.identity.public, self.shelf.shared).values()

    def _left_by_the_keeper(self) -> bool:
        """Whether the keeper, whom one has heard before, no longer says who is here: whoever was removed
        meets nobody new, because their program cannot tell who else left."""
        heard = self.shelf.incoming.get(self.keeper)
        return heard is not None and heard.head is not None and (self.keeper, ABOUT) not in self.shelf.current

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
        left = {member.id for member in self.members if member.removed and member.id != me}
        for ends in [ends for ends in heads if left & set(ends)]:
            self.memory.heads.pop(channel_name(*ends), None)
            del heads[ends]
        self.behind = {ends for ends, ch in heads.items() if self.memory.behind(channel_name(*ends), ch.head)}
        news = [self.memory.saw(channel_name(*ends), channel.head) for ends, channel in heads.items()]
        news += [
            self.memory.saw_slots("door", self.own_slots.doors),
            self.memory.saw_slots("recovery", self.own_slots.recoveries),
        ]
        if any(news) or not self.papers.gone <= self.memory.gone:
            self.memory.gone |= self.papers.gone
            self.remember()
        self.in_doubt |= doubts.doubted(self)
        self.told += [sentence for sentence in doubts.sentences(self) if sentence not in self.told]

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
    def sitting(self, *, remember: bool = True, by_hand: bool = True) -> Iterator[Sitting]:
        """Write in one transaction, level with whatever another program wrote before it. Drafts move no head
        and need not `remember`. What is not `by_hand` the program writes of itself."""
        with signals.deferred():
            with self.file.writing() as transaction:
                if self._level(transaction):
                    self._call_roll(self._fetching(transaction))
                    self._look_back()  # what is about to be written would hide what is missing
                at_work = Sitting(transaction, self.shelf, self.memory)
                yield at_work
                self._may_be_behind = True  # until what the file is about to have is true in memory too
            at_work.publish()
            self._may_be_behind = False
            if by_hand and remember and self.told:
                self._went_on = self._greeting_is_due = True
            if remember:
                self.remember()

    def _level(self, snapshot: Snapshot) -> bool:
        if not (self.file.changed_by_others() or self._may_be_behind):
            return False
        before = self.odd_rows, self.own_slots
        self._look_at_rows(snapshot)
        changed = self.shelf.take_in(snapshot) or before != (self.odd_rows, self.own_slots)
        self._may_be_behind = False
        self.file.note_changes()
        if changed:
            self.shelf.settle()
            self._greeting_is_due = True
            self._changed()
        return changed

    def _changed(self) -> None:
        """Others wrote, or sessions changed: whatever a use case derived and kept is out of date."""

    def _fetching(self, snapshot: Snapshot) -> Fetch:
        return lambda: {envelope_id: snapshot.envelope(envelope_id) for envelope_id in self.shelf.foreign}
