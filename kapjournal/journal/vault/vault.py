"""The vault: what one open door holds, and how it stays level with the file."""

import gc
import itertools
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from kapjournal import signals, staging
from kapjournal.crypto.identity import Identity, forget_identities
from kapjournal.crypto.keyring import Keyring
from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import MemberId
from kapjournal.errors import Refused
from kapjournal.journal.documents.keys import OwnKeys
from kapjournal.journal.documents.version import forget_members
from kapjournal.journal.trust.keyslots import doors_of, marks_of, sound_keyslots
from kapjournal.journal.vault.backup_note import BackupNote
from kapjournal.journal.vault.bring_repository import BringRepository
from kapjournal.journal.vault.channels import OwnIdentity
from kapjournal.journal.vault.joint_repository import JointRepository
from kapjournal.journal.vault.measure_repository import MeasureRepository
from kapjournal.journal.vault.membership import Fetch, Membership
from kapjournal.journal.vault.note_repository import NoteRepository
from kapjournal.journal.vault.offer_repository import OfferRepository
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.page_consent_repository import PageConsentRepository
from kapjournal.journal.vault.record_repository import RecordRepository
from kapjournal.journal.vault.rollback_detection import RollbackDetection
from kapjournal.journal.vault.rollback_file import RollbackRecordFile
from kapjournal.journal.vault.search_index import SearchIndex
from kapjournal.journal.vault.self_report_repository import SelfReportRepository
from kapjournal.journal.vault.session_repository import SessionRepository
from kapjournal.journal.vault.signature_repository import SignatureRepository
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.waiting_repository import WaitingRepository
from kapjournal.progress import Counting, Progress, in_silence
from kapjournal.store import JournalFile, Snapshot, Table, Transaction

_COLLECTED_AFTER = 20
"""Opening a journal sets the collector’s count back: where one is opened after the other, of many couples, it
would never be its turn, and what the database leaves in circles would add up."""

_closed = itertools.count(1)


class Succession(NamedTuple):
    """An identity, and the one that takes its place."""

    before: Identity
    new: Identity


