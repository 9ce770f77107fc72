"""Copies: the same journal in several files, on several computers, brought together and made."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kapjournal.crypto.keyslot import Keyslot, SlotKind
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import carried, front_of
from kapjournal.domain.ids import RowId
from kapjournal.domain.members import folded
from kapjournal.errors import CannotSave, GivenUp, NotFound, Refused
from kapjournal.journal.trust.keyslots import doors_of, keyslots_of, to_row
from kapjournal.journal.vault.access import VaultAccess, writing_unfinished
from kapjournal.journal.vault.attached_files import named_by
from kapjournal.journal.vault.catching_up import announce, catch_up
from kapjournal.journal.vault.earlier_versions import earlier_versions
from kapjournal.journal.vault.uniting import United, Uniting
from kapjournal.journal.vault.vault import Vault
from kapjournal.progress import Counting, Progress, in_silence
from kapjournal.sealed import Sealed
from kapjournal.store import JournalFile, Snapshot, Table

_LEFT_HALF_WAY = (
    "It was given up. What is new in the other copy came in here; the other copy was left as it was. Bring "
    "the two together again whenever you like."
)

_MAX_ROUNDS = 10
"""What a member wrote on two computers is settled step by step; more steps than this wait for the next
time."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge brought into this file and into the other, in rows; `given` is None if the other cannot be
    written. What that means for this member: how many notes are new, read otherwise than before, or gone, and
    of how many two texts stand now."""

    taken: United
    given: United | None
    new: int
    changed: int
    gone: int
    two_texts: int


class Copies:
    """The use cases of copies."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def merge(self, path: Path, follow: Progress = in_silence) -> MergeReport:
        """Unite another whole copy of this journal with this one, both ways; as often as one likes.

        Each of the two files takes in all or nothing, this one first: given up by what `follow` raises, or by
        a signal, both are as before, or the other one is. `Refused` for another journal and for this very
        file; what is no journal, damaged or of another format is refused as at opening.
        """
        with self._access.exclusive() as vault, closing(JournalFile(path)) as other:
            _check_same_journal(vault, other)
            catch_up(vault)
            before = {note.id: note for note in vault.notes.all()}
            _mark_if_taken_from(other, vault)
            counting = Counting(follow, _to_be_read(vault, other))
            with other.reading() as theirs, vault.taking_in(counting.tell) as transaction:
                taken = _uniting_of(vault).bring(theirs, transaction, counting)
            for _ in range(_MAX_ROUNDS):
                catch_up(vault)
                if not vault.announcement_is_due:
                    announce(vault)
                    break
            after = {note.id: note for note in vault.notes.all()}
            return MergeReport(
                taken,
                _give(vault, other, counting),
                new=len(after.keys() - before.keys()),
                changed=sum(
                    1 for note_id in after.keys() & before.keys() if after[note_id] != before[note_id]
                ),
                gone=len(before.keys() - after.keys()),
                two_texts=sum(
                    1
                    for one in after.values()
                    if one.beside and one.id in before and not before[one.id].beside
                ),
            )

    def for_own_computer(self, dest: Path, follow: Progress = in_silence) -> None:
        """Write a copy for another computer of this member's: their door, what they wrote and what they can
        read, and what all share. Nothing that others wrote for themselves is in it. `Refused` if something is
        at `dest`. Given up by what `follow` raises, nothing of it is left."""
        with self._reading(dest) as (vault, snapshot):
            vault.envelopes.fresh_drafts.clear()
            slots = keyslots_of(snapshot, SlotKind.PASSPHRASE)
            doors = doors_of(slots, vault.membership.book.certificate.label)
            counting = Counting(follow, snapshot.size(*Table))
            rows = _rows(vault, snapshot, counting, shared_only=False)
            _make(vault, dest, doors, rows, counting, _parts(vault, snapshot, counting))

    def for_newcomer(self, dest: Path, name: str, follow: Progress = in_silence) -> None:
        """Write a copy with which somebody who is invited joins on another computer: the invitation that six
        words open, and what all share. The keeper's to do; `NotFound` if nobody of that name is invited.
        Given up as one's own."""
        with self._reading(dest) as (vault, snapshot):
            vault.membership.check_is_keeper("Only the keeper of this journal gives out its invitations.")
            grants = [one for one in vault.membership.book.grants if folded(one.name) == folded(name)]
            if not grants:
                raise NotFound(f"There is no open invitation for “{name}”.")
            invitations = keyslots_of(snapshot, SlotKind.INVITATION)
            slots = [slot for slot in invitations if slot.id == grants[0].slot]
            counting = Counting(follow, snapshot.size(Table.ENVELOPE))
            _make(vault, dest, slots, _rows(vault, snapshot, counting, shared_only=True), counting)

    @contextmanager
    def _reading(self, dest: Path) -> Iterator[tuple[Vault, Snapshot]]:
        """One moment of the journal, for a copy; what a kill leaves beside `dest` goes at the next
        opening."""
        with (
            writing_unfinished(self._access, dest.parent),
            self._access.exclusive() as vault,
            vault.file.reading() as snapshot,
        ):
            yield vault, snapshot


