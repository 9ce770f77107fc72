"""Every key that a text of the screens names by its action is one that there is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import kapjournal
from kapjournal.tui import actions

TUI = Path(kapjournal.__file__).parent / "tui"


def helps() -> Iterator[tuple[str, str]]:
    """Each text that is called `HELP`, as far as it stands in the source, with the file it stands in."""
    for file in sorted(TUI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and any(
                isinstance(one, ast.Name) and one.id == "HELP" for one in node.targets
            ):
                parts = (one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant))
                yield file.name, "".join(one for one in parts if isinstance(one, str))


def test_every_key_that_a_help_names_is_one_of_an_action() -> None:
    found = list(helps())
    assert len(found) > 40, "the helps of the screens"
    named = {(file, name) for file, text in found for name in actions._NAMED.findall(text)}
    assert len(named) > 80
    assert [one for one in sorted(named) if one[1] not in actions.BY_ID] == []
