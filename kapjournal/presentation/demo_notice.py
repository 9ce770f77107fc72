"""What is said at the doors of the demo: how long it lasts, what opens it, and what lies beside it."""

from collections.abc import Iterable

Door = tuple[str, str, str]
"""Label, role and passphrase."""


def demo_notice(doors: Iterable[Door], *, goes: bool, practice: tuple[str, str] | None = None) -> str:
    """The passphrases, a line each, and where the practice is: beside the demo, as a file of this name and
    with this passphrase, or to be made by another command. A demo that `goes` is removed when the program
    ends."""
    where = "Dr Lee’s practice: kapjournal demo --practice"
    if practice is not None:
        name, passphrase = practice
        where = f"Dr Lee’s practice lies beside it, in {name}: {passphrase}"
    return "\n".join([_heading(goes), *map(_in_a_line, doors), where])


def practice_notice(door: Door, asking: Iterable[tuple[str, str]], *, goes: bool) -> str:
    """The same at the door of the practice; `asking` are the couples whose journal asks for a passphrase of
    its own, and that."""
    asked = (f"{name} ask for: {passphrase}" for name, passphrase in asking)
    return "\n".join([_heading(goes), _in_a_line(door), *asked])


def _heading(goes: bool) -> str:
    return "This demo goes when you leave. Passphrases:" if goes else "The passphrases of this demo:"


def _in_a_line(door: Door) -> str:
    label, role, passphrase = door
    return f"{label} ({role}): {passphrase}"
