"""What screens and dialogs have in common: the program around them, and a sentence for too small a window."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from kapjournal.errors import KapjournalError
from kapjournal.tui.textual_internals.taken_away import is_being_taken_away
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from kapjournal.tui.navigation.shell_protocol import Shell

Answer = TypeVar("Answer")


class BaseScreen(Screen[Answer], Generic[Answer]):
    """A screen that says so where the window is under 20 columns or 6 lines, and is told where it is low."""

    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (20, "-broad")]  # noqa: RUF012 - Textual's form
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (6, "-low"), (16, "-high")]  # noqa: RUF012

    @property
    def shell(self) -> "Shell":
        """The program around this screen, which opens and locks the journal and changes screens."""
        return cast("Shell", self.app)

    async def on_event(self, event: events.Event) -> None:
        """Hear of nothing but the end while being taken away: the parts of the screen may never have come.
        What was to be called later is: somebody may wait for it."""
        if isinstance(event, events.Unmount | events.Callback) or not is_being_taken_away(self):
            await super().on_event(event)

    def on_mount(self) -> None:
        """Lay the sentence for small windows over whatever the screen is made of."""
        self.mount(TooSmall())

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Scroll to what has the focus, unless its page follows it: of two that scroll, one slowly and one
        at once, it depended on how quick the computer is where the page came to stand."""
        follows = getattr(widget, "moves_its_page", False)
        super().set_focus(widget, scroll_visible and not follows, from_app_focus)

    def say_error(self, sentence: str, at: Widget | None = None) -> None:
        """Say what went wrong; it stays, and is scrolled to if the window is small. The cursor goes to `at`,
        the field the sentence is about or where it was before; else it stays."""
        if at is not None:
            at.focus()
        self._say_in_sight(sentence, error=True)

    @contextmanager
    def reading(self, field: str | Widget) -> Iterator[None]:
        """Read what stands in a field, or in that of an id: if it is refused, the cursor goes there."""
        try:
            yield
        except KapjournalError:
            (self.query_one(f"#{field}") if isinstance(field, str) else field).focus()
            raise

    def _say_in_sight(self, sentence: str, *, error: bool = False) -> None:
        line = self.query_one(StatusLine)
        line.say(sentence, error=error, stays=True)
        self.call_after_refresh(line.scroll_visible, animate=False)
