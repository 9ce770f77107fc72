"""An app that lets nothing of a note out by the ways Textual has for it.

Private names used here, since nothing public leads to them:

- `App._display`: everything painted passes through it; nothing may be once the journal is to be locked.
- `App._handle_exception`, `App._fatal_error`, `App._close_messages_no_wait`: Textual ends after a defect with
  a report that holds every local variable, notes among them.
- `active_message_pump`: the part of the screen in which an error arose.
- `App._clipboard`: what was copied, which is emptied with a lock. (`copy_to_clipboard` would also send it to
  the terminal.)
- `App._filters`: drops the colours while the program runs; Textual reads `NO_COLOR` only when it starts.
- `rich.cells.cached_cell_len`, `Segment._split_cells`: Rich keeps every text whose width it was asked for and
  every one it cut in two.
- `StylesCache.get_inner_outer`: Textual keeps for it what widgets that are gone had painted last.
"""

from typing import Any

from rich.cells import cached_cell_len
from rich.console import RenderableType
from rich.segment import Segment
from textual._context import active_message_pump
from textual._styles_cache import StylesCache
from textual.app import ScreenStackError
from textual.css.query import NoMatches
from textual.filter import NoColor
from textual.screen import Screen
from textual.widget import MountError

from kapjournal.tui.textual_internals.keys_in_turn import KeysInTurnApp
from kapjournal.tui.textual_internals.list_keys import mend_list_keys
from kapjournal.tui.textual_internals.measured_again import mend_measures
from kapjournal.tui.textual_internals.palette_end import mend_palette_end
from kapjournal.tui.textual_internals.taken_away import is_being_taken_away

mend_list_keys()
mend_measures()
mend_palette_end()

_NOT_THERE = (NoMatches, MountError, ScreenStackError)
"""What a widget of Textual's raises that is taken away while it comes: nobody is there to see it."""


class DiscreetApp(KeysInTurnApp, inherit_bindings=False):
    """An app whose copies stay inside it, and whose end after a defect prints none of what it held."""

    def may_paint(self) -> bool:
        """Whether the screen may be painted now."""
        return True

    def before_defect_ends_it(self, error: Exception | None) -> None:
        """Save what can be saved; `error` is None where a part of Textual only asked for the end."""

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if self.may_paint():
            super()._display(screen, renderable)

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, _NOT_THERE) and is_being_taken_away(active_message_pump.get(self)):
            return
        self.before_defect_ends_it(error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End the program, and print none of what a failing part wanted to."""
        self.before_defect_ends_it(None)
        self._close_messages_no_wait()

    def copy_to_clipboard(self, text: str) -> None:
        """Keep copies inside the program: the system's clipboard remembers, and may be shared."""
        self._clipboard = text

    def forget_copies(self) -> None:
        """Drop what was copied."""
        self._clipboard = ""

    def forget_measured_texts(self) -> None:
        """Drop the texts whose width was asked for, those that were cut, and what was painted last."""
        cached_cell_len.cache_clear()
        Segment._split_cells.cache_clear()
        StylesCache.get_inner_outer.cache_clear()

    def drop_colours(self) -> None:
        """Draw without colours from now on."""
        self.no_color = True
        self._filters = [NoColor()]
        self.refresh_css(animate=False)
