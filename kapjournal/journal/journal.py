"""An open journal, as a screen or a command sees it: every use case in one place, and no key."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from kapjournal import signals
from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.findings import Finding
from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import JournalKind, Member
from kapjournal.errors import CannotSave, JournalLocked, KapjournalError, Refused, UnlockFailed
from kapjournal.journal import format1
from kapjournal.journal.apart import GoingApart
from kapjournal.journal.attachments import Attachments
from kapjournal.journal.authorisations import Authorisations
from kapjournal.journal.backups import Backups
from kapjournal.journal.bringing import Bringing
from kapjournal.journal.clearance import Clearance
from kapjournal.journal.contacts import Contacts
from kapjournal.journal.copies import Copies
from kapjournal.journal.couples import Couples, open_way, open_with_passphrase
from kapjournal.journal.cycle import Cycle
from kapjournal.journal.dialogue_drafts import DialogueDrafts
from kapjournal.journal.documents import registry
from kapjournal.journal.dosing import Dosing
from kapjournal.journal.drafts import Drafts
from kapjournal.journal.imports import Imports
from kapjournal.journal.integrity.check import CheckReport, check
from kapjournal.journal.integrity.findings import findings
from kapjournal.journal.joint import Joints
from kapjournal.journal.kept import Keeping, Kept
from kapjournal.journal.keys import Keys
from kapjournal.journal.measure_drafts import MeasureDrafts
from kapjournal.journal.measures import Measures
from kapjournal.journal.members import Members
from kapjournal.journal.notes import Notes
from kapjournal.journal.offers import Offers
from kapjournal.journal.own_prompts import Prompts
from kapjournal.journal.packs import Packs
from kapjournal.journal.pads import Pads
from kapjournal.journal.page_consents import PageConsents
from kapjournal.journal.policies import Policies
from kapjournal.journal.record_drafts import RecordDrafts
from kapjournal.journal.records import Records
from kapjournal.journal.reply_drafts import ReplyDrafts
from kapjournal.journal.scribe import Scribe
from kapjournal.journal.search import Search
from kapjournal.journal.self_report_drafts import SelfReportDrafts
from kapjournal.journal.self_reports import SelfReports
from kapjournal.journal.sessions import Sessions
from kapjournal.journal.signing import Signing
from kapjournal.journal.take_over import TakenOver, take_over
from kapjournal.journal.talking import Talking
from kapjournal.journal.vault.access import VaultAccess, writing_unfinished
from kapjournal.journal.vault.catching_up import announce, catch_up, let_go
from kapjournal.journal.vault.vault import Vault
from kapjournal.journal.waiting import WaitingPages
from kapjournal.journal.will import PracticeWill
from kapjournal.journal.write_ups import WriteUps
from kapjournal.progress import Progress, in_silence
from kapjournal.store import JournalFile


class Journal:
    """What one member can do with an unlocked journal. Safe to call from several threads.

    Leaving it (`close`, or the end of a `with` block) drops every key and every word.
    """

    def __init__(
        self, file: JournalFile, secrets: Secrets, record_folder: Path, follow: Progress = in_silence
    ) -> None:
        self.path = file.path
        self._access = access = VaultAccess(Vault(file, secrets, record_folder, follow))
        self._record_folder = record_folder
        self.notes = Notes(access)
        self.attachments = Attachments(access)
        self.drafts = Drafts(access)
        self.own_prompts = Prompts(access)
        self.imports = Imports(access)
        self.sessions = Sessions(access)
        self.members = Members(access)
        self.keys = Keys(access)
        self.search = Search(access)
        self.scribe = Scribe(access)
        self.copies, self.backups = Copies(access), Backups(access)
        self.apart = GoingApart(access)
        self.couples = Couples(access)
        self.records = Records(access, self._day_of_session)
        self.dosing = Dosing(self.records)
        self.record_drafts = RecordDrafts(access, self._day_of_session)
        self.pads = Pads(access)
        self.kept = Kept(access)
        self.write_ups = WriteUps(access, self.records, self.couples, self.kept, self._look_into)
        self.reply_drafts = ReplyDrafts(access, self.write_ups)
        self.measures = Measures(access)
        self.measure_drafts = MeasureDrafts(access)
        self.dialogue_drafts = DialogueDrafts(access)
        self.bringing, self.talking = Bringing(access), Talking(access)
        self.policies = Policies(access)
        self.contacts = Contacts(self.measures, self.members)
        self.check_ins = SelfReports(access, registry.CHECK_IN)
        self.after_effects = SelfReports(access, registry.AFTER_EFFECTS)
        self.self_report_drafts = SelfReportDrafts(access)
        self.keeping = Keeping(access)
        self.signing = Signing(access)
        self.clearance = Clearance(self.dosing, self.signing)
        self.packs = Packs(access, self.records, self.couples, self.kept, self.signing, self._look_into)
        self.will = PracticeWill(access)
        self.waiting = WaitingPages(access)
        self.offers = Offers(access)
        self.joints = Joints(access)
        self.authorisations = Authorisations(access)
        self.page_consents = PageConsents(access)
        self.cycle = Cycle(self.notes, self.members, self.waiting, self.offers)
        try:
            with access.exclusive() as vault:
                vault.remove_unsealed()
                announce(vault)
        except BaseException:
            self.close()
            raise

    @property
    def me(self) -> Member:
        """The member whose door is open."""
        return self.members.me

    @property
    def title(self) -> str:
        """What the keeper called the journal; may be empty."""
        return self._access.peek().membership.info.title

    @property
    def kind(self) -> JournalKind:
        """Whether this is a couple's journal or a practice."""
        return self._access.peek().membership.kind

    @property
    def is_practice(self) -> bool:
        """Whether this is the clinic's own file; False once it is closed."""
        return not self.is_closed and self.kind is JournalKind.PRACTICE

    @property
    def is_closed(self) -> bool:
        """Whether it was closed, by whichever part of the program."""
        return self._access.is_closed

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is not as its author left it; empty when all is well."""
        with self._access.exclusive() as vault:
            return findings(vault)

    def refresh(self) -> bool:
        """Take in what other programs wrote; True if anything changed that this member can see."""
        with self._access.exclusive() as vault:
            return catch_up(vault)

    def check(self, follow: Progress = in_silence) -> CheckReport:
        """Look at every sealed value again, from the file; given up by what `follow` raises."""
        with self._access.exclusive() as vault:
            catch_up(vault)
            with vault.file.reading() as snapshot:
                return check(vault, snapshot, follow)

    def let_go(self) -> bool:
        """Miss nothing any more that is missing now: the member knows where it is, or that it is lost;
        True if something was missing. What comes back is shown again all the same."""
        with self._access.exclusive() as vault:
            catch_up(vault)
            return let_go(vault)

    def open_couple(self, case: CaseId, follow: Progress = in_silence) -> "Journal":
        """Open the journal of a couple of this practice, with no passphrase but the one that opened this.

        `UnlockFailed` where it is not to open so, or where the keys there were replaced since, and then it
        is not to any more; `NotFound` where it is not where it was, and errors as for any journal.
        """
        journal = self._of_a_couple(case, *open_way(self._access, case), follow)
        if journal.members.is_superseded:
            journal.close()
            self.couples.ask_each_time(case)
            raise UnlockFailed("Your keys in this journal were replaced. Open it with its own passphrase.")
        journal.keys.after_replacing = partial(self._let_go_of, case)
        return _looked_through(journal)

    def _day_of_session(self, case: CaseId, number: int) -> dt.date | None:
        """The day of a session of a couple of this practice; None where their journal does not open without a
        passphrase, is not there, or has no such session."""
        with suppress(KapjournalError), self._look_into(case) as theirs:
            return theirs.sessions.get(number).date
        return None

    def _look_into(self, case: CaseId) -> "Journal":
        """The journal of a couple of this practice, to read in it and close it again (errors as for
        `open_couple`)."""
        return self._of_a_couple(case, *open_way(self._access, case))

    def _let_go_of(self, case: CaseId) -> None:
        """Keep no way in by keys that were replaced: it would open an older copy that somebody puts there."""
        with suppress(JournalLocked):
            self.couples.ask_each_time(case)

    def unlock_couple(self, case: CaseId, *, label: str | None, passphrase: str) -> "Journal":
        """The same with the passphrase of this member's door there, where it is not to open without."""
        file, held = open_with_passphrase(self._access, case, label, passphrase)
        return _looked_through(self._of_a_couple(case, file, held))

    def _of_a_couple(
        self, case: CaseId, file: JournalFile, held: Secrets, follow: Progress = in_silence
    ) -> "Journal":
        journal = Journal(file, held, self._record_folder, follow)
        journal.keeping = Keeping(journal._access, self._access, case)
        journal.contacts = Contacts(journal.measures, journal.members, self.records, self.couples, case)
        journal.policies = Policies(journal._access, self.records, case)
        if self.is_closed:  # meanwhile, and what it led to is not to stay open
            journal.close()
            raise JournalLocked("The practice is locked.")
        if journal.kind is not JournalKind.COURSE:
            journal.close()
            raise Refused(f"{file.path.name} is a practice, and no couple's journal.")
        return journal

    @contextmanager
    def writing_unsealed(self, folder: Path) -> Iterator[None]:
        """Remember while the block runs that unfinished files without a seal are in a folder: if the program
        is killed meanwhile, they are removed when this member opens the journal again."""
        with writing_unfinished(self._access, folder):
            yield

    def backup(self, dest: Path, follow: Progress = in_silence) -> None:
        """Write a consistent sealed copy while the journal is in use (`Refused` if something is there)."""
        self.backups.write(dest, follow)

    def take_over(self, path: Path, *, passphrase: str, label: str | None = None) -> TakenOver:
        """Bring what this member wrote in a journal of format 1 into this one; without a label, behind the
        door there that has this member's. The old file is left as it is (`UnlockFailed`, `Damaged`,
        `NotFound`; `Refused` for somebody else's words)."""
        old_label = self.me.label if label is None else label
        return take_over(self._access, format1.read_by_passphrase(path, old_label, passphrase))

    def take_over_with_recovery_words(self, path: Path, words: str) -> TakenOver:
        """The same, with the 24 recovery words of the old journal."""
        return take_over(self._access, format1.read_by_recovery_words(path, words))

    def close(self) -> None:
        """Drop keys and words, tidy the file if anything was written; again does nothing."""
        with signals.deferred():
            self._access.close()

    def __enter__(self) -> Self:
        """Open as long as the block is running."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it, however the block ends."""
        self.close()


def _looked_through(journal: Journal) -> Journal:
    """The journal of a couple, once it is noted in the practice what of it could be read today. Where that
    cannot be written it is noted at the next opening: it keeps nobody from a journal."""
    try:
        with suppress(CannotSave, Refused):
            journal.keeping.look()
    except BaseException:
        journal.close()
        raise
    return journal
