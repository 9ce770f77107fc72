"""The form that adds a couple to a practice: their journal is there already, and the therapist has a door."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Select, Static

from kapjournal.domain.couples import Couple
from kapjournal.errors import KapjournalError
from kapjournal.presentation import couples as saying
from kapjournal.text import MAX_LINE
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.file_field import FileField
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class AddCoupleScreen(JournalScreen, Form[None]):
    """A name, a file, and the door there."""

    NAME = "add-couple"
    CSS_PATH = "door_form.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = f"{saying.NAMES}\n\n{saying.ONE_FOR_ALL}"

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)

    def compose(self) -> ComposeResult:
        """The fields and the buttons in one column."""
        yield TopBar(self._journal.me.label)
        with VerticalScroll(id="body", can_focus=False), Center(), Vertical(classes="column"):
            yield Static("Add a couple", markup=False, classes="heading")
            yield Static("What you call them", markup=False, classes="caption")
            yield Field(max_length=MAX_LINE, missing=saying.NO_NAME, id="name")
            yield FileField("Their journal", warns=False)
            yield Static("What you are called there", markup=False, classes="caption")
            yield Field(
                self._journal.me.label, max_length=40, missing="Say what you are called there.", id="label"
            )
            yield Static("Your passphrase there", markup=False, classes="caption")
            yield Field(password=True, missing="Type your passphrase there.", id="passphrase")
            yield Static("How it opens", markup=False, classes="caption")
            ways = [("With this practice", True), ("With its own passphrase, asked for each time", False)]
            yield Select(ways, value=True, allow_blank=False, id="opens")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Add them", variant="primary", id="do")
                yield Button("Back", id="back")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#name").focus()

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self.action_back()

    @on(Button.Pressed, "#do")
    def _add(self) -> None:
        add = self.query_one("#do", Button)
        if add.disabled or not self.is_complete:
            return
        name, label, passphrase = (
            self.query_one(f"#{one}", Field).value for one in ("name", "label", "passphrase")
        )
        opens, practice = self.query_one(Select).value is True, self._journal
        try:
            with self.reading("file"):
                path = self.query_one(FileField).path
        except KapjournalError as error:
            self.say_error(str(error))
            return
        focused = self.focused
        add.disabled = True
        self.say("Opening…")
        background.run(
            self,
            lambda: practice.couples.add(name, path, label=label, passphrase=passphrase, opens=opens),
            self._added,
            partial(self._not_added, focused),
        )

    def _added(self, couple: Couple) -> None:
        self.leave()
        self.shell.say(saying.added(couple))

    def _not_added(self, focused: Widget | None, sentence: str) -> None:
        self.query_one("#do", Button).disabled = False
        self.say_error(sentence, focused)
