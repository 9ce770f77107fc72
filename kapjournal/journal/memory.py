"""What this computer remembers of a journal outside its file: the newest head it saw of every channel.

The file alone cannot tell that it was replaced by an older copy of itself; this can. One small file for each
journal, with one sealed part for each person who opened it here, all of one size and in an order drawn anew
at every write: it does not say who was here last.
"""

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from kapjournal.crypto.envelope import REPLICA_BYTES, ROOT_BYTES, ChannelHead
from kapjournal.crypto.primitives import NotGenuine, digest, mac, open_once, purpose, seal_once
from kapjournal.paths import private_folder, write_private

_PART = 16 * 1024
_SALT = 16
_PLAIN = _PART - _SALT - 16
_MOST_GONE = 100
"""More would not fit a part; the papers in the file know them all."""
_MOST_RETIRED = 20


@dataclass(slots=True)
class Memory:
    """One person's part: this computer's replica id (16 bytes), where the file was, the newest heads, whom
    the keeper took back, and the keyslots of one's own."""

    replica: bytes
    place: str
    heads: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    gone: frozenset[bytes] = frozenset()
    slots: dict[str, bytes] = field(default_factory=dict)
    """One's own door and recovery slot, each as its id (16 bytes) and a digest of the row (16)."""
    retired: tuple[bytes, ...] = ()
    """Those that others took the place of."""

    def behind(self, channel: str, head: ChannelHead | None) -> bool:
        """Whether a channel's head is older than, or another than, the one remembered."""
        if channel not in self.heads:
            return False
        writes, root = self.heads[channel]
        return head is None or head.writes < writes or (head.writes == writes and head.root != root)

    def writes(self, channel: str) -> int:
        """How many writes on a channel this computer knows of."""
        return self.heads.get(channel, (0, b""))[0]

    def denies(self, channel: str, head: ChannelHead, own_channel: str, own: ChannelHead) -> bool:
        """Whether this computer wrote that head's envelope, whose count on one's own channel is `own`, and
        remembers that it had not counted so far on `channel` by then."""
        return (
            head.replica == self.replica[:REPLICA_BYTES]
            and channel in self.heads
            and own.writes <= self.writes(own_channel)
            and head.writes > self.writes(channel)
        )

    def saw(self, channel: str, head: ChannelHead | None) -> bool:
        """Remember a head if it is newer; returns whether it was."""
        if head is None or head.writes <= self.writes(channel):
            return False
        self.heads[channel] = (head.writes, head.root)
        return True

    def saw_slots(self, kind: str, now: frozenset[bytes]) -> bool:
        """Remember the one row of a kind that is in the file now, in the place of another; returns whether it
        was new. One that was replaced before, or is altered, is not to be remembered."""
        known = self.slots.get(kind, b"")
        fresh = [mark for mark in now if mark[:16] != known[:16] and mark not in self.retired]
        if len(now) != 1 or not fresh:
            return False
        if known:
            self.retired = (*self.retired, known)[-_MOST_RETIRED:]
        [self.slots[kind]] = fresh
        return True


def channel_name(sender: bytes, receiver: bytes) -> str:
    """How the memory calls a channel: 64 bits over both ends."""
    return digest(purpose("memory channel", sender, receiver))[:8].hex()


class MemoryFile:
    """The file of one journal in the state folder, seen with one person's key (32 bytes)."""

    def __init__(self, folder: Path, journal: bytes, key: bytes) -> None:
        self._path = folder / f"{digest(purpose('memory file', journal))[:12].hex()}.memory"
        self._key = key
        self._bound = purpose("memory", journal)

    def load(self, place: Path) -> Memory:
        """One's own part, or a new one; a copy of the file in another place gets a replica id of its own."""
        here = str(place.resolve())
        for part in self._parts():
            plain = self._open(part)
            if plain is not None:
                memory = _from_bytes(plain)
                if memory.place != here and _is_there(memory.place):
                    memory.replica = secrets.token_bytes(16)
                memory.place = here
                return memory
        return Memory(secrets.token_bytes(16), here)

    def save(self, memory: Memory) -> None:
        """Write one's own part, with whatever another program of one's own remembered since (`OSError`)."""
        others = []
        for part in self._parts():
            plain = self._open(part)
            if plain is None:
                others.append(part)
            else:
                others_memory = _from_bytes(plain)
                memory.gone |= others_memory.gone
                memory.retired = tuple(dict.fromkeys((*others_memory.retired, *memory.retired)))
                for kind, mark in others_memory.slots.items():
                    if memory.slots.get(kind, mark) in others_memory.retired:
                        memory.slots[kind] = mark
                for channel, (writes, root) in others_memory.heads.items():
                    if writes > memory.writes(channel):
                        memory.heads[channel] = (writes, root)
        salt = secrets.token_bytes(_SALT)
        plain = _to_bytes(memory)
        parts = [*others, salt + seal_once(self._part_key(salt), plain, self._bound)]
        secrets.SystemRandom().shuffle(parts)
        private_folder(self._path.parent)
        write_private(self._path, b"".join(parts), replace=True, durable=False)

    def _part_key(self, salt: bytes) -> bytes:
        return mac(self._key, purpose("memory part", salt))[:32]

    def _parts(self) -> list[bytes]:
        try:
            data = self._path.read_bytes()
        except OSError:
            return []
        return [data[at : at + _PART] for at in range(0, len(data) - _PART + 1, _PART)]

    def _open(self, part: bytes) -> bytes | None:
        try:
            return open_once(self._part_key(part[:_SALT]), part[_SALT:], self._bound)
        except NotGenuine:
            return None


def _is_there(place: str) -> bool:
    try:
        return bool(place) and Path(place).exists()
    except OSError:
        return False


def _to_bytes(memory: Memory) -> bytes:
    """Exactly one part long: where there is too much, what the file knows as well is left out first."""
    heads = {channel: [writes, root.hex()] for channel, (writes, root) in memory.heads.items()}
    gone = [one.hex() for one in sorted(memory.gone)[:_MOST_GONE]]
    fields: dict[str, object] = {
        "replica": memory.replica.hex(),
        "place": memory.place,
        "heads": heads,
        "gone": gone,
        "slots": {kind: mark.hex() for kind, mark in memory.slots.items()},
        "retired": [mark.hex() for mark in memory.retired[-_MOST_RETIRED:]],
    }
    less: tuple[dict[str, object], ...] = ({}, {"gone": []}, {"place": ""}, {"heads": {}})
    for left_out in less:
        fields |= left_out
        plain = json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogateescape")
        if len(plain) <= _PLAIN:
            break
    return plain.ljust(_PLAIN, b" ")


def _from_bytes(plain: bytes) -> Memory:
    fields = json.loads(plain.decode("utf-8", "surrogateescape"))
    heads = {
        channel: (writes, bytes.fromhex(root)[:ROOT_BYTES])
        for channel, (writes, root) in fields["heads"].items()
    }
    gone = frozenset(bytes.fromhex(one) for one in fields["gone"])
    slots = {kind: bytes.fromhex(mark) for kind, mark in fields.get("slots", {}).items()}
    retired = tuple(bytes.fromhex(mark) for mark in fields.get("retired", []))
    return Memory(bytes.fromhex(fields["replica"]), fields["place"], heads, gone, slots, retired)
