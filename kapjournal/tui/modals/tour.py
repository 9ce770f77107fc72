"""A few short cards that are shown when the demo is first opened on this computer."""

from contextlib import suppress

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kapjournal import paths
from kapjournal.tui.modals.dialog import Dialog

CARDS = (
    (
        "The course",
        "On the left is a course of therapy: its sessions, and the days after each. ◄ is where the couple is "
        "now. The notes stand beside it.",
    ),
    (
        "Who can read this",
        "Every note says so in words. What you write is for you alone, until you share it. Nobody has a "
        "master key, the therapist neither.",
    ),
    (
        "Writing is one key away",
        "Press {new-page} anywhere, and type. Nothing has to be chosen first, and a draft is kept by itself: "
        "no word is lost.",
    ),
    (
        "Lock",
        "{lock} closes everything at once, {quit} leaves; after some quiet minutes the journal locks by "
        "itself. {help} explains every screen.",
    ),
)


def due() -> bool:
    """Whether the cards were never shown on this computer; from now on they count as shown."""
    seen = paths.state_folder() / "toured"
    if seen.exists():
        return False
    with suppress(OSError):  # then they come once more
        paths.private_folder(seen.parent)
        seen.touch(mode=0o600)
    return True


class TourModal(Dialog[None]):
    """One card at a time; Enter goes on, Escape leaves the rest out."""

    CSS_PATH = ["dialog.tcss", "tour.tcss"]  # noqa: RUF012 - Textual's form
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (6, "-short"), (16, "-tall")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._card = 0

    def compose(self) -> ComposeResult:
        """A heading, a few sentences, and two buttons."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static("", markup=False, id="title", classes="heading")
            yield Static("", markup=False, id="words")
            with Horizontal(classes="buttons"):
                yield Button("Next", variant="primary", id="next")
                yield Button("Skip (Esc)", id="skip")

    def on_mount(self) -> None:
        """Begin with the first card."""
        self._show()
        self.query_one("#next").focus()

    def _show(self) -> None:
        title, words = CARDS[self._card]
        self.query_one("#title", Static).update(title)
        self.query_one("#words", Static).update(self.shell.with_keys(words))
        is_last = self._card == len(CARDS) - 1
        self.query_one("#next", Button).label = "Look around" if is_last else "Next"
        self.query_one("#skip").display = not is_last

    @on(Button.Pressed, "#next")
    def _next(self) -> None:
        self._card += 1
        if self._card == len(CARDS):
            self.dismiss(None)
        else:
            self._show()

    @on(Button.Pressed, "#skip")
    def _skip(self) -> None:
        self.dismiss(None)
