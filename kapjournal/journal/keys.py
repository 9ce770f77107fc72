"""Keys: what opens this member's door, a passphrase and the recovery words."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace

from kapjournal.crypto import words
from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.kdf import KdfStrength
from kapjournal.crypto.keyring import recovery_channel
from kapjournal.crypto.keyslot import Keyslot, SlotKind
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import DocumentId
from kapjournal.errors import Refused, UnlockFailed
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.keys import closed
from kapjournal.journal.trust.certificates import MAX_SUCCESSORS, sign_grant, sign_successor
from kapjournal.journal.trust.keyslots import (
    doors_of,
    keyslots_of,
    new_door,
    open_first,
    replace_keyslots,
)
from kapjournal.journal.trust.passphrases import check_passphrase
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.catching_up import announce, shared_keys_of_all
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange
from kapjournal.journal.vault.vault import Vault
from kapjournal.store import Snapshot

_WRITTEN_AGAIN = tuple(
    spec.type
    for spec in (
        registry.WAITING,
        registry.OFFER,
        registry.JOINT,
        registry.APPROVAL,
        registry.NARROWING,
        registry.PAGE_CONSENT,
        registry.OWN_PROMPTS,
        registry.IMPORT,
        registry.POLICY,
        registry.WRITE_UP_WORK,
    )
)
"""What earlier keys say nothing of, once there are later ones."""


class Keys:
    """The use cases of keys. No key leaves by them."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access
        self.after_replacing: Callable[[], object] = lambda: None
        """Called once new keys hold: whoever kept the keys before has to let go of them."""

    def check_new_passphrase(self, passphrase: str) -> str:
        """Take a passphrase that nobody who knows this journal soon guesses (`UsageError`)."""
        membership = self._access.peek().membership
        labels = membership.book.labels.values()
        return check_passphrase(
            passphrase, (*labels, membership.info.title, self._access.peek().file.path.stem)
        )

    def change_passphrase(self, passphrase: str, *, strength: KdfStrength | None = None) -> None:
        """Put a new passphrase on this member's door. No key changes: who has an older copy of the file and
        the older passphrase reads on."""
        self.check_new_passphrase(passphrase)
        with self._access.exclusive() as vault:
            label = vault.membership.book.certificate.label
            slot = new_door(vault.journal_id, label, passphrase, vault.held(), strength)
            with vault.unit_of_work() as unit:
                doors = _own_doors(vault, unit.transaction)
                replace_keyslots(unit.transaction, (door.id for door in doors), slot)
            _note_slots(vault)

    def replace(
        self, passphrase: str, recovery_words: str | None, *, strength: KdfStrength | None = None
    ) -> None:
        """Give this member new keys, because somebody may know the old passphrase: an older copy of the
        file and the old passphrase open nothing that is written from now on.

        The member stays the same; the others' programs take the new keys when they next look, and nobody
        has compared digits of them. The recovery words from before, and the shares of a will, open nothing
        any more: whoever could open an older copy could use them. The keeper's bring a new journal key too,
        or an older copy would open the cards of later newcomers; another member's do not. Other computers of
        this member need a copy that is made with the new door.
        """
        self.check_new_passphrase(passphrase)
        entropy = words.recovery_entropy(recovery_words) if recovery_words else None
        with self._access.exclusive() as vault:
            recovery = recovery_channel(entropy, vault.journal_id).raw if entropy else b""
            with vault.new_identity() as identity, vault.unit_of_work() as unit:
                known_keys = shared_keys_of_all(vault)
                with vault.new_journal_key() if vault.membership.is_keeper else nullcontext():
                    book, own_keys = vault.membership.book, vault.membership.own_keys
                    if len(own_keys.masters) - 1 > MAX_SUCCESSORS:
                        raise Refused("You have had new keys too often in this journal. Begin a new one.")
                    keys = replace(own_keys, recovery=recovery, will=closed(own_keys.will))
                    successor = sign_successor(
                        identity.before, identity.new, vault.journal_id, vault.me, len(keys.masters) - 1
                    )
                    label = book.certificate.label
                    slot = new_door(vault.journal_id, label, passphrase, vault.held(), strength)
                    doors = [door.id for door in _own_doors(vault, unit.transaction)]
                    replace_keyslots(unit.transaction, doors, slot)
                    for key in known_keys:
                        unit.put_shared(successor, key)
                    vault.membership.papers.put_keys(unit, keys)
                    grants = tuple(sign_grant(identity.new, vault.journal_id, grant) for grant in book.grants)
                    book = replace(book, successors=(*book.successors, successor), grants=grants)
                    if vault.membership.is_keeper:
                        old = vault.envelopes.shared.genuine_grants(vault.journal_id, identity.before.public)
                        unit.drop_shared(list(old))
                        unit.put_grants(grants)
                        unit.put(vault.membership.papers.info_change(vault.membership.info_now))
                        unit.put_end_of_sharing_again()
                    unit.put(vault.membership.papers.book_change(book))
                    for noted in vault.measures.noted_marks():  # so that nothing by the old keys closes one
                        unit.put(noted.change(vault.me))
                    for again in list(_by_keys_before(vault)):  # nor has a say in any of these
                        unit.put(again)
                    unit.check_taken()
            vault.membership.own_keys = keys
            vault.membership.book = book
            _note_slots(vault)
            with vault.file.reading() as snapshot:
                vault.membership.reconcile(vault.fetch_from(snapshot))
            announce(vault)
        self.after_replacing()

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
                vault.membership.papers.put_keys(unit, keys)
                unit.check_taken()
            vault.membership.own_keys = keys
        return had_words


def _by_keys_before(vault: Vault) -> Iterator[DocumentChange]:
    """What counts by the latest keys alone, and the notes that wait, to be written with new ones in the same
    moment, each version as the keys just replaced said it."""
    envelopes = vault.envelopes
    before = envelopes.channels.owns[-2].generation
    notes = set[DocumentId]()
    for (author, _), standing in list(envelopes.versions.standing.items()):
        for one in standing if author == vault.me else ():
            if one.generation == before and one.version.type in _WRITTEN_AGAIN:
                notes |= _waits(one)
                yield from _again(vault, one)
    for note in notes:
        for one in envelopes.standing(vault.me, note):
            if one.version.type == registry.NOTE.type:
                yield from _again(vault, one)


def _waits(stored: StoredVersion) -> set[DocumentId]:
    """The note that waits by a version, if one does: its words are to be by the same keys."""
    if stored.version.type == registry.WAITING.type:
        with suppress(NotGenuine):
            said = registry.WAITING.decode(stored.version)
            return {said.note} if said.waiting.holds else set()
    return set()


def _again(vault: Vault, stored: StoredVersion) -> Iterator[DocumentChange]:
    membership = vault.membership
    readers = membership.without_removed(stored.version.readers) | {vault.me}
    if len(readers) == 1 or not membership.info.needs:
        again = DocumentChange.again(stored.version, readers, [stored])
        yield replace(again, written=stored.version.written)


def _own_doors(vault: Vault, snapshot: Snapshot) -> list[Keyslot]:
    slots = keyslots_of(snapshot, SlotKind.PASSPHRASE)
    return doors_of(slots, vault.membership.book.certificate.label)


def _note_slots(vault: Vault) -> None:
    with vault.file.reading() as snapshot:
        vault.look_at_rows(snapshot)
    vault.detect_rollback()
