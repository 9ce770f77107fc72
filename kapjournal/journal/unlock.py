"""Unlock a journal: read what stands on its doors, open one with a passphrase, with recovery words or with
shares of a practice will."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.identity import Identity
from kapjournal.crypto.kdf import KdfStrength
from kapjournal.crypto.keyring import recovery_channel, will_channel
from kapjournal.crypto.keyslot import Secrets, SlotKind
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.selftest import self_test
from kapjournal.crypto.shares import united
from kapjournal.crypto.words import recovery_entropy
from kapjournal.domain.ids import JournalId, MemberId
from kapjournal.errors import UnlockFailed
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.keys import OwnKeys
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.journal import Journal
from kapjournal.journal.open_file import open_file, secrets_behind
from kapjournal.journal.trust.keyslots import keyslots_of, labels_of
from kapjournal.journal.trust.passphrases import check_passphrase
from kapjournal.journal.vault.opening import bodies_on
from kapjournal.journal.vault.vault import Vault
from kapjournal.journal.will import OPENED_NOTHING, is_found_by
from kapjournal.paths import state_folder
from kapjournal.progress import Progress, in_silence
from kapjournal.store import JournalFile, Snapshot

_NO_WORDS = "Those recovery words opened nothing here. Check their order and this journal's file."


def doors(path: Path) -> list[str]:
    """The labels on a journal's doors, in alphabetical order: all that can be read without a passphrase."""
    with open_file(path) as file, file.reading() as snapshot:
        return labels_of(keyslots_of(snapshot, SlotKind.PASSPHRASE))


def unlock(
    path: Path,
    *,
    label: str | None,
    passphrase: str,
    record_folder: Path | None = None,
    follow: Progress = in_silence,
) -> Journal:
    """Open a door; without a label the only one (`UsageError` if there are several).

    `UnlockFailed`, after the same work and in the same words, whatever was wrong. It is given up by what
    `follow` raises.
    """
    self_test()
    with open_file(path, keep=True) as file:
        secrets = secrets_behind(file, label, passphrase)
        return Journal(file, secrets, record_folder or state_folder(), follow)


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
    entropy = recovery_entropy(words)

    def found_by(journal: JournalId) -> ChannelKey:
        return recovery_channel(entropy, journal)

    with _found(path, found_by, passphrase, record_folder, _NO_WORDS) as (journal, key):
        if not journal.keys.are_found_by(key):  # words that were replaced, put back into the file
            raise UnlockFailed(_NO_WORDS)
        journal.keys.change_passphrase(passphrase, strength=strength)
        return journal


def recover_with_shares(
    path: Path,
    *,
    shares: Sequence[str],
    passphrase: str,
    strength: KdfStrength | None = None,
    record_folder: Path | None = None,
) -> Journal:
    """Open a practice with two shares of a will and put a new passphrase on the door of whoever made it.

    `UnlockFailed` if the shares do not go together or open nothing, or if that will was closed.
    """
    secret = united(shares)

    def found_by(journal: JournalId) -> ChannelKey:
        return will_channel(secret, journal)

    with _found(path, found_by, passphrase, record_folder, OPENED_NOTHING) as (journal, key):
        if not journal.will.is_found_by(key):
            raise UnlockFailed(OPENED_NOTHING)
        journal.keys.change_passphrase(passphrase, strength=strength)
        return journal


def check_shares(path: Path, shares: Sequence[str]) -> None:
    """Make sure that two shares would open a practice: for whoever keeps them, without a passphrase. Nothing
    is shown, and nothing written (errors as for `recover_with_shares`)."""
    self_test()
    secret = united(shares)
    with open_file(path) as file, TemporaryDirectory() as no_record:
        key = will_channel(secret, file.journal_id)
        vault = Vault(file, _secrets_found(file, key, OPENED_NOTHING), Path(no_record))
        try:
            if not is_found_by(vault, key):
                raise UnlockFailed(OPENED_NOTHING)
        finally:
            vault.close()


@contextmanager
def _found(
    path: Path,
    found_by: Callable[[JournalId], ChannelKey],
    passphrase: str,
    record_folder: Path | None,
    nothing: str,
) -> Iterator[tuple[Journal, ChannelKey]]:
    """The journal behind the keys that a channel finds, and the channel; closed again unless the block comes
    through."""
    self_test()
    check_passphrase(passphrase, (path.stem,))
    with open_file(path, keep=True) as file:
        key = found_by(file.journal_id)
        secrets = _secrets_found(file, key, nothing)
        yield Journal(file, secrets, record_folder or state_folder()), key


def _secrets_found(file: JournalFile, key: ChannelKey, nothing: str) -> Secrets:
    """What the door of a member is to hold, from their keys that a channel finds; `UnlockFailed`, with the
    sentence for `nothing`, if it finds none."""
    with file.reading() as snapshot:
        found = list(_keys_found(snapshot, key))
    if not found:
        raise UnlockFailed(nothing)
    keys = max(found, key=lambda one: len(one.masters))
    member = MemberId(Identity(keys.masters[0], file.journal_id).hash)
    return Secrets(keys.masters[-1], keys.journal_keys[-1], keys.keeper, member)


def _keys_found(snapshot: Snapshot, key: ChannelKey) -> Iterator[OwnKeys]:
    """The keys that recovery words, or the shares of a will, find in a file."""
    for _, body in bodies_on(key, snapshot.rows()):
        with suppress(NotGenuine):
            yield registry.KEYS.decode(DocumentVersion.from_bytes(body))
