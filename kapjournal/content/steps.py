"""The steps of the kinds of page that are written in steps, and the line below each step: from a file here
named after the kind, such as `parts.toml`, and a clinic's in the settings folder.

A clinic's steps are laid over ours one by one: it can give them other words, and add steps.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kapjournal import paths, toml
from kapjournal.content.overrides import line_of_text, true_or_false, with_overrides
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.parts import SPEAK, YES
from kapjournal.domain.self_reports import is_name
from kapjournal.domain.steps import Step
from kapjournal.text import shown_line
from kapjournal.toml import FieldError

KINDS = (NoteKind.CYCLE, NoteKind.WITNESS, NoteKind.PARTS)
"""The kinds of page that can be written in steps."""

MAX_QUESTION = 144
"""In characters, as of a prompt."""
MAX_HELP = 160
MAX_SAFETY = 240
MAX_WORD = 30
MAX_WORDS = 12
MAX_STEPS = 12

_SAFETY = "safety"
_FIELDS = ("question", "help", "words", "one")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The steps of a kind in order, and the line that stands below each."""

    safety: str
    steps: tuple[Step, ...]


def sheet_of(kind: NoteKind) -> Sheet:
    """The steps of one of the `KINDS`, as the clinic has them."""
    return _read(paths.config_folder(), kind)[0]


def complaints(*kinds: NoteKind) -> tuple[str, ...]:
    """A sentence for each step of the clinic's files that is not used, for all kinds or some."""
    return tuple(said for kind in kinds or KINDS for said in _read(paths.config_folder(), kind)[1])


@cache
def _read(folder: Path, kind: NoteKind) -> tuple[Sheet, tuple[str, ...]]:
    file = Path(__file__).with_name(f"{kind.value}.toml")
    ours: dict[str, str | Step] = {}
    for name, given in toml.read(file.read_text(encoding="utf-8")).items():
        ours[name] = over(ours, name, given)
    read = dict(ours)

    def laid_over(name: str, given: object) -> str | Step:
        read[name] = over(read, name, given)
        return read[name]

    found = with_overrides(ours, folder / file.name, laid_over)
    steps = [one for one in found.by_name.values() if isinstance(one, Step)]
    in_order = sorted(steps, key=lambda step: step.id == SPEAK)
    return Sheet(str(found.by_name[_SAFETY]), tuple(in_order)), found.complaints


def over(known: Mapping[str, str | Step], name: str, given: object) -> str | Step:
    """The safety line, or a step laid over the one of that name that is `known`; `FieldError` names the field
    that is wrong."""
    if name == _SAFETY:
        return line_of_text(name, name, given, MAX_SAFETY)
    if not is_name(name):
        raise FieldError(name, f"“{shown_line(name)}” is no name: small letters, digits and hyphens.")
    if not isinstance(given, dict):
        raise FieldError(name, f"“{name}” is a table: [{name}] on a line of its own.")
    for field in given:
        if field not in _FIELDS:
            raise FieldError(f"{name}.{field}", f"“{shown_line(field)}” is none of {', '.join(_FIELDS)}.")
    before = known.get(name)
    if before is None and len(known) > MAX_STEPS:
        raise FieldError(name, f"There are at most {MAX_STEPS} steps.")
    step = before if isinstance(before, Step) else Step(name, "", "")
    said = {field: _READ[field](f"{name}.{field}", field, value) for field, value in given.items()}
    step = replace(step, **said)  # type: ignore[arg-type]
    _check(step, known)
    return step


def _check(step: Step, known: Mapping[str, str | Step]) -> None:
    """Refuse a step that could not be asked, or not be told from another on the page."""
    if not step.question:
        raise FieldError(step.id, f"“{step.id}” needs “question”, a line of text in quotes.")
    for other in known.values():
        if isinstance(other, Step) and other.id != step.id and other.question == step.question:
            raise FieldError(f"{step.id}.question", f"“question” is that of “{other.id}” already.")
    if step.one and not step.words:
        raise FieldError(f"{step.id}.one", "“one” is for a step with “words”.")
    if step.id == SPEAK and not (step.one and YES in step.words):
        raise FieldError(SPEAK, f"“{SPEAK}” has “words”, “{YES}” among them, of which one is chosen.")


def _words(place: str, field: str, given: object) -> tuple[str, ...]:
    said = f"“{field}” is a list of at most {MAX_WORDS} words in small letters, without commas."
    if not isinstance(given, list) or len(given) > MAX_WORDS:
        raise FieldError(place, said)
    words = tuple(line_of_text(place, field, one, MAX_WORD) for one in given)
    if len(set(words)) < len(words) or any("," in word or word != word.lower() for word in words):
        raise FieldError(place, said)
    return words


_READ: Mapping[str, Callable[[str, str, object], object]] = {
    "question": lambda place, field, given: line_of_text(place, field, given, MAX_QUESTION),
    "help": lambda place, field, given: "" if given == "" else line_of_text(place, field, given, MAX_HELP),
    "words": _words,
    "one": true_or_false,
}
