"""What the page of a dialogue says at each step, from the `dialogue.toml` here, and a clinic's in the
settings folder: it can give a step other words, and adds none."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kapjournal import paths, toml
from kapjournal.content.overrides import with_overrides
from kapjournal.domain.dialogue import Step
from kapjournal.errors import UsageError
from kapjournal.text import shown_line, storable_line
from kapjournal.toml import FieldError

FILE = Path(__file__).with_name("dialogue.toml")

MAX_LARGE = 24
"""In characters, a name counted by its braces: it has to be read from across a room."""
MAX_LINES = 4
MAX_LINE = 80

NAMES = ("sender", "receiver", "approver", "topic")
"""What can stand in braces."""

_NAMED = re.compile(r"\{([^{}]*)\}")
_FIELDS = ("large", "lines")


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a step says: one short line that is drawn large, and a few under it."""

    large: str
    lines: tuple[str, ...]

    def about(self, named: Mapping[str, str]) -> "Prompt":
        """The same with what the names in braces stand for."""

        def put_in(line: str) -> str:
            return _NAMED.sub(lambda found: named.get(found.group(1), found.group()), line)

        return Prompt(put_in(self.large), tuple(put_in(line) for line in self.lines))


def prompts() -> Mapping[str, Prompt]:
    """What each step says, by its name, as the clinic has it."""
    return _read(paths.config_folder())[0]


def complaints() -> tuple[str, ...]:
    """A sentence for each step of the clinic's file that is not used."""
    return _read(paths.config_folder())[1]


@cache
def _read(folder: Path) -> tuple[Mapping[str, Prompt], tuple[str, ...]]:
    empty = {step.value: Prompt("", ()) for step in Step}
    given = toml.read(FILE.read_text(encoding="utf-8"))
    ours = {name: over(empty, name, given.get(name)) for name in empty}
    found = with_overrides(ours, folder / FILE.name, lambda name, table: over(ours, name, table))
    return found.by_name, found.complaints


def over(known: Mapping[str, Prompt], name: str, given: object) -> Prompt:
    """A step laid over the one of that name that is `known`; `FieldError` names the field that is wrong."""
    if name not in known:
        raise FieldError(name, f"“{shown_line(name)}” is none of {', '.join(known)}.")
    if not isinstance(given, dict):
        raise FieldError(name, f"“{name}” is a table: [{name}] on a line of its own.")
    for field in given:
        if field not in _FIELDS:
            raise FieldError(f"{name}.{field}", f"“{shown_line(field)}” is none of {', '.join(_FIELDS)}.")
    prompt = known[name]
    if "large" in given:
        prompt = replace(prompt, large=_line(f"{name}.large", "large", given["large"], MAX_LARGE))
    if "lines" in given:
        prompt = replace(prompt, lines=_lines(f"{name}.lines", given["lines"]))
    return prompt


def _lines(place: str, given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or not 0 < len(given) <= MAX_LINES:
        raise FieldError(place, f"“lines” is a list of 1 to {MAX_LINES} lines of text.")
    return tuple(_line(place, "lines", one, MAX_LINE) for one in given)


def _line(place: str, field: str, given: object, most: int) -> str:
    line = ""
    with suppress(UsageError):
        line = storable_line(given, field, most) if isinstance(given, str) else ""
    if not line:
        raise FieldError(place, f"“{field}” is text in lines of at most {most} characters.")
    for name in _NAMED.findall(line):
        if name not in NAMES:
            raise FieldError(place, f"“{{{shown_line(name)}}}” is none of {', '.join(NAMES)}.")
    return line
