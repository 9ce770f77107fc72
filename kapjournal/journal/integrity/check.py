"""A thorough look at a journal: every sealed value again, every bit that only its author can judge."""

from dataclasses import dataclass

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import read_row
from kapjournal.domain.findings import Finding, FindingKind, Severity
from kapjournal.journal.integrity.check_attachments import check_attachments
from kapjournal.journal.integrity.findings import journal_findings, note_findings
from kapjournal.journal.vault.vault import Vault
from kapjournal.progress import Counting, Progress, in_silence
from kapjournal.store import Snapshot, Table


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. `notes` counts the notes this member can read."""

    findings: tuple[Finding, ...]
    notes: int

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found that is not as its author left it."""
        return all(finding.severity is Severity.NOTICE for finding in self.findings)


def check(vault: Vault, snapshot: Snapshot, follow: Progress = in_silence) -> CheckReport:
    """Read every row again, the places that only its author can judge included."""
    envelopes, channels = vault.envelopes, vault.envelopes.channels
    counting = Counting(follow, snapshot.size(*Table))
    damaged = altered = 0
    for row_id, sealed in snapshot.rows():
        counting.add(len(sealed or b""))
        if row_id in envelopes.damaged or row_id in envelopes.altered:
            continue
        try:
            row = read_row(row_id, sealed or b"")
        except NotGenuine:
            damaged += 1
        else:
            altered += not row.is_newer and channels.is_own(row) and channels.own_key_of(row) is None
    later = []
    if damaged:
        later.append(Finding(FindingKind.ROWS_UNREADABLE, count=damaged))
    if altered:
        later.append(Finding(FindingKind.ENVELOPE_ALTERED, envelopes.me, count=altered))
    later += check_attachments(vault, snapshot, counting)
    found = (*journal_findings(vault), *later, *note_findings(vault))
    return CheckReport(found, sum(1 for _ in vault.notes.all()))
