"""The forms of the clinical record: one file each in `forms/` here, and a clinic's in the settings folder.

A clinic's file of the same name is laid over ours: it can give other headings and lines of help, add fields,
and arrange layouts. What a field is called in the record, its id, and what it holds stay as they are.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kapjournal import paths, toml
from kapjournal.content.overrides import laid_over
from kapjournal.domain.forms import (
    MAIN_TEXT,
    FieldKind,
    Form,
    FormField,
    RecordKind,
    Subject,
    check_form,
    not_in_a_process_note,
)
from kapjournal.domain.members import Role
from kapjournal.errors import Refused
from kapjournal.text import is_line, shown_line, without_unseen
from kapjournal.toml import FieldError

FOLDER = Path(__file__).with_name("forms")

MAX_HEADING = 72
MAX_HELP = 160

RESERVED = frozenset(
    {"about", "couple", "date", "fields", "form", "help", "json", "kind", "layout", "session", "session-date"}
)
"""What a field cannot be called: commands and data say other things by these names."""

_FORM_KEYS = ("title", "about", "readers", "fields", "layouts")
_STAFF = tuple(role for role in Role if role is not Role.PARTNER)
_FIELD_KEYS = ("heading", "help", "kind", "choices")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def form_for(kind: RecordKind) -> Form:
    """The form of a kind of record, as the clinic has it."""
    return _read(paths.config_folder())[0][kind]


def all_forms() -> tuple[Form, ...]:
    """Every form, in the order of the kinds."""
    return tuple(form_for(kind) for kind in RecordKind)


def complaints() -> tuple[str, ...]:
    """A sentence for each file of the clinic's that is not used."""
    return _read(paths.config_folder())[1]


@cache
def _read(folder: Path) -> tuple[Mapping[RecordKind, Form], tuple[str, ...]]:
    forms: dict[RecordKind, Form] = {}
    said: list[str] = []
    for kind in RecordKind:
        name = f"{kind}.toml"
        forms[kind], complaint = laid_over(_ours(kind), folder / FOLDER.name / name, over)
        said += complaint
    for file in sorted((folder / FOLDER.name).glob("*.toml")):
        if file.stem not in list(RecordKind):
            known = ", ".join(RecordKind)
            said.append(f"{file} is left out: there is no form of that name; they are {known}.")
    return forms, tuple(said)


@cache
def _ours(kind: RecordKind) -> Form:
    return read_form(kind, toml.read((FOLDER / f"{kind}.toml").read_text(encoding="utf-8")))


def over(ours: Form, given: Mapping[str, Any]) -> Form:
    """A form with a clinic's file laid over it; `FieldError` names what is wrong."""
    return read_form(ours.id, given, ours)


def read_form(form_id: str, given: Mapping[str, Any], ours: Form | None = None) -> Form:
    """A form from its file; with `ours`, what the file does not say is as there."""
    for key in given:
        if key not in _FORM_KEYS:
            raise FieldError(key, f"“{shown_line(key)}” is none of {', '.join(_FORM_KEYS)}.")
    title = _line(given, "title", ours.title if ours else "", MAX_HEADING)
    about = given.get("about", ours.about if ours else None)
    if about not in list(Subject):
        raise FieldError("about", f"“about” is one of {', '.join(Subject)}.")
    fields = {one.id: one for one in ours.fields} if ours else {}
    for field_id, table in _table(given, "fields").items():
        fields[field_id] = _field(form_id, field_id, table, fields.get(field_id))
    layouts = dict(ours.layouts) if ours else {}
    for name, ids in _table(given, "layouts").items():
        layouts[_layout_name(name)] = _layout(name, ids, fields)
    readers = _readers(given.get("readers", list(ours.readers) if ours else []))
    form = Form(form_id, title, Subject(about), tuple(fields.values()), layouts, readers)
    try:
        check_form(form)
    except Refused as error:
        said = next((name for name in ("readers", "about") if name in given), "fields")
        raise FieldError(said, str(error)) from None
    return form


