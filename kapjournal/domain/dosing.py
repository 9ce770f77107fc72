"""What happened in a dosing session, row by row: doses, vitals, effects, and lines of what was said and done.

A row belongs to the dosing record of one person. What stands in it is kept as it was typed: what cannot be
is named beside it (`doubts`), and nothing is corrected or judged. No dose is compared with anything.
"""

import datetime as dt
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kapjournal.domain.forms import FieldKind, FormField
from kapjournal.domain.parsing import time_from
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.text import shown_line

MAX_ROWS = 5000
"""More than one a second for an hour; each save writes them all."""

SET_BACK = dt.timedelta(minutes=1)
"""By how much two clocks may differ before both are kept."""


class RowKind(StrEnum):
    """The kinds of row. Fixed in the file format."""

    DOSE = "dose"
    SPIT = "spit"
    VITALS = "vitals"
    EFFECT = "effect"
    LINE = "line"


class LineKind(StrEnum):
    """What a line tells of: what was said, seen in the body, touched, asked for, or done."""

    SAID = "said"
    BODY = "body"
    TOUCH = "touch"
    ASKED = "asked"
    DID = "did"


FIRST_DOSE, BOOSTER = "dose", "booster"
SPAT, SWALLOWED = "spat out", "swallowed"
UNITS = ("mg", "mcg", "µg", "g", "mg/kg", "ml", "tablet", "troche", "lozenge", "spray")
"""The units a row knows; another is kept, and named. It says nothing of how much is right."""

_WORDS = FormField("words", "Words")

COLUMNS: Mapping[str, tuple[FormField, ...]] = {
    RowKind.DOSE: (
        FormField("which", "Which", kind=FieldKind.CHOICE, choices=(FIRST_DOSE, BOOSTER)),
        FormField("amount", "Amount", kind=FieldKind.LINE),
        FormField("unit", "Unit", "For example mg.", FieldKind.LINE),
        FormField("route", "Route", "For example sublingual or intramuscular.", FieldKind.LINE),
        FormField("form", "Form", "For example lozenge.", FieldKind.LINE),
        FormField("strength", "Strength", "As the label says.", FieldKind.LINE),
        FormField("ordered-by", "Ordered by", kind=FieldKind.LINE),
        _WORDS,
    ),
    RowKind.SPIT: (
        FormField("which", "Which", kind=FieldKind.CHOICE, choices=(SPAT, SWALLOWED)),
        _WORDS,
    ),
    RowKind.VITALS: (
        FormField("label", "When", "For example before, 30 min, before leaving.", FieldKind.LINE),
        FormField("systolic", "Systolic", "mmHg", FieldKind.LINE),
        FormField("diastolic", "Diastolic", "mmHg", FieldKind.LINE),
        FormField("pulse", "Pulse", "per minute", FieldKind.LINE),
        FormField("spo2", "SpO2", "%", FieldKind.LINE),
        FormField("told", "Who was told", kind=FieldKind.LINE),
        _WORDS,
    ),
    RowKind.EFFECT: (
        FormField("effect", "Effect", kind=FieldKind.LINE),
        FormField("ended", "Ended", "HH:MM, or empty while it lasts.", FieldKind.LINE),
        _WORDS,
    ),
    RowKind.LINE: (
        FormField("what", "What", kind=FieldKind.CHOICE, choices=tuple(LineKind)),
        _WORDS,
    ),
}
"""What a row of each kind can hold."""

