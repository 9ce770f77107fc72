"""A channel: everything one member has written to one other, and what its head says must be there."""

from bisect import bisect_left, insort
from collections.abc import Iterable

from kapjournal.crypto.envelope import ChannelKey, Mark, Stamp, root_of


class Channel:
    """The envelopes that stand on the way from one member to one reader.

    The head is the highest stamp seen; its root covers exactly what stood after that write. `head_in` is the
    envelope that carries it. Where root and list disagree, something is missing or was put back.
    """

    __slots__ = ("_standing", "head", "head_in", "key", "lost")

    def __init__(self, key: ChannelKey) -> None:
        self.key = key
        self.head: Stamp | None = None
        self.head_in: bytes = b""
        self.lost: set[bytes] = set()
        self._standing: list[bytes] = []

    def copy(self) -> "Channel":
        """A channel to try a write on."""
        other = Channel(self.key)
        other.head, other.head_in = self.head, self.head_in
        other.lost = set(self.lost)
        other._standing = list(self._standing)
        return other

    def load(self, marks: Iterable[Mark]) -> None:
        """Let what stands be exactly these."""
        self._standing = sorted(mark.id + mark.h for mark in marks)

    def saw(self, stamp: Stamp, envelope_id: bytes) -> None:
        """Take in the stamp of one envelope."""
        if self.head is None or stamp.writes > self.head.writes:
            self.head, self.head_in = stamp, envelope_id

    def stand(self, mark: Mark) -> None:
        """Add an envelope to what stands."""
        insort(self._standing, mark.id + mark.h)

    def fall(self, mark: Mark) -> None:
        """Take an envelope out of what stands, if it is there."""
        entry = mark.id + mark.h
        at = bisect_left(self._standing, entry)
        if at < len(self._standing) and self._standing[at] == entry:
            del self._standing[at]

    def write(self, replica: bytes, envelope_id: bytes, at_least: int = 0) -> Stamp:
        """Count one more write, above `at_least`, and return the stamp that says so."""
        writes = max(self.head.writes if self.head else 0, at_least) + 1
        self.head = Stamp(replica, writes, root_of(self._standing))
        self.head_in = envelope_id
        return self.head

    def agrees(self) -> bool:
        """Whether what stands is what the head covers."""
        if self.head is None:
            return not self._standing
        return root_of(self._standing) == self.head.root

    def intruder(self) -> bytes | None:
        """The id of the one envelope without which head and list agree, if there is one.

        Tries each in turn; given up for long channels, where it would take seconds.
        """
        if self.head is None or len(self._standing) > _MOST_TRIED:
            return None
        for at in range(len(self._standing)):
            if root_of(self._standing[:at] + self._standing[at + 1 :]) == self.head.root:
                return self._standing[at][:16]
        return None


_MOST_TRIED = 2000
