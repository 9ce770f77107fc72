"""What a clinic sets once for its practice: how long records are kept, when an entry counts as late, and when
a request for access is due."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kapjournal import paths, toml
from kapjournal.content.overrides import laid_over, whole_number
from kapjournal.text import shown_line
from kapjournal.toml import FieldError

FILE = Path(__file__).with_name("practice.toml")


@dataclass(frozen=True, slots=True)
class PracticeRules:
    """A clinic's rules: `retention_years` after the last service (1 to 100), `late_entry_hours` after a
    session (1 to 720), and `access_days` after somebody asked for access to the record (1 to 365)."""

    retention_years: int = 7
    late_entry_hours: int = 24
    access_days: int = 30


_MOST: Mapping[str, int] = {"retention_years": 100, "late_entry_hours": 720, "access_days": 365}


def practice() -> PracticeRules:
    """The rules as the clinic has them."""
    return _read(paths.config_folder())[0]


def complaints() -> tuple[str, ...]:
    """A sentence for a clinic's file that is not used."""
    return _read(paths.config_folder())[1]


@cache
def _read(folder: Path) -> tuple[PracticeRules, tuple[str, ...]]:
    ours = over(PracticeRules(), toml.read(FILE.read_text(encoding="utf-8")))
    return laid_over(ours, folder / FILE.name, over)


def over(ours: PracticeRules, given: Mapping[str, Any]) -> PracticeRules:
    """Rules with a clinic's file laid over them; `FieldError` names what is wrong."""
    for key in given:
        if key not in _MOST:
            raise FieldError(key, f"“{shown_line(key)}” is none of {', '.join(_MOST)}.")
    return replace(ours, **{key: whole_number(key, value, _MOST[key]) for key, value in given.items()})
