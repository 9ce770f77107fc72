"""The rollback record: what this computer notes of a journal outside its file, how far every channel had come
first of all.

The file alone cannot tell that it was replaced by an older copy of itself; this record can. There is one
small file for each journal, with one sealed part for each member who opened it here, all of one size and in
an order drawn anew at every write: it does not say who was here last.
"""

import json
import secrets
from bisect import bisect_left
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kapjournal.crypto.primitives import NotGenuine, digest, mac, open_once, purpose, seal_once
from kapjournal.domain.ids import IdentityId, JournalId, MemberId, ReplicaId, RevokedId
from kapjournal.paths import private_folder, write_private

_PART = 16 * 1024
_SALT = 16
_PLAIN = _PART - _SALT - 16
_MAX_REVOKED = 100
"""More would not fit a part; the address book in the file knows them all."""
_MAX_RETIRED = 20
_MAX_PLACES = 8
_FEW = 4
"""So many computers of every newest channel find room before anything else does."""
MARK_BYTES = 8


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
        others = list(self.replicas.items())[1 - _MAX_PLACES :]
        self.replicas, self.place = {**dict(others), place: here or new_replica()}, place

    def channel(self, name: str) -> ChannelMemory:
        """What is noted of a channel."""
        return self.channels.get(name) or ChannelMemory()

    def observe(self, name: str, seen: ChannelMemory) -> bool:
        """Note how far a channel has come; returns whether that is news."""
        if not (seen.rows or seen.complete):
            return False
        return self.channels.setdefault(name, ChannelMemory()).observe(seen)

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
            self.retired = (*self.retired, self.door)[-_MAX_RETIRED:]
        [self.door] = fresh
        return True


def channel_name(sender: IdentityId, receiver: IdentityId) -> str:
    """How the record calls a channel: 64 bits over both ends."""
    return digest(purpose("rollback record channel", sender, receiver))[:8].hex()


class RollbackRecordFile:
    """The file of one journal in the state folder, seen with one member's key (32 bytes)."""

    def __init__(self, folder: Path, journal: JournalId, key: bytes) -> None:
        self._path = folder / f"{digest(purpose('rollback record file', journal))[:12].hex()}.memory"
        self._key = key
        self._bound = purpose("rollback record", journal)

    def load(self, place: Path) -> RollbackRecord:
        """The member's part, or a new one; a copy of the file in another place gets a replica id of its
        own."""
        here = str(place.resolve())
        for part in self._parts():
            plain = self._open(part)
            if plain is not None:
                record = _from_bytes(plain)
                record.is_at(here)
                return record
        return RollbackRecord({here: new_replica()}, here)

    def refresh(self, record: RollbackRecord) -> None:
        """Take in what another program of the member noted since."""
        for part in self._parts():
            plain = self._open(part)
            if plain is not None:
                _join(record, _from_bytes(plain))

    def save(self, record: RollbackRecord) -> bool:
        """Write the member's part, with whatever another program of theirs noted since (`OSError`); returns
        whether all of it found room. `record` does not take in what the other noted: the file may have come
        further than its reader has looked."""
        others, joined = [], deepcopy(record)
        for part in self._parts():
            plain = self._open(part)
            if plain is None:
                others.append(part)
            else:
                _join(joined, _from_bytes(plain))
        salt = secrets.token_bytes(_SALT)
        plain, is_whole = _fit(joined)
        parts = [*others, salt + seal_once(self._part_key(salt), plain, self._bound)]
        secrets.SystemRandom().shuffle(parts)
        private_folder(self._path.parent)
        write_private(self._path, b"".join(parts), replace=True, durable=False)
        return is_whole

    def _part_key(self, salt: bytes) -> bytes:
        return mac(self._key, purpose("rollback record part", salt))[:32]

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
    here = record.replicas.pop(record.place)
    record.replicas = {**other.replicas, **record.replicas, record.place: here}
    record.retired = tuple(dict.fromkeys((*other.retired, *record.retired)))
    if record.door in other.retired:
        record.door = other.door
    for name, memory in other.channels.items():
        record.observe(name, memory)


def new_replica() -> ReplicaId:
    """An id that no computer has."""
    return ReplicaId(secrets.token_bytes(16))


def _is_there(place: str) -> bool:
    try:
        return bool(place) and Path(place).exists()
    except OSError:
        return False


_Saved = tuple[dict[str, tuple[int, str]], int, int]
"""A channel as it is saved: by the computer up to which number all was there, and the mark; rows, drops."""


