"""Uniting: the rows of one copy of a journal come into another, each checked against its id first.

A row that is dropped in either copy is dropped in both; that one is absent says nothing. So it does not
matter in which order copies meet, how often, or whether a meeting was cut off."""

from collections.abc import Collection
from dataclasses import dataclass

from kapjournal.crypto.envelope import ChannelKey, is_whole
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import Row, carried, read_row, supersedes
from kapjournal.domain.ids import EnvelopeId, RowId
from kapjournal.progress import Counting
from kapjournal.store import Snapshot, Table, Transaction


@dataclass(slots=True)
class United:
    """What came in: rows that were not here, rows whose drop was not here, rows that were damaged here and
    are whole again; and how many were refused because their bytes do not fit their id."""

    new: int = 0
    dropped: int = 0
    mended: int = 0
    refused: int = 0

    def __bool__(self) -> bool:
        """Whether anything came in."""
        return bool(self.new or self.dropped or self.mended)


class Uniting:
    """Brings rows into one copy. `damaged` are its envelopes that do not fit their ids, None if nobody looked
    at them so far; then they are looked at here, as parts always are. Of the member whose channel to
    themselves is `own`, who has the envelopes `whole`, no row that somebody rewrote comes in beside them."""

    def __init__(
        self,
        own: Collection[ChannelKey] = (),
        whole: Collection[EnvelopeId] = (),
        damaged: Collection[RowId] | None = None,
    ) -> None:
        self.united = United()
        self._own = own
        self._whole = whole
        self._damaged = damaged

    def bring(self, source: Snapshot, into: Transaction, counting: Counting) -> United:
        """Bring every row of `source` that counts before what is there; `counting` is told of each."""
        for table in Table:
            here, there = into.lengths(table), source.lengths(table)
            for row_id, length in there.items():
                counting.add(length)
                is_here = row_id in here
                is_other = is_here and here[row_id] != length
                is_looked_at = is_here and (table is Table.PART or self._damaged is None)
                may_be_damaged = is_looked_at or is_other or row_id in (self._damaged or ())
                is_damaged = may_be_damaged and _is_rotten(row_id, into, table)
                if not is_here or is_other or is_damaged:
                    self._bring_row(row_id, source, into, table, is_damaged)
        return self.united

    def _bring_row(
        self, row_id: RowId, source: Snapshot, into: Transaction, table: Table, is_damaged: bool
    ) -> None:
        read = source.row(row_id, table) or b""
        try:
            sealed, row = carried(row_id, read), read_row(row_id, read)
        except NotGenuine:
            self.united.refused += 1
            return
        present = into.row(row_id, table)
        if self._is_rewritten(row):
            return
        if is_damaged:
            self.united.mended += 1
        elif present is None:
            self.united.new += 1
        elif supersedes(sealed, present):
            self.united.dropped += 1
        else:
            return
        into.delete([row_id], table)  # what lies there may be no bytes at all
        into.put(row_id, sealed, table)

    def _is_rewritten(self, row: Row) -> bool:
        """Whether the row is a reader's change of one of this member's that is here whole."""
        return row.envelope in self._whole and not any(is_whole(key, row) for key in self._own)


def _is_rotten(row_id: RowId, into: Snapshot, table: Table) -> bool:
    """Whether the bytes that lie here do not fit their id."""
    try:
        read_row(row_id, into.row(row_id, table) or b"")
    except NotGenuine:
        return True
    return False
