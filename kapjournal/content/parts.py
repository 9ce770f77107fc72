"""The steps of the parts check-in and its safety line, from the `parts.toml` here."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kapjournal.domain.parts import Step

FILE = Path(__file__).with_name("parts.toml")


@dataclass(frozen=True, slots=True)
class Parts:
    """The steps in order, and the line that stands below each."""

    safety: str
    steps: tuple[Step, ...]


@cache
def parts() -> Parts:
    """The check-in as it comes with the program."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    steps = [
        Step(one["id"], one["question"], one["help"], tuple(one.get("words", ())), one.get("one", False))
        for one in read["step"]
    ]
    return Parts(read["safety"], tuple(steps))
