"""The unit of work: what one use case writes in one transaction, all or nothing.

What is written becomes true in memory only after the file has it.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kapjournal import clock
from kapjournal.crypto.envelope import UNNUMBERED, ChannelKey, NewEnvelope, SealedRow, draw, random_key, seal
from kapjournal.crypto.row import SLOTS
from kapjournal.domain.apart import NOTHING_MORE_IS_SHARED
from kapjournal.domain.ids import DocumentId, EnvelopeId, MemberId, ReplicaId, RowId
from kapjournal.errors import CannotSave, Refused
from kapjournal.journal.documents.earlier import Deletion, EarlierVersion
from kapjournal.journal.documents.files import AttachedFile, OwedDrop
from kapjournal.journal.documents.registry import DELETED, EARLIER, JOURNAL_INFO, SPECS
from kapjournal.journal.documents.version import MAX_LISTED, Content, DocumentVersion
from kapjournal.journal.trust.certificates import InvitationGrant, SharedRecord
from kapjournal.journal.trust.ending import SharingEnded
from kapjournal.journal.trust.proofs import Proof
from kapjournal.journal.vault import pieces
from kapjournal.journal.vault.numbering import Numbering
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.row_writer import RowWriter
from kapjournal.journal.vault.standing_versions import DocumentName, StoredEarlier, StoredVersion
from kapjournal.store import Transaction

_REMOVED_SHARES_NOTHING = (
    "You were removed from this journal, and nothing more of yours goes to others. You can write for "
    "yourself; a note you had shared can be changed once you have stopped sharing it."
)


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """The state a document is to have, in the place of the `previous` versions; `written` now, if no other
    moment is given."""

    document: DocumentId
    type: str
    readers: frozenset[MemberId]
    content: Content
    previous: tuple[StoredVersion, ...] = ()
    proofs: tuple[Proof, ...] = ()
    written: dt.datetime | None = None

    @property
    def gives_to_others(self) -> bool:
        """Whether others get words, or a document, that they did not have."""
        had = frozenset[MemberId]().union(*(one.version.readers for one in self.previous))
        is_said = any(one.version.content == self.content for one in self.previous)
        return len(self.readers) > 1 and not (is_said and self.readers <= had)

    @classmethod
    def again(
        cls,
        version: DocumentVersion,
        readers: frozenset[MemberId],
        previous: Sequence[StoredVersion],
        *,
        content: Content | None = None,
        proofs: Sequence[Proof] = (),
    ) -> "DocumentChange":
        """A document as a version has it, or with another content. The proofs of those before stay, and more
        `proofs` come to them."""
        before = (proof for one in previous for proof in one.version.proofs)
        return cls(
            version.document,
            version.type,
            readers,
            content or version.content,
            tuple(previous),
            tuple(dict.fromkeys((*before, *proofs))),
        )


class UnitOfWork:
    """Versions, drafts and shared records written in one transaction."""

    def __init__(
        self,
        transaction: Transaction,
        envelopes: OpenedEnvelopes,
        replica: ReplicaId,
        *,
        may_share: bool = True,
        is_removed: bool = False,
        sharing_has_ended: bool = False,
        removed: Collection[MemberId] = (),
    ) -> None:
        """`removed` are told once that they lost something, and only where there is room for it. Of a member
        who `is_removed` themselves nothing more goes to others, nor of anybody where `sharing_has_ended`: but
        for the keeper's word on who is here."""
        self.transaction = transaction
        self._removed = removed
        self._may_share = may_share
        self._is_removed = is_removed
        self._sharing_has_ended = sharing_has_ended
        self.touched: dict[DocumentName, list[RowId]] = {}
        """The documents that were written, with the rows they lay in."""
        self._envelopes = envelopes
        self._numbering = Numbering(envelopes, replica, removed)
        self.rows = RowWriter(transaction, envelopes, self._numbering)
        self._placed: list[StoredVersion] = []
        self._earlier: list[StoredEarlier] = []
        self._drafts: list[StoredVersion] = []
        self._shared: list[tuple[RowId, SharedRecord, ChannelKey]] = []

    # --- documents --------------------------------------------------------------------------------------

    def put(self, change: DocumentChange, *, found_by: Sequence[ChannelKey] = ()) -> StoredVersion:
        """Write a version in the place of those before.

        Of a type that keeps earlier versions, each version before is kept for its author alone in an envelope
        beside; a reader who lost the document finds the notice there, where later edits do not touch it: so a
        reader of the past does not learn of them. Every other type leaves nothing behind. Who holds one of
        the keys in `found_by` finds the version too. `Refused` if others were to read it and may not be
        shared with.
        """
        if len(change.readers) > 1 and not self._may_share:
            raise Refused(
                "This journal needs a newer kapjournal before anything more is shared. Reading and writing "
                "for yourself go on."
            )
        if self._is_removed and change.gives_to_others:
            raise Refused(_REMOVED_SHARES_NOTHING)
        if self._sharing_has_ended and change.type != JOURNAL_INFO.type and change.gives_to_others:
            raise Refused(NOTHING_MORE_IS_SHARED)
        new = draw(self._envelopes.channels.own.key)
        self.drop_versions(change.previous)
        notices: dict[MemberId, EnvelopeId] = {}
        for before in change.previous:
            lost = {
                member: before.envelope
                for member in before.version.readers
                if member not in change.readers and member not in notices
            }
            if SPECS[change.type].keeps_earlier or before.is_deletion:
                self._keep_earlier(before, new.id, lost)
            else:
                notices |= lost
        notices |= self._numbering.unstamped(change.readers | set(notices))
        notices = self._with_room(notices, SLOTS - len(change.readers) - len(found_by))
        version = DocumentVersion(
            document=change.document,
            type=change.type,
            author=self._envelopes.me,
            readers=tuple(sorted(change.readers)),
            written=change.written or clock.now(),
            data=change.content.data,
            text=change.content.text,
            form=change.content.form,
            follows=_followed(change),
            notified=tuple(notices),
            proofs=change.proofs[:MAX_LISTED],
        )
        return self._place(new, version, notices, found_by)

    def _with_room(self, notices: Mapping[MemberId, EnvelopeId], room: int) -> dict[MemberId, EnvelopeId]:
        """As many notices as there is room for, those to members who are here first."""
        ordered = sorted(notices.items(), key=lambda one: one[0] in self._removed)
        return dict(ordered[: max(0, room)])

    def delete(
        self,
        versions: Sequence[StoredVersion],
        earlier: Sequence[StoredEarlier],
        files: Iterable[AttachedFile] = (),
        owed: Sequence[OwedDrop] = (),
    ) -> None:
        """Write that a document was deleted, for its author alone, and drop all there was of it, the files it
        ever named among it; what else is `owed` is dropped when it comes."""
        document = versions[0].version.document
        envelopes = self._envelopes.envelopes_of(document)
        notices: dict[MemberId, EnvelopeId] = {}
        for before in versions:
            if before.is_deletion:
                envelopes |= set(DELETED.decode(before.version).replaced)
            for reader in before.version.readers:
                notices.setdefault(reader, before.envelope)
        self.drop_versions(versions)
        self.rows.drop_own(kept.row for kept in earlier)
        notices |= self._numbering.unstamped({self._envelopes.me, *notices})
        notices.pop(self._envelopes.me, None)
        notices = self._with_room(notices, SLOTS - 1)
        owed = (*self.drop_files(files), *owed)
        deletion = Deletion(tuple(sorted(envelopes)), tuple(sorted(notices)), owed)
        content = DELETED.encode(deletion, None)
        version = DocumentVersion(
            document=document,
            type=DELETED.type,
            author=self._envelopes.me,
            readers=(self._envelopes.me,),
            written=clock.now(),
            data=content.data,
            notified=tuple(notices),
        )
        self._place(draw(self._envelopes.channels.own.key), version, notices)

    def drop_versions(self, versions: Sequence[StoredVersion]) -> None:
        """Drop versions of this member's, in whose place others stand or come."""
        for stored in versions:
            name = stored.version.author, stored.version.document
            self.touched.setdefault(name, []).append(stored.row)
        self.rows.drop_own(stored.row for stored in versions)

    def seal_file(self, name: str, source: Iterable[bytes]) -> AttachedFile:
        """Seal the pieces of a file. No channel counts them: they belong to the note that names them."""
        return pieces.seal_file(self.transaction, self._envelopes.channels.own.key, name, source)

    def drop_files(self, files: Iterable[AttachedFile]) -> tuple[OwedDrop, ...]:
        """Drop the pieces of files of this member's; returns what is not here to be dropped."""
        return pieces.drop_files(self.transaction, self._envelopes.channels.own_keys, files)

    def _keep_earlier(
        self, before: StoredVersion, by: EnvelopeId, lost: Mapping[MemberId, EnvelopeId]
    ) -> None:
        new = draw(self._envelopes.channels.own.key)
        replaced: tuple[EnvelopeId, ...] = (before.envelope,)
        if before.is_deletion:  # that it was deleted must outlive the marker
            replaced += DELETED.decode(before.version).replaced
        kept = EarlierVersion(before.version, replaced, by, tuple(lost))
        content = EARLIER.encode(kept, None)
        version = before.version._replace(
            type=EARLIER.type,
            readers=(self._envelopes.me,),
            data=content.data,
            text=content.text,
            form=content.form,
            follows=(),
            notified=tuple(lost),
            proofs=(),
        )
        sealed = self._seal(new, version, lost)
        own = self._envelopes.channels.own
        self._earlier.append(StoredEarlier.of(sealed.id, sealed.envelope, version, kept, own))

    def _place(
        self,
        new: NewEnvelope,
        version: DocumentVersion,
        notices: Mapping[MemberId, EnvelopeId],
        found_by: Sequence[ChannelKey] = (),
    ) -> StoredVersion:
        sealed = self._seal(new, version, notices, found_by)
        stored = StoredVersion(sealed.id, sealed.envelope, version, self._envelopes.channels.own)
        self._placed.append(stored)
        self.touched.setdefault((version.author, version.document), [])
        return stored

    def _seal(
        self,
        new: NewEnvelope,
        version: DocumentVersion,
        notices: Mapping[MemberId, EnvelopeId],
        found_by: Sequence[ChannelKey] = (),
    ) -> SealedRow:
        readers = [self._numbering.stamp(reader, new.id) for reader in version.readers]
        told = [(*self._numbering.stamp(member, new.id), notices[member]) for member in version.notified]
        readers += [(key, UNNUMBERED) for key in found_by]
        sealed = seal(self._envelopes.channels.own.key, new, version.to_bytes(), readers, told)
        self.rows.put(sealed)
        return sealed

    # --- drafts and shared records ----------------------------------------------------------------------

    def put_draft(
        self, document: DocumentId, type_: str, content: Content, replaces: Iterable[RowId]
    ) -> StoredVersion:
        """Seal a draft of a type for its author in the place of its row before; no channel counts it. Its
        moment is another than that row's: by it a program knows whether another went on with the draft."""
        rows, written = list(replaces), clock.now()
        drafts = self._envelopes.drafts
        before = {drafts[row_id].version.written for row_id in rows if row_id in drafts}
        while written in before:
            written += dt.timedelta(milliseconds=1)
        version = DocumentVersion(
            document=document,
            type=type_,
            author=self._envelopes.me,
            readers=(self._envelopes.me,),
            written=written,
            data=content.data,
            text=content.text,
        )
        own = self._envelopes.channels.own.key
        sealed = self._seal_uncounted(own, version.to_bytes(), self._envelopes.channels.drafts_key)
        self.drop_drafts(rows)
        stored = StoredVersion(sealed.id, sealed.envelope, version, self._envelopes.channels.own)
        self._drafts.append(stored)
        return stored

    def drop_drafts(self, row_ids: Iterable[RowId]) -> None:
        """Drop drafts. Of one that came and went since the file was opened nothing is left, or saving as one
        types would keep a diary."""
        for row_id in row_ids:
            if row_id in self._envelopes.fresh_drafts:
                self.rows.delete(row_id)
            else:
                self.rows.drop(row_id, self._envelopes.channels.drafts_keys)

    def put_shared(self, record: SharedRecord, under: ChannelKey | None = None) -> None:
        """Put a grant, certificate, key message or successor where every member finds it, or those who have
        the key `under`."""
        key = under or self._envelopes.channels.shared_key
        self._put_shared(self._envelopes.channels.own.key, record, key)

    def put_end_of_sharing(self) -> None:
        """Say to everybody here that sharing has ended, and nothing of who says so: the envelope is made with
        a key that is thrown away, so that no door ever tells it from another's, and nobody drops it."""
        self._put_shared(random_key(), SharingEnded(), self._envelopes.channels.shared_key)

    def put_end_of_sharing_again(self) -> None:
        """Say it under a new journal key, if it was said under those before; the keeper's to do, in the write
        that brings the key."""
        if self._sharing_has_ended:
            self.put_end_of_sharing()

    def _put_shared(self, author: ChannelKey, record: SharedRecord, key: ChannelKey) -> None:
        sealed = self._seal_uncounted(author, record.to_bytes(), key)
        self._shared.append((sealed.id, record, key))

    def put_grants(self, grants: Iterable[InvitationGrant]) -> None:
        """Put open grants under the newest journal key, and each where it lay before: whom it invites has
        the journal key of that day. Under keys before that one it does not lie: who was removed has those."""
        envelopes = self._envelopes
        for grant in grants:
            for key in envelopes.shared.keys_of_grant(grant.key):
                self.put_shared(grant, key)

    def drop_shared(self, row_ids: Iterable[RowId]) -> None:
        """Take grants, certificates or key messages away. What another member put there can only be deleted,
        and comes back with the next copy that has it."""
        for row_id in row_ids:
            if not self.rows.drop(row_id, self._envelopes.channels.shared_keys.values()):
                self.rows.delete(row_id)

    def _seal_uncounted(self, author: ChannelKey, body: bytes, key: ChannelKey) -> SealedRow:
        sealed = seal(author, draw(author), body, [(key, UNNUMBERED)])
        self.rows.put(sealed)
        return sealed

    def check_taken(self) -> None:
        """Undo the whole transaction if the file does not have all that was written (`CannotSave`)."""
        if not self.rows.are_taken():
            raise CannotSave("The file did not take the new keys. What opened it before still does.")

    # --- afterwards -------------------------------------------------------------------------------------

    def publish(self) -> None:
        """Make everything true in memory; called once the file has it."""
        envelopes = self._envelopes
        self._numbering.publish()
        self.rows.publish()
        gone = self.rows.gone
        for stored in self._placed:
            if stored.row not in gone:
                envelopes.versions.place(stored)
        for kept in self._earlier:
            envelopes.versions.place_earlier(kept)
        for draft in self._drafts:
            envelopes.fresh_drafts.add(draft.row)
            envelopes.drafts[draft.row] = draft
        for row_id, record, key in self._shared:
            envelopes.shared.place(row_id, record, key)


def _followed(change: DocumentChange) -> tuple[EnvelopeId, ...]:
    """The envelopes before, but those that a reader of this version could not read: such an id in an older
    copy of the file would tell them whose it was."""
    return tuple(
        before.envelope
        for before in change.previous
        if not before.is_deletion and change.readers <= set(before.version.readers)
    )[:MAX_LISTED]
