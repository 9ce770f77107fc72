"""The one reference to an open vault. Use cases hold the access, never the vault."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kapjournal.errors import JournalLocked
from kapjournal.journal.vault.vault import Vault


class VaultAccess:
    """Lets one use case at a time at the vault; threads of one program wait for each other.

    Closing drops the reference, and with it every key and every word, whoever still holds a use case.
    """

    def __init__(self, vault: Vault) -> None:
        self._lock = threading.RLock()
        self._vault: Vault | None = vault
        self.is_closing = False
        """Whether somebody waits to close it: what takes long gives way."""

    @property
    def is_closed(self) -> bool:
        """Whether the vault is gone."""
        return self._vault is None

    @contextmanager
    def exclusive(self) -> Iterator[Vault]:
        """The vault, for this use case alone (`JournalLocked`)."""
        with self._lock:
            yield self.peek()

    @contextmanager
    def practice(self) -> Iterator[Vault]:
        """The same where records are kept (`Refused` in a couple's own journal)."""
        with self.exclusive() as vault:
            vault.records.check_practice()
            yield vault

    def peek(self) -> Vault:
        """The vault without waiting, to read one value that is replaced whole (`JournalLocked`)."""
        vault = self._vault
        if vault is None:
            raise JournalLocked
        return vault

    def close(self) -> None:
        """Wait for the use case that is running, then close the vault and let go of it; again does
        nothing."""
        self.is_closing = True
        with self._lock:
            vault, self._vault = self._vault, None
            if vault is not None:
                vault.close()


@contextmanager
def writing_unfinished(access: VaultAccess, folder: Path) -> Iterator[None]:
    """Remember a folder while the block runs: what a kill leaves there goes at the next opening."""
    with access.exclusive() as vault:
        vault.remember_unsealed(folder)
    try:
        yield
    finally:
        with suppress(JournalLocked), access.exclusive() as vault:
            vault.remove_unsealed()
