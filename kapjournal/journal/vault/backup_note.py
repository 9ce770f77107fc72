"""What this computer notes of backups of a journal: the day of the last one, or on which it was first asked
for. Every member reads and writes it, and it does not say who made the backup."""

import datetime as dt
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kapjournal import clock
from kapjournal.crypto.primitives import NotGenuine, digest, mac, open_once, purpose, seal_once
from kapjournal.domain.ids import JournalId
from kapjournal.paths import private_folder, read_plain, write_private

_SALT = 16
_DAY = 4


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The day of the last backup; without one the day since which there could have been one."""

    day: dt.date
    was_made: bool


class BackupNote:
    """The note of one journal in the state folder, sealed with a key (32 bytes) that all members have."""

    def __init__(self, folder: Path, journal: JournalId) -> None:
        self._path = folder / f"{digest(purpose('backup note file', journal))[:12].hex()}.memory"
        self._bound = purpose("backup note", journal)

    def read(self, keys: Sequence[bytes]) -> LastBackup | None:
        """What is noted, with one of the journal's keys; None where nothing is, or nothing that can be
        read."""
        with suppress(OSError):
            data = read_plain(self._path)
            for key in keys:
                with suppress(NotGenuine, ValueError, OverflowError):
                    plain = open_once(self._key(key, data[:_SALT]), data[_SALT:], self._bound)
                    day = dt.date.fromordinal(int.from_bytes(plain[1:], "big"))
                    return LastBackup(day, was_made=plain[:1] == b"\1")
        return None

    def write(self, key: bytes, *, was_made: bool) -> None:
        """Note today; a disk that does not take it is no reason to stop."""
        salt = secrets.token_bytes(_SALT)
        plain = bytes([was_made]) + clock.today().toordinal().to_bytes(_DAY, "big")
        with suppress(OSError):
            private_folder(self._path.parent)
            sealed = seal_once(self._key(key, salt), plain, self._bound)
            write_private(self._path, salt + sealed, replace=True, durable=False)

    @staticmethod
    def _key(key: bytes, salt: bytes) -> bytes:
        return mac(key, purpose("backup note key", salt))[:32]
