"""The prompts of each kind of note, from `prompts.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kapjournal.domain.notes import NoteKind
from kapjournal.text import is_line

FILE = Path(__file__).with_name("prompts.toml")


@dataclass(frozen=True, slots=True)
class Prompts:
    """What may help with one kind of note. `hint` stands before the first prompt; it may be empty."""

    hint: str = ""
    prompts: tuple[str, ...] = ()


@cache
def prompts_for(kind: NoteKind) -> Prompts:
    """The prompts the program ships with for a kind."""
    return read(FILE.read_text(encoding="utf-8")).get(kind, Prompts())


def read(text: str) -> dict[NoteKind, Prompts]:
    """Read a file of prompts (`ValueError` names what is not right)."""
    found = {}
    for name, table in tomllib.loads(text).items():
        kind = NoteKind(name)
        hint, lines = table.get("hint", ""), table.get("prompts", [])
        if set(table) - {"hint", "prompts"} or not isinstance(lines, list):
            raise ValueError(f"[{name}] holds a hint and a list of prompts, nothing else.")
        for line in (hint, *lines):
            if not isinstance(line, str) or not is_line(line):
                raise ValueError(f"[{name}] has a prompt that is not one line of text.")
        found[kind] = Prompts(hint, tuple(lines))
    return found
