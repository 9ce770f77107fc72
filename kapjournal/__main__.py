"""Which face to show: a command, the plain conversation, or the screens.

`--version` is answered before anything is imported, and no face is imported before it is chosen.
"""

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kapjournal.presentation.launch_request import LaunchRequest

_PR_SET_DUMPABLE = 4


def main() -> None:
    """Run the program and leave with its exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from kapjournal import __version__  # noqa: PLC0415 - nothing heavy before this answer

        sys.stdout.write(f"kapjournal {__version__}\n")
        return
    _no_core_dump()
    _no_look_inside()
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]  # one of them writes every key pressed to a file

    from kapjournal.cli.launch_arguments import without_command  # noqa: PLC0415

    outcome = without_command(arguments, os.environ) or _run(arguments)
    sys.exit(outcome if isinstance(outcome, int) else _open(outcome))


def _run(arguments: list[str]) -> "int | LaunchRequest":
    from kapjournal.cli.runner import run  # noqa: PLC0415 - the parser and every command

    return run(arguments)


def _open(launch: "LaunchRequest") -> int:
    """Show the journal line by line or on screens; returns the exit code."""
    if launch.plain or os.environ.get("TERM") == "dumb":
        from kapjournal.plain import run  # noqa: PLC0415

        return run(launch)
    from kapjournal.tui import show  # noqa: PLC0415

    return show(launch)


def _no_core_dump() -> None:
    """A crash must not write what is in memory to a file. Linux hands it to a program in spite of a limit
    of 0, but not of 1, which is too small for a file too."""
    try:
        import resource  # noqa: PLC0415 - not on every platform
    except ImportError:
        return
    for limit in (1, 0):
        try:
            resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
        except (ValueError, OSError):
            continue  # the limit is 0 already, and may not be raised
        return


def _no_look_inside() -> None:
    """What else this person runs cannot read this program's memory, not even what decodes a picture for it:
    Linux has a word for that, and on other systems it is as the system has it. Root can all the same."""
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 - nothing in the standard library says it otherwise

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


if __name__ == "__main__":
    main()
