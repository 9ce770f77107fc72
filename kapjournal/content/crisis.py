"""Whom to call in an emergency: from the `crisis.toml` here, and a clinic's in the settings folder."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kapjournal import config, paths
from kapjournal.content.overrides import Tables, with_overrides
from kapjournal.errors import UsageError
from kapjournal.text import is_line, shown_line, without_unseen
from kapjournal.toml import FieldError

FILE = Path(__file__).with_name("crisis.toml")

OTHER = "other"
_FIELDS = ("line", "name", "source")


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """Whom to call in one country; the `name` of that country and the `source` may be empty."""

    line: str
    name: str = ""
    source: str = ""


def lines() -> Mapping[str, CrisisLine]:
    """Every country there is a line for, and `other`."""
    return _read(paths.config_folder()).by_name


def complaints() -> tuple[str, ...]:
    """A sentence for each country of the clinic's file that could not be read."""
    return _read(paths.config_folder()).complaints


def line_for(country: str) -> str:
    """Whom to call in a country: its own line or, where none is known, the one for everywhere."""
    known = lines()
    return known.get(country, known[OTHER]).line


@cache
def _read(folder: Path) -> Tables[CrisisLine]:
    ours = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return with_overrides(
        {name: read_line(name, one) for name, one in ours.items()}, folder / FILE.name, read_line
    )


def read_line(country: str, given: object) -> CrisisLine:
    """The line of one country, from a table of the file; `FieldError` names the field that is wrong."""
    try:
        known = country == OTHER or config.country(country) == country
    except UsageError:
        known = False
    if not known:
        raise FieldError(country, f"“{shown_line(country)}” is not a country of two capital letters.")
    if not isinstance(given, dict) or "line" not in given:
        raise FieldError(country, f"“{country}” needs a “line”.")
    for field, value in given.items():
        if field not in _FIELDS:
            raise FieldError(f"{country}.{field}", f"“{shown_line(field)}” is none of {', '.join(_FIELDS)}.")
        if not isinstance(value, str) or not without_unseen(value).strip() or not is_line(value):
            raise FieldError(f"{country}.{field}", f"“{field}” is one line of text, in quotes.")
    return CrisisLine(**given)
