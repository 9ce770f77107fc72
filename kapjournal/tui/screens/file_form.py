"""A form with one field for a file, something long that is done with it, and what came of that."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from kapjournal.errors import UsageError
from kapjournal.presentation.progress import in_quarters
from kapjournal.progress import HowFar, Progress
from kapjournal.text import shown
from kapjournal.tui import background
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.stopping import STOPPING, Stopping
from kapjournal.tui.widgets.file_field import FileField
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_READ_ON = "↓ reads on, Tab goes to what is below."

_BENEATH = 4
"""Lines that the buttons take, and each field below a report, with what keeps them apart."""
Report = Sequence[str]
"""Sentences that say what was done."""


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be asked before it is done."""

    words: str
    consequence: str
    yes: str
    work: "Callable[[], Report]"
    """What does it once the answer is yes."""
    otherwise: str
    """What is said after any other answer."""


class FileForm(JournalScreen, Form[None]):
    """Says what will be done, asks for the file, and stays until it is done: that cannot be taken back."""

    CSS_PATH = "file_form.tcss"
    SUBMIT: ClassVar[str]
    PROGRESS: ClassVar[str]
    CAN_STOP: ClassVar[bool] = False
    """Whether going back stops what is being done: `following` then tells the thread."""
    ENTER_DOES_IT: ClassVar[bool] = False
    """Whether Enter in the field for the file does it: what stands below can mostly stay as it is."""

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self.busy = False
        """Whether it is being done: then the form stays, and nothing else is begun."""
        self.stopping = Stopping(self.say_progress)

    @property
    def heading(self) -> str:
        """What the form is for."""
        raise NotImplementedError

    @property
    def meaning(self) -> str:
        """What will be done."""
        raise NotImplementedError

    def field(self) -> FileField:
        """The field for the file."""
        raise NotImplementedError

    def further(self) -> Iterable[Widget]:
        """What stands below the field for the file; nothing as a rule."""
        return ()

    def beneath(self) -> Iterable[Widget]:
        """What stands below what came of it; nothing as a rule."""
        return ()

    def work(self, path: Path) -> Callable[[], Report | Question]:
        """What does it, in a thread."""
        raise NotImplementedError

    def work_as_typed(self) -> Callable[[], Report | Question]:
        """The same with what stands in the fields (`UsageError`)."""
        return self.work(self.path)

    @property
    def path(self) -> Path:
        """The path that is typed (`UsageError`)."""
        with self.reading("file"):
            return self.query_one(FileField).path

    def field_of(self, sentence: str) -> Widget | None:
        """The field that a sentence is about by which it was refused: as a rule the file. None if that is not
        known; then the cursor goes back to where it was."""
        return self.query_one("#file")

    def is_last(self, field: Input) -> bool:
        """Whether Enter in a field does it."""
        return super().is_last(field) or (self.ENTER_DOES_IT and field.id == "file")

    def compose(self) -> ComposeResult:
        """What it does, the file, and what came of it."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with VerticalScroll(id="body", can_focus=False), Center(), Vertical(classes="column"):
            yield Static(self.heading, markup=False, classes="heading")
            yield SelfClearingText(self.meaning)
            yield self.field()
            yield from self.further()
            yield SelfClearingText(id="report")
            yield from self.beneath()
            with Horizontal(classes="buttons"):
                yield Button(self.SUBMIT, variant="primary", id="do")
                yield Button("Back", id="back")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the file."""
        self.query_one("#file", Input).focus()
        self.watch(self.query_one("#body"), "virtual_size", self._show_report, init=False)

    def on_unmount(self) -> None:
        """Stop what is being done."""
        self.stopping.stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing that leaves while it is being done; locking takes the form away all the same."""
        return not (self.busy and action == "back") or self.CAN_STOP

    def action_back(self) -> None:
        """Return; while it is being done, stop it."""
        if self.busy:
            self.stopping.stop()
            self._say_in_sight(STOPPING)
        else:
            super().action_back()

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        if self.CAN_STOP or not self.busy:
            self.action_back()

    @on(Button.Pressed, "#do")
    def _do(self) -> None:
        if self.busy or not self.is_complete:
            return
        try:
            work = self.work_as_typed()
        except UsageError as error:
            self.say_error(str(error))
            return
        self._begin(work)

    def _begin(self, work: Callable[[], Report | Question]) -> None:
        focused = self.focused
        self.stopping.begin()
        self._set_busy(True)
        said = self.query_one("#report", Static)
        said.update("")
        said.can_focus = False
        self._say_in_sight(self.PROGRESS)
        background.run(self, self.stopping.heard()(work), self._done, partial(self._not_done, focused))

    def say_progress(self, sentence: str) -> None:
        """Say how far it is; for the thread that does it."""
        self.call_later(self._say_in_sight, sentence)

    def following(self, how_far: HowFar = in_quarters) -> Progress:
        """What says how far it is, and gives it up (`GivenUp`) once that is wanted; for the thread."""
        return self.stopping.following(how_far)

    def _ask(self, question: Question) -> None:
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        def answered(sure: bool | None) -> None:
            if sure:
                self._begin(question.work)
            else:
                self._not_done(None, question.otherwise)

        modal = ConfirmModal(question.words, question.consequence, question.yes, "Not now")
        self.app.push_screen(modal, answered)

    def _done(self, report: Report | Question) -> None:
        self._set_busy(False)
        if isinstance(report, Question):
            self.say("")
            self._ask(report)
            return
        said = self.query_one("#report", Static)
        said.update(shown("\n".join(report)))
        said.add_class("-done")
        self.say("")
        said.can_focus = not self._fits(said)
        if said.can_focus:
            self.query_one(StatusLine).say(_READ_ON, stays=True)
            said.focus(scroll_visible=False)
        else:
            self.next_button.focus(scroll_visible=False)
        self._show_report()

    def _show_report(self) -> None:
        """Scroll to what came of it, whenever the page is laid out with it: it may not be yet."""
        said = self.query_one("#report", Static)
        if self.busy or not said.has_class("-done"):
            return
        if said.can_focus:
            said.scroll_visible(animate=False, top=True, immediate=True)
        else:
            self.query_one("#body", VerticalScroll).scroll_end(animate=False, immediate=True)

    @property
    def next_button(self) -> Widget:
        """What has the cursor once it is done, unless the report is longer than the window: then that has it,
        and nobody presses a button unseen."""
        return self.query_one("#back")

    def _fits(self, said: Static) -> bool:
        """Whether a report and what stands below it are in sight together; it is not laid out yet."""
        width = self.query_one(".heading").size.width
        beneath = _BENEATH * (1 + len(self.query(".-offered")))
        height = said.get_content_height(self.size, self.size, width) + beneath
        return height <= self.query_one("#body").size.height

    def _not_done(self, focused: Widget | None, sentence: str) -> None:
        self._set_busy(False)
        self.say_error(sentence, self.field_of(sentence) or focused)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.query_one(FileField).disabled = busy
        for button in self.query(Button):
            button.disabled = busy and not (self.CAN_STOP and button.id == "back")
        if self.CAN_STOP:
            self.query_one("#back", Button).label = "Stop" if busy else "Back"
        self.refresh_bindings()
