"""The measures: one file each in `measures/` here, and a clinic's in the settings folder.

A clinic's file of the same name is laid over ours: another cut-off, other bands, or a reliable change, each
with its source. Items, values, direction and the safety item are the instrument's and stay as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from kapjournal import paths, toml
from kapjournal.content.overrides import laid_over
from kapjournal.domain.measure_check import check_measure
from kapjournal.domain.measures import (
    Answers,
    Band,
    CutOff,
    Direction,
    Item,
    Measure,
    ProvisionalRule,
    ReliableChange,
    SafetyItem,
    Subscale,
    checked_answers,
)
from kapjournal.errors import NotFound, Refused
from kapjournal.text import is_line, shown_line, without_unseen
from kapjournal.toml import FieldError

FOLDER = Path(__file__).with_name("measures")

IDS = ("phq9", "gad7", "phq4", "csi4", "csi16", "pcl5", "example")
"""Every measure there is, in the order in which they are listed."""

MAX_LINE = 200
_MAX_ITEMS = 100


def measure(name: str) -> Measure:
    """A measure as the clinic has it, by its id or title, however the hyphen is written (`NotFound`)."""
    wanted = _folded(name)
    for one in all_measures():
        if wanted in (_folded(one.id), _folded(one.title)):
            return one
    raise NotFound(f"There is no measure “{shown_line(name)}”; they are {', '.join(IDS)}.")


def known(measure_id: str) -> Measure | None:
    """The measure of this id; None for one that this program does not have."""
    return _read(paths.config_folder())[0].get(measure_id)


def check_fit(measure_id: str, answers: Answers) -> None:
    """Refuse answers that do not fit a measure (`UsageError`); those to one that this program does not have
    cannot be judged."""
    if (one := known(measure_id)) is not None:
        checked_answers(one, answers)


def all_measures() -> tuple[Measure, ...]:
    """Every measure, the example last."""
    return tuple(_read(paths.config_folder())[0].values())


def published() -> tuple[Measure, ...]:
    """Every measure but the example."""
    return tuple(one for one in all_measures() if not one.is_example)


def complaints() -> tuple[str, ...]:
    """A sentence for each file of the clinic's that is not used."""
    return _read(paths.config_folder())[1]


@cache
def _read(folder: Path) -> tuple[Mapping[str, Measure], tuple[str, ...]]:
    measures: dict[str, Measure] = {}
    said: list[str] = []
    for measure_id in IDS:
        name = f"{measure_id}.toml"
        measures[measure_id], complaint = laid_over(_ours(measure_id), folder / FOLDER.name / name, over)
        said += complaint
    for file in sorted((folder / FOLDER.name).glob("*.toml")):
        if file.stem not in IDS:
            said.append(f"{file} is left out: there is no measure of that name; they are {', '.join(IDS)}.")
    return measures, tuple(said)


@cache
def _ours(measure_id: str) -> Measure:
    return read_measure(measure_id, toml.read((FOLDER / f"{measure_id}.toml").read_text(encoding="utf-8")))


def over(ours: Measure, given: Mapping[str, Any]) -> Measure:
    """A measure with a clinic's file laid over it; `FieldError` names what is wrong."""
    changed: dict[str, Any] = {}
    for key, value in given.items():
        if key not in _CLINICS:
            raise FieldError(
                key,
                f"“{shown_line(key)}” is none of {', '.join(_CLINICS)}: the rest is the instrument's own.",
            )
        changed |= _CLINICS[key](value)
    return _checked(replace(ours, **changed), next(iter(given), ""))


def read_measure(measure_id: str, given: Mapping[str, Any]) -> Measure:
    """A measure from its file; `FieldError` names what is wrong."""
    for key in given:
        if key not in _KEYS:
            raise FieldError(key, f"“{shown_line(key)}” is none of {', '.join(_KEYS)}.")
    direction = given.get("direction")
    if direction not in list(Direction):
        raise FieldError("direction", f"“direction” is one of {', '.join(Direction)}.")
    parts = {name: read for name, read in {**_CLINICS, **_INSTRUMENTS}.items() if name in given}
    found: dict[str, Any] = {}
    for name, read in parts.items():
        found |= read(given[name])
    one = Measure(
        measure_id,
        _line(given, "title"),
        Direction(direction),
        source=_line(given, "source"),
        licence=_line(given, "licence"),
        loinc=_line(given, "loinc", optional=True),
        loinc_total=_line(given, "loinc-total", optional=True),
        is_example=given.get("is-example") is True,
        **found,
    )
    return _checked(one, "items")


def _checked(one: Measure, place: str) -> Measure:
    try:
        check_measure(one)
    except Refused as error:
        raise FieldError(place, str(error)) from None
    return one


def _items(given: object) -> dict[str, object]:
    tables = _tables("items", given)
    return {
        "items": tuple(
            Item(
                _whole(one, "number", "items"),
                _wholes(one, "values", "items"),
                _line(one, "topic", "items", optional=True),
                _line(one, "loinc", "items", optional=True),
            )
            for one in tables
        )
    }


