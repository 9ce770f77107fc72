"""Writing rows: what one unit of work puts into the file, drops and deletes there, whatever the rows hold."""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from kapjournal.crypto.envelope import ChannelKey, SealedRow, drop_token
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import Row, dropped, read_row
from kapjournal.domain.ids import EnvelopeId, RowId
from kapjournal.journal.vault.numbering import Numbering
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.opening import open_on
from kapjournal.store import Transaction


class RowWriter:
    """The rows of one transaction. What is dropped is counted on its channels."""

    def __init__(self, transaction: Transaction, envelopes: OpenedEnvelopes, numbering: Numbering) -> None:
        self._transaction = transaction
        self._envelopes = envelopes
        self._numbering = numbering
        self._put: dict[RowId, tuple[int, EnvelopeId, bytes]] = {}
        self._dropped: list[RowId] = []
        self._deleted: list[RowId] = []

    @property
    def gone(self) -> set[RowId]:
        """The rows whose words are gone with this write."""
        return {*self._dropped, *self._deleted}

    def put(self, sealed: SealedRow) -> None:
        """Put a new row."""
        self._transaction.put(sealed.id, sealed.sealed)
        self._put[sealed.id] = len(sealed.sealed), sealed.envelope, sealed.body_hash

    def drop(self, row_id: RowId, keys: Iterable[ChannelKey]) -> bool:
        """Replace a row of this member's, which one of the keys finds, by its dropped state; False if it is
        another's or does not open."""
        sealed = self._transaction.row(row_id)
        for key in keys if sealed else ():
            try:
                opened = open_on(key, row_id, sealed or b"")
            except NotGenuine:
                return False
            if opened is not None and opened.wrap.key is not None:
                return self._drop_opened(opened.row, opened.wrap.key, key)
        return False

    def drop_own(self, row_ids: Iterable[RowId]) -> None:
        """Drop rows that lie on this member's channels to themselves."""
        for row_id in row_ids:
            self.drop(row_id, self._envelopes.channels.own_keys)

    def _drop_opened(self, row: Row, key: bytes, found_by: ChannelKey) -> bool:
        channels = self._envelopes.channels
        own = found_by if found_by in channels.own_keys else channels.own_key_of(row)
        if own is None:
            return False
        self._transaction.replace(row.id, dropped(row, drop_token(own, key)))
        self._dropped.append(row.id)
        self._numbering.drop(row)
        return True

    def delete(self, row_id: RowId) -> None:
        """Take a row away: nothing is left of it."""
        self._transaction.delete([row_id])
        self._deleted.append(row_id)

    def delete_twins(self, twins: Mapping[RowId, RowId]) -> None:
        """Delete rows of this member's that others altered, each with the whole one, which must be in the
        file: no words are deleted that lie nowhere else."""
        for twin, whole in twins.items():
            with suppress(NotGenuine):
                read_row(whole, self._transaction.row(whole) or b"")
                self.delete(twin)

    def are_taken(self) -> bool:
        """Whether the file has all that was put and dropped so far, as it was written."""
        dropped_now = {*self._dropped}
        for row_id in {*self._put, *dropped_now} - {*self._deleted}:
            try:
                row = read_row(row_id, self._transaction.row(row_id) or b"")
            except NotGenuine:
                return False
            if row.is_standing == (row_id in dropped_now):
                return False
        return True

    def publish(self) -> None:
        """Let memory have what the file has."""
        for row_id, put in self._put.items():
            self._envelopes.placed(row_id, *put)
        for row_id in self._dropped:
            self._envelopes.dropped(row_id)
        for row_id in self._deleted:
            self._envelopes.forget(row_id)
