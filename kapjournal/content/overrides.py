"""A clinic's TOML file in the settings folder, whose tables replace those that come with the program."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from kapjournal import paths, toml
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
        text = paths.read_text(file)
        given = toml.read(text)
    except FileNotFoundError:
        return Tables(ours)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Tables(ours, (f"{file} could not be read ({error}); ours is used.",))
    tables, complaints = dict(ours), []
    for name, table in given.items():
        try:
            tables[name] = read(name, table)
        except FieldError as error:
            complaints.append(f"{file}{at_line(text, error.field)}: {error} “{name}” in it is left out.")
    return Tables(tables, tuple(complaints))
