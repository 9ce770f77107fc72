"""The line at the top of a screen: the program, whose door is open, the day."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from kapjournal import clock
from kapjournal.presentation import days
from kapjournal.text import shown_line
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText

LOOK_EVERY = 4.0
"""Seconds between two looks whether it is another day."""


class TopBar(Horizontal):
    """Names the program, or the couple where there are several, the member or screen in the middle, and the
    day."""

    DEFAULT_CSS = """
    TopBar {
        height: 1;
        margin: 0 0 1 0;
        padding: 0 2;
        & > Static { width: 1fr; height: 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & > .name { text-align: center; color: $foreground; }
        & > .day { text-align: right; }
    }
    """

    def __init__(self, name: str = "", couple: str = "") -> None:
        """With the name of a `couple` whose journal need not be open."""
        super().__init__()
        self._couple = couple
        self._name_shown = shown_line(name)
        self._day = clock.today()

    def compose(self) -> ComposeResult:
        """Three parts of one line."""
        yield SelfClearingText(shown_line(self._couple or self.app.sub_title) or "kapjournal", id="couple")
        yield Static(self._name_shown, markup=False, classes="name")
        yield Static(days.short(self._day), markup=False, classes="day")

    def on_mount(self) -> None:
        """Go with the day: a screen may stay open over midnight."""
        self.set_interval(LOOK_EVERY, self._look)

    def show_couple(self, name: str) -> None:
        """Name the couple, once it is known."""
        self.query_one("#couple", SelfClearingText).update(shown_line(name) or "kapjournal")

    def on_unmount(self) -> None:
        """Forget the couple: a widget may live on in memory."""
        self._couple = ""

    def _look(self) -> None:
        if (today := clock.today()) != self._day:
            self._day = today
            self.query_one(".day", Static).update(days.short(today))
