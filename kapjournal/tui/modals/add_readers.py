"""What the dialogs have that let more members read a report or answers: a list to tick."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member
from kapjournal.presentation.crisis_notice import crisis_notice
from kapjournal.presentation.people import named, with_role
from kapjournal.text import shown_line
from kapjournal.tui.editor.not_monitored_notice import NotMonitoredNotice
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class AddReadersModal(Dialog[str]):
    """Hands back a sentence when the members who were ticked can read it."""

    HEADING: ClassVar[str]
    NEVER: ClassVar[str] = ""
    """Who can never read it, said behind who can."""
    CONSEQUENCE: ClassVar[str]

    def __init__(self, journal: "Journal", readers: frozenset[MemberId], people: Sequence[Member]) -> None:
        """`readers` can read it now, `people` could."""
        super().__init__()
        self._journal = journal
        self._readers = readers
        self._people = people

    def compose(self) -> ComposeResult:
        """People to tick, and what that means."""
        with Vertical(classes="sheet"):
            yield Static(self.HEADING, markup=False, classes="heading")
            yield Static(f"Now: {self.in_words(self._readers)}.{self.NEVER}", markup=False)
            rows = ((Content(with_role(m)), m.id, len(self._people) == 1) for m in self._people)
            yield Checklist(*rows, classes="gap")
            yield Static("Space or Enter ticks. Tab goes on to Share.", markup=False, id="how")
            yield Static(self.CONSEQUENCE, markup=False, classes="aside")
            yield Static("", markup=False, classes="aside", id="waits")
            yield NotMonitoredNotice()
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Share", variant="primary", id="share")
                yield Button("Not now", id="not-now")

    def on_mount(self) -> None:
        """Say that nobody watches, if a therapist is among those ticked."""
        self.query_one("#waits").display = False
        self._ticked()

    def in_words(self, readers: frozenset[MemberId]) -> str:
        """All who can read it, by name."""
        return shown_line(named(self._journal, readers))

    @property
    def chosen(self) -> frozenset[MemberId]:
        """Who is ticked."""
        return frozenset(self.query_one(Checklist).selected)

    @on(Checklist.SelectedChanged)
    def _ticked(self) -> None:
        self.query_one(NotMonitoredNotice).update(crisis_notice(self._journal, self.chosen))

    @on(Button.Pressed, "#share")
    def _share(self) -> None:
        if labels := ", ".join(one.label for one in self._people if one.id in self.chosen):
            self.share(labels)
        else:
            self.say_error("Tick who may read it.")

    def share(self, labels: str) -> None:
        """Let the members with these labels, comma separated, read it."""
        raise NotImplementedError
