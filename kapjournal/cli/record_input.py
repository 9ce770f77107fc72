"""What a person gives for a record: JSON with field ids, options, and one text from standard input."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kapjournal.cli.field_options import fields_in
from kapjournal.cli.row_input import rows_from
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import Row
from kapjournal.domain.forms import About
from kapjournal.domain.parsing import day_from, number_from
from kapjournal.domain.records import SessionNamed, about_from
from kapjournal.errors import UsageError
from kapjournal.stdio import file_or_stdin
from kapjournal.text import shown_line

_KEYS = ("about", "session", "date", "layout", "fields", "rows")


@dataclass(frozen=True, slots=True)
class Given:
    """As it was typed; None is not given. Of `session` an empty text and 0 are none. `rows` come in JSON."""

    fields: Mapping[str, str] = field(default_factory=dict)
    about: str | None = None
    date: str | None = None
    session: str | None = None
    session_date: str | None = None
    layout: str | None = None
    rows: tuple[Row, ...] = ()

    @property
    def no_session(self) -> bool:
        """Whether it was said that there is no session."""
        return self.session is not None and _number(self.session or "0") == 0

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was given."""
        return self == Given()

    def over(self, other: "Given") -> "Given":
        """This over another: what this does not give is as there."""
        names = ("about", "date", "session", "session_date", "layout")
        said = {name: value for name in names if (value := getattr(self, name)) is not None}
        if self.session is not None:
            said["session_date"] = self.session_date  # the day of another session is not this one's
        return replace(other, fields={**other.fields, **self.fields}, **said)

    def about_of(self, couple: Couple | None) -> About | None:
        """Whom it is about, also by the names the couple's partners have (`UsageError`)."""
        if self.about is None:
            return None
        return about_from(self.about, couple.first if couple else "", couple.second if couple else "")

    def day(self) -> dt.date | None:
        """The day it is about (`UsageError`)."""
        return None if self.date is None else _day("Date", self.date)

    def session_named(self, before: SessionNamed | None = None) -> SessionNamed | None:
        """The session, a day alone beside the number it had `before` (`UsageError`)."""
        date = _day("Session date", self.session_date) if self.session_date else None
        number = before.number if self.session is None and before else _number(self.session or "0")
        if number == 0 and date is not None:
            raise UsageError("Session date: say the number of the session too.")
        return SessionNamed(number, date) if number and (date or self.session) else None


def given(source: str | None, options: Given, arguments: Sequence[str]) -> Given:
    """All that was given for a record: the JSON of a file or `-`, over it the options and the fields among
    the arguments. A field of `-` is what comes on standard input, once (`UsageError`)."""
    fields = fields_in(arguments)
    from_stdin = [name for name, value in fields.items() if value == file_or_stdin.STDIN]
    if len(from_stdin) + (source == file_or_stdin.STDIN) > 1:
        raise UsageError("Standard input can be taken once: for one field, or for --json.")
    fields |= {name: file_or_stdin.body(file_or_stdin.STDIN) for name in from_stdin}
    said = Given() if source is None else _from_json(file_or_stdin.body(source))
    return replace(options, fields=fields).over(said)


def _from_json(text: str) -> Given:
    try:
        said = json.loads(text, object_pairs_hook=_no_key_twice)
    except json.JSONDecodeError as error:
        raise UsageError(f"The JSON cannot be read: line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise UsageError("The JSON cannot be read: it is nested too deeply.") from None
    if not isinstance(said, dict):
        raise UsageError("The JSON is to be one object, with the fields of the record in “fields”.")
    for key in said:
        if key not in _KEYS:
            raise UsageError(f"“{shown_line(key)}” is not for a record to be given; {', '.join(_KEYS)} are.")
    fields = said.get("fields", {})
    if not isinstance(fields, dict):
        raise UsageError("“fields” is an object: the texts by the ids of their fields.")
    for name, value in fields.items():
        if value is not None and not isinstance(value, str):
            raise UsageError(f"“{shown_line(name)}” is a text in quotes, or null for none.")
    number, session_date = _session_in(said)
    return Given(
        fields={name: value or "" for name, value in fields.items()},
        about=_text(said, "about"),
        date=_text(said, "date"),
        session=number,
        session_date=session_date,
        layout=_text(said, "layout"),
        rows=rows_from(said.get("rows", [])),
    )


def _session_in(said: Mapping[str, Any]) -> tuple[str | None, str | None]:
    if "session" not in said:
        return None, None
    match said["session"]:
        case None:
            return "", None
        case {"number": int(number), **rest} if set(rest) <= {"date"} and not isinstance(number, bool):
            return str(number), _text({"date": rest.get("date")}, "date")
    raise UsageError("“session” is null, or an object with a “number” and a “date” or null.")


def _text(said: Mapping[str, Any], name: str) -> str | None:
    value = said.get(name)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"“{name}” is a text in quotes.")
    return value


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise UsageError("The JSON says one thing twice.")
    return dict(pairs)


def _day(name: str, word: str) -> dt.date:
    try:
        return day_from(word)
    except UsageError:
        raise UsageError(f"{name}: not a day. Write it as YYYY-MM-DD.") from None


def _number(word: str) -> int:
    try:
        return number_from(word)
    except UsageError:
        raise UsageError(f"Session: “{shown_line(word)}” is not a number.") from None
