"""The rollback record in bytes, all of one size whatever is in it."""

import json
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from kapjournal.domain.ids import MemberId, ReplicaId
from kapjournal.journal.vault.rollback_record import (
    MAX_PLACES,
    MAX_RETIRED,
    ChannelMemory,
    RollbackRecord,
)

SIZE = 16 * 1024 - 32
"""In bytes."""
_MAX_REVOKED = 100
"""More would not fit; the address book in the file knows them all."""
_FEW = 4
"""So many computers of every newest channel find room before anything else does."""

_Saved = tuple[dict[str, tuple[int, str]], int, int]
"""A channel as it is saved: by the computer up to which number all was there, and the mark; rows, drops."""


class _Kept(NamedTuple):
    """What is kept beside the channels."""

    revoked: bool = True
    places: bool = True


def fit(record: RollbackRecord) -> tuple[bytes, bool]:
    """The record in exactly `SIZE` bytes, and whether all of it is in there.

    Where there is too much, the notes that are new go first. Then the channels with the most computers are
    shortened, all to one length: who writes as hundreds of computers shortens their own channel and no other.
    Then go channels of identities that were replaced, the ones noted last before the others. What the file
    knows as well, and the places, stay as long as some computers of every newest channel find room beside
    them.
    """
    longest = max((len(memory.complete) for memory in record.channels.values()), default=0)
    whole = _plain(record, _shortened(record, longest, longest), _Kept())
    if len(whole) <= SIZE:
        return whole.ljust(SIZE, b" "), len(record.revoked) <= _MAX_REVOKED
    if record.new:
        return fit(replace(record, new={}))
    few = min(longest, _FEW)
    replaced = sum(not record.is_newest(name) for name in record.channels)
    with_few = _shortened(record, few, 0, 0)
    beside = (_Kept(), _Kept(revoked=False), _Kept(revoked=False, places=False))
    kept = next((one for one in beside if _fits(record, with_few, one)), None)
    if kept is None:
        kept, counts = beside[-1], _shortened(record, 0, 0, 0)
        return _plain(record, counts if _fits(record, counts, kept) else {}, kept).ljust(SIZE, b" "), False
    most = _largest(longest, lambda n: _fits(record, _shortened(record, n, n), kept))
    channels = _shortened(record, most, most)
    if not most:
        count = _largest(replaced, lambda n: _fits(record, _shortened(record, few, 0, n), kept))
        channels = _shortened(record, few, 0, count)
    return _plain(record, channels, kept).ljust(SIZE, b" "), False


def _largest(most: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `most` with which it fits; 0 if it does with none."""
    return bisect_left(range(1, most + 1), True, key=lambda number: not fits(number))


def _fits(record: RollbackRecord, channels: Mapping[str, _Saved], kept: _Kept) -> bool:
    return len(_plain(record, channels, kept)) <= SIZE


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
        "retired": [mark.hex() for mark in record.retired[-MAX_RETIRED:]],
        "apart": record.sharing_ended,
        "unfinished": record.unfinished[-MAX_PLACES:] if kept.places else (),
        "new": [mark.hex() for mark in record.new if mark not in record.looked_at],
    }
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogateescape")


def from_bytes(plain: bytes) -> RollbackRecord:
    """Undo `fit`."""
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
    ended = bool(fields.get("apart", False))
    unfinished = tuple(fields.get("unfinished", ()))
    new = dict.fromkeys(map(bytes.fromhex, fields.get("new", ())))
    return RollbackRecord(
        replicas, fields["place"], channels, revoked, door, retired, ended, unfinished, new=new
    )