def _bands(given: object) -> dict[str, object]:
    table = _table("bands", given, ("source", "list"))
    rows = table.get("list")
    if not isinstance(rows, list) or not all(_is_band(row) for row in rows):
        raise FieldError("bands.list", "“list” holds bands: [lowest total, highest total, name].")
    return {"bands": tuple(Band(*row) for row in rows), "bands_source": _line(table, "source", "bands")}


def _is_band(row: object) -> bool:
    return (
        isinstance(row, list)
        and [type(cell) for cell in row] == [int, int, str]
        and is_line(row[2])
        and 0 < len(row[2]) <= MAX_LINE
    )


def _subscales(given: object) -> dict[str, object]:
    return {
        "subscales": tuple(
            Subscale(
                _line(one, "id", "subscales"),
                _line(one, "name", "subscales"),
                _wholes(one, "items", "subscales"),
                _whole(one, "positive-at", "subscales") if "positive-at" in one else None,
            )
            for one in _tables("subscales", given)
        )
    }


def _cut_off(given: object) -> dict[str, object]:
    table = _table("cut-off", given, ("at", "name", "source"))
    at = table.get("at")
    ends = at if isinstance(at, list) else [at, at]
    if len(ends) != 2:
        raise FieldError("cut-off.at", "“at” is a number, or a range of two.")
    low, high = (_number({"at": one}, "at", "cut-off") for one in ends)
    name, source = _line(table, "name", "cut-off"), _line(table, "source", "cut-off")
    return {"cut_off": CutOff(low, high, name, source)}


def _provisional(given: object) -> dict[str, object]:
    table = _table("provisional", given, ("item-at", "needs", "source"))
    needs = _table("provisional.needs", table.get("needs"), None)
    rule = ProvisionalRule(
        _whole(table, "item-at", "provisional"),
        tuple((name, _whole(needs, name, "provisional.needs")) for name in needs),
        _line(table, "source", "provisional"),
    )
    return {"provisional": rule}


def _reliable_change(given: object) -> dict[str, object]:
    keys = ("points", "source", "significant-at")
    table = _table("reliable-change", given, keys)
    change = ReliableChange(
        _number(table, "points", "reliable-change"),
        _line(table, "source", "reliable-change"),
        _whole(table, keys[2], "reliable-change") if keys[2] in table else None,
    )
    return {"reliable_change": change}


def _safety(given: object) -> dict[str, object]:
    table = _table("safety", given, ("item", "at"))
    return {"safety": SafetyItem(_whole(table, "item", "safety"), _whole(table, "at", "safety"))}


def _table(name: str, given: object, keys: Sequence[str] | None) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise FieldError(name, f"“{name}” is a table: [{name}] on a line of its own.")
    for key in given:
        if keys is not None and key not in keys:
            raise FieldError(f"{name}.{key}", f"“{shown_line(key)}” is none of {', '.join(keys)}.")
    return given


def _tables(name: str, given: object) -> Sequence[Mapping[str, Any]]:
    if not isinstance(given, list) or not given or len(given) > _MAX_ITEMS:
        raise FieldError(name, f"“{name}” is a list of tables.")
    return [_table(name, one, None) for one in given]


def _line(given: Mapping[str, Any], name: str, place: str = "", *, optional: bool = False) -> str:
    value = given.get(name)
    if value is None and optional:
        return ""
    if isinstance(value, str) and is_line(value) and len(value) <= MAX_LINE and without_unseen(value).strip():
        return value
    raise FieldError(_place(place, name), f"“{name}” is one line of at most {MAX_LINE} characters.")


def _whole(given: Mapping[str, Any], name: str, place: str) -> int:
    value = given.get(name)
    if type(value) is not int or not 0 <= value < 1000:
        raise FieldError(_place(place, name), f"“{shown_line(name)}” is a whole number from 0 to 999.")
    return value


def _wholes(given: Mapping[str, Any], name: str, place: str) -> tuple[int, ...]:
    value = given.get(name)
    if not isinstance(value, list) or len(value) > _MAX_ITEMS:
        raise FieldError(_place(place, name), f"“{name}” is a list of whole numbers.")
    return tuple(_whole({name: one}, name, place) for one in value)


def _number(given: Mapping[str, Any], name: str, place: str) -> float:
    value = given.get(name)
    if type(value) not in (int, float) or not 0 <= value < 1000:  # type: ignore[operator]
        raise FieldError(_place(place, name), f"“{name}” is a number from 0 to 999.")
    return value  # type: ignore[return-value]


def _place(table: str, name: str) -> str:
    return f"{table}.{name}" if table else name


def _folded(name: str) -> str:
    return "".join(one for one in name.casefold() if one.isalnum())


_CLINICS: Mapping[str, Callable[[object], dict[str, object]]] = {
    "cut-off": _cut_off,
    "bands": _bands,
    "reliable-change": _reliable_change,
}
"""What a clinic's file can hold."""

_INSTRUMENTS: Mapping[str, Callable[[object], dict[str, object]]] = {
    "items": _items,
    "subscales": _subscales,
    "provisional": _provisional,
    "safety": _safety,
}
_KEYS = (
    *("title", "direction", "source", "licence", "loinc", "loinc-total", "is-example"),
    *_CLINICS,
    *_INSTRUMENTS,
)
