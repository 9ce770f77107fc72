"""What is marked for the next session: a partner's own marks, or to a therapist what each partner marked."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from kapjournal.domain.members import Role
from kapjournal.presentation import bringing as saying
from kapjournal.presentation import days
from kapjournal.presentation.bringing import BroughtLine
from kapjournal.text import shown, shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import OwnBriefRoute, ReaderRoute
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList, NoteRow
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class BroughtScreen(JournalScreen):
    """Lists the marks, with those for sessions that are over; Enter opens a page that is marked."""

    NAME = "brought"
    CSS_PATH = "brought.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Here stands what is marked for the next session: whole pages, and words alone. A mark is for the "
        "first session that begins after it was made; if that is moved, it goes along. After the session it "
        "stays here, and is no longer on the page that is read before the next one.\n\n"
        "Enter opens a page that is marked, {take-back-mark} takes a mark of yours back. Neither partner "
        "sees what the other marks, and nobody is told whether anybody read it."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._lines: dict[str, BroughtLine] = {}

    def compose(self) -> ComposeResult:
        """Who reads it when, the list, and the whole of what is chosen."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield Static("", markup=False, id="reads")
            yield NoteList()
            yield Static("", markup=False, id="empty")
            yield SelfClearingText("", id="chosen")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor into the list."""
        self.query_one("#pane").border_title = "For the next session"
        self.query_one("#empty").display = self.query_one("#reads").display = False
        self.query_one(NoteList).focus()

    def on_unmount(self) -> None:
        """Forget what was marked."""
        self._lines = {}

    def on_screen_resume(self) -> None:
        """Read it, again after a page was read."""
        journal = self._journal

        def read() -> tuple[list[BroughtLine], str]:
            return saying.read_lines(journal, earlier=True), saying.reads_when(journal)

        background.run(self, read, lambda found: self._show(*found), self.say_error)

    def _show(self, lines: list[BroughtLine], reads: str) -> None:
        """The newest first; those for sessions that are over come after those for the one ahead."""
        ordered = sorted(reversed(lines), key=lambda one: not one.is_current)
        self._lines = {one.brought.id: one for one in ordered}
        self.query_one("#reads", Static).update(reads)
        self.query_one("#reads").display = bool(reads)
        listed = self.query_one(NoteList)
        rows = ((one.brought.id, partial(_row, self._journal, one)) for one in ordered)
        listed.show(rows, newest_first=True)
        empty = self.query_one("#empty", Static)
        how = f"\n\n{saying.HOW_TO_BRING}" if reads else ""
        empty.update(self.shell.with_keys(f"{saying.NOTHING_BROUGHT}{how}"))
        listed.display, empty.display = bool(lines), not lines
        self._moved()

    @property
    def _chosen(self) -> BroughtLine | None:
        return self._lines.get(self.query_one(NoteList).chosen or "")

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        """Show under the list all the words of the chosen one."""
        line = self._chosen
        whole = "" if line is None else line.remark if line.brought.note else shown(line.brought.words)
        chosen = self.query_one("#chosen", SelfClearingText)
        chosen.update(whole)
        chosen.display = bool(whole)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a page of their own to partners; a therapist has the brief."""
        if action == "own_brief" and self._journal.me.role is not Role.PARTNER:
            return False
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Who marked something takes it back."""
        if action != "take_back":
            return ""
        if self._chosen is None:
            return saying.NOTHING_BROUGHT
        return "" if self._chosen.brought.author == self._journal.me.id else saying.NOT_YOURS

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        line = self._chosen
        if line is None:
            return
        if line.note is None:
            self.say(saying.PAGE_GONE_SENTENCE if line.brought.note else saying.WORDS_HAVE_NO_PAGE)
            return
        self.shell.go_to(ReaderRoute(self._journal, line.note))

    def action_own_brief(self) -> None:
        """Go to the partner's own page before the session."""
        self.shell.go_to(OwnBriefRoute(self._journal))

    def action_take_back(self) -> None:
        """Bring the chosen one no more."""
        line, journal = self._chosen, self._journal
        if line is None:
            return
        brought = line.brought

        def take_back() -> tuple[list[BroughtLine], str]:
            journal.bringing.take_back(brought.id)
            return saying.read_lines(journal, earlier=True), saying.reads_when(journal)

        def done(found: tuple[list[BroughtLine], str]) -> None:
            self._show(*found)
            self.say(saying.taken_back(is_page=bool(brought.note)))

        background.run(self, take_back, done, self.say_error)


def _row(journal: "Journal", line: BroughtLine) -> NoteRow:
    """The row of a mark: the day, the words or the name of the page, for when; whose, to a therapist."""
    is_mine = line.brought.author == journal.me.id
    marks = ("" if is_mine else line.who, "whole page" if line.brought.note else "")
    return NoteRow(
        day=days.short(line.brought.date),
        title=Content(""),
        words=Content(shown_line(line.words)),
        symbol="",
        readers=saying.for_when(line),
        tone="$accent" if line.is_current else "$text-muted",
        author=" · ".join(part for part in marks if part),
    )
