"""A clinic's TOML file in the settings folder: what it says replaces what comes with the program."""

import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from kapjournal import paths, toml
from kapjournal.errors import UsageError
from kapjournal.text import storable_line
from kapjournal.toml import FieldError, at_line

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tables(Generic[T]):
    """The tables of a file as far as they could be read, and one sentence for each that could not."""

    by_name: Mapping[str, T]
    complaints: tuple[str, ...] = ()


def with_overrides(ours: Mapping[str, T], file: Path, read: Callable[[str, object], T]) -> Tables[T]:
    """The tables that come with the program, with those of `file` in their place or beside them.

    `read` makes a value of a name and a table, or raises `FieldError`: that table is then left out, and the
    one that comes with the program stays.
    """
    try:
        text, given = _read(file)
    except FileNotFoundError:
        return Tables(ours)
    except _UNREADABLE as error:
        return Tables(ours, (_unreadable(file, error),))
    tables, complaints = dict(ours), []
    for name, table in given.items():
        try:
            tables[name] = read(name, table)
        except FieldError as error:
            complaints.append(f"{file}{at_line(text, error.field)}: {error} “{name}” in it is left out.")
    return Tables(tables, tuple(complaints))


def laid_over(ours: T, file: Path, over: Callable[[T, Mapping[str, Any]], T]) -> tuple[T, tuple[str, ...]]:
    """What comes with the program with the whole of `file` laid over it, and what there is to complain of.

    `over` makes one of both, or raises `FieldError`: nothing of the file is then used.
    """
    try:
        text, given = _read(file)
    except FileNotFoundError:
        return ours, ()
    except _UNREADABLE as error:
        return ours, (_unreadable(file, error),)
    try:
        return over(ours, given), ()
    except FieldError as error:
        return ours, (f"{file}{at_line(text, error.field)}: {error} Ours is used.",)


def whole_number(key: str, value: object, most: int) -> int:
    """A value that is a whole number from 1 to `most` (`FieldError`)."""
    if type(value) is not int or not 1 <= value <= most:
        raise FieldError(key, f"“{key}”: whole numbers between 1 and {most}.")
    return value


def line_of_text(key: str, name: str, value: object, most: int) -> str:
    """A value that is a line of 1 to `most` characters, called `name` (`FieldError`)."""
    with suppress(UsageError):
        if isinstance(value, str) and (line := storable_line(value, name, most)):
            return line
    raise FieldError(key, f"“{name}” is one line of text, of at most {most} characters.")


def true_or_false(key: str, name: str, value: object) -> bool:
    """A value that is true or false, called `name` (`FieldError`)."""
    if not isinstance(value, bool):
        raise FieldError(key, f"“{name}” is true or false.")
    return value


_UNREADABLE = (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError)


def _read(file: Path) -> tuple[str, Mapping[str, Any]]:
    text = paths.read_text(file)
    return text, toml.read(text)


def _unreadable(file: Path, error: Exception) -> str:
    return f"{file} could not be read ({error}); ours is used."
