"""Dosing records, one for each person and session: found, begun, and changed row by row."""

from collections.abc import Iterable, Mapping

from kapjournal.domain import dosing
from kapjournal.domain.dosing import Row
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.records import Record, SessionNamed
from kapjournal.journal.records import NewRecord, RecordChange, Records


class Dosing:
    """The use cases of dosing records; as records they are read, shared and looked back on like any other."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def all(self, case: CaseId | None = None, session: int | None = None) -> list[Record]:
        """Every dosing record this member can read, of a couple and a session if these are named."""
        return [
            record
            for record in self._records.all(case)
            if record.kind is RecordKind.DOSING and session in (None, _number(record))
        ]

    def find(
        self, case: CaseId, about: About, session: int, kind: RecordKind = RecordKind.DOSING
    ) -> Record | None:
        """The member's own dosing record, or ready card, of one person and session; None if there is none."""
        found = self._records.own(kind, case)
        return next((one for one in found if (one.text.about, _number(one)) == (about, session)), None)

    def put(
        self,
        case: CaseId,
        about: About,
        session: SessionNamed,
        rows: Iterable[Row] = (),
        fields: Mapping[str, str] | None = None,
    ) -> Record:
        """Put rows, and values in fields, into the dosing record of one person and session; it is begun if
        there is none (`Refused`, `UsageError`, `NotFound`)."""
        known = self.find(case, about, session.number)
        if known is not None:
            change = RecordChange(fields or {}, rows=tuple(rows), seen=known.versions)
            return self._records.edit(known.id, change)
        new = NewRecord(RecordKind.DOSING, case, fields or {}, about, session.date, session, rows=tuple(rows))
        return self._records.add(new)

    def change_row(self, record_id: str, row: Row) -> Record:
        """Put a row in the place of the one that has its id."""
        return self._records.edit(record_id, RecordChange(rows=(row,)))

    def strike_row(self, record_id: str, row_id: str) -> Record:
        """Take a row out; the version before is kept (`NotFound`)."""
        row = dosing.find(self._records.get(record_id).text.rows, row_id)
        return self._records.edit(record_id, RecordChange(struck=frozenset({row.id})))


def _number(record: Record) -> int | None:
    return record.text.session.number if record.text.session else None
