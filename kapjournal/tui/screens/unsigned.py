"""The records of every couple that wait for the member's signature, the oldest first."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from kapjournal.domain.couples import Couple
from kapjournal.domain.ids import CaseId
from kapjournal.domain.records import Record
from kapjournal.presentation import records as saying
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import RecordRoute
from kapjournal.tui.record_data import unsigned_row
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class UnsignedScreen(JournalScreen):
    """Lists them across couples; Enter reads one, where it is signed."""

    NAME = "unsigned"
    CSS_PATH = "unsigned.tcss"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "These are your records, of every couple, that are not signed yet, the oldest first. Enter reads "
        "one; {sign} signs it there, and you come back here. Plans, consents, ready cards and process notes "
        "can be signed, and are not asked for."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._records: dict[str, Record] = {}
        self._couples: dict[CaseId, Couple] = {}

    def compose(self) -> ComposeResult:
        """The list, and a sentence for when it is empty."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield NoteList()
            yield Static(saying.ALL_SIGNED, markup=False, id="empty")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor into the list."""
        self.query_one("#pane").border_title = "Unsigned"
        self.query_one("#empty").display = False
        self.query_one(NoteList).focus()

    def on_unmount(self) -> None:
        """Forget the records."""
        self._records, self._couples = {}, {}

    def on_screen_resume(self) -> None:
        """Read them, again after one was signed."""
        journal = self._journal

        def read() -> tuple[list[Record], list[Couple]]:
            journal.refresh()
            return journal.signing.unsigned(), journal.couples.all()

        background.run(self, read, lambda found: self._show(*found), self.say_error)

    def _show(self, records: list[Record], couples: list[Couple]) -> None:
        self._records = {record.id: record for record in records}
        self._couples = {couple.case: couple for couple in couples}
        listed = self.query_one(NoteList)
        rows = (
            (record.id, partial(unsigned_row, self._journal, record, self._couples.get(record.case)))
            for record in records
        )
        listed.show(rows, newest_first=True)
        listed.display = bool(records)
        self.query_one("#empty").display = not records

    @on(OptionList.OptionSelected)
    async def _open(self) -> None:
        if (record := self._records.get(self.query_one(NoteList).chosen or "")) is not None:
            couple = self._couples.get(record.case)
            await self.shell.go_to(RecordRoute(self._journal, record, couple))
