"""Keys: what opens this member's door, a passphrase and the recovery words."""

from dataclasses import replace

from kapjournal.crypto import keyslot, words
from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.kdf import DEFAULT, KdfStrength
from kapjournal.crypto.keyring import recovery_channel
from kapjournal.crypto.keyslot import Keyslot, SlotKind
from kapjournal.domain.members import folded
from kapjournal.errors import UnlockFailed
from kapjournal.journal.trust.keyslots import check_passphrase, keyslots_of, open_first, replace_keyslots
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.vault import Vault
from kapjournal.store import Snapshot


class Keys:
    """The use cases of keys. No key leaves by them."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def change_passphrase(self, passphrase: str, *, strength: KdfStrength | None = None) -> None:
        """Put a new passphrase on this member's door. No key changes: who has an older copy of the file and
        the older passphrase reads on."""
        check_passphrase(passphrase)
        with self._access.exclusive() as vault:
            slot = keyslot.lock(
                vault.journal_id,
                SlotKind.PASSPHRASE,
                vault.membership.book.certificate.label,
                passphrase,
                vault.secrets,
                strength or DEFAULT,
            )
            with vault.unit_of_work() as unit:
                doors = _own_doors(vault, unit.transaction)
                replace_keyslots(unit.transaction, (door.id for door in doors), slot)
            _note_slots(vault)

    def confirm_passphrase(self, passphrase: str) -> None:
        """Make sure that the person at the keyboard knows the passphrase of the open door
        (`UnlockFailed`)."""
        with self._access.exclusive() as vault:
            with vault.file.reading() as snapshot:
                doors = _own_doors(vault, snapshot)
            opened = open_first(vault.journal_id, doors, passphrase)
            if opened is None or opened[1].first != vault.secrets.first:
                raise UnlockFailed("That is not the passphrase of your door.")

    def are_found_by(self, recovery: ChannelKey) -> bool:
        """Whether this member's recovery words are those of this channel."""
        with self._access.exclusive() as vault:
            return vault.membership.own_keys.recovery == recovery.raw

    def renew_recovery_words(self, recovery_words: str) -> bool:
        """Let these 24 words open this member's door, and in the same moment those before no longer, in every
        copy of the file that this one reaches; False if there were none. To be called once the person has the
        words on paper.

        No key changes: who has an older copy of the file and the older words reads on.
        """
        entropy = words.recovery_entropy(recovery_words)
        with self._access.exclusive() as vault:
            recovery = recovery_channel(entropy, vault.journal_id).raw
            with vault.unit_of_work() as unit:
                had_words = bool(vault.membership.own_keys.recovery)
                keys = replace(vault.membership.own_keys, recovery=recovery)
                vault.membership.put_keys(unit, keys)
            vault.membership.own_keys = keys
        return had_words


def _own_doors(vault: Vault, snapshot: Snapshot) -> list[Keyslot]:
    label = folded(vault.membership.book.certificate.label)
    return [slot for slot in keyslots_of(snapshot, SlotKind.PASSPHRASE) if folded(slot.label) == label]


def _note_slots(vault: Vault) -> None:
    with vault.file.reading() as snapshot:
        vault.look_at_rows(snapshot)
    vault.detect_rollback()
