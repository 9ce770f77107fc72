"""What a clinic calls the amounts of each route in a write-up: bands of its own, none unless it sets some."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from kapjournal import paths, toml
from kapjournal.content.overrides import laid_over, line_of_text
from kapjournal.domain.dosing import UNITS, number_in
from kapjournal.domain.members import folded
from kapjournal.text import shown_line
from kapjournal.toml import FieldError

FILE = Path(__file__).with_name("supervision.toml")

MAX_NAME = 40
_UP_TO, _ABOVE = "up to", "above"
_RANGE = re.compile(rf"({_UP_TO}|{_ABOVE})\s+([0-9.,]+)\s*(\S+)")


@dataclass(frozen=True, slots=True)
class Band:
    """A clinic's word for some amounts of one route: those `up_to` a number of this unit, that number among
    them, or those above it."""

    name: str
    number: float
    unit: str
    up_to: bool


@dataclass(frozen=True, slots=True)
class SupervisionRules:
    """A clinic's bands by route, as `folded`."""

    bands: Mapping[str, tuple[Band, ...]] = field(default_factory=dict)

    def band_of(self, route: str, amount: str, unit: str) -> str:
        """What the clinic calls an amount given by a route; empty where it has no band for it."""
        number = number_in(amount)
        fitting = [one for one in self.bands.get(folded(route), ()) if folded(one.unit) == folded(unit)]
        if number is None:
            return ""
        below = [one for one in fitting if one.up_to and number <= one.number]
        above = [one for one in fitting if not one.up_to and number > one.number]
        if below:
            return min(below, key=lambda one: one.number).name
        return max(above, key=lambda one: one.number).name if above else ""


def supervision() -> SupervisionRules:
    """The bands as the clinic has them."""
    return _read(paths.config_folder())[0]


def complaints() -> tuple[str, ...]:
    """A sentence for a clinic's file that is not used."""
    return _read(paths.config_folder())[1]


@cache
def _read(folder: Path) -> tuple[SupervisionRules, tuple[str, ...]]:
    ours = over(SupervisionRules(), toml.read(FILE.read_text(encoding="utf-8")))
    return laid_over(ours, folder / FILE.name, over)


def over(ours: SupervisionRules, given: Mapping[str, Any]) -> SupervisionRules:
    """Bands with a clinic's file laid over them; `FieldError` names what is wrong."""
    for key in given:
        if key != "bands":
            raise FieldError(key, f"“{shown_line(key)}” is not bands.")
    routes = given.get("bands", {})
    if not isinstance(routes, dict):
        raise FieldError("bands", "“bands” is a table: [bands.sublingual] on a line of its own.")
    return replace(ours, bands={**ours.bands, **{folded(one): _route(one, routes[one]) for one in routes}})


def _route(route: str, given: object) -> tuple[Band, ...]:
    place = f"bands.{route}"
    if not isinstance(given, dict):
        raise FieldError(place, f"“{shown_line(route)}” is a table: [bands.{shown_line(route)}].")
    return tuple(_band(f"{place}.{name}", name, said) for name, said in given.items())


def _band(place: str, name: str, given: object) -> Band:
    line_of_text(place, name, name, MAX_NAME)
    found = _RANGE.fullmatch(given.strip()) if isinstance(given, str) else None
    number = number_in(found[2]) if found else None
    if found is None or number is None or folded(found[3]) not in {folded(unit) for unit in UNITS}:
        known = f"“{_UP_TO} 100 mg” or “{_ABOVE} 100 mg”, in one of these units: {', '.join(UNITS)}"
        raise FieldError(place, f"“{shown_line(name)}” is {known}.")
    return Band(name, number, found[3], found[1] == _UP_TO)
