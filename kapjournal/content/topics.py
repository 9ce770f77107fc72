"""Topics for a page, with prompts of their own: from the `topics.toml` here, and a clinic's in the settings
folder."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kapjournal import paths
from kapjournal.content.overrides import Tables, with_overrides
from kapjournal.content.prompts import Prompts, is_prompt, read_fields
from kapjournal.domain.members import folded
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.self_reports import is_name
from kapjournal.text import shown_line
from kapjournal.toml import FieldError

FILE = Path(__file__).with_name("topics.toml")

KINDS = (NoteKind.PAGE, NoteKind.VALUES)
"""The kinds of note above which a topic can stand."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: the tag it goes by, what it is, and its prompts."""

    name: str
    sentence: str
    prompts: Prompts


def topics() -> Mapping[str, Topic]:
    """Every topic by its name, in order."""
    return _read(paths.config_folder()).by_name


def topic_of(kind: NoteKind, tags: Iterable[str]) -> Topic | None:
    """The topic of a page of a kind: the first of its tags that is one."""
    known = topics() if kind in KINDS else {}
    return next((known[name] for name in map(folded, tags) if name in known), None)


def complaints() -> tuple[str, ...]:
    """A sentence for each topic of the clinic's file that could not be read."""
    return _read(paths.config_folder()).complaints


@cache
def _read(folder: Path) -> Tables[Topic]:
    ours = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return with_overrides({name: _topic(name, one) for name, one in ours.items()}, folder / FILE.name, _topic)


def _topic(name: str, given: object) -> Topic:
    """One topic, from a table of the file; `FieldError` names the field that is wrong."""
    if not is_name(name):
        raise FieldError(name, f"“{shown_line(name)}” is no name: small letters, digits and hyphens.")
    fields = dict(given) if isinstance(given, dict) else given
    sentence = fields.pop("sentence", "") if isinstance(fields, dict) else ""
    prompts = read_fields(name, fields)
    if not is_prompt(sentence) or not sentence:
        raise FieldError(f"{name}.sentence", f"“{name}” needs “sentence”, a line of text in quotes.")
    return Topic(name, sentence, prompts)
