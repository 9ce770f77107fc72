"""The dialogs about one couple of a practice: their name, where their journal lies, how it opens."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from kapjournal import paths
from kapjournal.domain.couples import Couple, partner_names
from kapjournal.errors import KapjournalError
from kapjournal.presentation import couples as saying
from kapjournal.text import MAX_LINE, shown_line
from kapjournal.tui import background
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


TryDoor = Callable[[str, str, Callable[[str], object]], object]
"""Tries a label and a passphrase; calls what it is given with a sentence if they open nothing."""


class CoupleModal(Dialog[Couple], Form[Couple]):
    """Hands back the couple as they are now, once it is in the practice; None if nothing was changed."""

    YES: ClassVar[str]

    def __init__(self, practice: "Journal", couple: Couple) -> None:
        super().__init__()
        self._practice = practice
        self._couple = couple

    def compose(self) -> ComposeResult:
        """The heading, the fields, two buttons."""
        with Vertical(classes="sheet"):
            yield Static(self.heading, markup=False, classes="heading")
            yield from self.compose_fields()
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button(self.YES, variant="primary", id="yes")
                yield Button("Not now", id="no")

    @property
    def heading(self) -> str:
        """What is asked."""
        raise NotImplementedError

    def compose_fields(self) -> ComposeResult:
        """What is to be filled in, or a sentence."""
        raise NotImplementedError

    def work(self) -> Callable[[], Couple]:
        """Read the fields (`KapjournalError`), and return what changes it, in a thread."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Begin with the first field that has to be filled in and is empty, or the first."""
        if fields := list(self.query(Field)):
            next((field for field in fields if field.missing and not field.value), fields[0]).focus()

    @on(Button.Pressed, "#no")
    def _leave(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#yes")
    def _do(self) -> None:
        if not self.is_complete:
            return
        try:
            work = self.work()
        except KapjournalError as error:
            self.say_error(str(error))
            return
        background.run(self, work, self._done, self.say_error)

    def _done(self, couple: Couple) -> None:
        self.dismiss(couple)

    def typed(self, field: str) -> str:
        """What stands in a field."""
        return self.query_one(f"#{field}", Field).value


class RenameModal(CoupleModal):
    """Asks for the couple's name, and what the two partners are called."""

    YES = "Call them so"

    @property
    def heading(self) -> str:
        """The question."""
        return "What do you call them?"

    def compose_fields(self) -> ComposeResult:
        """The three names."""
        couple = self._couple
        yield Static(saying.NAMES, markup=False, classes="aside")
        yield Field(couple.name, max_length=MAX_LINE, missing=saying.NO_NAME, id="name")
        yield Static(saying.PARTNERS, markup=False, classes="aside")
        with Horizontal(classes="partners"):
            yield Field(couple.first, placeholder="the first partner", max_length=MAX_LINE, id="first")
            yield Field(couple.second, placeholder="the second", max_length=MAX_LINE, id="second")

    def work(self) -> Callable[[], Couple]:
        """Give them the names."""
        couples, case, name = self._practice.couples, self._couple.case, self.typed("name")
        first, second = self.typed("first"), self.typed("second")
        partner_names(first, second)  # refused before anything is changed

        def named() -> Couple:
            couples.name_partners(case, first, second)
            return couples.rename(case, name)

        return named


class LocateModal(CoupleModal):
    """Asks where the journal lies."""

    YES = "Look there"

    @property
    def heading(self) -> str:
        """The question."""
        return f"Where is the journal of {shown_line(self._couple.name)}?"

    def compose_fields(self) -> ComposeResult:
        """The path."""
        yield Field(str(self._couple.path or ""), missing="Say where the file is.", id="path")

    def work(self) -> Callable[[], Couple]:
        """Note the path, once it is seen to be that journal."""
        practice, case = self._practice, self._couple.case
        with self.reading("path"):
            path = paths.typed_journal(self.typed("path"))
        return lambda: practice.couples.locate(case, path)


class AskEachTimeModal(CoupleModal):
    """Asks whether a journal is to ask for its own passphrase."""

    YES = "Ask each time"

    @property
    def heading(self) -> str:
        """The question."""
        return f"Ask for a passphrase at the journal of {shown_line(self._couple.name)}?"

    def compose_fields(self) -> ComposeResult:
        """What it means."""
        yield Static(saying.ASKING_EACH_TIME, markup=False)

    def work(self) -> Callable[[], Couple]:
        """Keep no way in any more."""
        practice, case = self._practice, self._couple.case
        return lambda: practice.couples.ask_each_time(case)


def _door_fields(practice: "Journal") -> ComposeResult:
    yield Static("What you are called there", markup=False, classes="caption")
    yield Field(practice.me.label, max_length=40, missing="Say what you are called there.", id="label")
    yield Static("Your passphrase there", markup=False, classes="caption")
    yield Field(password=True, missing="Type your passphrase first.", id="passphrase")


class DoorOfCoupleModal(Dialog[None], Form[None]):
    """Asks for label and passphrase of a journal that asks each time, and stays until they open it: `opens`
    tries them, and says a sentence if they do not."""

    def __init__(self, practice: "Journal", couple: Couple, opens: "TryDoor") -> None:
        super().__init__()
        self._practice = practice
        self._couple = couple
        self._opens = opens

    def compose(self) -> ComposeResult:
        """The two fields."""
        with Vertical(classes="sheet"):
            yield Static(f"The journal of {shown_line(self._couple.name)}", markup=False, classes="heading")
            yield from _door_fields(self._practice)
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Open", variant="primary", id="yes")
                yield Button("Not now", id="no")

    def on_mount(self) -> None:
        """Begin with the passphrase."""
        self.query_one("#passphrase").focus()

    @on(Button.Pressed)
    def _answered(self, event: Button.Pressed) -> None:
        if event.button.id == "no":
            self.dismiss(None)
        elif self.is_complete:
            label, passphrase = (self.query_one(f"#{one}", Field).value for one in ("label", "passphrase"))
            self.say_error("Opening…")
            self._opens(label, passphrase, self._not_opened)

    def _not_opened(self, sentence: str) -> None:
        field = self.query_one("#passphrase", Field)
        field.value = ""
        self.say_error(sentence, field)


class LetOpenModal(CoupleModal):
    """Asks for the passphrase of the door in the couple's journal, once."""

    YES = "Let it open"

    @property
    def heading(self) -> str:
        """The question."""
        return f"Let the journal of {shown_line(self._couple.name)} open with the practice?"

    def compose_fields(self) -> ComposeResult:
        """Label and passphrase there."""
        yield Static(saying.OPENS_WITH_IT, markup=False, classes="aside")
        yield from _door_fields(self._practice)

    def work(self) -> Callable[[], Couple]:
        """Keep the way in."""
        practice, case = self._practice, self._couple.case
        label, passphrase = self.typed("label"), self.typed("passphrase")
        return lambda: practice.couples.let_open(case, label=label, passphrase=passphrase)
