"""The rollback record: what this computer notes of a journal outside its file, how far every channel had come
first of all.

The file alone cannot tell that it was replaced by an older copy of itself; this record can.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kapjournal.crypto.primitives import digest, purpose
from kapjournal.domain.ids import IdentityId, ReplicaId, RevokedId

MAX_RETIRED = 20
MARK_BYTES = 8
MAX_PLACES = 8
MAX_NEW = 128


@dataclass(slots=True)
class ChannelMemory:
    """How far a channel had come: up to which number all was here, by the pseudonym of the computer (8
    bytes), how many rows were on it and how many of them dropped.

    `marks` has the first 8 bytes of the envelope that has that number: or a copy of a computer could put as
    many other rows in the place of those that this one has seen."""

    complete: dict[bytes, int] = field(default_factory=dict)
    rows: int = 0
    drops: int = 0
    marks: dict[bytes, bytes] = field(default_factory=dict)

    def observe(self, seen: "ChannelMemory") -> bool:
        """Note what is further than it was; returns whether anything is."""
        is_news = self.rows < seen.rows or self.drops < seen.drops
        self.rows, self.drops = max(self.rows, seen.rows), max(self.drops, seen.drops)
        for replica, number in seen.complete.items():
            known = self.complete.get(replica, 0)
            if replica not in self.complete or number > known:
                self.complete[replica], is_news = number, True
                self.marks.pop(replica, None)
            if replica in seen.marks and replica not in self.marks and number >= known:
                self.marks[replica], is_news = seen.marks[replica], True
        return is_news

    def is_ahead_of(self, now: "ChannelMemory") -> bool:
        """Whether this computer has seen more of the channel than there is now."""
        return (
            self.rows > now.rows
            or self.drops > now.drops
            or any(number > now.complete.get(replica, 0) for replica, number in self.complete.items())
        )


@dataclass(slots=True)
class RollbackRecord:
    """One member's part: this computer's replica ids by where the file lies, how far the channels had come,
    by name, whom the keeper revoked, and the member's own door.

    `place` is where it lies now, and stands last. Who goes on with two copies of a file on one computer in
    turns is two computers, not a new one each time. `door` is the member's door, as its id (16 bytes) and a
    digest of the row (16), empty before one was seen; `retired` are those that others took the place of.
    """

    replicas: dict[str, ReplicaId]
    place: str
    channels: dict[str, ChannelMemory] = field(default_factory=dict)
    revoked: frozenset[RevokedId] = frozenset()
    door: bytes = b""
    retired: tuple[bytes, ...] = ()
    sharing_ended: bool = False
    """Whether this computer has met the word that sharing has ended; noted alike by who said it and by
    everybody else."""
    unfinished: tuple[str, ...] = ()
    """The folders into which something unsealed is being written, or was when the program was killed."""
    finished: set[str] = field(default_factory=set)
    """Those into which this program writes no more; not noted itself."""
    new: dict[bytes, None] = field(default_factory=dict)
    """The notes that came from others and that the member has not looked at, as the first 8 bytes of their
    envelopes, latest last; so many at most as find room."""
    looked_at: set[bytes] = field(default_factory=set)
    """Those the member has looked at since opening; they stay `new` until it is closed. Not noted itself."""
    newest: frozenset[str] | None = None
    """The channels between the newest identities, by name, where that is known; not noted itself."""

    @property
    def replica(self) -> ReplicaId:
        """This computer's id for the file in its place."""
        return self.replicas[self.place]

    def is_newest(self, name: str) -> bool:
        """Whether a channel is not known to be of identities that were replaced."""
        return self.newest is None or name in self.newest

    def is_at(self, place: str) -> None:
        """Take the id of a place; of one that is new that of the file that moved there, or a new one if the
        file opened last is still where it was."""
        here = self.replicas.pop(place, None)
        if here is None and self.replicas and not _is_there(next(reversed(self.replicas))):
            here = self.replicas.popitem()[1]
        others = list(self.replicas.items())[1 - MAX_PLACES :]
        self.replicas, self.place = {**dict(others), place: here or new_replica()}, place

    def channel(self, name: str) -> ChannelMemory:
        """What is noted of a channel."""
        return self.channels.get(name) or ChannelMemory()

    def observe(self, name: str, seen: ChannelMemory) -> bool:
        """Note how far a channel has come; returns whether that is news."""
        if not (seen.rows or seen.complete):
            return False
        return self.channels.setdefault(name, ChannelMemory()).observe(seen)

    def add_new(self, marks: Iterable[bytes]) -> None:
        """Take in notes that came from others."""
        joined = list(dict.fromkeys((*self.new, *marks)))
        self.new = dict.fromkeys(joined[-MAX_NEW:])

    def renew_replica(self) -> None:
        """Be another computer from now on, whose numbers begin anew."""
        self.replicas[self.place] = new_replica()

    def observe_doors(self, now: frozenset[bytes]) -> bool:
        """Note the one door that is in the file now, in the place of another; returns whether it was new. A
        row that was replaced before, or is altered, is not noted."""
        fresh = [mark for mark in now if mark[:16] != self.door[:16] and mark not in self.retired]
        if len(now) != 1 or not fresh:
            return False
        if self.door:
            self.retired = (*self.retired, self.door)[-MAX_RETIRED:]
        [self.door] = fresh
        return True


def channel_name(sender: IdentityId, receiver: IdentityId) -> str:
    """How the record calls a channel: 64 bits over both ends."""
    return digest(purpose("rollback record channel", sender, receiver))[:8].hex()


def new_replica() -> ReplicaId:
    """An id that no computer has."""
    return ReplicaId(secrets.token_bytes(16))


def _is_there(place: str) -> bool:
    try:
        return bool(place) and Path(place).exists()
    except OSError:
        return False
