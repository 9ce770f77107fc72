"""The questions of the story check, with the words that bear on each: from the `story_check.toml` here, and a
clinic's in the settings folder."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kapjournal import paths
from kapjournal.content.overrides import Tables, line_of_text, with_overrides
from kapjournal.domain.self_reports import is_name
from kapjournal.text import shown_line
from kapjournal.toml import FieldError

FILE = Path(__file__).with_name("story_check.toml")

_MOST_WORDS = 500
_LONGEST_WORD = 60
_LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True)
class StoryQuestion:
    """A question about a story, and the words in a text that bear on it; one that ends with * stands for all
    that begin so. There may be none: the reader alone can answer it."""

    id: str
    question: str
    words: tuple[str, ...]


def questions() -> Mapping[str, StoryQuestion]:
    """Every question by its id, in order; the last is for the reader alone."""
    return _read(paths.config_folder()).by_name


def complaints() -> tuple[str, ...]:
    """A sentence for each question of the clinic's file that could not be read."""
    return _read(paths.config_folder()).complaints


@cache
def _read(folder: Path) -> Tables[StoryQuestion]:
    ours = tomllib.loads(FILE.read_text(encoding="utf-8"))
    known = {name: _question(name, one) for name, one in ours.items()}
    return with_overrides(known, folder / FILE.name, _question)


def _question(name: str, given: object) -> StoryQuestion:
    """One question, from a table of the file; `FieldError` names the field that is wrong."""
    if not is_name(name):
        raise FieldError(name, f"“{shown_line(name)}” is no name: small letters, digits and hyphens.")
    if not isinstance(given, dict) or set(given) - {"question", "words"}:
        raise FieldError(name, f"“{name}” has “question” and “words”, and nothing else.")
    question = line_of_text(f"{name}.question", "question", given.get("question"), _LONGEST_QUESTION)
    words = given.get("words", [])
    if not isinstance(words, list) or len(words) > _MOST_WORDS:
        raise FieldError(f"{name}.words", f"“words” is a list of at most {_MOST_WORDS} words.")
    read = (line_of_text(f"{name}.words", "words", word, _LONGEST_WORD) for word in words)
    return StoryQuestion(name, question, tuple(word.lower() for word in read))
