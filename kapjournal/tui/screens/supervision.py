"""The write-ups of a couple for supervision, and where each stands."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from kapjournal.domain.couples import Couple
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.supervision import QUESTION
from kapjournal.presentation import days
from kapjournal.presentation import write_up_standing as saying
from kapjournal.presentation.write_up_standing import OfCouple, Standing
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import LedgerRoute, NamesRoute, WriteUpRoute
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList, NoteRow
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class SupervisionScreen(JournalScreen):
    """Lists write-ups by their question, and drafts of some; Enter opens one. How far a review is comes
    beside each as it is looked at."""

    NAME = "supervision"
    CSS_PATH = "supervision.tcss"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "These are your write-ups of this couple for supervision, the newest first, by their question; below "
        "the list stands where the chosen one is. Enter opens one: it is written, reviewed for somebody, "
        "left to them, and answered. {new-write-up} begins a new one, with the question.\n\n"
        "{names} lists the people, places and employers that never leave; the names of the couple and of "
        "members are known without it. {ledger} shows what left of this couple."
    )

    def __init__(self, journal: "Journal", couple: Couple, theirs: "Journal | None" = None) -> None:
        """Of a couple of the practice `journal`; `theirs` is their journal where it is open."""
        super().__init__(journal)
        self._couple: Couple | None = couple
        self._theirs = theirs
        self._drafts: dict[str, RecordDraft] = {}
        self._standings: dict[str, Standing] = {}

    def compose(self) -> ComposeResult:
        """The list, and under it where the chosen one stands."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with Vertical(id="pane"):
            yield NoteList()
            yield SelfClearingText("", id="chosen")
            yield Static("", markup=False, id="empty")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor into the list."""
        self.query_one("#pane").border_title = saying.TITLE
        self.query_one("#empty").display = False
        self.query_one(NoteList).focus()

    def on_unmount(self) -> None:
        """Forget them."""
        self._couple = self._theirs = None
        self._drafts, self._standings = {}, {}

    def on_screen_resume(self) -> None:
        """Read them, again after something was done."""
        if (couple := self._couple) is not None:
            read = partial(saying.read_write_ups, self._journal, couple)
            background.run(self, read, self._show, self.say_error)

    def _show(self, found: OfCouple) -> None:
        self._drafts = {f"draft-{one.id}": one for one in found.drafts}
        self._standings = {one.record.id: one for one in found.standings}
        listed, empty = self.query_one(NoteList), self.query_one("#empty", Static)
        rows = [(one, partial(_draft_row, draft)) for one, draft in self._drafts.items()]
        rows += [(one, partial(self._row, one)) for one in self._standings]
        listed.show(rows, newest_first=True, to_new=True)
        self._said_with = self._chosen
        empty.update(self.shell.with_keys(f"{saying.NONE_YET} Press {{new-write-up}} to write one."))
        listed.display, empty.display = bool(rows), not rows
        self._moved()
        self._look_at_next(list(self._standings))

    def _look_at_next(self, waiting: list[str]) -> None:
        """Look how far the reviews are, one write-up after the other."""
        couple, standing = self._couple, self._standings.get(waiting[0]) if waiting else None
        if couple is None or standing is None or not self.is_attached:
            return

        def seen(now: Standing) -> None:
            if now.record.id in self._standings:
                self._standings[now.record.id] = now
                self.query_one(NoteList).refresh()
                self._moved()
            self._look_at_next(waiting[1:])

        look = partial(saying.with_reviews, self._journal, couple, standing, self._theirs)
        background.run(self, look, seen, self.say_error, group="reviews")

    def _row(self, record_id: str) -> NoteRow:
        standing = self._standings[record_id]
        return NoteRow(
            day=days.short(standing.record.text.date),
            title=Content(standing.question),
            words=Content(standing.in_words),
            symbol="",
            readers=saying.comes_next(standing),
            tone="$text-muted",
        )

    @property
    def _chosen(self) -> str:
        return self.query_one(NoteList).chosen or ""

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        """Say in whole where the chosen one stands."""
        standing = self._standings.get(self._chosen)
        said = f"{standing.question}\n{standing.in_words}" if standing else ""
        chosen = self.query_one("#chosen", SelfClearingText)
        chosen.update(said)
        chosen.display = bool(said)
        self.moved_to(self._chosen)
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        couple, draft, standing = (
            self._couple,
            self._drafts.get(self._chosen),
            self._standings.get(self._chosen),
        )
        if draft is not None:
            self.app.call_later(self.shell.open_editor, self._journal, draft)
        elif couple is not None and standing is not None:
            self.shell.go_to(WriteUpRoute(self._journal, couple, standing.record, self._theirs))

    def action_new(self) -> None:
        """Ask for the question, then open the form."""
        from kapjournal.tui.modals.write_up import NewWriteUpModal  # noqa: PLC0415

        def begun(draft: RecordDraft | None) -> None:
            if draft is not None:
                self.app.call_later(partial(self.shell.open_editor, self._journal, draft, unsaved=True))

        if self._couple is not None:
            self.app.push_screen(NewWriteUpModal(self._journal, self._couple), begun)

    def action_names(self) -> None:
        """Show the names that never leave."""
        if self._couple is not None:
            self.shell.go_to(NamesRoute(self._journal, self._couple))

    def action_ledger(self) -> None:
        """Show what left of this couple."""
        self.shell.go_to(LedgerRoute(self._journal, self._couple))


def _draft_row(draft: RecordDraft) -> NoteRow:
    question = shown_line(draft.fields.get(QUESTION, "").strip()) or saying.NO_QUESTION
    return NoteRow(
        day=days.short(days.of(draft.saved)) if draft.saved else "",
        title=Content(question),
        words=Content(saying.NOT_FINISHED),
        symbol="",
        readers="",
        tone="$text-muted",
    )
