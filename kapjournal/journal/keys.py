"""Keys: what opens this member's door, a passphrase and the recovery words."""

from kapjournal.crypto import keyslot, words
from kapjournal.crypto.kdf import DEFAULT, KdfStrength
from kapjournal.crypto.keyslot import Keyslot, SlotKind
from kapjournal.domain.ids import KeyslotId
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

    def renew_recovery_words(self, recovery_words: str, *, instead_of: KeyslotId | None = None) -> bool:
        """Let these 24 words open this member's door, and in the same moment those before no longer; False if
        there were none. To be called once the person has the words on paper.

        `instead_of` is a slot known to be the member's otherwise than by its salt: that one alone is sealed
        anew, and words got since keep theirs. No key changes: who has an older copy of the file and the older
        words reads on.
        """
        entropy = words.recovery_entropy(recovery_words)
        with self._access.exclusive() as vault:
            slot = keyslot.lock(vault.journal_id, SlotKind.RECOVERY, "", entropy, vault.secrets)
            with vault.unit_of_work() as unit:
                slots = keyslots_of(unit.transaction, SlotKind.RECOVERY)
                old = [other.id for other in slots if _is_replaced(vault, other, instead_of)]
                replace_keyslots(unit.transaction, old, slot)
            _note_slots(vault)
        return bool(old)


def _is_replaced(vault: Vault, slot: Keyslot, instead_of: KeyslotId | None) -> bool:
    if instead_of is not None:
        return slot.id == instead_of
    return keyslot.is_recovery_of(vault.secrets.first, vault.journal_id, slot)


def _own_doors(vault: Vault, snapshot: Snapshot) -> list[Keyslot]:
    label = folded(vault.membership.book.certificate.label)
    return [slot for slot in keyslots_of(snapshot, SlotKind.PASSPHRASE) if folded(slot.label) == label]


def _note_slots(vault: Vault) -> None:
    with vault.file.reading() as snapshot:
        vault.look_at_rows(snapshot)
    vault.detect_rollback()