class Vault:
    """Keys, opened envelopes and whatever was made of them, for one member at one open door.

    Not safe for several threads by itself: `VaultAccess` lets one use case in at a time.
    """

    def __init__(
        self, file: JournalFile, held: Secrets, record_folder: Path, follow: Progress = in_silence
    ) -> None:
        self.file = file
        self.journal_id = file.journal_id
        self.secrets = held
        self._record_folder = record_folder
        self.identity = Identity(held.first, file.journal_id)
        self.me = held.member if any(held.member) else MemberId(self.identity.hash)
        self.keyring = keyring = Keyring(held.first, file.journal_id, self.identity.hash)
        self._record_file = RollbackRecordFile(record_folder, file.journal_id, keyring.rollback_record_key())
        self.record = self._record_file.load(file.path)
        self.backup_note = BackupNote(record_folder, file.journal_id)
        own = OwnIdentity(self.identity.hash, keyring)
        self.envelopes = OpenedEnvelopes(self.me, held.keeper, file.journal_id, own, held.journal_key)
        self.rollback = RollbackDetection(self.envelopes, self.record)
        self.troubles: list[Finding] = []
        """What this program could not do since opening, or mended so that the file no longer shows it."""
        self.announcement_is_due = False
        self._may_be_behind = False
        """Whether the file may have what memory does not."""
        self._is_half_loaded = False
        """Whether opening everything anew did not come through."""
        with _uncollected():
            counting = self._load(follow)
            self.notes.build_all(lambda: counting.add(0))

    def _load(self, follow: Progress) -> Counting:
        with self.file.reading() as snapshot:
            counting = Counting(follow, snapshot.size(Table.ENVELOPE))
            self.envelopes.load(snapshot, counting.add)
            self.envelopes.settle_own()
            self.membership = Membership(
                self.journal_id,
                self.me,
                self.identity,
                self.secrets,
                self.envelopes,
                self.record,
                self.troubles,
            )
            self.had_no_keys = not self.membership.papers.own_keys()
            """Whether the document of this member's own keys, and with it their recovery words, was
            missing."""
            self.look_at_rows(snapshot)
            self.sessions = SessionRepository(self.envelopes, self.membership)
            self.offers = OfferRepository(self.journal_id, self.envelopes, self.membership)
            self.waiting = WaitingRepository(
                self.envelopes,
                self.membership,
                self.sessions,
                self.offers,
                self.rollback,
                lambda: self.bring.policy().hour,
            )
            self.notes = NoteRepository(self.envelopes, self.membership, self.sessions, self.waiting)
            self.records = RecordRepository(self.envelopes, self.membership)
            self.measures = MeasureRepository(self.envelopes, self.membership)
            self.self_reports = SelfReportRepository(self.envelopes, self.membership)
            self.bring = BringRepository(self.envelopes, self.membership, self.notes, self.sessions)
            self.joints = JointRepository(self.journal_id, self.envelopes, self.membership)
            self.page_consents = PageConsentRepository(
                self.journal_id, self.envelopes, self.membership, self.notes, self.rollback
            )
            self.signatures = SignatureRepository(self.journal_id, self.envelopes, self.membership)
            self.index = SearchIndex()
            self.membership.reconcile(self.fetch_from(snapshot))
        self.detect_rollback()
        return counting

    def look_at_rows(self, snapshot: Snapshot) -> None:
        """Count the rows that cannot be read, and find this member's doors."""
        rows = snapshot.slots()
        slots = sound_keyslots(rows)
        self.odd_rows = snapshot.odd_rows() + len(rows) - len(slots)
        self.own_doors = marks_of(doors_of(slots, self.membership.book.certificate.label))

    def detect_rollback(self) -> None:
        """Compare every channel with what this computer noted, then note what is further."""
        revoked, removed = self.membership.book.revoked, self.membership.removed_ids
        self.rollback.let_go = self.membership.book.let_go
        self.rollback.note_arrivals()
        spent = self.rollback.is_spent()
        if spent:
            self.record.renew_replica()
        is_news = self.rollback.observe(removed, self.own_doors)
        ends_now = self.membership.sharing_has_ended and not self.record.sharing_ended
        if is_news or spent or ends_now or not revoked <= self.record.revoked:
            self.record.revoked |= revoked
            self.record.sharing_ended |= ends_now
            self.save_record()

    def save_record(self) -> None:
        """Save what this computer knows of the channels; a disk that does not take it is no reason to
        stop."""
        try:
            if not self._record_file.save(self.record):
                self.add_trouble(Finding(FindingKind.ROLLBACK_RECORD_FULL))
        except OSError:
            self.add_trouble(Finding(FindingKind.ROLLBACK_RECORD_UNSAVED))

    def remember_unsealed(self, folder: Path) -> None:
        """Remember that something unsealed, or a backup, is being written in a folder: should the program be
        killed, what is left there is removed at the next opening."""
        here = str(folder.resolve())
        self.record.finished.discard(here)
        self.record.unfinished = tuple(dict.fromkeys((*self.record.unfinished, here)))
        self.save_record()

    def remove_unsealed(self) -> None:
        """Remove what this member's programs left unsealed when they were killed, and forget the folders in
        which none of them writes any more."""
        clean = {one for one in self.record.unfinished if staging.sweep(Path(one))}
        if clean:
            self.record.finished |= clean
            self.record.unfinished = tuple(one for one in self.record.unfinished if one not in clean)
            self.save_record()

    def refresh_record(self) -> None:
        """Take in what another program of this member noted of the file. To be called before the file is
        looked at: whoever writes, writes the file first, and nothing noted is ahead of it then."""
        if self.is_behind:
            self._record_file.refresh(self.record)

    def add_trouble(self, finding: Finding) -> None:
        """Note what this program could not do or mended, once."""
        if finding not in self.troubles:
            self.troubles.append(finding)

    @contextmanager
    def unit_of_work(self, *, remember: bool = True) -> Iterator[UnitOfWork]:
        """Write in one transaction, level with whatever another program wrote before it.

        Drafts are not counted and need not `remember`.
        """
        with signals.deferred():
            with self.file.writing() as transaction:
                self.refresh_record()
                if self.follow(transaction):
                    self.membership.reconcile(self.fetch_from(transaction))
                    self.detect_rollback()
                if self.membership.is_superseded:
                    raise Refused(
                        "The keys of this door were replaced, and with it nothing is written any more. Open "
                        "your new door, or a copy that was made with it."
                    )
                unit = UnitOfWork(
                    transaction,
                    self.envelopes,
                    self.record.replica,
                    may_share=not self.membership.info.needs,
                    is_removed=self.membership.me.removed,
                    sharing_has_ended=self.membership.sharing_has_ended,
                    removed=self.membership.removed_ids,
                )
                yield unit
                self._may_be_behind = True  # until what the file is about to have is true in memory too
            unit.publish()
            self.notes.forget(unit.touched)
            self._may_be_behind = False
            if remember:
                self.remember()

    @contextmanager
    def taking_in(self, count: Callable[[int], object]) -> Iterator[Transaction]:
        """Write rows of another copy of the file in one transaction; then everything is opened anew, and
        `count` is told of the bytes of each row."""
        with signals.deferred():
            with self.file.writing() as transaction:
                self._may_be_behind = True
                yield transaction
            with self.file.reading() as snapshot:
                self.look_at_rows(snapshot)
                self._reload(snapshot, count)
                self.file.note_changes()
            self._may_be_behind = False
            self.forget_built()
            self.detect_rollback()
            self.announcement_is_due = True

    def held(self) -> Secrets:
        """What this member's door is to hold: the newest keys."""
        keys = self.membership.own_keys
        return Secrets(keys.masters[-1], keys.journal_keys[-1], self.secrets.keeper, self.me)

    @contextmanager
    def new_identity(self) -> Iterator[Succession]:
        """Write with new keys of this member's from the block on; if it does not come through, with those
        before."""
        before, membership = self.membership.own_keys, self.membership
        master = secrets.token_bytes(32)
        try:
            self._become(replace(before, masters=(*before.masters, master)))
            yield Succession(membership.own_identities[-2], membership.own_identities[-1])
        except BaseException:
            self._become(before)
            raise

    @contextmanager
    def new_journal_key(self) -> Iterator[None]:
        """Seal what all members share with a new key from the block on; if it does not come through, with the
        one before."""
        before = self.membership.own_keys
        journal_keys = (*before.journal_keys, secrets.token_bytes(32))
        try:
            self.membership.become(replace(before, journal_keys=journal_keys))
            yield
        except BaseException:
            self.membership.become(before)
            raise

    def _become(self, own_keys: OwnKeys) -> None:
        self.membership.become(own_keys)
        self.identity, self.secrets = self.membership.identity, self.held()
        self.keyring = Keyring(own_keys.masters[-1], self.journal_id, self.identity.hash)
        self._record_file = RollbackRecordFile(
            self._record_folder, self.journal_id, self.keyring.rollback_record_key()
        )

    def remember(self) -> None:
        """Note how far the channels have come by a write of this program."""
        self.rollback.note(self.own_doors)
        self.save_record()

    @property
    def is_behind(self) -> bool:
        """Whether the file may have changed without this program."""
        return self.file.changed_by_others() or self._may_be_behind

    def follow(self, snapshot: Snapshot) -> bool:
        """Take in what other programs wrote; returns whether anything this member can see changed."""
        if not self.is_behind:
            return False
        before = self.odd_rows, self.own_doors
        self.envelopes.fresh_drafts.clear()  # whoever wrote may have carried them to another copy
        self.look_at_rows(snapshot)
        followed = None if self._is_half_loaded else self.envelopes.follow(snapshot)
        if followed is None:
            self._reload(snapshot)
        changed = followed is not False or before != (self.odd_rows, self.own_doors)
        self._may_be_behind = False
        self.file.note_changes()
        if changed:
            self.envelopes.settle()
            self.announcement_is_due = True
            self.forget_built()
        return changed

    def _reload(self, snapshot: Snapshot, count: Callable[[int], object] = bool) -> None:
        """Open everything anew: rows are gone that no program takes away."""
        self._may_be_behind = self._is_half_loaded = True
        self.envelopes.clear()
        self.envelopes.load(snapshot, count)
        self.envelopes.settle_own()
        self.membership.wait_for_members()
        self.membership.reconcile(self.fetch_from(snapshot))
        self._is_half_loaded = False

    def forget_built(self) -> None:
        """Drop the notes and session numbers made from envelopes: they are out of date."""
        self.sessions.clear()
        self.notes.clear()

    def fetch_from(self, snapshot: Snapshot) -> Fetch:
        """A way to the sealed bytes of everything not addressed to a channel known so far."""
        return lambda: self.envelopes.waiting(snapshot)

    def close(self) -> None:
        """Note what was looked at, tidy the file if anything was written, and let go of it and of what is
        kept outside this vault."""
        if self.record.looked_at & self.record.new.keys():
            self.save_record()
        self.index.close()
        forget_members()
        forget_identities()
        gc.unfreeze()  # what is left of a journal is the collector's again
        if next(_closed) % _COLLECTED_AFTER == 0:
            gc.collect()
        self.file.close()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Make many objects that all stay, without the collector going over them now or, until `gc.unfreeze`,
    later."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()
