"""Backups of an open journal: one file, or one more in a folder in which the older ones are thinned out."""

from pathlib import Path

from kapjournal.errors import JournalLocked
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.store import Follow, quietly


class Backups:
    """The use cases of backups. What is written is sealed, and needs no further key."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def write(self, dest: Path, follow: Follow = quietly) -> None:
        """Write a consistent sealed copy while the journal is in use (`Refused` if something is there).

        It is given up when the journal is locked meanwhile (`JournalLocked`).
        """

        def unless_locked(done: int, whole: int) -> None:
            if self._access.is_closing:
                raise JournalLocked
            follow(done, whole)

        with self._access.exclusive() as vault:
            vault.envelopes.fresh_drafts.clear()
            vault.file.copy_to(dest, unless_locked)
