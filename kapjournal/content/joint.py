"""What two write down together: title, sentence and fields of each kind, from the `joint.toml` here, and a
clinic's in the settings folder.

A clinic's kinds are laid over ours field by field: it can give them other words, and add fields.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kapjournal import paths, toml
from kapjournal.content.overrides import Tables, line_of_text, true_or_false, with_overrides
from kapjournal.domain.joint import MAX_FIELDS, JointKind
from kapjournal.domain.self_reports import is_name
from kapjournal.text import shown_line
from kapjournal.toml import FieldError

FILE = Path(__file__).with_name("joint.toml")

MAX_TITLE = 36
"""In characters, so that it stands in a list in 80 columns."""
MAX_SENTENCE = 160
MAX_LABEL = 60

NO_FURTHER_FIELDS = "An authorisation says who, what for and until when, and has no further fields."

_TITLE, _WHAT = "title", "what"


@dataclass(frozen=True, slots=True)
class JointField:
    """One field: its name in the journal, its label, a line of prompt, whether it takes several lines, and
    what stands in it to begin with. {first} and {second} in `label` are the names of the two."""

    name: str
    label: str = ""
    prompt: str = ""
    several: bool = False
    begins: str = ""


@dataclass(frozen=True, slots=True)
class JointForm:
    """What a kind is called, what it is in one sentence, and its fields in their order."""

    title: str = ""
    what: str = ""
    fields: tuple[JointField, ...] = ()

    def field(self, name: str) -> JointField | None:
        """The field of a name; None where there is none any more."""
        return next((one for one in self.fields if one.name == name), None)


def form_of(kind: JointKind) -> JointForm:
    """The form of a kind, as the clinic has it."""
    return _read(paths.config_folder()).by_name[kind.value]


def complaints() -> tuple[str, ...]:
    """A sentence for each kind of the clinic's file that is not used."""
    return _read(paths.config_folder()).complaints


@cache
def _read(folder: Path) -> Tables[JointForm]:
    given = toml.read(FILE.read_text(encoding="utf-8"))
    ours = {kind.value: over(JointForm(), kind.value, given[kind.value]) for kind in JointKind}

    def laid_over(name: str, table: object) -> JointForm:
        if name not in ours:
            raise FieldError(name, f"“{shown_line(name)}” is none of {', '.join(JointKind)}.")
        form = over(ours[name], name, table)
        if name == JointKind.AUTHORISATION and len(form.fields) > len(ours[name].fields):
            raise FieldError(f"{name}.{form.fields[-1].name}", NO_FURTHER_FIELDS)
        return form

    return with_overrides(ours, folder / FILE.name, laid_over)


def over(form: JointForm, kind: str, given: object) -> JointForm:
    """A form with a table laid over it; `FieldError` names what is wrong."""
    fields = {one.name: one for one in form.fields}
    for name, value in _table(kind, given).items():
        if name in (_TITLE, _WHAT):
            line = line_of_text(f"{kind}.{name}", name, value, MAX_TITLE if name == _TITLE else MAX_SENTENCE)
            form = replace(form, title=line) if name == _TITLE else replace(form, what=line)
        elif not is_name(name):
            sentence = f"“{shown_line(name)}” is no name: small letters, digits and hyphens."
            raise FieldError(f"{kind}.{name}", sentence)
        else:
            fields[name] = _field(fields.get(name, JointField(name)), f"{kind}.{name}", value)
    if len(fields) > MAX_FIELDS:
        raise FieldError(kind, f"“{kind}” has at most {MAX_FIELDS} fields.")
    return replace(form, fields=tuple(fields.values()))


def _field(field: JointField, place: str, given: object) -> JointField:
    said: dict[str, Any] = {}
    for name, value in _table(place, given).items():
        if name not in _READ:
            raise FieldError(f"{place}.{name}", f"“{shown_line(name)}” is none of {', '.join(_READ)}.")
        said[name] = _READ[name](f"{place}.{name}", name, value)
    field = replace(field, **said)
    if not field.label:
        raise FieldError(place, f"“{field.name}” needs “label”, a line of text in quotes.")
    return field


def _table(place: str, given: object) -> Mapping[str, object]:
    if not isinstance(given, dict):
        raise FieldError(place, f"“{shown_line(place)}” is a table: [{shown_line(place)}] on its own line.")
    return given


def _perhaps(place: str, field: str, given: object) -> str:
    return "" if given == "" else line_of_text(place, field, given, MAX_SENTENCE)


_READ: Mapping[str, Callable[[str, str, object], object]] = {
    "label": lambda place, field, given: line_of_text(place, field, given, MAX_LABEL),
    "prompt": _perhaps,
    "several": true_or_false,
    "begins": _perhaps,
}
