"""The way to what an open journal hides, for tests that attack it or look at what it keeps."""

from kapjournal.journal import Journal
from kapjournal.journal.vault.vault import Vault


def vault_of(journal: Journal) -> Vault:
    """Keys, opened envelopes and members behind a journal that is open."""
    return journal._access.peek()
