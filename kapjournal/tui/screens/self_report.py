"""One check-in or after-effects card, over the whole screen."""

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.widgets import Static

from kapjournal.domain.self_reports import CheckIn, Report, SelfReport
from kapjournal.presentation import self_reports as saying
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.modals.share_report import ShareReportModal
from kapjournal.tui.modals.withdraw import WithdrawModal
from kapjournal.tui.navigation.routes import TrendsRoute
from kapjournal.tui.report_data import report_heading, report_page
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_header import NoteHeader
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.journal.self_reports import SelfReports


class SelfReportScreen(JournalScreen):
    """Shows all that was said, and who reads it."""

    NAME = "self-report"
    CSS_PATH = "self_report.tcss"
    AUTO_FOCUS = "RenderedText"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is one check-in, or one card on how somebody has been after a dose; who can read it stands "
        "above. Arrow keys and Page Up/Down scroll. It is not changed any more: what is not so can be "
        "deleted ({delete-report}) and said anew.\n\n"
        "Of your own, {share-report} lets somebody read it, {withdraw-report} stops that. A card is never "
        "for your partner. What you share with your partner on the day of a dose waits until ten the next "
        "morning, unless you send it now."
    )

    def __init__(self, journal: "Journal", report: "SelfReport[Report]") -> None:
        super().__init__(journal)
        self._report: SelfReport[Report] | None = report
        self._is_going = False

    @property
    def _group(self) -> "SelfReports[Any]":
        is_check_in = self._report is not None and isinstance(self._report.said, CheckIn)
        return self._journal.check_ins if is_check_in else self._journal.after_effects

    def compose(self) -> ComposeResult:
        """The header, whom to tell if that is due, and what was said."""
        yield TopBar(self._journal.me.label)
        with Center(), Vertical(id="note"):
            yield NoteHeader()
            yield Static("", markup=False, id="crisis")
            yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show it as it is."""
        if self._report is not None:
            self._show(self._report)

    def on_unmount(self) -> None:
        """Forget it."""
        self._report = None

    def on_screen_resume(self) -> None:
        """Read it again: it may have other readers now."""
        if (report := self._report) is not None and not self._is_going:
            group = self._group
            background.run(self, lambda: group.get(report.id), self._show, self.say_error)

    def _show(self, report: SelfReport[Report]) -> None:
        self._report = report
        self.query_one(NoteHeader).show(report_heading(self._journal, report))
        crisis = self.query_one("#crisis", Static)
        lines = saying.tell_the_clinic(report.said) if self._is_mine else ""
        crisis.update(lines)
        crisis.display = bool(lines)
        self.query_one(RenderedText).show_blocks(report_page(report))
        self.refresh_bindings()

    @property
    def _is_mine(self) -> bool:
        return self._report is not None and self._report.author == self._journal.me.id

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing more once it is being deleted."""
        return False if self._is_going else super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """It is shared, withdrawn and deleted by its author alone."""
        if self._report is None:
            return ""
        return saying.why_not(self._journal, action, self._report)

    def action_trends(self) -> None:
        """Show its author's check-ins over the course."""
        if (report := self._report) is not None:
            self.shell.go_to(TrendsRoute(self._journal, report.author))

    def action_share(self) -> None:
        """Ask who may read it."""
        if self._report is not None:
            self.app.push_screen(ShareReportModal(self._journal, self._group, self._report), self._say_done)

    def action_withdraw(self) -> None:
        """Ask with whom to stop sharing."""
        if self._report is not None:
            modal = WithdrawModal(self._journal, self._report, self._group.withdraw, saying.WITHDRAWN)
            self.app.push_screen(modal, self._say_done)

    def action_delete(self) -> None:
        """Ask, then delete it."""
        report = self._report
        if report is None:
            return

        def answered(sure: bool | None) -> None:
            if sure:
                self._delete(report)

        what = shown_line(saying.deleting(self._journal, report))
        self.app.push_screen(ConfirmModal("Delete this?", what, "Delete"), answered)

    def _delete(self, report: SelfReport[Report]) -> None:
        group, shell = self._group, self.shell
        self._is_going = True

        def deleted(_: None) -> None:
            self.leave()
            shell.say(saying.DELETED)

        def failed(sentence: str) -> None:
            self._is_going = False
            self.say_error(sentence)

        background.run(self, lambda: group.delete(report.id), deleted, failed)
