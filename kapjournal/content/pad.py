"""What the dose pad offers and watches: when vitals are due, the clinic's own line, words to choose from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kapjournal import paths, toml
from kapjournal.content.overrides import laid_over, whole_number
from kapjournal.text import is_line, shown_line
from kapjournal.toml import FieldError

FILE = Path(__file__).with_name("pad.toml")

MAX_MINUTES = 1440
MAX_LINE_MMHG = 400
_MOST = 40


@dataclass(frozen=True, slots=True)
class Pad:
    """A clinic's pad: `vitals_minutes` after the dose, rising; its lines in mmHg, None where it has none."""

    vitals_minutes: tuple[int, ...] = ()
    systolic_line: int | None = None
    diastolic_line: int | None = None
    routes: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()


def pad() -> Pad:
    """The pad as the clinic has it."""
    return _read(paths.config_folder())[0]


def complaints() -> tuple[str, ...]:
    """A sentence for a clinic's file that is not used."""
    return _read(paths.config_folder())[1]


@cache
def _read(folder: Path) -> tuple[Pad, tuple[str, ...]]:
    ours = over(Pad(), toml.read(FILE.read_text(encoding="utf-8")))
    return laid_over(ours, folder / FILE.name, over)


def over(ours: Pad, given: Mapping[str, Any]) -> Pad:
    """A pad with a clinic's file laid over it; `FieldError` names what is wrong."""
    said: dict[str, Any] = {}
    for key, value in given.items():
        if key not in _READ:
            raise FieldError(key, f"“{shown_line(key)}” is none of {', '.join(_READ)}.")
        said[key.replace("-", "_")] = _READ[key](key, value)
    return replace(ours, **said)


def _minutes(key: str, value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) > _MOST:
        raise FieldError(key, f"“{key}” is a list of minutes.")
    return tuple(sorted({whole_number(key, one, MAX_MINUTES) for one in value}))


def _words(key: str, value: object) -> tuple[str, ...]:
    is_list = isinstance(value, list) and len(value) <= _MOST
    words = list(value) if is_list and isinstance(value, list) else [None]
    if not all(isinstance(one, str) and one.strip() and is_line(one) and len(one) <= _MOST for one in words):
        raise FieldError(key, f"“{key}” is a list of at most {_MOST} words or short lines.")
    return tuple(str(one) for one in words)


def _line(key: str, value: object) -> int:
    return whole_number(key, value, MAX_LINE_MMHG)


_READ: Mapping[str, Callable[[str, object], object]] = {
    "vitals-minutes": _minutes,
    "systolic-line": _line,
    "diastolic-line": _line,
    "routes": _words,
    "forms": _words,
    "effects": _words,
}
