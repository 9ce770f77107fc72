"""Sealing: a document version becomes an envelope, and each reader's channel gets its next head."""

from collections.abc import Mapping, Sequence

from kapjournal.crypto.envelope import REPLICA_BYTES, ChannelHead, ChannelKey, Envelope, EnvelopeRef, prepare
from kapjournal.domain.ids import EnvelopeId, MemberId
from kapjournal.journal.documents.version import DocumentType, DocumentVersion
from kapjournal.journal.vault.channel import Channel
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes, StoredVersion
from kapjournal.journal.vault.rollback_record import RollbackRecord, channel_name
from kapjournal.store import Transaction

NO_HEAD = ChannelHead(bytes(REPLICA_BYTES), 0, bytes(16))


class Sealing:
    """Seals into one transaction, on copies of the channels: they count only once the file has it all."""

    def __init__(self, transaction: Transaction, envelopes: OpenedEnvelopes, record: RollbackRecord) -> None:
        self.channels: dict[MemberId, Channel] = {}
        self._transaction = transaction
        self._envelopes = envelopes
        self._record = record

    def seal(
        self,
        version: DocumentVersion,
        notices: Mapping[MemberId, EnvelopeId],
        *,
        replaced: Sequence[EnvelopeRef],
        lost: Sequence[EnvelopeRef],
    ) -> StoredVersion:
        """Seal a version for its readers and put it in the transaction.

        `notices` say to which members, readers no more, and about which envelope the new one tells that it is
        gone for them. On the channels of readers the envelopes `replaced` stop counting, on those of members
        with a notice the envelopes `lost`.
        """
        readers = [self._channel(reader) for reader in version.readers]
        told = [(self._channel(member), envelope_id) for member, envelope_id in notices.items()]
        unfinished = prepare(
            version.to_bytes(),
            [channel.key for channel in readers],
            [(channel.key, envelope_id) for channel, envelope_id in told],
            self._envelopes.own.key,
        )
        ref = unfinished.ref
        heads: dict[MemberId, ChannelHead] = {}
        for member, channel, removed in [
            *((member, channel, replaced) for member, channel in zip(version.readers, readers, strict=True)),
            *((member, channel, lost) for member, (channel, _) in zip(notices, told, strict=True)),
        ]:
            for gone in removed:
                channel.remove(gone)
            if channel in readers:
                channel.add(ref)
            known = self._record.writes(channel_name(self._envelopes.me, member))
            heads[member] = channel.advance(self._record.replica[:REPLICA_BYTES], ref.id, known)
        envelope = unfinished.with_heads(list(heads.values()))
        self._transaction.put(ref.id, envelope.sealed)
        kept = version._replace(text="") if version.type is DocumentType.EARLIER else version
        return StoredVersion(ref, heads[self._envelopes.me], kept)

    def seal_without_head(self, body: bytes, key: ChannelKey) -> Envelope:
        """Seal a body for one channel that keeps no head: drafts, and what all members share."""
        envelope = prepare(body, [key], [], key).with_heads([NO_HEAD])
        self._transaction.put(envelope.ref.id, envelope.sealed)
        return envelope

    def _channel(self, receiver: MemberId) -> Channel:
        if receiver not in self.channels:
            self.channels[receiver] = self._envelopes.channel_to(receiver).copy()
        return self.channels[receiver]
