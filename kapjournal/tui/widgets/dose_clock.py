"""One person's clock on the dose pad: how long since the dose, and which vitals are next."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from kapjournal.text import shown_line


class DoseClock(Vertical):
    """Hours and minutes since the dose, large; the one whose turn it is has a heavy border."""

    DEFAULT_CSS = """
    DoseClock {
        width: 1fr;
        height: 6;
        padding: 0 1;
        border: round $border-blurred;
        border-title-color: $text-muted;
        & > Digits { width: auto; color: $text-muted; }
        & > .about { height: 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & > .short { display: none; height: 1; }
        &.-due > .about { color: $warning; text-style: bold; }
        &.-turn {
            border: heavy $border;
            border-title-color: $foreground;
            border-title-style: bold;
            & > Digits { color: $primary; }
        }
    }
    """

    def __init__(self, key: str, name: str) -> None:
        super().__init__()
        self.border_title = Content(f"{key}  {shown_line(name)}")

    def compose(self) -> ComposeResult:
        """The time, and what goes with it; in a low window both on one line."""
        yield Digits("")
        yield Static("", markup=False, classes="about")
        yield Static("", markup=False, classes="short")

    def show(self, elapsed: str, about: str, *, is_turn: bool, is_due: bool) -> None:
        """Say how long it has been (“0:42”, “-:--” without a dose), and what is next."""
        self.set_class(is_turn, "-turn")
        self.set_class(is_due, "-due")
        digits, (line, short) = self.query_one(Digits), self.query(Static)
        if digits.value != elapsed:
            digits.update(elapsed)
        line.update(about)
        short.update(f"{elapsed} · {about}")
