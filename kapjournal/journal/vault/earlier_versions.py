"""Reading versions before with their words, which are not kept in memory."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

from kapjournal.domain.ids import EnvelopeId
from kapjournal.errors import Damaged
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.vault.opening import authenticate
from kapjournal.journal.vault.standing_versions import StoredEarlier, StoredVersion
from kapjournal.journal.vault.vault import Vault
from kapjournal.store import Snapshot


def earlier_version(vault: Vault, snapshot: Snapshot, kept: StoredEarlier) -> DocumentVersion:
    """A version before, as it was (`Damaged`)."""
    me, sealed = vault.me, snapshot.row(kept.row)
    opened = vault.envelopes.channels.open_own(kept.row, sealed) if sealed else None
    if opened is None or opened.body is None:
        raise Damaged("An earlier version of this note is damaged.")
    version = authenticate(opened.body, me, me, registry.ChannelKind.TO_SELF, vault.membership.keeper)
    if version is None or version.type != registry.EARLIER.type:
        raise Damaged("An earlier version of this note is damaged.")
    return registry.EARLIER.decode(version).version


def earlier_versions(
    vault: Vault, snapshot: Snapshot, earlier: Iterable[StoredEarlier]
) -> Iterator[DocumentVersion]:
    """Those of the versions before that can be read."""
    for kept in earlier:
        with suppress(Damaged):
            yield earlier_version(vault, snapshot, kept)


def seen_by_now(
    vault: Vault, snapshot: Snapshot, note: StoredVersion, seen: Collection[EnvelopeId]
) -> frozenset[EnvelopeId]:
    """Which versions of a note of this member's somebody knows who saw those of `seen`: these, and any that
    say the same since, for other readers or with other files."""
    document = note.version.document
    unseen = [one for one in vault.envelopes.standing(vault.me, document) if one.envelope not in seen]
    if not unseen:
        return frozenset(seen)
    earlier = vault.envelopes.versions.earlier.get(document, [])
    kept = [one for one in earlier if not frozenset(seen).isdisjoint(one.replaced)]
    texts = {registry.text_of(version) for version in earlier_versions(vault, snapshot, kept)} - {None}
    return frozenset(seen).union(one.envelope for one in unseen if registry.text_of(one.version) in texts)


def alike(vault: Vault, note: StoredVersion) -> frozenset[EnvelopeId]:
    """This version of a note of this member's and those that stand beside it with the same text."""
    text = registry.text_of(note.version)
    standing = vault.envelopes.standing(vault.me, note.version.document)
    return frozenset(one.envelope for one in standing if one is note or registry.text_of(one.version) == text)


def history(vault: Vault, stored: StoredVersion) -> list[DocumentVersion]:
    """Every version of a document of this member's that can be read with its words, the oldest first, those
    that stand last (`Damaged`)."""
    document = stored.version.document
    standing = sorted(vault.envelopes.standing(vault.me, document), key=lambda one: one.rank)
    earlier = _in_order(vault.envelopes.versions.earlier.get(document, []), standing)
    with vault.file.reading() as snapshot:
        versions = [earlier_version(vault, snapshot, one) for one in earlier]
    versions += [one.version for one in standing]
    return [version for version in versions if version.type != registry.DELETED.type]


def _in_order(earlier: list[StoredEarlier], standing: list[StoredVersion]) -> list[StoredEarlier]:
    """Earlier versions, the oldest first, by what took the place of what: clocks can be put back."""
    step_of = {envelope: one for one in earlier for envelope in one.replaced}
    distance = {stored.envelope: 0 for stored in standing}

    def far(one: StoredEarlier) -> int:
        chain: dict[EnvelopeId, None] = {}
        at = one.by
        while at not in distance and at in step_of and at not in chain:
            chain[at] = None
            at = step_of[at].by
        beyond = distance.get(at, 0)
        for steps, envelope in enumerate(reversed(chain), start=1):
            distance[envelope] = beyond + steps
        return beyond + len(chain) + 1

    return sorted(earlier, key=lambda one: (-far(one), one.written or _LONG_AGO))


_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)
