"""The prompts of each kind of note: from the `prompts.toml` here, and a clinic's in the settings folder."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeGuard

from kapjournal import paths
from kapjournal.content.overrides import Tables, with_overrides
from kapjournal.domain.notes import NoteKind
from kapjournal.text import is_line, shown_line, without_unseen
from kapjournal.toml import FieldError

FILE = Path(__file__).with_name("prompts.toml")

MAX_LENGTH = 144
"""In characters: two lines above the editor; a longer prompt would be cut."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """The prompts of one kind of note. `hint` is shown before the first of them; it may be empty."""

    hint: str = ""
    prompts: tuple[str, ...] = ()


def prompts_for(kind: NoteKind) -> Prompts:
    """The prompts of a kind: the clinic's or, if it has none, those that come with the program."""
    return _read(paths.config_folder()).by_name.get(kind, Prompts())


def complaints() -> tuple[str, ...]:
    """A sentence for each kind of the clinic's file that could not be read."""
    return _read(paths.config_folder()).complaints


@cache
def _read(folder: Path) -> Tables[Prompts]:
    ours = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return with_overrides(
        {name: read_prompts(name, one) for name, one in ours.items()}, folder / FILE.name, read_prompts
    )


def read_prompts(name: str, given: object) -> Prompts:
    """The prompts of one kind, from a table of the file; `FieldError` names the field that is wrong."""
    if name not in list(NoteKind):
        raise FieldError(name, f"“{shown_line(name)}” is not a kind of note.")
    return read_fields(name, given)


def read_fields(name: str, given: object) -> Prompts:
    """A hint and prompts, from a table of that name; `FieldError` names the field that is wrong."""
    if not isinstance(given, dict):
        raise FieldError(name, f"“{name}” is a table: [{name}] on a line of its own.")
    for field in given:
        if field not in ("hint", "prompts"):
            raise FieldError(f"{name}.{field}", f"“{shown_line(field)}” is neither “hint” nor “prompts”.")
    hint, prompts = given.get("hint", ""), given.get("prompts", [])
    if not is_prompt(hint):
        raise FieldError(f"{name}.hint", f"“hint” is one line of at most {MAX_LENGTH} characters.")
    if not isinstance(prompts, list) or not all(
        is_prompt(one) and without_unseen(one).strip() for one in prompts
    ):
        raise FieldError(
            f"{name}.prompts", f"“prompts” is a list of lines of at most {MAX_LENGTH} characters each."
        )
    return Prompts(hint, tuple(prompts))


def is_prompt(value: object) -> TypeGuard[str]:
    """Whether it is a line that can stand above a page, or none."""
    return isinstance(value, str) and is_line(value) and len(value) <= MAX_LENGTH
