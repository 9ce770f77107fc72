"""A channel: everything one member has written to one other, and what its head says must be there."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import combinations
from math import comb

from kapjournal.crypto.envelope import H_BYTES, ChannelHead, ChannelKey, EnvelopeRef, root_of
from kapjournal.domain.ids import EnvelopeId

ChannelState = tuple[ChannelHead | None, bytes]
"""The head of a channel, and the root of what stands on it."""

_MAX_HASHED_BYTES = 100_000_000
"""How much is hashed at most in search of intruders: about a second."""


class Channel:
    """The envelopes from one member to one reader. An envelope stands as long as nothing replaced it.

    The head is the highest one seen; its root covers exactly what stood after that write. `head_in` is the
    envelope that carries it. Where root and list disagree, something is missing or was put back. What stands
    is kept as the sorted bytes that the root covers, so that a write costs one hash of them and little else.
    """

    __slots__ = ("_standing", "head", "head_in", "key", "lost")

    def __init__(self, key: ChannelKey) -> None:
        self.key = key
        self.head: ChannelHead | None = None
        self.head_in = EnvelopeId(b"")
        self.lost: set[EnvelopeId] = set()
        """Envelopes that a notice on this channel said are no longer for its reader."""
        self._standing = bytearray()

    def copy(self) -> "Channel":
        """A channel to try a write on."""
        other = Channel(self.key)
        other.head, other.head_in = self.head, self.head_in
        other.lost = set(self.lost)
        other._standing = self._standing[:]
        return other

    def set_standing(self, refs: Iterable[EnvelopeRef]) -> None:
        """Let exactly these envelopes stand."""
        self._standing = bytearray().join(sorted(ref.h for ref in refs))

    def observe(self, head: ChannelHead, envelope_id: EnvelopeId) -> None:
        """Take in the head that one envelope carries."""
        if self.head is None or head.writes > self.head.writes:
            self.head, self.head_in = head, envelope_id

    def add(self, ref: EnvelopeRef) -> None:
        """Add an envelope to what stands."""
        at = self._position(ref)
        self._standing[at:at] = ref.h

    def remove(self, ref: EnvelopeRef) -> None:
        """Take an envelope out of what stands, if it is there."""
        at = self._position(ref)
        if self._standing.startswith(ref.h, at):
            del self._standing[at : at + H_BYTES]

    def advance(self, replica: bytes, envelope_id: EnvelopeId, at_least: int = 0) -> ChannelHead:
        """Count one more write, above `at_least`, and return the head that says so. `replica` are the first
        four bytes of a replica id."""
        writes = max(self.head.writes if self.head else 0, at_least) + 1
        self.head = ChannelHead(replica, writes, root_of(self._standing))
        self.head_in = envelope_id
        return self.head

    @property
    def state(self) -> ChannelState:
        """What tells this moment of the channel from another: its head, and the root of what stands."""
        return self.head, root_of(self._standing)

    def is_complete(self) -> bool:
        """Whether what stands is exactly what the head covers."""
        if self.head is None:
            return not self._standing
        return root_of(self._standing) == self.head.root

    def intruders(self) -> set[bytes]:
        """The `h` of the few envelopes without which head and list agree, if there are such.

        Tries one, two and three at a time, as long as that is a matter of moments.
        """
        standing = self._standing
        entries = [bytes(standing[at : at + H_BYTES]) for at in range(0, len(standing), H_BYTES)]
        for few in (1, 2, 3):
            if self.head is None or comb(len(entries), few) * len(standing) > _MAX_HASHED_BYTES:
                break
            for tried in combinations(entries, few):
                if root_of(b"".join(entry for entry in entries if entry not in tried)) == self.head.root:
                    return set(tried)
        return set()

    def _position(self, ref: EnvelopeRef) -> int:
        """The offset in bytes at which an envelope stands, or would stand."""
        standing = self._standing
        starts = range(0, len(standing), H_BYTES)
        at = bisect_left(starts, ref.h, key=lambda start: bytes(standing[start : start + H_BYTES]))
        return at * H_BYTES
