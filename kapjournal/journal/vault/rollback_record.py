"""The rollback record: what this computer notes of a journal outside its file, the newest head of every
channel first of all.

The file alone cannot tell that it was replaced by an older copy of itself; this record can. There is one
small file for each journal, with one sealed part for each member who opened it here, all of one size and in
an order drawn anew at every write: it does not say who was here last.
"""

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from kapjournal.crypto.envelope import REPLICA_BYTES, ROOT_BYTES, ChannelHead
from kapjournal.crypto.primitives import NotGenuine, digest, mac, open_once, purpose, seal_once
from kapjournal.domain.ids import JournalId, MemberId, ReplicaId, RevokedId
from kapjournal.paths import private_folder, write_private

_PART = 16 * 1024
_SALT = 16
_PLAIN = _PART - _SALT - 16
_MAX_REVOKED = 100
"""More would not fit a part; the address book in the file knows them all."""
_MAX_RETIRED = 20


@dataclass(slots=True)
class RollbackRecord:
    """One member's part: this computer's replica id, where the file was, the newest heads (count of writes
    and root, by channel name), whom the keeper revoked, and the member's own keyslots.

    `slots` has the member's door and recovery slot, each as its id (16 bytes) and a digest of the row (16);
    `retired` those that others took the place of.
    """

    replica: ReplicaId
    place: str
    heads: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    revoked: frozenset[RevokedId] = frozenset()
    slots: dict[str, bytes] = field(default_factory=dict)
    retired: tuple[bytes, ...] = ()

    def is_behind(self, channel: str, head: ChannelHead | None) -> bool:
        """Whether a channel's head is older than, or another than, the one noted."""
        if channel not in self.heads:
            return False
        writes, root = self.heads[channel]
        return head is None or head.writes < writes or (head.writes == writes and head.root != root)

    def writes(self, channel: str) -> int:
        """How many writes on a channel this computer knows of."""
        return self.heads.get(channel, (0, b""))[0]

    def denies(self, channel: str, head: ChannelHead, own_channel: str, own: ChannelHead) -> bool:
        """Whether a head on `channel` is one that this computer cannot have written, although it names this
        computer: when the channel to the member themselves stood at `own`, this one was not so far."""
        return (
            head.replica == self.replica[:REPLICA_BYTES]
            and channel in self.heads
            and own.writes <= self.writes(own_channel)
            and head.writes > self.writes(channel)
        )

    def observe(self, channel: str, head: ChannelHead | None) -> bool:
        """Note a head if it is newer; returns whether it was."""
        if head is None or head.writes <= self.writes(channel):
            return False
        self.heads[channel] = (head.writes, head.root)
        return True

    def observe_slots(self, kind: str, now: frozenset[bytes]) -> bool:
        """Note the one row of a kind that is in the file now, in the place of another; returns whether it was
        new. A row that was replaced before, or is altered, is not noted."""
        known = self.slots.get(kind, b"")
        fresh = [mark for mark in now if mark[:16] != known[:16] and mark not in self.retired]
        if len(now) != 1 or not fresh:
            return False
        if known:
            self.retired = (*self.retired, known)[-_MAX_RETIRED:]
        [self.slots[kind]] = fresh
        return True


def channel_name(sender: MemberId, receiver: MemberId) -> str:
    """How the record calls a channel: 64 bits over both ends."""
    return digest(purpose("memory channel", sender, receiver))[:8].hex()


class RollbackRecordFile:
    """The file of one journal in the state folder, seen with one member's key (32 bytes)."""

    def __init__(self, folder: Path, journal: JournalId, key: bytes) -> None:
        self._path = folder / f"{digest(purpose('memory file', journal))[:12].hex()}.memory"
        self._key = key
        self._bound = purpose("memory", journal)

    def load(self, place: Path) -> RollbackRecord:
        """The member's part, or a new one; a copy of the file in another place gets a replica id of its
        own."""
        here = str(place.resolve())
        for part in self._parts():
            plain = self._open(part)
            if plain is not None:
                record = _from_bytes(plain)
                if record.place != here and _is_there(record.place):
                    record.replica = _new_replica()
                record.place = here
                return record
        return RollbackRecord(_new_replica(), here)

    def save(self, record: RollbackRecord) -> None:
        """Write the member's part, with whatever another program of theirs noted since (`OSError`)."""
        others = []
        for part in self._parts():
            plain = self._open(part)
            if plain is None:
                others.append(part)
            else:
                _join(record, _from_bytes(plain))
        salt = secrets.token_bytes(_SALT)
        plain = _to_bytes(record)
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


def _join(record: RollbackRecord, other: RollbackRecord) -> None:
    record.revoked |= other.revoked
    record.retired = tuple(dict.fromkeys((*other.retired, *record.retired)))
    for kind, mark in other.slots.items():
        if record.slots.get(kind, mark) in other.retired:
            record.slots[kind] = mark
    for channel, (writes, root) in other.heads.items():
        if writes > record.writes(channel):
            record.heads[channel] = (writes, root)


def _new_replica() -> ReplicaId:
    return ReplicaId(secrets.token_bytes(16))


def _is_there(place: str) -> bool:
    try:
        return bool(place) and Path(place).exists()
    except OSError:
        return False


def _to_bytes(record: RollbackRecord) -> bytes:
    """Exactly one part long: where there is too much, what the file knows as well is left out first."""
    heads = {channel: [writes, root.hex()] for channel, (writes, root) in record.heads.items()}
    revoked = [one.hex() for one in sorted(record.revoked)[:_MAX_REVOKED]]
    fields: dict[str, object] = {
        "replica": record.replica.hex(),
        "place": record.place,
        "heads": heads,
        "gone": revoked,
        "slots": {kind: mark.hex() for kind, mark in record.slots.items()},
        "retired": [mark.hex() for mark in record.retired[-_MAX_RETIRED:]],
    }
    less: tuple[dict[str, object], ...] = ({}, {"gone": []}, {"place": ""}, {"heads": {}})
    for left_out in less:
        fields |= left_out
        plain = json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogateescape")
        if len(plain) <= _PLAIN:
            break
    return plain.ljust(_PLAIN, b" ")


def _from_bytes(plain: bytes) -> RollbackRecord:
    fields = json.loads(plain.decode("utf-8", "surrogateescape"))
    heads = {
        channel: (writes, bytes.fromhex(root)[:ROOT_BYTES])
        for channel, (writes, root) in fields["heads"].items()
    }
    replica = ReplicaId(bytes.fromhex(fields["replica"]))
    revoked = frozenset(MemberId(bytes.fromhex(one)) for one in fields["gone"])
    slots = {kind: bytes.fromhex(mark) for kind, mark in fields.get("slots", {}).items()}
    retired = tuple(bytes.fromhex(mark) for mark in fields.get("retired", []))
    return RollbackRecord(replica, fields["place"], heads, revoked, slots, retired)
