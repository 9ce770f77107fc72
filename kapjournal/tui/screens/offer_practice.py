"""After a therapist's first journal: whether to keep a practice, too."""

from functools import partial
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
    """Asked of a therapist who has made a journal and has no practice."""

    NAME = "offer-practice"
    BINDINGS = actions.bindings(NAME)
    HELP = f"{couples.PRACTICE}\n\n{couples.ONE_FOR_ALL}\n\n{couples.OFFERED_LATER}"

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal

    def compose(self) -> ComposeResult:
        """What a practice is, and the two ways."""
        yield from self.compose_calmly(
            couples.OFFER,
            f"{couples.PRACTICE}\n\n{couples.OFFERED_LATER}",
            Button("Start my practice", variant="primary", id="practice"),
            Button("Not now", id="course"),
        )

    @on(Button.Pressed, "#practice")
    def _begin(self) -> None:
        first = FirstCouple(self._journal.path, self._journal.me.label)
        self.decide(partial(self.shell.begin_practice, first))

    @on(Button.Pressed, "#course")
    def _go_on(self) -> None:
        self.decide(partial(self.shell.enter, self._journal))
