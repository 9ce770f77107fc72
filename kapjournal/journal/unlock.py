"""Unlock a journal: read what stands on its doors, open one with a passphrase or with recovery words."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.identity import Identity
from kapjournal.crypto.kdf import KdfStrength
from kapjournal.crypto.keyring import recovery_channel
from kapjournal.crypto.keyslot import Secrets, SlotKind
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.selftest import self_test
from kapjournal.crypto.words import recovery_entropy
from kapjournal.domain.ids import MemberId
from kapjournal.errors import UnlockFailed
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.keys import OwnKeys
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.journal import Journal
from kapjournal.journal.open_file import open_file, secrets_behind
from kapjournal.journal.trust.keyslots import keyslots_of, labels_of
from kapjournal.journal.trust.passphrases import check_passphrase
from kapjournal.journal.vault.opening import bodies_on
from kapjournal.paths import state_folder
from kapjournal.store import Snapshot

_NO_WORDS = "Those recovery words opened nothing here. Check their order and this journal's file."


def doors(path: Path) -> list[str]:
    """The labels on a journal's doors, in alphabetical order: all that can be read without a passphrase."""
    with open_file(path) as file, file.reading() as snapshot:
        return labels_of(keyslots_of(snapshot, SlotKind.PASSPHRASE))


def unlock(path: Path, *, label: str | None, passphrase: str, record_folder: Path | None = None) -> Journal:
    """Open a door; without a label the only one (`UsageError` if there are several).

    `UnlockFailed`, after the same work and in the same words, whatever was wrong.
    """
    self_test()
    with open_file(path, keep=True) as file:
        return Journal(file, secrets_behind(file, label, passphrase), record_folder or state_folder())


def recover(
    path: Path,
    *,
    words: str,
    passphrase: str,
    strength: KdfStrength | None = None,
    record_folder: Path | None = None,
) -> Journal:
    """Open a journal with the 24 recovery words and put a new passphrase on that member's door.

    `UnlockFailed` if the words open nothing, or were replaced by others.
    """
    self_test()
    check_passphrase(passphrase, (path.stem,))
    entropy = recovery_entropy(words)
    with open_file(path, keep=True) as file:
        key = recovery_channel(entropy, file.journal_id)
        with file.reading() as snapshot:
            found = list(_keys_found(snapshot, key))
        if not found:
            raise UnlockFailed(_NO_WORDS)
        keys = max(found, key=lambda one: len(one.masters))
        member = MemberId(Identity(keys.masters[0], file.journal_id).hash)
        secrets = Secrets(keys.masters[-1], keys.journal_keys[-1], keys.keeper, member)
        journal = Journal(file, secrets, record_folder or state_folder())
        if not journal.keys.are_found_by(key):  # words that were replaced, put back into the file
            raise UnlockFailed(_NO_WORDS)
        journal.keys.change_passphrase(passphrase, strength=strength)
        return journal


def _keys_found(snapshot: Snapshot, key: ChannelKey) -> Iterator[OwnKeys]:
    """The keys that recovery words find in a file."""
    for _, body in bodies_on(key, snapshot.rows()):
        with suppress(NotGenuine):
            yield registry.KEYS.decode(DocumentVersion.from_bytes(body))
