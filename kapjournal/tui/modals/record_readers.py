"""Dialogs for who reads a clinical record: one colleague more, or one fewer."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.domain.members import Member
from kapjournal.domain.records import Record
from kapjournal.presentation import records as saying
from kapjournal.presentation.people import named, others, with_role
from kapjournal.text import shown_line
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class _OneReaderModal(Dialog[str]):
    """A list of colleagues, of whom one is chosen, and what that does; it hands back what was done."""

    QUESTION: ClassVar[str] = ""
    DEED: ClassVar[str] = ""
    CONSEQUENCE: ClassVar[str] = ""
    NOBODY: ClassVar[str] = ""
    WITH_CARE: ClassVar[bool] = False

    def __init__(self, journal: "Journal", record: Record, name: str) -> None:
        """`name` is what lists call the record."""
        super().__init__()
        self._journal = journal
        self._record = record
        self._called = name
        self._people = self.people()

    def people(self) -> list[Member]:
        """Those of whom one can be chosen."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """What the record is, who reads it now, whom it is about to be, and the two answers."""
        with Vertical(classes="sheet"):
            yield Static(self.QUESTION, markup=False, classes="heading")
            yield Static(self._called, markup=False)
            if self.WITH_CARE and (care := saying.SHARED_WITH_CARE.get(self._record.kind)):
                yield Static(care, markup=False, classes="gap")
            yield Static(f"Now: {named(self._journal, self._record.readers)}.", markup=False, classes="gap")
            yield OptionList(
                *(Option(Content(with_role(one)), id=f"_{at}") for at, one in enumerate(self._people)),
                classes="choices gap",
            )
            consequence = self.CONSEQUENCE if self._people else self.NOBODY
            yield Static(consequence, markup=False, classes="aside")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button(self.DEED, variant="primary", id="do")
                yield Button("Not now", id="not-now")

    def on_mount(self) -> None:
        """Begin with the first of them."""
        rows = self.query_one(OptionList)
        rows.display = self.query_one("#do").display = bool(self._people)
        if self._people:
            rows.highlighted = 0
            rows.focus()

    @property
    def chosen(self) -> Member | None:
        """Who is chosen."""
        at = self.query_one(OptionList).highlighted
        return self._people[at] if at is not None and at < len(self._people) else None

    @on(OptionList.OptionSelected)
    def _to_the_button(self) -> None:
        self.query_one("#do").focus()

    @on(Button.Pressed, "#do")
    def _pressed(self) -> None:
        if (colleague := self.chosen) is not None:
            self.do(colleague)

    def do(self, colleague: Member) -> None:
        """Do it for the one who is chosen."""
        raise NotImplementedError


class ShareRecordModal(_OneReaderModal):
    """Lets one colleague read a record. What is shared with care is asked once more."""

    QUESTION = "Let one colleague read this"
    DEED = "Share"
    CONSEQUENCE = saying.SHARED
    WITH_CARE = True
    NOBODY = "There is no colleague here who cannot read it already."

    def people(self) -> list[Member]:
        """Colleagues who cannot read it yet."""
        members = others(self._journal.members.all(), self._journal.me.id)
        return [one for one in members if one.id not in self._record.readers]

    def do(self, colleague: Member) -> None:
        """Ask once more, or share at once."""
        label = shown_line(colleague.label)
        care = saying.SHARED_WITH_CARE.get(self._record.kind)
        if care is None:
            self._share(colleague.label)
            return
        question = f"Let {label} read this? You cannot make them forget it."
        modal = ConfirmModal(question, care, f"Let {label} read it", "Keep it to myself")
        self.app.push_screen(modal, _if_sure(lambda: self._share(colleague.label)))

    def _share(self, label: str) -> None:
        journal, record_id = self._journal, self._record.id
        self.run_once("Sharing…", lambda: journal.records.share(record_id, label), self._shared)

    def _shared(self, record: Record) -> None:
        said = f"{named(self._journal, record.readers)} can read this record now. "
        self.dismiss(said + self.shell.with_keys("{withdraw-record} stops that."))


class WithdrawRecordModal(_OneReaderModal):
    """Stops sharing a record with one colleague."""

    QUESTION = "Stop sharing this"
    DEED = "Stop sharing"
    CONSEQUENCE = saying.WITHDRAWN

    def people(self) -> list[Member]:
        """Everybody who can read it, but for its author."""
        readers = self._record.readers - {self._journal.me.id}
        return [one for one in self._journal.members.all() if one.id in readers]

    def do(self, colleague: Member) -> None:
        """Stop it."""
        journal, record_id, label = self._journal, self._record.id, colleague.label
        self.run_once(
            "Stopping the sharing…", lambda: journal.records.withdraw(record_id, label), self._stopped
        )

    def _stopped(self, record: Record) -> None:
        self.dismiss(f"Stopped sharing. {saying.WITHDRAWN} Now: {named(self._journal, record.readers)}.")


def _if_sure(deed: Callable[[], None]) -> Callable[[bool | None], None]:
    def answered(sure: bool | None) -> None:
        if sure:
            deed()

    return answered