def _readers(given: object) -> tuple[Role, ...]:
    if not isinstance(given, list) or not all(one in _STAFF for one in given):
        raise FieldError("readers", f"“readers” is a list of roles: {', '.join(_STAFF)}.")
    return tuple(Role(one) for one in dict.fromkeys(given))


def _field(form_id: str, field_id: str, given: object, ours: FormField | None) -> FormField:
    place = f"fields.{field_id}"
    if not _ID.fullmatch(field_id) or field_id in RESERVED:
        raise FieldError(
            place,
            f"“{shown_line(field_id)}” cannot be the name of a field: small letters, digits and hyphens, and "
            f"none of {', '.join(sorted(RESERVED))}.",
        )
    if form_id == RecordKind.PROCESS and field_id != MAIN_TEXT:
        raise FieldError(place, not_in_a_process_note(field_id))
    if not isinstance(given, dict):
        raise FieldError(place, f"“{field_id}” is a table: [fields.{field_id}] on a line of its own.")
    for key in given:
        if key not in _FIELD_KEYS:
            raise FieldError(f"{place}.{key}", f"“{shown_line(key)}” is none of {', '.join(_FIELD_KEYS)}.")
    heading = _line(given, "heading", ours.heading if ours else "", MAX_HEADING, place)
    help_ = _line(given, "help", ours.help if ours else "", MAX_HELP, place, may_be_empty=True)
    kind = given.get("kind", ours.kind if ours else FieldKind.TEXT)
    if kind not in list(FieldKind):
        raise FieldError(f"{place}.kind", f"“kind” is one of {', '.join(FieldKind)}.")
    if ours and kind != ours.kind:
        raise FieldError(f"{place}.kind", f"What “{field_id}” holds stays {ours.kind}: add another field.")
    if field_id == MAIN_TEXT and kind != FieldKind.TEXT:
        raise FieldError(f"{place}.kind", f"“{MAIN_TEXT}” is the main text of a form, and of kind text.")
    choices = _choices(place, kind, given.get("choices", list(ours.choices) if ours else []))
    return FormField(field_id, heading, help_, FieldKind(kind), choices)


def _choices(place: str, kind: str, given: object) -> tuple[str, ...]:
    is_list = isinstance(given, list) and all(_is_line(one, MAX_HEADING) for one in given)
    if not isinstance(given, list) or not is_list or (kind == FieldKind.CHOICE) != bool(given):
        raise FieldError(f"{place}.choices", "“choices” is a list of lines, and of a choice alone.")
    if len({one.casefold() for one in given}) < len(given):
        raise FieldError(f"{place}.choices", "“choices” has an answer twice.")
    return tuple(given)


def _layout_name(name: str) -> str:
    if not _is_line(name, 20):
        raise FieldError("layouts", "A layout has a name of one line, of at most 20 characters.")
    return name


def _layout(name: str, ids: object, fields: Mapping[str, FormField]) -> tuple[str, ...]:
    if not isinstance(ids, list) or not ids or not all(isinstance(one, str) for one in ids):
        raise FieldError(f"layouts.{name}", f"“{shown_line(name)}” is a list of fields.")
    for one in ids:
        if one not in fields:
            raise FieldError(f"layouts.{name}", f"“{shown_line(one)}” is no field of this form.")
    if len(set(ids)) < len(ids):
        raise FieldError(f"layouts.{name}", f"“{shown_line(name)}” has a field twice.")
    return tuple(ids)


def _table(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = given.get(name, {})
    if not isinstance(table, dict):
        raise FieldError(name, f"“{name}” is a table.")
    return table


def _line(
    given: Mapping[str, Any], name: str, ours: str, most: int, place: str = "", *, may_be_empty: bool = False
) -> str:
    value = given.get(name, ours)
    if (value == "" and may_be_empty) or _is_line(value, most):
        return str(value)
    raise FieldError(
        f"{place}.{name}" if place else name, f"“{name}” is one line of at most {most} characters."
    )


def _is_line(value: object, most: int) -> bool:
    return (
        isinstance(value, str)
        and is_line(value)
        and len(value) <= most
        and bool(without_unseen(value).strip())
    )
