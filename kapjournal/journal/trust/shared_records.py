"""What lies on the shared channel: every record by its row, and how one is read from a body."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from kapjournal.crypto.identity import PublicIdentity
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import JournalId, MemberId, RowId
from kapjournal.errors import KapjournalError
from kapjournal.journal.strict_encoding import from_json
from kapjournal.journal.trust.certificates import (
    ChannelKeyMessage,
    InvitationGrant,
    MemberCertificate,
    Removal,
    SharedRecord,
    Successor,
    check_grant,
)
from kapjournal.journal.trust.ending import SharingEnded


@dataclass(slots=True)
class SharedRecords:
    """What lies on the shared channel, by row. Nothing of it is believed yet."""

    grants: dict[RowId, InvitationGrant] = field(default_factory=dict)
    certificates: dict[RowId, MemberCertificate] = field(default_factory=dict)
    key_messages: dict[RowId, ChannelKeyMessage] = field(default_factory=dict)
    successors: dict[RowId, Successor] = field(default_factory=dict)
    removals: dict[RowId, Removal] = field(default_factory=dict)
    endings: dict[RowId, SharingEnded] = field(default_factory=dict)

    def add(self, row_id: RowId, record: SharedRecord) -> None:
        """Put a record where it belongs."""
        match record:
            case InvitationGrant():
                self.grants[row_id] = record
            case MemberCertificate():
                self.certificates[row_id] = record
            case ChannelKeyMessage():
                self.key_messages[row_id] = record
            case Successor():
                self.successors[row_id] = record
            case Removal():
                self.removals[row_id] = record
            case SharingEnded():
                self.endings[row_id] = record

    def rows(self) -> set[RowId]:
        """Every row that a record lies in."""
        return set().union(*self._all())

    def drop(self, row_id: RowId) -> None:
        """Forget the record of a row that is gone."""
        for kept in self._all():
            kept.pop(row_id, None)

    def _all(self) -> tuple[dict[RowId, Any], ...]:
        cards = self.grants, self.certificates, self.key_messages, self.successors, self.removals
        return *cards, self.endings

    def removals_of(self, member: MemberId, journal: JournalId, keeper: PublicIdentity) -> Iterator[RowId]:
        """The removals of a member that these keys of the keeper's signed."""
        for row_id, removal in self.removals.items():
            if removal.member == member:
                with suppress(NotGenuine):
                    keeper.verify(removal.signature, removal.message(journal))
                    yield row_id

    def keys_of(self, member: MemberId) -> PublicIdentity | None:
        """The public keys whose hash is this member's id; they prove themselves."""
        return next((c.keys for c in self.certificates.values() if c.member == member), None)

    def genuine_grants(self, journal: JournalId, *keeper: PublicIdentity) -> dict[RowId, InvitationGrant]:
        """The grants that the keeper signed, by row."""
        genuine: dict[RowId, InvitationGrant] = {}
        for row_id, grant in self.grants.items():
            try:
                check_grant(grant, journal, *keeper)
            except NotGenuine:
                continue
            genuine[row_id] = grant
        return genuine


def shared_record_from(body: bytes) -> SharedRecord:
    """The record in a body of the shared channel, not yet believed; `NotGenuine` if it is none of ours."""
    fields = from_json(body)
    try:
        match fields["kind"]:
            case "grant":
                return InvitationGrant.from_fields(fields)
            case "certificate":
                return MemberCertificate.from_fields(fields)
            case "key-message":
                return ChannelKeyMessage.from_fields(fields)
            case "successor":
                return Successor.from_fields(fields)
            case "removal":
                return Removal.from_fields(fields)
            case "apart":
                return SharingEnded.from_fields(fields)
    except (TypeError, ValueError, LookupError, AttributeError, KapjournalError):
        pass
    raise NotGenuine("Something among the members' cards and letters is not of their form.")
