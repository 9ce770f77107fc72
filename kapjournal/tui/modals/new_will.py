"""A dialog that asks for whom a will is, and for the passphrase, before it draws shares."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.domain.will import MAX_BESIDE, MAX_CUSTODIAN, custodian_and_line
from kapjournal.errors import KapjournalError
from kapjournal.presentation import will as saying
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True, repr=False)
class NewWill:
    """Three shares that open nothing yet, and for whom they are."""

    shares: tuple[str, ...]
    custodian: str
    beside: str


class NewWillModal(Dialog[NewWill], Form[NewWill]):
    """Hands back what a will is made of."""

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal

    def compose(self) -> ComposeResult:
        """What is going to happen, the custodian, and the passphrase."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static("A new will", markup=False, classes="heading")
            yield Static(saying.FIRST, markup=False, classes="aside")
            yield Field(
                placeholder="the custodian’s name",
                max_length=MAX_CUSTODIAN,
                missing=saying.CUSTODIAN,
                id="custodian",
            )
            yield Field(placeholder="a line beside it: where they are", max_length=MAX_BESIDE, id="beside")
            yield Field(
                placeholder="your passphrase once more",
                password=True,
                missing="Type your passphrase first.",
                id="passphrase",
            )
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Show the shares", variant="primary", id="show")
                yield Button("Leave it", id="leave")

    def on_mount(self) -> None:
        """Begin with the custodian, and with what is said above as far as there is room."""
        first = self.query_one("#custodian")
        first.focus(scroll_visible=False)
        self.call_after_refresh(first.scroll_visible, animate=False)

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#show")
    def _ask(self) -> None:
        if not self.is_complete:
            return
        said = (self.query_one(f"#{name}", Field).value for name in ("custodian", "beside"))
        try:
            custodian, beside = custodian_and_line(*said)
        except KapjournalError as error:
            self.say_error(str(error))
            return
        field = self.query_one("#passphrase", Field)
        journal, passphrase = self._journal, field.value

        def draw() -> NewWill:
            from kapjournal.journal import generated_shares  # noqa: PLC0415

            journal.keys.confirm_passphrase(passphrase)
            return NewWill(generated_shares(), custodian, beside)

        field.value = ""
        self.run_once("One moment…", draw, self._drawn)

    def _drawn(self, will: NewWill) -> None:
        self.dismiss(will)
