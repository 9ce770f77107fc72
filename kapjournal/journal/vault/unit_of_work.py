"""The unit of work: what one use case writes in one transaction, all or nothing.

Everything is tried on copies of the channels and becomes true in memory only after the file has it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kapjournal import clock
from kapjournal.crypto.envelope import (
    SLOTS,
    EnvelopeRef,
)
from kapjournal.domain.ids import DocumentId, EnvelopeId, MemberId
from kapjournal.journal.documents.registry import DRAFT, EARLIER, SPECS
from kapjournal.journal.documents.version import Content, DocumentType, DocumentVersion
from kapjournal.journal.trust.certificates import SharedRecord
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes, StoredVersion
from kapjournal.journal.vault.rollback_record import RollbackRecord, channel_name
from kapjournal.journal.vault.sealing import NO_HEAD, Sealing
from kapjournal.store import Transaction


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """The state a document is to have: `content` None deletes it. `previous` is the version it replaces."""

    document: DocumentId
    type: DocumentType
    readers: frozenset[MemberId]
    content: Content | None
    previous: StoredVersion | None = None


class UnitOfWork:
    """Versions, drafts and shared records written in one transaction."""

    def __init__(self, transaction: Transaction, envelopes: OpenedEnvelopes, record: RollbackRecord) -> None:
        self.transaction = transaction
        self._envelopes = envelopes
        self._record = record
        self._sealing = Sealing(transaction, envelopes, record)
        self._placed: list[StoredVersion] = []
        self.dropped: list[EnvelopeId] = []
        """The envelopes that are gone with this write."""
        self._drafts: list[StoredVersion] = []
        self._shared: list[tuple[EnvelopeId, SharedRecord]] = []

    @property
    def moves_heads(self) -> bool:
        """Whether anything was written that heads count: not so for drafts, keyslots and shared records."""
        return bool(self._sealing.channels)

    def put(self, change: DocumentChange) -> StoredVersion:
        """Write a version in the place of the one before.

        Of a type that keeps earlier versions, the version before is kept for its author alone in an envelope
        beside; a reader who lost the document finds the notice there, where later edits do not touch it: so a
        reader of the past does not learn of them. Every other type leaves nothing behind.
        """
        previous = change.previous
        notices = self._notices(change, [previous.ref.id] if previous else [])
        replaced = [previous.ref] if previous else []
        if previous and SPECS[change.type].keeps_earlier:
            self._seal(self._earlier(previous, notices), notices, replaced=[], lost=replaced)
            notices = {}
        stored = self._seal(self._version(change, notices), notices, replaced=replaced, lost=replaced)
        self._drop([ref.id for ref in replaced])
        return stored

    def delete(self, previous: StoredVersion, earlier: Sequence[StoredVersion]) -> None:
        """Write a version without content, which nobody but its author reads, and drop all before it."""
        version = previous.version
        only_me = frozenset({self._envelopes.me})
        change = DocumentChange(version.document, version.type, only_me, None, previous)
        refs = [stored.ref for stored in (previous, *earlier)]
        notices = self._notices(change, [ref.id for ref in refs])
        self._seal(self._version(change, notices), notices, replaced=refs, lost=refs)
        self._drop([ref.id for ref in refs])

    def put_draft(
        self, document: DocumentId, content: Content, replaces: Iterable[EnvelopeId]
    ) -> StoredVersion:
        """Seal a draft for its author in the place of its envelope before; no head knows of it."""
        only_me = frozenset({self._envelopes.me})
        version = self._version(DocumentChange(document, DRAFT.type, only_me, content), {})
        envelope = self._sealing.seal_without_head(version.to_bytes(), self._envelopes.drafts_key)
        self._drop(replaces)
        stored = StoredVersion(envelope.ref, NO_HEAD, version)
        self._drafts.append(stored)
        return stored

    def drop_drafts(self, envelope_ids: Iterable[EnvelopeId]) -> None:
        """Delete drafts."""
        self._drop(envelope_ids)

    def put_shared(self, record: SharedRecord) -> None:
        """Put a grant, certificate or key message where every member finds it."""
        envelope = self._sealing.seal_without_head(record.to_bytes(), self._envelopes.shared_key)
        self._shared.append((envelope.ref.id, record))

    def drop_shared(self, envelope_ids: Iterable[EnvelopeId]) -> None:
        """Take grants, certificates or key messages away."""
        self._drop(envelope_ids)

    def publish(self) -> None:
        """Make everything true in memory; called once the file has it."""
        envelopes = self._envelopes
        for envelope_id in self.dropped:
            envelopes.forget(envelope_id)
        dropped = set(self.dropped)
        for stored in self._placed:
            if stored.ref.id not in dropped:
                envelopes.place(stored)
        for draft in self._drafts:
            envelopes.drafts[draft.ref.id] = draft
        for envelope_id, record in self._shared:
            envelopes.shared.add(envelope_id, record)
        for receiver, channel in self._sealing.channels.items():
            if receiver == envelopes.me:
                envelopes.own = channel
            else:
                envelopes.outgoing[receiver] = channel
            self._record.observe(channel_name(envelopes.me, receiver), channel.head)

    def _notices(self, change: DocumentChange, gone: Sequence[EnvelopeId]) -> dict[MemberId, EnvelopeId]:
        """Which member to tell that which envelope is lost to them: former readers, and those on whose
        channel the head would vanish with what is dropped."""
        notices: dict[MemberId, EnvelopeId] = {}
        if change.previous:
            for reader in change.previous.version.readers:
                if reader not in change.readers:
                    notices[reader] = change.previous.ref.id
        for receiver in self._envelopes.outgoing:
            channel = self._sealing.channels.get(receiver) or self._envelopes.outgoing[receiver]
            if channel.head_in in gone and receiver not in change.readers:
                notices.setdefault(receiver, channel.head_in)
        taken = 1 if SPECS[change.type].keeps_earlier else len(change.readers)
        return dict(list(notices.items())[: SLOTS - taken])

    def _version(self, change: DocumentChange, notices: Mapping[MemberId, EnvelopeId]) -> DocumentVersion:
        content = change.content
        return DocumentVersion(
            document=change.document,
            type=change.type,
            author=self._envelopes.me,
            readers=tuple(sorted(change.readers)),
            written=clock.now(),
            replica=self._record.replica,
            data=content.data if content else None,
            text=content.text if content else "",
            follows=self._followed(change),
            told=tuple(notices),
        )

    def _followed(self, change: DocumentChange) -> EnvelopeRef | None:
        """The envelope before, unless this one has a reader who could not read that: its id in an older copy
        of the file would tell them whose it was."""
        before = change.previous
        known = before is not None and change.readers <= set(before.version.readers)
        return before.ref if before and known else None

    def _earlier(self, previous: StoredVersion, notices: Mapping[MemberId, EnvelopeId]) -> DocumentVersion:
        content = EARLIER.encode(previous.version)
        return previous.version._replace(
            type=EARLIER.type,
            readers=(self._envelopes.me,),
            data=content.data,
            text=content.text,
            told=tuple(notices),
        )

    def _seal(
        self,
        version: DocumentVersion,
        notices: Mapping[MemberId, EnvelopeId],
        *,
        replaced: Sequence[EnvelopeRef],
        lost: Sequence[EnvelopeRef],
    ) -> StoredVersion:
        stored = self._sealing.seal(version, notices, replaced=replaced, lost=lost)
        self._placed.append(stored)
        return stored

    def _drop(self, envelope_ids: Iterable[EnvelopeId]) -> None:
        ids = list(envelope_ids)
        self.transaction.drop(ids)
        self.dropped += ids
