"""The ways into a journal: make one, unlock a door, join with a code, come back with recovery words."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kapjournal.crypto import keyslot
from kapjournal.crypto import words as wordlists
from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.identity import Identity, public_of_seed
from kapjournal.crypto.kdf import DEFAULT, SALT_BYTES, KdfStrength, stretch
from kapjournal.crypto.keyring import Keyring, shared_channel
from kapjournal.crypto.keyslot import Keyslot, Secrets, SlotKind
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.selftest import self_test
from kapjournal.domain.members import Role, folded, valid_label
from kapjournal.errors import Damaged, DoorClosed, Refused, UsageError
from kapjournal.journal import people
from kapjournal.journal.about import ABOUT, About
from kapjournal.journal.desk import Sitting, Writing
from kapjournal.journal.journal import Journal
from kapjournal.journal.memory import MemoryFile
from kapjournal.journal.papers import PAPERS, Papers
from kapjournal.journal.people import Card, Ticket
from kapjournal.journal.reading import open_for
from kapjournal.journal.roll import Shared, tickets_of
from kapjournal.journal.shelf import Shelf
from kapjournal.journal.slots import check_passphrase, labels_of, open_one, slots_of, to_row
from kapjournal.journal.version import DocumentKind
from kapjournal.paths import state_folder
from kapjournal.store import JournalFile, KeyslotRow, Snapshot, Transaction
from kapjournal.text import storable_line

_CLOSED = "That did not open a door. Check the label and the passphrase."
_NO_CODE = "That code opens no invitation. It may have been used or cancelled, or a word is misspelt."


def generated_passphrase() -> str:
    """Six words drawn at random, easy to write down: 77 bits."""
    return wordlists.six_words()


def generated_recovery_words() -> str:
    """24 words drawn at random, 256 bits; they open nothing before `Journal.renew_recovery`."""
    return wordlists.recovery_words(secrets.token_bytes(wordlists.RECOVERY_BYTES))


def doors(path: Path) -> list[str]:
    """The labels on a journal's doors, in alphabetical order: all that can be read without a passphrase."""
    with _opened(path) as file, file.reading() as snapshot:
        return labels_of(slots_of(snapshot, SlotKind.PASSPHRASE))


def create(
    path: Path,
    *,
    label: str,
    role: Role,
    passphrase: str,
    title: str = "",
    with_recovery: bool = True,
    strength: KdfStrength | None = None,
    memory: Path | None = None,
) -> tuple[Journal, str | None]:
    """Make a journal, be its keeper, and return it unlocked with the recovery words, if wanted.

    `Refused` if something is at `path`, `UsageError` for a label or passphrase that cannot be.
    """
    self_test()
    label, title = valid_label(label), storable_line(title, "title")
    check_passphrase(passphrase)
    journal_id = secrets.token_bytes(16)
    held = Secrets(secrets.token_bytes(32), secrets.token_bytes(32), b"")
    me = Identity(held.first, journal_id)
    held = Secrets(held.first, held.journal_key, me.hash)
    slots, recovery = _member_slots(journal_id, label, passphrase, held, strength, with_recovery)
    card = people.sign_card(me, journal_id, label, role, None, None)
    gathering = _Gathering()
    _first_papers(gathering, path, journal_id, held, card, About(title), memory)
    file = JournalFile.create(path, journal_id, slots, gathering.rows)
    return Journal(file, held, memory or state_folder()), recovery


def unlock(path: Path, *, label: str | None, passphrase: str, memory: Path | None = None) -> Journal:
    """Open a door; without a label the only one (`UsageError` if there are several).

    `DoorClosed`, after the same work and in the same words, whatever was wrong.
    """
    self_test()
    with _opened(path, keep=True) as file:
        with file.reading() as snapshot:
            slots = slots_of(snapshot, SlotKind.PASSPHRASE)
        if label is None and (labels := labels_of(slots)):
            if len(labels) > 1:
                raise UsageError(f"Which door? There are {', '.join(labels)}.")
            label = labels[0]
        fitting = [slot for slot in slots if label is None or folded(slot.label) == folded(label)]
        if not fitting:
            stretch(passphrase, bytes(SALT_BYTES), slots[0].strength if slots else DEFAULT)
        opened = open_one(file.journal_id, fitting, passphrase)
        if opened is None:
            raise DoorClosed(_CLOSED)
        return Journal(file, opened[1], memory or state_folder())


def join(
    path: Path,
    *,
    code: str,
    label: str,
    passphrase: str,
    with_recovery: bool = True,
    strength: KdfStrength | None = None,
    memory: Path | None = None,
) -> tuple[Journal, str | None]:
    """Become a member with a one-time code, and return the journal unlocked with the recovery words.

    `DoorClosed` if the code opens no invitation, `Refused` if the label is taken.
    """
    self_test()
    label = valid_label(label)
    check_passphrase(passphrase)
    with _opened(path, keep=True) as file:
        with file.reading() as snapshot:
            opened = open_one(file.journal_id, slots_of(snapshot, SlotKind.INVITATION), code)
            if opened is None:
                raise DoorClosed(_NO_CODE)
            slot, invited = opened
            ticket, tickets, taken = _ticket(file.journal_id, snapshot, slot, invited)
        _check_free(label, taken)
        held = Secrets(secrets.token_bytes(32), invited.journal_key, invited.keeper)
        me = Identity(held.first, file.journal_id)
        rows, recovery = _member_slots(file.journal_id, label, passphrase, held, strength, with_recovery)
        card = people.sign_card(me, file.journal_id, label, ticket.role, ticket, invited.first)
        with file.writing() as transaction:
            if not transaction.drop_slot(slot.id):
                raise DoorClosed(_NO_CODE)
            _, _, taken = _ticket(file.journal_id, transaction, slot, invited)
            _check_free(label, taken)
            transaction.drop(tickets)
            for row in rows:
                transaction.put_slot(row)
            _first_papers(transaction, path, file.journal_id, held, card, None, memory)
        return Journal(file, held, memory or state_folder()), recovery


