"""One check-in or after-effects card, over the whole screen."""

from functools import partial
from typing import TYPE_CHECKING, Any

from kapjournal.domain.self_reports import CheckIn, Report, SelfReport
from kapjournal.presentation import self_reports as saying
from kapjournal.text import shown_line
from kapjournal.tui import actions
from kapjournal.tui.modals.share_report import ShareReportModal
from kapjournal.tui.modals.withdraw import WithdrawModal
from kapjournal.tui.navigation.routes import TrendsRoute
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.report_data import report_heading, report_page
from kapjournal.tui.screens.shown_answers import ShownAnswers
from kapjournal.tui.widgets.note_header import NoteHeading

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.journal.self_reports import SelfReports


class SelfReportScreen(ShownAnswers[SelfReport[Report]]):
    """Shows all that was said, and who reads it."""

    NAME = "self-report"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is one check-in, or one card on how somebody has been after a dose; who can read it stands "
        "above. Arrow keys and Page Up/Down scroll. It is not changed any more: what is not so can be "
        "deleted ({delete-report}) and said anew.\n\n"
        "Of your own, {share-report} lets somebody read it, {withdraw-report} stops that. A card is never "
        "for your partner. On the day of a dose of yours a check-in can go to your partner from the next "
        "morning on, or at once if you send it now."
    )

    def __init__(self, journal: "Journal", report: "SelfReport[Report]") -> None:
        super().__init__(journal, report)

    def _group(self, report: SelfReport[Report]) -> "SelfReports[Any]":
        is_check_in = isinstance(report.said, CheckIn)
        return self._journal.check_ins if is_check_in else self._journal.after_effects

    def again(self, shown: SelfReport[Report]) -> SelfReport[Report]:
        """Read it from the journal."""
        found: SelfReport[Report] = self._group(shown).get(shown.id)
        return found

    def heading(self, shown: SelfReport[Report]) -> NoteHeading:
        """What it is, of whom, and who can read it."""
        return report_heading(self._journal, shown)

    def whom_to_call(self, shown: SelfReport[Report]) -> str:
        """To its author, to tell the clinic where something of a card asks for it."""
        return saying.tell_the_clinic(shown.said) if shown.author == self._journal.me.id else ""

    def page(self, shown: SelfReport[Report]) -> list[Block]:
        """All that was said."""
        return report_page(shown)

    def why_not(self, action: str) -> str:
        """It is shared, withdrawn and deleted by its author alone."""
        if self._shown is None:
            return ""
        return saying.why_not(self._journal, action, self._shown)

    def action_trends(self) -> None:
        """Show its author's check-ins over the course."""
        if (report := self._shown) is not None:
            self.shell.go_to(TrendsRoute(self._journal, report.author))

    def action_share(self) -> None:
        """Ask who may read it."""
        if (report := self._shown) is not None:
            self.app.push_screen(ShareReportModal(self._journal, self._group(report), report), self._say_done)

    def action_withdraw(self) -> None:
        """Ask with whom to stop sharing."""
        if (report := self._shown) is not None:
            modal = WithdrawModal(self._journal, report, self._group(report).withdraw, saying.WITHDRAWN)
            self.app.push_screen(modal, self._say_done)

    def action_delete(self) -> None:
        """Ask, then delete it."""
        if (report := self._shown) is not None:
            what = shown_line(saying.deleting(self._journal, report))
            delete = partial(self._group(report).delete, report.id)
            self._ask_to_delete("Delete this?", what, delete, saying.DELETED)