def _check_same_journal(vault: Vault, other: JournalFile) -> None:
    if other.journal_id != vault.journal_id:
        raise Refused(f"{other.path.name} is another journal, not a copy of this one. Nothing was changed.")
    if other.path.samefile(vault.file.path):
        raise Refused(f"{other.path.name} is the journal that is open. Name a copy of it.")
    if vault.file.read_only:
        raise CannotSave(f"{vault.file.path.name} cannot be written here: it is read-only.")


def _mark_if_taken_from(other: JournalFile, vault: Vault) -> None:
    """Let the programs that have the other copy open know that drafts they just wrote are no longer in their
    file alone."""
    if not other.read_only:
        with other.reading() as theirs, vault.file.reading() as ours:
            is_taken = bool(theirs.lengths().keys() - ours.lengths().keys())
        if is_taken:
            with other.writing() as transaction:
                transaction.mark()


def _to_be_read(vault: Vault, other: JournalFile) -> int:
    """How many bytes are gone through: theirs, then ours again with what came in, then ours for them."""
    with vault.file.reading() as ours, other.reading() as theirs:
        return theirs.size(*Table) + ours.size(Table.ENVELOPE) + ours.size(*Table)


def _uniting_of(vault: Vault) -> Uniting:
    envelopes = vault.envelopes
    whole = envelopes.versions.own_envelopes_but(envelopes.altered)
    return Uniting(envelopes.channels.own_keys, whole, envelopes.damaged)


def _give(vault: Vault, other: JournalFile, counting: Counting) -> United | None:
    """Bring into the other copy what it lacks; None if it cannot be written."""
    if other.read_only:
        return None
    try:
        with vault.file.reading() as ours, other.writing() as transaction:
            return Uniting().bring(ours, transaction, counting)
    except GivenUp:
        raise GivenUp(_LEFT_HALF_WAY) from None


def _rows(
    vault: Vault, snapshot: Snapshot, counting: Counting, *, shared_only: bool
) -> Iterator[tuple[RowId, Sealed]]:
    envelopes = vault.envelopes
    shared = list(envelopes.channels.shared_keys.values())
    for row_id, sealed in snapshot.rows():
        counting.add(len(sealed or b""))
        if sealed is None or row_id in envelopes.damaged:
            continue
        front = front_of(sealed)
        is_shared = front is not None and any(key.find(front) for key in shared)
        is_readable = row_id not in envelopes.unaddressed and row_id not in envelopes.newer_rows
        if is_shared or (is_readable and not shared_only):
            yield row_id, carried(row_id, sealed)


def _parts(vault: Vault, snapshot: Snapshot, counting: Counting) -> Iterator[tuple[RowId, Sealed]]:
    """The pieces of the files of every note this member can read, those of their notes' past among them."""
    versions = [one.version for standing in vault.envelopes.versions.standing.values() for one in standing]
    for kept in vault.envelopes.versions.earlier.values():
        versions += earlier_versions(vault, snapshot, kept)
    named = dict.fromkeys(piece.row for file in named_by(versions) for piece in file.pieces)
    for row_id in named:
        sealed = snapshot.row(row_id, Table.PART)
        counting.add(len(sealed or b""))
        with suppress(NotGenuine):
            if sealed is not None:
                yield row_id, carried(row_id, sealed)


def _make(
    vault: Vault,
    dest: Path,
    slots: list[Keyslot],
    rows: Iterator[tuple[RowId, Sealed]],
    counting: Counting,
    parts: Iterable[tuple[RowId, Sealed]] = (),
) -> None:
    doors = [to_row(slot) for slot in slots]
    JournalFile.create(dest, vault.journal_id, doors, rows, parts, lambda: counting.add(0)).close()
