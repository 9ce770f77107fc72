"""The README knows every command, and no command that there is not."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kapjournal.cli.app import command
from kapjournal.errors import (
    CannotSave,
    Damaged,
    KapjournalError,
    NotFound,
    OutOfMemory,
    Refused,
    UnlockFailed,
    UsageError,
)

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")

AT_A_PROMPT = re.compile(r"(?:^|[`/])kapjournal((?: [a-z][a-z-]*)*)", re.MULTILINE)
"""What stands where a person would type a command: at the start of a line or of a code span."""


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command a person can be told of: those with something under them, too, if they run alone."""
    for name, one in group.commands.items():
        if one.hidden:
            continue
        below = getattr(one, "commands", None)
        if below is None or one.invoke_without_command:
            yield (*path, name)
        if below is not None:
            yield from commands(one, (*path, name))


ALL = sorted(commands(command()))
GROUPS = {path[:1] for path in ALL if len(path) > 1}


def test_there_are_commands() -> None:
    assert ("note", "add") in ALL
    assert ("people",) in ALL


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_is_documented(path: tuple[str, ...]) -> None:
    assert re.search(rf"`kapjournal {' '.join(path)}[ `]", README)


def test_every_command_in_the_readme_is_one() -> None:
    for match in AT_A_PROMPT.finditer(README):
        words = tuple(match[1].split())
        assert words in {(), *ALL, *GROUPS}, match[0]


@pytest.mark.parametrize(
    "error", [KapjournalError, UsageError, UnlockFailed, NotFound, Damaged, Refused, CannotSave, OutOfMemory]
)
def test_every_exit_code_is_documented(error: type[KapjournalError]) -> None:
    assert re.search(rf"^\| {error.exit_code} \| ", README, re.MULTILINE)


def test_the_two_commands_of_a_newcomer_are_there() -> None:
    install = "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && "
    assert install + ".venv/bin/kapjournal demo\n" in README
    assert install + ".venv/bin/python -m pytest\n" in README


def test_the_word_list_is_attributed() -> None:
    assert "kapjournal/crypto/calm_words.txt" in README
    assert "Electronic Frontier Foundation" in README
    assert "CC BY 3.0 US" in README
