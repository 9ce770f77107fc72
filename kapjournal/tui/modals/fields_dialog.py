"""What the dialogs share that ask for a few words and then do one thing with them."""

from typing import TYPE_CHECKING, ClassVar, Generic

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.presentation import sentences
from kapjournal.tui.modals.dialog import Answer, Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class FieldsDialog(Dialog[Answer], Form[Answer], Generic[Answer]):
    """Fields under a sentence on what they are asked for, a button that does it, and one that leaves it."""

    AUTO_FOCUS = ""
    HEADING: ClassVar[str]
    WHAT: ClassVar[str]
    DO: ClassVar[str]

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal

    def compose(self) -> ComposeResult:
        """What is going to happen, the fields, the buttons."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static(self.HEADING, markup=False, classes="heading")
            yield Static(self.WHAT, markup=False, classes="aside")
            yield from self.fields()
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button(self.DO, variant="primary", id="do")
                yield Button("Not now", id="leave")

    def fields(self) -> ComposeResult:
        """What is asked for."""
        raise NotImplementedError

    def filled_in(self) -> None:
        """Do it: whatever is needed was typed."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Begin with the first field, and with what is said above it as far as there is room."""
        first = self.query(Field).first()
        first.focus(scroll_visible=False)
        self.call_after_refresh(first.scroll_visible, animate=False)

    @property
    def left_undone(self) -> str:
        """In a practice, that what was typed is gone. In a couple's journal nothing is said: the other
        partner may read it at the doors."""
        typed = self._journal.is_practice and any(field.is_typed for field in self.query(Field))
        return sentences.TYPED_IS_GONE if typed and not self.busy else ""

    @on(Button.Pressed, "#do")
    def _do(self) -> None:
        if self.is_complete:
            self.filled_in()
