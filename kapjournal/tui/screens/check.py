"""The check of the journal: every sealed value is looked at again, and what was found is said."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.presentation import findings
from kapjournal.text import shown
from kapjournal.tui import actions, background
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.stopping import Stopping
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class CheckScreen(JournalScreen):
    """Looks as soon as it is shown; leaving it ends that, and changes nothing."""

    NAME = "check"
    CSS_PATH = "check.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        f"{findings.CHECKING}\n\nWhere something is missing or damaged, another copy of the journal may have "
        "it whole: bring that in. What is whole can be read all the same."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._stopping = Stopping(lambda sentence: self.call_later(self._looking, sentence))

    def compose(self) -> ComposeResult:
        """What is looked at, and what was found."""
        yield TopBar(self._journal.me.label)
        with VerticalScroll(id="body"), Center(), Vertical(classes="column"):
            yield Static("Is all as it was left?", markup=False, classes="heading")
            yield Static(findings.CHECKING, markup=False)
            yield SelfClearingText(id="report")
            with Horizontal(classes="buttons"):
                yield Button("Look again", id="again")
                yield Button("Back", variant="primary", id="back")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Look for the first time."""
        self.look()

    def on_unmount(self) -> None:
        """Look no further."""
        self._stopping.stop()

    @on(Button.Pressed, "#again")
    def look(self) -> None:
        """Look at everything, in a thread."""
        journal, again = self._journal, self.query_one("#again", Button)
        again.disabled = True
        self.query_one("#back").focus()
        self._looking()
        self._stopping.begin()
        follow = self._stopping.following()
        background.run(
            self, lambda: findings.checked(journal, journal.check(follow)), self._checked, self._not_checked
        )

    def _looking(self, how_far: str = "") -> None:
        if self.query_one("#again").disabled:
            self.query_one("#report", Static).update(f"Looking… {how_far}")

    def _checked(self, sentences: list[str]) -> None:
        self._say_report(shown("\n\n".join(sentences)))

    def _not_checked(self, sentence: str) -> None:
        self._say_report("")
        self.say_error(sentence)

    def _say_report(self, said: str) -> None:
        self.query_one("#report", Static).update(said)
        self.query_one("#again").disabled = False

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self.action_back()