class _Kept(NamedTuple):
    """What is kept beside the channels."""

    revoked: bool = True
    places: bool = True


def _fit(record: RollbackRecord) -> tuple[bytes, bool]:
    """The record in exactly one part, and whether all of it is in there.

    Where there is too much, the channels with the most computers are shortened first, all to one length: who
    writes as hundreds of computers shortens their own channel and no other. Then go channels of identities
    that were replaced, the ones noted last before the others. What the file knows as well, and the places,
    stay as long as some computers of every newest channel find room beside them.
    """
    longest = max((len(memory.complete) for memory in record.channels.values()), default=0)
    whole = _plain(record, _shortened(record, longest, longest), _Kept())
    if len(whole) <= _PLAIN:
        return whole.ljust(_PLAIN, b" "), len(record.revoked) <= _MAX_REVOKED
    few = min(longest, _FEW)
    replaced = sum(not record.is_newest(name) for name in record.channels)
    with_few = _shortened(record, few, 0, 0)
    beside = (_Kept(), _Kept(revoked=False), _Kept(revoked=False, places=False))
    kept = next((one for one in beside if _fits(record, with_few, one)), None)
    if kept is None:
        kept, counts = beside[-1], _shortened(record, 0, 0, 0)
        return _plain(record, counts if _fits(record, counts, kept) else {}, kept).ljust(_PLAIN, b" "), False
    most = _largest(longest, lambda n: _fits(record, _shortened(record, n, n), kept))
    channels = _shortened(record, most, most)
    if not most:
        count = _largest(replaced, lambda n: _fits(record, _shortened(record, few, 0, n), kept))
        channels = _shortened(record, few, 0, count)
    return _plain(record, channels, kept).ljust(_PLAIN, b" "), False


def _largest(most: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `most` with which it fits; 0 if it does with none."""
    return bisect_left(range(1, most + 1), True, key=lambda number: not fits(number))


def _fits(record: RollbackRecord, channels: Mapping[str, _Saved], kept: _Kept) -> bool:
    return len(_plain(record, channels, kept)) <= _PLAIN


def _shortened(
    record: RollbackRecord, newest: int, replaced: int, count: int | None = None
) -> dict[str, _Saved]:
    """Every channel with so many computers at most: that noted last, which may be this one, and those with
    the highest numbers. The row and drop counts stay. Of replaced identities so many channels, or all."""
    channels: dict[str, _Saved] = {}
    for name, memory in record.channels.items():
        is_newest = record.is_newest(name)
        if not is_newest and count is not None:
            if not count:
                continue
            count -= 1
        most, known = newest if is_newest else replaced, list(memory.complete.items())
        if len(known) > most:
            known = [*known[-1:], *sorted(known[:-1], key=lambda one: -one[1])][:most]
        complete = {key.hex(): (number, memory.marks.get(key, b"").hex()) for key, number in known}
        channels[name] = complete, memory.rows, memory.drops
    return channels


def _plain(record: RollbackRecord, channels: Mapping[str, _Saved], kept: _Kept) -> bytes:
    replicas = record.replicas if kept.places else {"": record.replica}
    fields = {
        "replicas": {place: replica.hex() for place, replica in replicas.items()},
        "place": record.place if kept.places else "",
        "channels": channels,
        "revoked": [one.hex() for one in sorted(record.revoked)[:_MAX_REVOKED]] if kept.revoked else [],
        "slots": {"door": record.door.hex()} if record.door else {},
        "retired": [mark.hex() for mark in record.retired[-_MAX_RETIRED:]],
    }
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogateescape")


def _from_bytes(plain: bytes) -> RollbackRecord:
    fields = json.loads(plain.decode("utf-8", "surrogateescape"))
    channels = {
        name: ChannelMemory(
            {bytes.fromhex(key): n for key, (n, _) in complete.items()},
            rows,
            drops,
            {bytes.fromhex(key): bytes.fromhex(mark) for key, (_, mark) in complete.items() if mark},
        )
        for name, (complete, rows, drops) in fields["channels"].items()
    }
    replicas = {place: ReplicaId(bytes.fromhex(one)) for place, one in fields["replicas"].items()}
    revoked = frozenset(MemberId(bytes.fromhex(one)) for one in fields["revoked"])
    door = bytes.fromhex(fields["slots"].get("door", ""))
    retired = tuple(bytes.fromhex(mark) for mark in fields["retired"])
    return RollbackRecord(replicas, fields["place"], channels, revoked, door, retired)
