"""What screens and dialogs have in common: the program around them, and a sentence for too small a window."""

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from textual.screen import Screen
from textual.widget import Widget

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

    def say_error(self, sentence: str) -> None:
        """Say what went wrong; it stays, and is scrolled to if the window is small."""
        self._say_in_sight(sentence, error=True)

    def _say_in_sight(self, sentence: str, *, error: bool = False) -> None:
        line = self.query_one(StatusLine)
        line.say(sentence, error=error, stays=True)
        self.call_after_refresh(line.scroll_visible, animate=False)
