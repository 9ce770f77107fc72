"""A thorough look at a journal: everything `findings` knows, and every bit that only its author can judge."""

from dataclasses import dataclass

from kapjournal.crypto.envelope import ChannelKey, fill, ref_of, slots_in, unwrap
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.journal.core import Core
from kapjournal.journal.findings import Finding, findings
from kapjournal.store import Snapshot


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. `notes` counts the notes one can read."""

    findings: tuple[Finding, ...]
    notes: int

    @property
    def whole(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def inspect(core: Core, snapshot: Snapshot, notes: int) -> Report:
    """Read every envelope again, the parts nobody reads included."""
    found = list(findings(core))
    seen = core.shelf.altered
    odd = sum(
        _is_odd(core, envelope_id, sealed)
        for envelope_id, sealed in snapshot.envelopes()
        if sealed is not None and envelope_id not in seen
    )
    if odd:
        values = "1 sealed value was" if odd == 1 else f"{odd} sealed values were"
        found.append(Finding(f"{values} altered among your own and the members' cards and letters."))
    return Report(tuple(found), notes)


def _is_odd(core: Core, envelope_id: bytes, sealed: bytes) -> bool:
    """Whether an envelope that oneself filled is not to the bit what it was.

    The slots nobody uses were filled from a key of the author's: where one of them is right, the envelope is
    one's own, and then every other must be right too, or a channel's that opens.
    """
    shelf = core.shelf
    for filler in (shelf.own.key, shelf.drafts_key, shelf.shared_key):
        tags, wraps = fill(filler, envelope_id)
        slots = slots_in(sealed)
        right = [tag == tags[i] or wrap == wraps[i] for i, (tag, wrap) in enumerate(slots)]
        if any(right):
            intact = [slot == (tags[i], wraps[i]) for i, slot in enumerate(slots)]
            return not _used_slots_open(core, filler, envelope_id, sealed, intact)
    return False


def _used_slots_open(
    core: Core, filler: ChannelKey, envelope_id: bytes, sealed: bytes, unused: list[bool]
) -> bool:
    shelf = core.shelf
    channels = [shelf.own.key, *(channel.key for channel in shelf.outgoing.values())]
    if filler is not shelf.own.key:
        channels = [filler]
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
    return opened > 0 and opened + sum(unused) == len(unused)
