"""The clinical records this member can read, made from their documents."""

from collections.abc import Collection, Iterator, Sequence

from kapjournal.crypto.primitives import NotGenuine, document_name
from kapjournal.domain import records
from kapjournal.domain.by_id import one_by_id, tidied
from kapjournal.domain.couples import NO_SUCH_COUPLE
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import CaseId, DocumentId, EnvelopeId, MemberId
from kapjournal.domain.members import JournalKind
from kapjournal.domain.records import Record, RecordText
from kapjournal.errors import NotFound, Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.note_repository import shown_first
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.standing_versions import StoredVersion


class RecordRepository:
    """Finds records. It is the reader's to judge whose count: those of clinicians, in a practice alone.
    A record is made from its document when it is asked for; nothing is kept but which couple it is of."""

    def __init__(self, envelopes: OpenedEnvelopes, membership: Membership) -> None:
        self._envelopes = envelopes
        self._membership = membership
        self._cases: dict[EnvelopeId, CaseId] = {}

    def all(self, case: CaseId | None = None) -> Iterator[Record]:
        """Every record, or those of a couple, in no order."""
        return (record for _, record in self._stored(case=case))

    def own(self, kind: RecordKind, case: CaseId) -> Iterator[Record]:
        """This member's own records of a kind and a couple, in no order."""
        mine = {self._envelopes.me}
        return (record for _, record in self._stored("", {registry.RECORDS[kind].type}, case, mine))

    def of_kinds(self, kinds: Collection[RecordKind], case: CaseId) -> Iterator[Record]:
        """Every record of some kinds and a couple, in no order; no document of another kind is read."""
        return (record for _, record in self._stored("", {registry.RECORDS[one].type for one in kinds}, case))

    def find(self, record_id: str, *, own: bool = False) -> tuple[StoredVersion, Record]:
        """The one record whose id begins so, with the version shown first (`NotFound`, `UsageError` for
        several). With `own`, of another's record and of none the answer is the same."""
        pairs = self._stored(tidied(record_id))
        mine = (pair for pair in pairs if not (own and pair[1].author != self._envelopes.me))
        what = "record of yours" if own else "record"
        return one_by_id(mine, record_id, what, lambda pair: [pair[1].id])

    def unsigned(self) -> Iterator[Record]:
        """This member's own records under which no signature stands, in no order."""
        mine = {self._envelopes.me}
        return (record for _, record in self._stored(authors=mine, is_signed=False))

    def of(self, stored: StoredVersion) -> Record:
        """The record in a version (`NotFound` if there is none)."""
        record = self._record_of(stored)
        if record is None:
            raise NotFound("This record is not here any more.")
        return record

    def check_practice(self) -> None:
        """Refuse whatever has to do with records in a couple's own journal."""
        if self._membership.kind is not JournalKind.PRACTICE:
            raise Refused(records.ONLY_IN_A_PRACTICE)

    def check_couple(self, case: CaseId) -> None:
        """Refuse a couple that this member does not have (`NotFound`)."""
        for (_, document), stored in self._envelopes.current.items():
            if document == DocumentId(case) and stored.version.type == registry.CASE.type:
                return
        raise NotFound(NO_SUCH_COUPLE)

    def _stored(
        self,
        prefix: str = "",
        types: Collection[str] = registry.RECORD_TYPES,
        case: CaseId | None = None,
        authors: Collection[MemberId] = (),
        is_signed: bool | None = None,
    ) -> Iterator[tuple[StoredVersion, Record]]:
        """The records of these types whose id begins so, of a couple, some authors, signed or not if these
        are named. A document is read only if it may be one of them."""
        if self._membership.kind is not JournalKind.PRACTICE:
            return
        for (author, document), stored in list(self._envelopes.current.items()):
            is_elsewhere = case is not None and self._cases.get(stored.envelope, case) != case
            if is_elsewhere or stored.version.type not in types or (authors and author not in authors):
                continue
            if is_signed not in (None, bool(stored.version.proofs)):
                continue
            if prefix and not document_name(author, document).startswith(prefix):
                continue
            record = self._record_of(stored)
            if record is not None:
                self._cases[stored.envelope] = record.case
                if case in (None, record.case):
                    yield stored, record

    def _record_of(self, stored: StoredVersion) -> Record | None:
        version = stored.version
        if version.type not in registry.RECORD_TYPES:
            return None
        try:
            content = registry.SPECS[version.type].decode(version)
            records.check_may_write(self._membership.role_of(version.author), content.text.kind)
        except (NotGenuine, Refused, LookupError):
            return None
        standing = self._envelopes.standing(version.author, version.document)
        each = [frozenset(one.version.readers) for one in standing if not one.is_deletion]
        readers = frozenset[MemberId]().union(*each)
        return Record(
            id=document_name(version.author, version.document),
            author=version.author,
            readers=readers,
            case=content.case,
            text=content.text,
            written=content.written,
            revised=content.revised,
            beside=_beside(version, content.text, standing),
            versions=tuple(one.envelope for one in standing),
            not_of_each=readers - readers.intersection(*each),
            is_signed=bool(version.proofs),
        )


def _beside(
    version: DocumentVersion, text: RecordText, standing: Sequence[StoredVersion]
) -> tuple[RecordText, ...]:
    """What else stands of a record: written on another computer of its author at the same time."""
    others = (registry.text_of(other) for other in shown_first(version, standing)[1:])
    texts = dict.fromkeys([text, *(other for other in others if isinstance(other, RecordText))])
    return tuple(texts)[1:]
