"""A palette that is left while it still gathers commands: what it gathers for is gone, and nothing is amiss.

Textual's worker looks up the list of the palette, and fails where both were removed in the moment before it
began. The app makes its palette itself, so the class is mended, not a subclass.

Private names used here, since nothing public leads to them:

- `CommandPalette._gather_commands`: starts that worker; `_GATHER_COMMANDS_GROUP` is its group.
"""

from contextlib import suppress
from typing import Any

from textual import work
from textual.command import CommandPalette
from textual.css.query import NoMatches


def mend_palette_end() -> None:
    """Let the worker end where its list is gone; called once, when the app's class is made."""
    gather: Any = CommandPalette._gather_commands
    gather = gather.__wrapped__

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def gathers(palette: CommandPalette, search_value: str) -> None:
        with suppress(NoMatches):
            await gather(palette, search_value)

    setattr(CommandPalette, "_gather_commands", gathers)  # noqa: B010 - a method takes no assignment
