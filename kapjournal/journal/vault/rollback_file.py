"""Where the rollback records of a journal lie on this computer.

There is one small file for each journal, with one sealed part for each member who opened it here, all of one
size and in an order drawn anew at every write: it does not say who was here last.
"""

import secrets
from copy import deepcopy
from pathlib import Path

from kapjournal.crypto.primitives import (
    AEAD_OVERHEAD,
    NotGenuine,
    digest,
    mac,
    open_once,
    purpose,
    seal_once,
)
from kapjournal.domain.ids import JournalId
from kapjournal.errors import is_by_the_system
from kapjournal.journal.vault.rollback_codec import SIZE, fit, from_bytes
from kapjournal.journal.vault.rollback_record import RollbackRecord, new_replica
from kapjournal.paths import private_folder, read_plain, write_private

_SALT = 16
_PART = _SALT + SIZE + AEAD_OVERHEAD


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
        for part in self._parts_to_be_had():
            plain = self._open(part)
            if plain is not None:
                record = from_bytes(plain)
                record.is_at(here)
                return record
        return RollbackRecord({here: new_replica()}, here)

    def refresh(self, record: RollbackRecord) -> None:
        """Take in what another program of the member noted since."""
        for part in self._parts_to_be_had():
            plain = self._open(part)
            if plain is not None:
                _join(record, from_bytes(plain))

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
                _join(joined, from_bytes(plain))
        salt = secrets.token_bytes(_SALT)
        plain, is_whole = fit(joined)
        parts = [*others, salt + seal_once(self._part_key(salt), plain, self._bound)]
        secrets.SystemRandom().shuffle(parts)
        private_folder(self._path.parent)
        write_private(self._path, b"".join(parts), replace=True, durable=False)
        return is_whole

    def _part_key(self, salt: bytes) -> bytes:
        return mac(self._key, purpose("rollback record part", salt))[:32]

    def _parts_to_be_had(self) -> list[bytes]:
        """The parts, or none where the system does not give them: a door opens all the same."""
        try:
            return self._parts()
        except OSError:
            return []

    def _parts(self) -> list[bytes]:
        """The parts (`OSError` where the system does not give them: then they must not be written over)."""
        try:
            data = read_plain(self._path)
        except OSError as error:
            if is_by_the_system(error):
                raise
            return []
        return [data[at : at + _PART] for at in range(0, len(data) - _PART + 1, _PART)]

    def _open(self, part: bytes) -> bytes | None:
        try:
            return open_once(self._part_key(part[:_SALT]), part[_SALT:], self._bound)
        except NotGenuine:
            return None


def _join(record: RollbackRecord, other: RollbackRecord) -> None:
    others = [folder for folder in other.unfinished if folder not in record.finished]
    record.unfinished = tuple(dict.fromkeys((*others, *record.unfinished)))
    record.revoked |= other.revoked
    record.sharing_ended |= other.sharing_ended
    record.add_new(other.new)
    here = record.replicas.pop(record.place)
    record.replicas = {**other.replicas, **record.replicas, record.place: here}
    record.retired = tuple(dict.fromkeys((*other.retired, *record.retired)))
    if record.door in other.retired:
        record.door = other.door
    for name, memory in other.channels.items():
        record.observe(name, memory)