_MOST = {"systolic": 400, "diastolic": 400, "pulse": 500, "spo2": 100}
"""Above these no instrument measures, or no percentage goes: not a range of what is healthy."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a dosing record.

    `at` is what the clock of the computer said, with its offset from UTC. `steady` is what it would have said
    had nobody set it since the pad was opened, None where the two agree to a minute. `values` are the filled
    columns by id, sorted, as typed.
    """

    id: str
    kind: str
    at: dt.datetime
    values: tuple[tuple[str, str], ...] = ()
    steady: dt.datetime | None = None

    @property
    def fields(self) -> dict[str, str]:
        """The filled columns by id."""
        return dict(self.values)

    def anew(self) -> "Row":
        """The same as a row of another record, with an id of its own."""
        return replace(self, id=secrets.token_hex(8))

    @property
    def moment(self) -> dt.datetime:
        """When it was, by the clock that nobody set."""
        return self.steady or self.at

    @property
    def is_dose(self) -> bool:
        """Whether a clock begins at it: a dose that is no booster."""
        return self.kind == RowKind.DOSE and self.fields.get("which") != BOOSTER

    def with_fields(self, fields: Mapping[str, str]) -> "Row":
        """The row with other values in some columns, an empty one for none (`UsageError`, `Refused`)."""
        values = self.fields
        known = {column.id: column for column in COLUMNS.get(self.kind, ())}
        for name, value in fields.items():
            if name not in known:
                raise UsageError(f"“{shown_line(name)}” is none of {', '.join(known)}.")
            values[name] = known[name].checked(value)
        return replace(self, values=tuple((name, value) for name, value in sorted(values.items()) if value))


def new_row(
    kind: RowKind, at: dt.datetime, fields: Mapping[str, str] | None = None, steady: dt.datetime | None = None
) -> Row:
    """A row with an id of its own. `steady` counts where it is more than a minute from `at`."""
    at = _to_milliseconds(at)
    is_set = steady is not None and abs(steady - at) >= SET_BACK
    kept = _to_milliseconds(steady) if steady is not None and is_set else None
    return Row(secrets.token_hex(8), kind, at, steady=kept).with_fields(fields or {})


