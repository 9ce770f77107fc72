"""What partners are asked about themselves: the sliders of a check-in, and the rows of an after-effects card.

Both come from a TOML file here, and a clinic's of the same name in the settings folder.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from kapjournal import paths
from kapjournal.content.overrides import Tables, with_overrides
from kapjournal.domain.self_reports import HIGHEST, LOWEST, MAX_NAMES, is_name
from kapjournal.text import is_line, shown_line, without_unseen
from kapjournal.toml import FieldError

CHECK_IN = Path(__file__).with_name("check_in.toml")
AFTER_EFFECTS = Path(__file__).with_name("after_effects.toml")

MAX_LABEL = 36
"""Characters of a label, so that it stands beside its slider in 80 columns."""
MAX_END = 14
"""Characters of what stands at an end of a slider."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slider:
    """One slider: its label, what its ends mean, and whether it is shown only on demand."""

    label: str
    low: str = ""
    high: str = ""
    on_demand: bool = False

    @property
    def range_in_words(self) -> str:
        """“0 heavy, 10 light”."""
        return f"{LOWEST} {self.low}, {HIGHEST} {self.high}"


@dataclass(frozen=True, slots=True)
class Effect:
    """One row of the card, and whether the clinic is to be told today of a yes."""

    label: str
    tells_clinic: bool = False


def sliders() -> Mapping[str, Slider]:
    """The sliders by name, in their order."""
    return _sliders(paths.config_folder()).by_name


def effects() -> Mapping[str, Effect]:
    """The rows of the card by name, in their order."""
    return _effects(paths.config_folder()).by_name


def label_of(name: str, rows: Mapping[str, Slider] | Mapping[str, Effect]) -> str:
    """What a slider or row is called; its name in words where it is not here any more."""
    found = rows.get(name)
    return shown_line(found.label if found else name.replace("-", " ").capitalize())


def complaints() -> tuple[str, ...]:
    """A sentence for each table of a clinic's files that could not be read."""
    folder = paths.config_folder()
    return _sliders(folder).complaints + _effects(folder).complaints


@cache
def _sliders(folder: Path) -> Tables[Slider]:
    return _laid_over(CHECK_IN, folder, read_slider)


@cache
def _effects(folder: Path) -> Tables[Effect]:
    return _laid_over(AFTER_EFFECTS, folder, read_effect)


def _laid_over(file: Path, folder: Path, read: Callable[[str, object], T]) -> Tables[T]:
    ours = tomllib.loads(file.read_text(encoding="utf-8"))
    found = with_overrides({name: read(name, one) for name, one in ours.items()}, folder / file.name, read)
    if len(found.by_name) <= MAX_NAMES:
        return found
    sentence = f"{folder / file.name}: there are more than {MAX_NAMES} tables; the last are left out."
    return Tables(dict(list(found.by_name.items())[:MAX_NAMES]), (*found.complaints, sentence))


def read_slider(name: str, given: object) -> Slider:
    """A slider from a table of the file; `FieldError` names the field that is wrong."""
    table = _table(name, given, ("label", "low", "high", "on-demand"))
    return Slider(
        _line(name, table, "label", MAX_LABEL),
        _line(name, table, "low", MAX_END),
        _line(name, table, "high", MAX_END),
        _flag(name, table, "on-demand"),
    )


def read_effect(name: str, given: object) -> Effect:
    """A row of the card from a table of the file; `FieldError` names the field that is wrong."""
    table = _table(name, given, ("label", "tell-the-clinic"))
    return Effect(_line(name, table, "label", MAX_LABEL), _flag(name, table, "tell-the-clinic"))


def _table(name: str, given: object, fields: tuple[str, ...]) -> Mapping[str, object]:
    if not is_name(name):
        raise FieldError(name, f"“{shown_line(name)}” is no name: small letters, digits and hyphens.")
    if not isinstance(given, dict):
        raise FieldError(name, f"“{name}” is a table.")
    for field in given:
        if field not in fields:
            raise FieldError(f"{name}.{field}", f"“{shown_line(field)}” is none of {', '.join(fields)}.")
    return given


def _line(name: str, table: Mapping[str, object], field: str, most: int) -> str:
    value = table.get(field)
    if not isinstance(value, str) or not without_unseen(value).strip() or not is_line(value):
        raise FieldError(f"{name}.{field}", f"“{name}” needs “{field}”, a line of text in quotes.")
    if len(value) > most:
        raise FieldError(f"{name}.{field}", f"“{field}” has at most {most} characters.")
    return value.strip()


def _flag(name: str, table: Mapping[str, object], field: str) -> bool:
    value = table.get(field, False)
    if not isinstance(value, bool):
        raise FieldError(f"{name}.{field}", f"“{field}” is true or false.")
    return value
