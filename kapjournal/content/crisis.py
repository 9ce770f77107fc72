"""Whom to call in an emergency, from `crisis.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kapjournal.text import is_line

FILE = Path(__file__).with_name("crisis.toml")

OTHER = "other"


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """Whom to call in one country. `reviewed` is the month the file was last checked, as in 2026-11."""

    line: str
    source: str
    reviewed: str


@cache
def lines() -> dict[str, CrisisLine]:
    """Every country of the file, and `other` (`ValueError`, `KeyError` if the file is not of its form)."""
    given = tomllib.loads(FILE.read_text(encoding="utf-8"))
    reviewed = given.pop("reviewed")
    found = {country: CrisisLine(**table, reviewed=reviewed) for country, table in given.items()}
    for country, one in found.items():
        if not all(is_line(text) and text for text in (one.line, one.source)):
            raise ValueError(f"[{country}] in {FILE.name} is not of one line each.")
    return found


def not_monitored(country: str) -> str:
    """The sentence that stands beside whatever goes to a therapist."""
    known = lines()
    line = known.get(country, known[OTHER]).line
    return f"This journal is not monitored; in an emergency: {line}."
