"""The dosing sessions of a letter to a prescriber, as they are read from one partner's own records.

Dosing records and progress notes about that partner are looked at, and no record of any other kind or about
anybody else. Of a dosing record go in the doses, the pressures, the effects and the adverse event: what was
said, seen and touched stays in it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kapjournal.content.pad import Pad
from kapjournal.domain import dosing
from kapjournal.domain.dosing import BOOSTER, Row, RowKind, number_in
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import MemberId
from kapjournal.domain.letter import Names
from kapjournal.domain.records import Record
from kapjournal.errors import Refused
from kapjournal.presentation.dosing import since_dose
from kapjournal.presentation.letter import DosingSession

ABOVE_LINE = "above the clinic’s line"
BOTH_STAND = (
    "The dosing record of session {number} was written on two computers at once. Save it as it should be, "
    "then write the letter."
)
NO_RESPONSE_THERE = "No progress note of yours about this partner has words there. Type the response instead."
NOT_NOTED = "not noted"

MOST_AMOUNTS = 4
MOST_EFFECTS = 6
A_VALUE = 24
"""Characters of one column of a row."""
WORDS = 120
"""Characters of an adverse event, and of the response to one session."""


def dosing_sessions(
    records: Iterable[Record],
    about: About,
    names: Names,
    pad: Pad,
    response_of: tuple[MemberId, str] | None = None,
) -> tuple[DosingSession, ...]:
    """The dosing sessions of one partner by day, from all records of the couple. With `response_of`, an
    author and a field, each has what that author wrote there in the progress note about the partner and the
    session (`Refused` for a dosing record of which two texts stand)."""
    theirs = sorted((one for one in records if one.text.about is about), key=lambda one: one.order)
    responses = dict(_responses(theirs, *response_of)) if response_of else {}
    found, doses = [], 0
    for record in theirs:
        if record.kind is not RecordKind.DOSING:
            continue
        number = record.text.session.number if record.text.session else None
        if record.beside:
            raise Refused(BOTH_STAND.format(number=number))
        rows = [_unnamed(row, names) for row in record.text.rows]
        fields = {name: names.without(value) for name, value in record.text.fields.items()}
        dosed = dosing.dosed_at(rows)
        doses += dosed is not None
        found.append(
            DosingSession(
                day=record.text.date,
                session=number,
                dose=doses if dosed else None,
                amounts=tuple(_amounts(rows, dosed)),
                pressures=tuple(_pressures(rows, dosed, pad)),
                effects=tuple(_effects(rows, dosed)),
                adverse=_adverse(fields),
                response=_short(names.without(responses.get(number, "")), WORDS),
            )
        )
    return tuple(found)


def prescriber_of(records: Iterable[Record], about: About) -> str:
    """Who stands as the prescriber in the partner's last dosing record that says one; empty if none does."""
    found = [
        one.text.fields["prescriber"]
        for one in sorted(records, key=lambda one: one.order)
        if one.kind is RecordKind.DOSING and one.text.about is about and "prescriber" in one.text.fields
    ]
    return " ".join(found[-1].split()) if found else ""


def _responses(records: Iterable[Record], author: MemberId, field: str) -> Iterator[tuple[int | None, str]]:
    for one in records:
        is_theirs = one.kind is RecordKind.PROGRESS and one.author == author
        if is_theirs and one.text.session is not None and (words := one.text.fields.get(field, "")):
            yield one.text.session.number, words


def _unnamed(row: Row, names: Names) -> Row:
    return replace(row, values=tuple((name, names.without(value)) for name, value in row.values))


