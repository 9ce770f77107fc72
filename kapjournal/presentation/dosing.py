"""What every face says of a dosing record's rows: when, how long after the dose, and what."""

import datetime as dt
from collections.abc import Iterator, Sequence

from kapjournal.content.pad import Pad
from kapjournal.domain import dosing
from kapjournal.domain.dosing import BOOSTER, Row, RowKind
from kapjournal.text import shown_line

ABOVE = "Above your clinic’s line. Tell the provider."


def clock(row: Row) -> str:
    """“10:05”; where the clock was set “09:15, by a steady clock 10:05”."""
    said = f"{row.at:%H:%M}"
    return f"{said}, by a steady clock {row.steady:%H:%M}" if row.steady else said


def since_dose(row: Row, dosed: dt.datetime | None) -> str:
    """“+40 min” after the dose, “-5 min” before it; empty without one."""
    minutes = dosing.minutes_since(dosed, row.moment)
    return "" if minutes is None else f"{minutes:+d} min"


def row_in_words(row: Row) -> str:
    """What stands in a row, on one line: “80 mg, sublingual, ordered by Dr Ito”."""
    fields = row.fields
    words = fields.pop("words", "")
    said = list(_said(row.kind, fields))
    said += [f"{name} {value}" for name, value in fields.items()]  # of a newer program
    return shown_line(": ".join(filter(None, (", ".join(said), " ".join(words.split())))))


def _said(kind: str, fields: dict[str, str]) -> Sequence[str]:
    """The columns of a kind in words; what is said is taken out of `fields`."""
    if kind == RowKind.DOSE:
        amount = " ".join(filter(None, (fields.pop("amount", ""), fields.pop("unit", ""))))
        ordered = fields.pop("ordered-by", "")
        which = BOOSTER if fields.pop("which", "") == BOOSTER else ""
        how = [fields.pop(name, "") for name in ("route", "form", "strength")]
        parts = [which, amount or "amount not said", *how, f"ordered by {ordered}" if ordered else ""]
    elif kind == RowKind.VITALS:
        pressure = [fields.pop(name, "") for name in ("systolic", "diastolic")]
        label, told = fields.pop("label", ""), fields.pop("told", "")
        pulse, oxygen = fields.pop("pulse", ""), fields.pop("spo2", "")
        parts = [
            label,
            "/".join(one or "–" for one in pressure) if any(pressure) else "",
            f"pulse {pulse}" if pulse else "",
            f"SpO2 {oxygen}" if oxygen else "",
            f"told {told}" if told else "",
        ]
    elif kind == RowKind.EFFECT:
        ended = fields.pop("ended", "")
        parts = [fields.pop("effect", "effect"), f"until {ended}" if ended else ""]
    else:
        parts = [fields.pop("which", ""), fields.pop("what", "")]
    return [part for part in parts if part]


def marks(rows: Sequence[Row], pad: Pad) -> dict[str, tuple[str, ...]]:
    """What is to be said beside rows, by their ids: what cannot be in one, and that it is above the clinic's
    line."""
    said: dict[str, tuple[str, ...]] = {}
    for doubt in dosing.doubts(rows):
        said[doubt.row] = (*said.get(doubt.row, ()), doubt.says)
    for row in rows:
        if dosing.is_above(row, pad.systolic_line, pad.diastolic_line):
            said[row.id] = (*said.get(row.id, ()), ABOVE)
    return said


def cells(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Rows for a reader who knows no clinic: clock with the minutes from the dose, and what."""
    dosed = dosing.dosed_at(rows)
    for row in rows:
        kind = "" if row.kind in (RowKind.LINE, RowKind.SPIT) else f"{row.kind}: "
        since = since_dose(row, dosed) if row.moment != dosed else ""
        when = f"{clock(row)} ({since})" if since else clock(row)
        yield when, shown_line(f"{kind}{row_in_words(row)}")


def lines(rows: Sequence[Row], pad: Pad) -> Iterator[str]:
    """Rows as the items of a list in markdown: clock, minutes since the dose, kind, what; below a row what is
    said beside it."""
    dosed, said = dosing.dosed_at(rows), marks(rows, pad)
    for row in rows:
        words = filter(None, (clock(row), since_dose(row, dosed), shown_line(row.kind), row_in_words(row)))
        yield f"- {' · '.join(words)}"
        yield from (f"  - {sentence}" for sentence in said.get(row.id, ()))