def recover(
    path: Path,
    *,
    words: str,
    passphrase: str,
    strength: KdfStrength | None = None,
    memory: Path | None = None,
) -> Journal:
    """Open a journal with the 24 recovery words and put a new passphrase on one's own door.

    A slot made before they could be told apart is sealed anew for the same words, so that it can be replaced.
    """
    self_test()
    check_passphrase(passphrase)
    entropy = wordlists.recovery_entropy(words)
    with _opened(path, keep=True) as file:
        with file.reading() as snapshot:
            slots = slots_of(snapshot, SlotKind.RECOVERY)
        opened = open_one(file.journal_id, slots, entropy)
        if opened is None:
            raise DoorClosed(
                "Those recovery words opened nothing here. Check their order and this journal's file."
            )
        slot, held = opened
        journal = Journal(file, held, memory or state_folder())
        journal.change_passphrase(passphrase, strength=strength)
        if not keyslot.is_recovery_of(held.first, file.journal_id, slot):
            journal.renew_recovery(words, instead_of=slot.id)
        return journal


class _Gathering(Transaction):
    """Collects the first envelopes of a file that is yet to be made."""

    def __init__(self) -> None:
        self.rows: list[tuple[bytes, bytes]] = []

    def put(self, envelope_id: bytes, sealed: bytes) -> None:
        """Keep it for later."""
        self.rows.append((envelope_id, sealed))


@contextmanager
def _opened(path: Path, *, keep: bool = False) -> Iterator[JournalFile]:
    """An open file, closed again after the block, or with `keep` only if the block did not come through."""
    file = JournalFile(path)
    through = False
    try:
        yield file
        through = keep
    finally:
        if not through:
            file.close()


def _member_slots(
    journal_id: bytes,
    label: str,
    passphrase: str,
    held: Secrets,
    strength: KdfStrength | None,
    with_recovery: bool,
) -> tuple[list[KeyslotRow], str | None]:
    door = keyslot.lock(journal_id, SlotKind.PASSPHRASE, label, passphrase, held, strength or DEFAULT)
    if not with_recovery:
        return [to_row(door)], None
    entropy = secrets.token_bytes(wordlists.RECOVERY_BYTES)
    spare = keyslot.lock(journal_id, SlotKind.RECOVERY, "", entropy, held)
    return [to_row(door), to_row(spare)], wordlists.recovery_words(entropy)


def _first_papers(
    transaction: Transaction,
    path: Path,
    journal_id: bytes,
    held: Secrets,
    card: Card,
    about: About | None,
    memory_folder: Path | None,
) -> None:
    """A newcomer's card and list of members, and the keeper's word on the journal."""
    me = card.keys.hash
    keyring = Keyring(held.first, journal_id, me)
    memory = MemoryFile(memory_folder or state_folder(), journal_id, keyring.rollback_record_key()).load(path)
    shelf = Shelf(me, keyring, shared_channel(held.journal_key, journal_id), memory)
    at_work = Sitting(transaction, shelf, memory)
    at_work.put_shared(card.to_bytes())
    only_me = frozenset({me})
    papers = Papers(card, {}, frozenset(card.ticket.gone if card.ticket else ()))
    at_work.put(Writing(PAPERS, DocumentKind.PAPERS, only_me, papers.data()))
    if about is not None:
        at_work.put(Writing(ABOUT, DocumentKind.ABOUT, only_me, about.data()))


def _check_free(label: str, taken: set[str]) -> None:
    if folded(label) in taken:
        raise Refused(f"There is a “{label}” in this journal already. Choose another label.")


def _ticket(
    journal_id: bytes, snapshot: Snapshot, slot: Keyslot, invited: Secrets
) -> tuple[Ticket, list[bytes], set[str]]:
    """The ticket of an invitation, every envelope it lies in, and the labels that are taken.

    Of a ticket signed several times that counts which knows of most people gone: an older one put back beside
    it must bring nobody back.
    """
    shared = _shared(snapshot, shared_channel(invited.journal_key, journal_id))
    taken = {folded(door.label) for door in slots_of(snapshot, SlotKind.PASSPHRASE)}
    keeper = next((c.keys for c in shared.cards.values() if c.keys.hash == invited.keeper), None)
    if keeper is None:
        raise Damaged("The keeper's card is missing. Ask the keeper to open the journal, then try again.")
    for card in shared.cards.values():
        with suppress(NotGenuine):
            people.check_card(card, journal_id, invited.keeper, keeper)
            taken.add(folded(card.label))
    key = public_of_seed(invited.first)
    mine = {
        i: ticket
        for i, ticket in tickets_of(journal_id, keeper, shared).items()
        if ticket.key == key and ticket.slot == slot.id
    }
    if not mine:
        raise Damaged(
            "The ticket of this invitation is missing. Ask the keeper to open the journal, then try again."
        )
    return max(mine.values(), key=lambda ticket: len(ticket.gone)), list(mine), taken


def _shared(snapshot: Snapshot, key: ChannelKey) -> Shared:
    shared = Shared()
    for envelope_id, sealed in snapshot.envelopes():
        try:
            opened = open_for(key, envelope_id, sealed) if sealed else None
            if opened and opened.body is not None:
                shared.add(envelope_id, people.read(opened.body))
        except NotGenuine:
            continue
    return shared