def _amounts(rows: Sequence[Row], dosed: dt.datetime | None) -> Iterator[str]:
    """“10:06 100 mg, sublingual, lozenge, strength 50 mg, ordered by Dr Ito”, as each was noted."""
    found = [row for row in rows if row.kind == RowKind.DOSE]
    for row in found[:MOST_AMOUNTS]:
        said = {name: _short(value, A_VALUE) for name, value in row.fields.items()}
        strength, ordered = said.get("strength", ""), said.get("ordered-by", "")
        parts = (
            BOOSTER if said.get("which") == BOOSTER else "",
            " ".join(filter(None, (said.get("amount", ""), said.get("unit", "")))) or "amount not said",
            said.get("route", ""),
            said.get("form", ""),
            f"strength {strength}" if strength else "",
            f"ordered by {ordered}" if ordered else "",
        )
        since = f" ({since_dose(row, dosed)})" if dosed and row.moment != dosed else ""
        yield f"{_clock(row)}{since}  {', '.join(filter(None, parts))}"
    if len(found) > MOST_AMOUNTS:
        yield f"and {len(found) - MOST_AMOUNTS} more in the record"


def _pressures(rows: Sequence[Row], dosed: dt.datetime | None, pad: Pad) -> Iterator[str]:
    """The highest and the last. Where the highest systolic and the highest diastolic were taken at two
    moments, both are said; what no instrument measures is said as it was typed, and is not the highest."""
    odd = {one.row for one in dosing.doubts(rows) if one.column in ("systolic", "diastolic")}
    taken = [row for row in rows if row.kind == RowKind.VITALS and _pressure(row)]
    sound = [row for row in taken if row.id not in odd]
    highest = (
        list(dict.fromkeys(_highest(sound, first) for first in ("systolic", "diastolic"))) if sound else []
    )
    last = taken[-1] if taken else None
    for row in highest:
        which = (
            "highest" if len(highest) == 1 else f"highest {'systolic' if row is highest[0] else 'diastolic'}"
        )
        yield _in_words("highest and last" if [row] == highest == [last] else which, row, dosed, pad)
    if last is not None and [last] != highest:
        yield _in_words("last", last, dosed, pad)
    if typed := [row for row in taken if row.id in odd and row is not last]:
        yield f"as typed, {', '.join(_pressure(row) for row in typed[:2])}" + (
            f" and {len(typed) - 2} more" if len(typed) > 2 else ""
        )


def _highest(rows: Sequence[Row], first: str) -> Row:
    second = "diastolic" if first == "systolic" else "systolic"
    return max(rows, key=lambda row: (_number(row, first), _number(row, second)))


def _number(row: Row, name: str) -> float:
    return number_in(row.fields.get(name, "")) or 0.0


def _pressure(row: Row) -> str:
    pressure = [_short(row.fields.get(name, ""), 8) for name in ("systolic", "diastolic")]
    return "/".join(one or "–" for one in pressure) if any(pressure) else ""


def _in_words(which: str, row: Row, dosed: dt.datetime | None, pad: Pad) -> str:
    above = f", {ABOVE_LINE}" if dosing.is_above(row, pad.systolic_line, pad.diastolic_line) else ""
    return f"{which} {_pressure(row)} at {since_dose(row, dosed) or _clock(row)}{above}"


def _effects(rows: Sequence[Row], dosed: dt.datetime | None) -> Iterator[str]:
    """“nausea 11:17 (+71 min) to 11:38”."""
    found = [row for row in rows if row.kind == RowKind.EFFECT]
    for row in found[:MOST_EFFECTS]:
        since = since_dose(row, dosed)
        ended = _short(row.fields.get("ended", ""), 8)
        end = f" to {ended}" if ended else ", no end noted"
        effect = _short(row.fields.get("effect", "effect"), A_VALUE)
        yield f"{effect} {_clock(row)}{f' ({since})' if since else ''}{end}"
    if len(found) > MOST_EFFECTS:
        yield f"and {len(found) - MOST_EFFECTS} more in the record"


def _adverse(fields: dict[str, str]) -> str:
    said = fields.get("adverse", NOT_NOTED)
    what, done = (" ".join(fields.get(name, "").split()) for name in ("adverse-what", "adverse-action"))
    return f"{said}. {_short(' '.join(filter(None, (what, f'Done: {done}' if done else ''))), WORDS)}".rstrip(
        ". "
    )


def _clock(row: Row) -> str:
    """By the clock that nobody set, where the row was written down."""
    return f"{row.moment.astimezone(row.at.tzinfo):%H:%M}"


def _short(text: str, most: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
