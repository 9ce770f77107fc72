"""The ledger: write-ups and packs that left, what is to be destroyed by now first."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from kapjournal import clock
from kapjournal.domain.access_requests import AccessRequest, PackLeft
from kapjournal.domain.couples import Couple
from kapjournal.domain.departures import Departure
from kapjournal.domain.ids import CaseId
from kapjournal.presentation import access_requests as asking
from kapjournal.presentation import days
from kapjournal.presentation import write_up_ledger as saying
from kapjournal.presentation.write_up_standing import due_first
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList, NoteRow
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class LedgerScreen(JournalScreen):
    """Lists what left; under the list stands all that is kept of the chosen one."""

    NAME = "ledger"
    CSS_PATH = "supervision.tcss"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is what left, write-ups for supervision and packs: to whom, when, on which basis, in which "
        "form, and until when it is to be destroyed. What should be destroyed by now stands first: ask the "
        "recipient, then {destroyed} notes it. The entry stays. A pack is for its recipient to keep.\n\n"
        "Under the list stands the rest of what is kept of the chosen one, of a pack also what you withheld "
        "and why, with the hash by which a file is found here; Tab goes there. The hash stands in the foot "
        "of the page too, and is the SHA-256 of the page as markdown without the foot. A page that leaves in "
        "two forms has the same hash twice."
    )

    def __init__(self, journal: "Journal", couple: Couple | None = None) -> None:
        """Of one couple, or of all."""
        super().__init__(journal)
        self._couple = couple
        self._left: dict[str, Departure] = {}
        self._packs: dict[str, tuple[AccessRequest, PackLeft]] = {}
        self._couples: dict[CaseId, Couple] = {}

    def compose(self) -> ComposeResult:
        """The list, and the whole of the chosen one."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with Vertical(id="pane"):
            yield NoteList()
            with VerticalScroll(id="chosen"):
                yield SelfClearingText()
            yield Static(saying.NOTHING_LEFT, markup=False, id="empty")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read it."""
        self.query_one("#pane").border_title = saying.TITLE
        self.query_one("#empty").display = False
        self.query_one(NoteList).focus()
        self._read()

    def on_unmount(self) -> None:
        """Forget it."""
        self._couple, self._left, self._packs, self._couples = None, {}, {}, {}

    def _read(self) -> None:
        journal, case = self._journal, self._couple.case if self._couple else None

        def read() -> tuple[list[Departure], list[tuple[AccessRequest, PackLeft]], list[Couple]]:
            journal.refresh()
            left = due_first(journal.write_ups.departures(case), clock.today())
            return left, journal.packs.left(case), journal.couples.all()

        background.run(self, read, lambda found: self._show(*found), self.say_error)

    def _show(
        self,
        left: list[Departure],
        packs: list[tuple[AccessRequest, PackLeft]],
        couples: list[Couple],
    ) -> None:
        self._left = {one.id: one for one in left}
        self._packs = {request.id_of(pack): (request, pack) for request, pack in reversed(packs)}
        self._couples = {couple.case: couple for couple in couples}
        rows = [
            *((one.id, partial(_row, one)) for one in left),
            *((name, partial(_pack_row, *one)) for name, one in self._packs.items()),
        ]
        listed = self.query_one(NoteList)
        listed.show(rows, newest_first=True)
        listed.display, self.query_one("#empty").display = bool(rows), not rows
        self._moved()

    @property
    def _chosen(self) -> Departure | None:
        return self._left.get(self.query_one(NoteList).chosen or "")

    def _in_full(self) -> list[str]:
        if (left := self._chosen) is not None:
            couple = self._couples.get(left.case)
            return saying.in_full(left, couple.name if couple else "")
        if pack := self._packs.get(self.query_one(NoteList).chosen or ""):
            return asking.ledger_entry(*pack, self._couples.get(pack[0].case))
        return []

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        said = "\n".join(self._in_full())
        self.query_one("#chosen SelfClearingText", SelfClearingText).update(said)
        chosen = self.query_one("#chosen")
        chosen.display = bool(said)
        chosen.scroll_home(animate=False)
        self.moved_to(self.query_one(NoteList).chosen)
        self.refresh_bindings()

    def why_not(self, action: str) -> str:
        """What was destroyed is noted once."""
        if action != "destroyed":
            return ""
        if self._chosen is None:
            return asking.KEEPS_IT if self._packs else saying.NOTHING_LEFT
        return saying.NOTED_ALREADY if self._chosen.destroyed else ""

    def action_destroyed(self) -> None:
        """Ask, then note that the recipient destroyed the chosen one."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        left, journal = self._chosen, self._journal
        if left is None or left.destroyed:
            return

        def done(gone: Departure) -> None:
            self._read()
            self.say(saying.noted_destroyed(gone))

        def answered(sure: bool | None) -> None:
            if sure:
                background.run(self, partial(journal.write_ups.destroyed, left.id), done, self.say_error)

        question = saying.is_it_destroyed(left)
        self.app.push_screen(
            ConfirmModal(question, saying.NOT_TAKEN_BACK, "It is destroyed", "Not yet"), answered
        )


def _pack_row(request: AccessRequest, left: PackLeft) -> NoteRow:
    title, words = asking.in_the_ledger(request, left)
    return NoteRow(days.short(days.of(left.left)), Content(title), Content(words), "", "", "$text-muted")


def _row(left: Departure) -> NoteRow:
    is_due = left.is_due(clock.today())
    return NoteRow(
        day=days.short(days.of(left.left)),
        title=Content(f"{shown_line(left.case_word)}, for {shown_line(left.recipient)}"),
        words=Content(shown_line(f"{left.format} · {left.question}")),
        symbol="",
        readers=saying.until(left),
        tone="$warning" if is_due else "$text-muted",
    )
