"""A thorough look at a journal: every sealed value again, every bit that only its author can judge."""

from dataclasses import dataclass

from kapjournal.crypto.envelope import ChannelKey, fill, ref_of, slots_in, unwrap
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import EnvelopeId
from kapjournal.journal.integrity.findings import journal_findings, note_findings
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.vault import Vault
from kapjournal.store import Snapshot


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. `notes` counts the notes this member can read."""

    findings: tuple[Finding, ...]
    notes: int

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check(vault: Vault, snapshot: Snapshot) -> CheckReport:
    """Read every envelope again, the parts nobody reads included."""
    envelopes = vault.envelopes
    count = sum(
        _is_tampered(envelopes, envelope_id, sealed)
        for envelope_id, sealed in snapshot.envelopes()
        if sealed is not None and envelope_id not in envelopes.altered
    )
    altered = (Finding(FindingKind.UNUSED_SLOTS_ALTERED, envelopes.me, count=count),) if count else ()
    found = (*journal_findings(vault), *altered, *note_findings(vault))
    return CheckReport(found, sum(1 for _ in vault.notes.all()))


def _is_tampered(envelopes: OpenedEnvelopes, envelope_id: EnvelopeId, sealed: bytes) -> bool:
    """Whether an envelope that this member filled is not to the bit what it was.

    The slots nobody uses were filled from a key of the author's: where one of them is right, the envelope is
    the author's, and then every other must be right too, or a channel's that opens.
    """
    for filler in (envelopes.own.key, envelopes.drafts_key, envelopes.shared_key):
        tags, wraps = fill(filler, envelope_id)
        slots = slots_in(sealed)
        if any(tag == tags[i] or wrap == wraps[i] for i, (tag, wrap) in enumerate(slots)):
            unused = sum(slot == (tags[i], wraps[i]) for i, slot in enumerate(slots))
            return not _used_slots_open(envelopes, filler, envelope_id, sealed, len(slots) - unused)
    return False


def _used_slots_open(
    envelopes: OpenedEnvelopes, filler: ChannelKey, envelope_id: EnvelopeId, sealed: bytes, used: int
) -> bool:
    """Whether exactly `used` slots open for channels that this member can have used."""
    channels = [filler]
    if filler is envelopes.own.key:
        channels += [channel.key for channel in envelopes.outgoing.values()]
    try:
        ref = ref_of(envelope_id, sealed)
        opened = 0
        for channel in channels:
            place = channel.find(envelope_id, sealed)
            if place is not None:
                unwrap(ref, sealed, place)
                opened += 1
    except NotGenuine:
        return False
    return 0 < opened == used