def _to_milliseconds(moment: dt.datetime) -> dt.datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def ordered(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows by the moment they are of."""
    return tuple(sorted(rows, key=lambda row: (row.moment, row.at, row.id)))


def put(rows: Iterable[Row], *new: Row) -> tuple[Row, ...]:
    """Rows with some in the place of those of the same id, or beside the others (`Refused` beyond the
    limit)."""
    by_id = {row.id: row for row in (*rows, *new)}
    if len(by_id) > MAX_ROWS:
        raise Refused(f"A dosing record has at most {MAX_ROWS:,} rows.")
    return ordered(by_id.values())


def without(rows: Iterable[Row], row_id: str) -> tuple[Row, ...]:
    """Rows without the one whose id begins so (`NotFound`)."""
    found = find(rows, row_id)
    return tuple(row for row in rows if row.id != found.id)


def find(rows: Iterable[Row], row_id: str) -> Row:
    """The one row whose id begins so (`NotFound`, `UsageError` for several)."""
    fitting = [row for row in rows if row_id and row.id.startswith(row_id.strip().lower())]
    if not fitting:
        raise NotFound(f"There is no row “{shown_line(row_id)}” in this record.")
    if len(fitting) > 1:
        raise UsageError(f"More than one row begins with “{shown_line(row_id)}”. Give a few characters more.")
    return fitting[0]


def joined(rows: Iterable[Iterable[Row]]) -> tuple[Row, ...]:
    """The rows of several versions of one record, each once. Of one that two computers changed both stand,
    the second under a new id."""
    by_id: dict[str, Row] = {}
    for row in (row for version in rows for row in version):
        if by_id.setdefault(row.id, row) != row and row not in by_id.values():
            other = replace(row, id=secrets.token_hex(8))
            if not any(replace(one, id=other.id) == other for one in by_id.values()):
                by_id[other.id] = other
    return ordered(by_id.values())


def joined_after(
    before: Iterable[Row], now: Sequence[Row], others: Iterable[Iterable[Row]]
) -> tuple[Row, ...]:
    """The rows a version has `now` with those of `others` that stood beside the version `before`: what was
    changed or struck since does not come back."""
    known = set(before)
    struck = {row.id for row in known} - {row.id for row in now}
    more = (row for other in others for row in other if row not in known and row.id not in struck)
    return joined([now, more])


def dosed_at(rows: Iterable[Row]) -> dt.datetime | None:
    """When the first dose was given; None if none was."""
    return min((row.moment for row in rows if row.is_dose), default=None)


def minutes_since(dosed: dt.datetime | None, moment: dt.datetime) -> int | None:
    """Minutes from the first dose to a moment as a clock without seconds shows the two, below zero before
    it; None without a dose."""
    if dosed is None:
        return None
    shown = (one.replace(second=0, microsecond=0) for one in (moment, dosed))
    return (next(shown) - next(shown)) // dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a row that cannot be as it stands there; `column` is None for its time."""

    row: str
    column: str | None
    says: str


def doubts(rows: Sequence[Row]) -> tuple[Doubt, ...]:
    """What cannot be: measurements that are no numbers or that nothing measures, units that are not known,
    times out of order. Nothing is said of what is high, low, much or little."""
    dosed = dosed_at(rows)
    return tuple(doubt for row in rows for doubt in (*_doubts_of_values(row), *_doubts_of_time(row, dosed)))


def _doubts_of_values(row: Row) -> Iterator[Doubt]:
    fields = row.fields
    numbers: dict[str, float] = {}
    headings = {column.id: column.heading for column in COLUMNS.get(row.kind, ())}
    for name, most in _MOST.items() if row.kind == RowKind.VITALS else ():
        if name in fields:
            number = number_in(fields[name])
            if number is None or not 0 < number <= most:
                says = f"{headings[name]}: “{shown_line(fields[name])}” cannot be. It is kept as typed."
                yield Doubt(row.id, name, says)
            else:
                numbers[name] = number
    if numbers.get("diastolic", 0) >= numbers.get("systolic", 1000):
        yield Doubt(row.id, "diastolic", "Diastolic: not below the systolic. It is kept as typed.")
    if row.kind == RowKind.DOSE:
        if "amount" in fields and not number_in(fields["amount"]):
            says = f"Amount: “{shown_line(fields['amount'])}” is not a number above 0. It is kept as typed."
            yield Doubt(row.id, "amount", says)
        if "amount" in fields and "unit" not in fields:
            yield Doubt(row.id, "unit", "Unit: none is given.")
        if fields.get("unit", UNITS[0]).strip().casefold() not in {unit.casefold() for unit in UNITS}:
            says = f"Unit: “{shown_line(fields['unit'])}” is none of {', '.join(UNITS)}. It is kept as typed."
            yield Doubt(row.id, "unit", says)


def _doubts_of_time(row: Row, dosed: dt.datetime | None) -> Iterator[Doubt]:
    ended = row.fields.get("ended", "")
    if row.kind == RowKind.EFFECT and ended:
        try:
            until = time_from(ended.strip())
        except UsageError:
            says = f"Ended: “{shown_line(ended)}” is not a time as HH:MM. It is kept as typed."
            yield Doubt(row.id, "ended", says)
        else:
            begun = row.moment.astimezone(row.at.tzinfo).time().replace(second=0, microsecond=0)
            if dt.timedelta(0) < _on_a_day(begun) - _on_a_day(until) < dt.timedelta(hours=12):
                yield Doubt(row.id, "ended", "Ended: before it began. It is kept as typed.")
    is_after = row.kind == RowKind.SPIT or (row.kind == RowKind.DOSE and not row.is_dose)
    if is_after and (dosed is None or row.moment < dosed):
        what = "a booster" if row.kind == RowKind.DOSE else "this"
        yield Doubt(row.id, None, f"Time: {what} before any dose. It is kept as typed.")


def _on_a_day(time: dt.time) -> dt.datetime:
    """An hour of any day; an effect may last beyond midnight, and then ends at an earlier hour."""
    return dt.datetime.combine(dt.date.min, time)


def number_in(text: str) -> float | None:
    """The number a text is, with a point or a comma; None if it is none."""
    found = re.fullmatch(r"\s*([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*", text)
    return float(found[1].replace(",", ".")) if found else None


def is_above(row: Row, systolic: float | None, diastolic: float | None) -> bool:
    """Whether a row of vitals is above the clinic's own line, as far as the clinic has one."""
    fields = row.fields
    lines = {"systolic": systolic, "diastolic": diastolic}
    return row.kind == RowKind.VITALS and any(
        line is not None and (number := number_in(fields.get(name, ""))) is not None and number > line
        for name, line in lines.items()
    )
