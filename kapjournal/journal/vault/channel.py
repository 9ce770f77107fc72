"""A channel: every row one member has written to one other, and what its stamps say must be there.

Rows are never taken out of a channel: one that was replaced stays as a dropped row. So each computer's
numbers run from 1 without a gap, and how many rows and drops there must be is known. What is missing is
either not here yet, on the way from another copy, or it was taken out; `rollback_detection` tells these
apart."""

from dataclasses import dataclass

from kapjournal.crypto.envelope import ChannelKey, Stamp
from kapjournal.domain.ids import EnvelopeId, MemberId, ReplicaId
from kapjournal.journal.trust.address_book import LetGo
from kapjournal.journal.vault.rollback_record import MARK_BYTES, ChannelMemory

_NOTHING_LET_GO = LetGo()

Ends = tuple[MemberId, MemberId]
"""Sender and receiver of a channel."""


@dataclass(frozen=True, slots=True)
class Absence:
    """What the stamps of a channel name and the file does not have; what the member let go is not missed."""

    numbers: int
    """So many numbers below some computer's highest."""
    rows: int
    drops: int

    def __bool__(self) -> bool:
        """Whether anything is missing."""
        return bool(self.numbers or self.rows or self.drops)


class Channel:
    """The rows from one member to one reader, by the computers that wrote them."""

    __slots__ = (
        "_complete",
        "_highest",
        "copied",
        "dropped",
        "generation",
        "key",
        "lost",
        "most_drops",
        "most_rows",
        "name",
        "numbers",
        "receiver",
        "rows",
        "sender",
    )

    def __init__(self, key: ChannelKey, ends: Ends, name: str) -> None:
        self.key = key
        self.generation = 0
        """How often the keys at its ends had been replaced, taken together."""
        self.sender, self.receiver = ends
        self.name = name
        """How records call it."""
        self.numbers: dict[bytes, dict[int, EnvelopeId]] = {}
        """Which envelope has which number, by the pseudonym of the computer."""
        self.copied: set[tuple[bytes, EnvelopeId]] = set()
        """Envelopes whose number another has too: two copies of one computer went on."""
        self.lost: set[EnvelopeId] = set()
        """Envelopes that a notice on this channel said are no longer for its reader."""
        self.dropped: set[EnvelopeId] = set()
        self.rows = 0
        self.most_rows = self.most_drops = 0
        """The highest counts that a stamp has named."""
        self._complete: dict[bytes, int] = {}
        self._highest: dict[bytes, int] = {}

    def add(self, envelope: EnvelopeId, stamp: Stamp, *, dropped: bool) -> None:
        """Take in a row, or that one was dropped. The same envelope in another row changes nothing."""
        replica, number, rows, drops = stamp
        numbers = self.numbers.get(replica)
        if numbers is None:
            numbers, self._highest[replica] = self.numbers.setdefault(replica, {}), 0
        known = numbers.get(number)
        if dropped:
            self.dropped.add(envelope)
        if known == envelope or (replica, envelope) in self.copied:
            return
        if known is None:
            numbers[number] = envelope
        else:
            self.copied.add((replica, envelope))
        self.rows += 1
        self._highest[replica] = max(number, self._highest[replica])
        self.most_rows = max(rows, self.most_rows)
        self.most_drops = max(drops, self.most_drops)

    @property
    def drops(self) -> int:
        """How many of the rows were dropped."""
        return len(self.dropped)

    def has(self, envelope: EnvelopeId) -> bool:
        """Whether a row of the envelope is on it."""
        return any(envelope in numbers.values() for numbers in self.numbers.values())

    def next_number(self, replica: ReplicaId) -> int:
        """The number that the next row of a computer gets."""
        return self.highest(replica) + 1

    def highest(self, replica: ReplicaId) -> int:
        """The highest number of a computer's rows here, 0 if it has none."""
        return self._highest.get(self.key.pseudonym(replica), 0)

    def memory(self, let_go: LetGo = _NOTHING_LET_GO) -> ChannelMemory:
        """How far the channel has come, what was let go counted as if it were here."""
        complete, marks = {}, {}
        gone = {bytes.fromhex(name) for name in let_go.through}
        for replica in self.numbers.keys() | gone:
            numbers = self.numbers.get(replica, {})
            number = max(self._complete.get(replica, 0), let_go.through.get(replica.hex(), 0))
            while number + 1 in numbers:
                number += 1
            complete[replica] = self._complete[replica] = number
            if number in numbers:
                marks[replica] = numbers[number][:MARK_BYTES]
        return ChannelMemory(complete, self.rows + let_go.rows, self.drops + let_go.drops, marks)

    def exchanged(self, remembered: ChannelMemory, let_go: LetGo = _NOTHING_LET_GO) -> set[bytes]:
        """The computers of which another row than the one remembered has the number remembered, and that one
        is not here: a copy of the computer went on, and what this one has seen was taken out."""
        found = set()
        for replica, mark in remembered.marks.items():
            number = remembered.complete[replica]
            here = self.numbers.get(replica, {}).get(number)
            if here is None or number <= let_go.through.get(replica.hex(), 0) or here.startswith(mark):
                continue
            if not any(whose == replica and other.startswith(mark) for whose, other in self.copied):
                found.add(replica)
        return found

    def absence(self, let_go: LetGo = _NOTHING_LET_GO) -> Absence:
        """What is missing."""
        numbers = 0
        for replica, known in self.numbers.items():
            through = let_go.through.get(replica.hex(), 0)
            above = sum(number > through for number in known) if through else len(known)
            numbers += max(0, self._highest[replica] - through - above)
        return Absence(
            numbers,
            max(0, self.most_rows - self.rows - let_go.rows),
            max(0, self.most_drops - self.drops - let_go.drops),
        )

    def letting_go(self, remembered: ChannelMemory) -> LetGo:
        """What to let go so that nothing is missing any more, of what the stamps or this computer name."""
        through = {replica.hex(): number for replica, number in self._highest.items()}
        for replica, number in remembered.complete.items():
            through[replica.hex()] = max(number, through.get(replica.hex(), 0))
        return LetGo(
            {name: number for name, number in through.items() if number},
            max(0, self.most_rows - self.rows, remembered.rows - self.rows),
            max(0, self.most_drops - self.drops, remembered.drops - self.drops),
        )
