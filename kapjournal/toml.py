"""TOML that a person edits by hand: errors are of one kind, and name the line."""

import re
import tomllib
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from kapjournal.errors import UsageError


class FieldError(UsageError):
    """A field of a file is wrong; `field` is its name, or in a table `table.field`."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


MAX_LINE = 8_192
"""Characters in a line: the time that a key of many parts takes grows with the square of their number."""


def read(text: str) -> dict[str, Any]:
    """Parse a TOML text. Errors are `tomllib.TOMLDecodeError` alone: also if it is nested too deeply, has a
    line of more than `MAX_LINE` characters, or a number or a day that cannot be."""
    if any(len(line) > MAX_LINE for line in text.splitlines()):
        raise tomllib.TOMLDecodeError(f"a line has more than {MAX_LINE:,} characters")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError("it is nested too deeply") from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:
        raise tomllib.TOMLDecodeError("a number or a day in it cannot be") from None


def at_line(text: str, field: str) -> str:
    """“, line 3” for the first line that sets `field` or opens a table of that name; empty if there is none.

    For `table.field` it is the line of the field in the table or, if that is missing, of the table; a table
    in a table is opened by both names.
    """
    table, _, name = field.rpartition(".")
    lines = text.split("\n")
    if table and (opened := _number(lines, field)):
        return f", line {opened}"
    begin = _number(lines, table) if table else 0
    within = takewhile(lambda line: not line.lstrip().startswith("["), lines[begin:]) if begin else lines
    number = _number(list(within), name)
    number = begin + number if number else begin
    return f", line {number}" if number else ""


def _number(lines: Sequence[str], name: str) -> int:
    """The number of the first line that sets or opens it, counted from 1; 0 if there is none."""
    sets = re.compile(rf"""\s*(?:["']?{re.escape(name)}["']?\s*=|\[+\s*["']?{re.escape(name)}["']?\s*\]+)""")
    return next((number for number, line in enumerate(lines, 1) if sets.match(line)), 0)
