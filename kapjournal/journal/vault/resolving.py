"""Resolving: what the author's own program settles by itself of versions that stand at once, alike on every
computer, so that the copies of one person end the same.

1. Who lost a version by a step that is not in another's past loses the other too, and what was deleted on one
   side is for its author alone: narrowing wins. What nobody shared is never shared.
2. Versions that say the same become one: of those by the latest keys the one of the smallest envelope; where
   their readers differ, one new version for all of them.

Versions that say different things stand until their author saves: nothing is merged without a person.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import DocumentId, EnvelopeId, MemberId
from kapjournal.journal.documents import registry
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork


class Step(NamedTuple):
    """That some versions were replaced by one (`by`), who lost them by it, and whether all was deleted."""

    replaced: frozenset[EnvelopeId]
    by: EnvelopeId
    lost: frozenset[MemberId]
    deleted: bool
    generation: int
    """Of the keys it was written with; a step by earlier ones takes nothing from what later ones wrote."""


Steps = dict[EnvelopeId, list[Step]]
"""By the version that each led to."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What to write so that less stands: `change` for new readers, or `alike`, the versions that go because
    another says the same."""

    change: DocumentChange | None = None
    alike: tuple[StoredVersion, ...] = ()

    def write(self, unit: UnitOfWork) -> None:
        """Write it."""
        if self.change is not None:
            unit.put(self.change)
        unit.drop_versions(self.alike)


def resolutions(envelopes: OpenedEnvelopes) -> Iterator[Resolution]:
    """What can be settled now, one thing of each document; afterwards there may be more."""
    for (author, document), standing in envelopes.versions.several():
        if author != envelopes.me:
            continue
        if registry.SPECS[standing[0].version.type].joined is not None:
            if subsumed := _subsumed(standing):
                yield Resolution(alike=subsumed)
            continue
        steps = _steps(envelopes, standing, document)
        resolution = _narrowed(envelopes.me, standing, steps) or _united(standing)
        if resolution is not None:
            yield resolution


def _steps(envelopes: OpenedEnvelopes, standing: list[StoredVersion], document: DocumentId) -> Steps:
    found = []
    for kept in envelopes.versions.earlier.get(document, ()):
        deleted = kept.kept_type == registry.DELETED.type
        lost = frozenset(kept.notified)
        found.append(Step(frozenset(kept.replaced), kept.by, lost, deleted, kept.generation))
    for stored in standing:
        if stored.is_deletion:
            deletion = registry.DELETED.decode(stored.version)
            replaced, lost = frozenset(deletion.replaced), frozenset(deletion.notified)
            found.append(Step(replaced, stored.envelope, lost, True, stored.generation))
    steps: Steps = {}
    for step in found:
        steps.setdefault(step.by, []).append(step)
    return steps


def _past(steps: Steps, envelope: EnvelopeId) -> set[Step]:
    """Every step that led to a version."""
    past: set[Step] = set()
    seen, waiting = {envelope}, [envelope]
    while waiting:
        for step in steps.get(waiting.pop(), ()):
            past.add(step)
            waiting += step.replaced - seen
            seen |= step.replaced
    return past


def _narrowed(me: MemberId, standing: list[StoredVersion], steps: Steps) -> Resolution | None:
    pasts = {stored.envelope: _past(steps, stored.envelope) for stored in standing}
    for stored in sorted(standing, key=lambda one: one.envelope):
        if stored.is_deletion:
            continue
        elsewhere = set().union(*(past for envelope, past in pasts.items() if envelope != stored.envelope))
        elsewhere -= pasts[stored.envelope]
        elsewhere = {step for step in elsewhere if step.generation >= stored.generation}
        readers = frozenset(stored.version.readers)
        lost = frozenset().union(*(step.lost for step in elsewhere)) if elsewhere else frozenset()
        if any(step.deleted for step in elsewhere):
            lost = readers
        kept = (readers - lost) | {me}
        if kept != readers:
            return Resolution(DocumentChange.again(stored.version, kept, [stored]))
    return None


def _united(standing: list[StoredVersion]) -> Resolution | None:
    alike: dict[tuple[object, ...], list[StoredVersion]] = {}
    for stored in standing:
        version = stored.version
        said = (
            (version.type, "")
            if stored.is_deletion
            else (version.type, version.form, version.data, version.text)
        )
        alike.setdefault(said, []).append(stored)
    for same in alike.values():
        if len(same) < 2:
            continue
        first, *others = sorted(same, key=_by_latest_keys_first)
        if len({frozenset(stored.version.readers) for stored in same}) == 1 and not _proofs_differ(same):
            return Resolution(alike=tuple(others))
        everyone = frozenset().union(*(stored.version.readers for stored in same))
        return Resolution(DocumentChange.again(first.version, everyone, same))
    return None


def _subsumed(standing: list[StoredVersion]) -> tuple[StoredVersion, ...]:
    """Of a type whose versions are joined: those that one of them says all of."""
    spec = registry.SPECS[standing[0].version.type]
    with suppress(NotGenuine):
        said = [
            (stored, spec.decode(stored.version)) for stored in sorted(standing, key=lambda one: one.rank)
        ]
        whole = said[0][1]
        for _, other in said[1:]:
            whole = spec.joined(other, whole) if spec.joined else whole
        newest = max(stored.generation for stored in standing)
        saying_all = [stored for stored, value in said if value == whole and stored.generation == newest]
        if saying_all:
            kept = min(saying_all, key=_by_latest_keys_first)
            return tuple(stored for stored in standing if stored is not kept)
    return ()


def _by_latest_keys_first(stored: StoredVersion) -> tuple[int, EnvelopeId]:
    """What is kept of versions that say the same: never one by keys that were replaced, which may count for
    nothing, in the place of one by later keys."""
    return -stored.generation, stored.envelope


def _proofs_differ(same: list[StoredVersion]) -> bool:
    return len({frozenset(stored.version.proofs) for stored in same}) > 1
