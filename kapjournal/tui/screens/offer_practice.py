"""After a therapist's first journal: whether to keep a practice, too."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button

from kapjournal.presentation import couples
from kapjournal.tui import actions
from kapjournal.tui.navigation.routes import FirstCouple
from kapjournal.tui.screens.calm_step import CalmStep

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class OfferPracticeScreen(CalmStep):
    """Asked once, as the journal is made; the first screen has the same way for later."""

    NAME = "offer-practice"
    BINDINGS = actions.bindings(NAME)
    HELP = f"{couples.PRACTICE}\n\n{couples.ONE_FOR_ALL}\n\n{couples.OFFERED_LATER}"

    def __init__(self, journal: "Journal", first: FirstCouple) -> None:
        super().__init__()
        self._journal = journal
        self._first: FirstCouple | None = first

    def compose(self) -> ComposeResult:
        """What a practice is, and the two ways."""
        yield from self.compose_calmly(
            couples.OFFER,
            f"{couples.PRACTICE}\n\n{couples.OFFERED_LATER}",
            Button("Start my practice", variant="primary", id="practice"),
            Button("Not now", id="course"),
        )

    def on_unmount(self) -> None:
        """Forget the passphrase."""
        self._first = None

    @on(Button.Pressed, "#practice")
    def _begin(self) -> None:
        if self._first is not None:
            self.app.call_later(self.shell.begin_practice, self._first)

    @on(Button.Pressed, "#course")
    def _go_on(self) -> None:
        self.app.call_later(self.shell.enter, self._journal)
