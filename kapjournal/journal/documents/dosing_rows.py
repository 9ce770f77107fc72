"""How the rows of a dosing record lie in a document, of a record and of its draft."""

import datetime as dt
from collections.abc import Iterable

from kapjournal.domain.dosing import MAX_ROWS, Row, ordered
from kapjournal.journal.strict_encoding import from_hex
from kapjournal.text import MAX_LINE, is_line, storable


def rows_to_data(rows: Iterable[Row]) -> list[object]:
    """Rows as JSON has them."""
    return [_row_to_data(row) for row in rows]


def rows_from_data(said: list[object]) -> tuple[Row, ...]:
    """Undo `rows_to_data` (`ValueError`, `TypeError`, `Refused`)."""
    rows = ordered(_row_from_data(one) for one in said)
    if len({row.id for row in rows}) < len(rows) or len(rows) > MAX_ROWS:
        raise ValueError
    return rows


def is_name(name: object) -> bool:
    """Whether something can be the name of a field, a column or a kind."""
    return isinstance(name, str) and is_line(name) and len(name) <= MAX_LINE


def _row_to_data(row: Row) -> list[object]:
    steady = _row_time_to_text(row.steady) if row.steady else None
    return [row.id, row.kind, _row_time_to_text(row.at), steady, row.fields]


def _row_from_data(said: object) -> Row:
    match said:
        case [str(row_id), str(kind), str(at), None | str() as steady, dict(values)]:
            moment = _row_time_from_text(steady) if steady else None
            for name, value in values.items():
                if not is_name(name) or not storable(value):
                    raise ValueError
            from_hex(row_id, 8)
            if is_name(kind):
                return Row(row_id, kind, _row_time_from_text(at), tuple(sorted(values.items())), moment)
    raise ValueError


def _row_time_to_text(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _row_time_from_text(text: str) -> dt.datetime:
    """A moment with its offset from UTC, `2026-03-02T10:05:00.000+01:00`, in that spelling alone."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None or _row_time_to_text(moment) != text or not 1970 <= moment.year < 2200:
        raise ValueError
    return moment
