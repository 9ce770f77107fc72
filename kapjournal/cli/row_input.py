"""Rows of a dosing record as JSON gives them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from kapjournal.domain.dosing import Row, RowKind, new_row
from kapjournal.errors import UsageError
from kapjournal.text import shown_line

_KEYS = ("id", "kind", "at", "steady", "values")
_DERIVED = ("since", "says")
"""What `record show --json` works out, and nobody gives."""


def rows_from(said: object) -> tuple[Row, ...]:
    """Rows as `record show --json` has them; one without an id is a new one (`UsageError`)."""
    if not isinstance(said, list):
        raise UsageError("“rows” is a list of objects, each with “kind”, “at” and “values”.")
    return tuple(_row(one, f"Row {number}") for number, one in enumerate(said, 1))


def _row(said: object, which: str) -> Row:
    if not isinstance(said, dict):
        raise UsageError(f"{which}: an object with “kind”, “at” and “values”.")
    for key in said:
        if key not in _KEYS + _DERIVED:
            raise UsageError(f"{which}: “{shown_line(key)}” is none of {', '.join(_KEYS)}.")
    kind, values, row_id = said.get("kind"), said.get("values", {}), said.get("id")
    if kind not in list(RowKind):
        raise UsageError(f"{which}: “kind” is one of {', '.join(RowKind)}.")
    is_text = isinstance(values, Mapping) and all(isinstance(value, str) for value in values.values())
    if not isinstance(values, Mapping) or not is_text:
        raise UsageError(f"{which}: “values” is an object: texts by the ids of their columns.")
    at = _moment(said, "at", which)
    if at is None:
        raise UsageError(f"{which}: “at” is missing.")
    try:
        row = new_row(RowKind(kind), at, values, _moment(said, "steady", which))
    except UsageError as error:
        raise UsageError(f"{which}: {error}") from None
    return row if row_id is None else replace(row, id=_id(row_id, which))


def _id(said: object, which: str) -> str:
    is_id = isinstance(said, str) and len(said) == 16 and set(said) <= set("0123456789abcdef")
    if not isinstance(said, str) or not is_id:
        raise UsageError(f"{which}: “id” is as it was printed, or left out.")
    return said


def _moment(said: Mapping[str, object], name: str, which: str) -> dt.datetime | None:
    text = said.get(name)
    if text is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(text if isinstance(text, str) else "")
        if moment.tzinfo is None or not 1970 <= moment.year < 2200:
            raise ValueError
    except ValueError:
        raise UsageError(f"{which}: “{name}” is a moment as 2026-03-02T10:05:00+01:00.") from None
    return moment
