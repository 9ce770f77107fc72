"""Which versions of which documents stand: what the file holds less what was replaced.

One author can write on two computers at once; then several versions of a document stand, and all are shown.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from kapjournal.domain.ids import DocumentId, EnvelopeId, MemberId, RowId
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.earlier import EarlierVersion
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.vault.channel import Channel

DocumentName = tuple[MemberId, DocumentId]
"""Author and id: together they name a document."""

_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


class StoredVersion(NamedTuple):
    """One document version in one row."""

    row: RowId
    envelope: EnvelopeId
    version: DocumentVersion
    channel: Channel | None = None
    """On which its author wrote it; of a draft the one to themselves by the same keys."""

    @property
    def generation(self) -> int:
        """How late its keys are: what was written with keys that were replaced takes the place of nothing
        that was written with later ones."""
        return self.channel.generation if self.channel else 0

    @property
    def is_deletion(self) -> bool:
        """Whether it says that the document was deleted."""
        return self.version.type == registry.DELETED.type

    @property
    def rank(self) -> tuple[bool, int, bool, dt.datetime, EnvelopeId]:
        """Of several versions that stand the highest is shown first: a signed one, one by later keys, then
        the one written last."""
        return (
            bool(self.version.proofs),
            self.generation,
            not self.is_deletion,
            self.version.written or _LONG_AGO,
            self.envelope,
        )


class StoredEarlier(NamedTuple):
    """What is kept in memory of a version before: all but its words. `kept_type` is what it was."""

    row: RowId
    envelope: EnvelopeId
    document: DocumentId
    written: dt.datetime | None
    replaced: tuple[EnvelopeId, ...]
    by: EnvelopeId
    notified: tuple[MemberId, ...]
    kept_type: str
    channel: Channel

    @property
    def generation(self) -> int:
        """How late its keys are."""
        return self.channel.generation

    @classmethod
    def of(
        cls,
        row: RowId,
        envelope: EnvelopeId,
        version: DocumentVersion,
        kept: EarlierVersion,
        channel: Channel,
    ) -> "StoredEarlier":
        """From the version as it lies in the file, and what it keeps."""
        return cls(
            row,
            envelope,
            version.document,
            version.written,
            kept.replaced,
            kept.by,
            kept.notified,
            kept.version.type,
            channel,
        )


class StandingVersions:
    """The versions of a file for one member, and what of them stands. `settle` is to be called once all rows
    were placed; from then on `place` and `forget` keep up by themselves."""

    def __init__(self, me: MemberId) -> None:
        self.current: dict[DocumentName, StoredVersion] = {}
        self.standing: dict[DocumentName, list[StoredVersion]] = {}
        self.earlier: dict[DocumentId, list[StoredEarlier]] = {}
        self.set_aside: dict[RowId, DocumentName] = {}
        """Rows that stand and were replaced, with the document they are of."""
        self.dropped: set[EnvelopeId] = set()
        """Every envelope that a drop token in the file names."""
        self.latest_own: dict[int, dt.datetime] = {}
        """The latest moment at which this member wrote something that stands, by how late its keys are. What
        is deleted or replaced counts until everything is settled anew."""
        self._changed: set[DocumentName] | None = None
        self._me = me
        self._versions: dict[RowId, StoredVersion] = {}
        self._of_type: dict[str, set[DocumentName]] = {}
        """The documents that have a version of a type, or had one since the file was opened."""
        self._earlier: dict[RowId, StoredEarlier] = {}

    def place(self, stored: StoredVersion) -> None:
        """Take in a version."""
        self._versions[stored.row] = stored
        name = stored.version.author, stored.version.document
        self._note_change(name)
        self._note_moment(stored)
        self._of_type.setdefault(stored.version.type, set()).add(name)
        self.standing.setdefault(name, []).append(stored)
        current = self.current.get(name)
        if current is None or stored.rank > current.rank:
            self.current[name] = stored

    def place_earlier(self, kept: StoredEarlier) -> None:
        """Take in a version before."""
        self._earlier[kept.row] = kept
        self.earlier.setdefault(kept.document, []).append(kept)

    def forget(self, row: RowId) -> None:
        """Let go of what a row held."""
        stored = self._versions.pop(row, None)
        if stored is not None:
            name = stored.version.author, stored.version.document
            self.standing[name] = [one for one in self.standing.get(name, ()) if one is not stored]
            self._note_change(name)
            self._choose(name)
        kept = self._earlier.pop(row, None)
        if kept is not None:
            left = [one for one in self.earlier.get(kept.document, ()) if one is not kept]
            self.earlier[kept.document] = left
        self.set_aside.pop(row, None)

    def settle(
        self,
        lost: Mapping[tuple[MemberId, EnvelopeId], int],
        altered: Collection[RowId] = (),
        documents: Collection[DocumentId] | None = None,
    ) -> None:
        """Set aside what a later version, a deletion or a notice (`lost`, by sender, with the generation of
        its channel) says is no longer so, if it was not written with earlier keys, and what was dropped
        under another row id; of two rows of one envelope one counts, rather not an `altered` one. With
        `documents` only these, for now."""
        versions: Collection[StoredVersion] = self._versions.values()
        if documents is not None:
            versions = [stored for stored in versions if stored.version.document in documents]
        if altered:
            versions = sorted(versions, key=lambda stored: stored.row in altered)
        replaced = self._replaced(versions, lost)
        dropped = self.dropped
        standing: dict[DocumentName, list[StoredVersion]] = {}
        self.set_aside = {}
        seen: set[tuple[MemberId, EnvelopeId]] = set()
        for stored in versions:
            version, envelope = stored.version, stored.envelope
            author = version.author
            if envelope in dropped or replaced.get((author, envelope), -1) >= stored.generation:
                self.set_aside[stored.row] = author, version.document
            elif (author, envelope) not in seen:
                seen.add((author, envelope))
                standing.setdefault((author, version.document), []).append(stored)
        self.standing = standing
        self._changed = None
        self.earlier = {}
        for kept in self._earlier.values():
            if kept.envelope in dropped or replaced.get((self._me, kept.envelope), -1) >= kept.generation:
                self.set_aside[kept.row] = self._me, kept.document
            else:
                self.earlier.setdefault(kept.document, []).append(kept)
        self.latest_own = {}
        for several in standing.values():
            for stored in several:
                self._note_moment(stored)
        self.current = {
            document: several[0] if len(several) == 1 else max(several, key=lambda one: one.rank)
            for document, several in standing.items()
        }

    def of_type(self, type_: str) -> list[DocumentName]:
        """Every document of which a version that stands may be of a type, in no order: where they are few,
        the many of another type are not looked at."""
        return list(self._of_type.get(type_, ()))

    def take_changed(self) -> set[DocumentName] | None:
        """The documents that changed since this was asked last; None if any of them may have."""
        changed, self._changed = self._changed, set()
        return changed

    def _note_moment(self, stored: StoredVersion) -> None:
        written = stored.version.written
        if written is not None and stored.version.author == self._me:
            known = self.latest_own.get(stored.generation)
            if known is None or written > known:
                self.latest_own[stored.generation] = written

    def _note_change(self, name: DocumentName) -> None:
        if self._changed is not None:
            self._changed.add(name)

    def own_envelopes_but(self, altered: Collection[RowId]) -> set[EnvelopeId]:
        """Every envelope of this member's that lies in a row other than these."""
        return {
            stored.envelope
            for stored in self._versions.values()
            if stored.version.author == self._me and stored.row not in altered
        }

    def shared_by_me(self) -> set[RowId]:
        """The rows of this member's own that are for others too."""
        mine = {
            stored.row
            for stored in self._versions.values()
            if stored.version.author == self._me
            and len(stored.version.readers) + len(stored.version.notified) > 1
        }
        return mine | {kept.row for kept in self._earlier.values() if kept.notified}

    def several(self) -> Iterator[tuple[DocumentName, list[StoredVersion]]]:
        """Every document of which more than one version stands."""
        return ((name, standing) for name, standing in self.standing.items() if len(standing) > 1)

    def _replaced(
        self, versions: Iterable[StoredVersion], lost: Mapping[tuple[MemberId, EnvelopeId], int]
    ) -> dict[tuple[MemberId, EnvelopeId], int]:
        """What was replaced, with the generation of the latest keys by which it was."""
        replaced = dict(lost)

        def replaces(author: MemberId, envelopes: Iterable[EnvelopeId], generation: int) -> None:
            for envelope in envelopes:
                name = author, envelope
                replaced[name] = max(generation, replaced.get(name, generation))

        for stored in versions:
            version = stored.version
            if version.follows:
                replaces(version.author, version.follows, stored.generation)
            if version.type == registry.DELETED.type:
                replaces(self._me, registry.DELETED.decode(version).replaced, stored.generation)
        for kept in self._earlier.values():
            replaces(self._me, kept.replaced, kept.generation)
        return replaced

    def _choose(self, name: DocumentName) -> None:
        standing = self.standing.get(name)
        if standing:
            self.current[name] = max(standing, key=lambda stored: stored.rank)
        else:
            self.standing.pop(name, None)
            self.current.pop(name, None)
