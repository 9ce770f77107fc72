"""A dialog that lets more members read a check-in or an after-effects card."""

from typing import TYPE_CHECKING, Any

from textual import on
from textual.widgets import Button

from kapjournal.domain.self_reports import Report, SelfReport
from kapjournal.presentation import self_reports as saying
from kapjournal.tui.modals.add_readers import AddReadersModal
from kapjournal.tui.widgets.checklist import Checklist

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.journal.self_reports import SelfReports


class ShareReportModal(AddReadersModal):
    """Hands back a sentence when it has been shared. What waits after a dose is sent with a second step."""

    HEADING = "Let somebody read this"
    CONSEQUENCE = "You can stop that; what was read stays read."

    def __init__(self, journal: "Journal", group: "SelfReports[Any]", report: SelfReport[Report]) -> None:
        super().__init__(journal, report.readers, saying.could_also_read(journal, report))
        self._group = group
        self._report_id = report.id
        self._now = False

    @on(Checklist.SelectedChanged)
    def _for_others(self) -> None:
        self._ask_again(now=False)

    def share(self, labels: str) -> None:
        """Share it, or say first why it waits."""
        group, report_id, now = self._group, self._report_id, self._now
        if not now and (waits := saying.why_it_waits(self._journal, self.chosen)):
            self.say_error(waits)
            self._ask_again(now=True)
            return
        self.run_once("Sharing…", lambda: group.share(report_id, labels, now=now), self._shared)

    def _ask_again(self, *, now: bool) -> None:
        self._now = now
        share = self.query_one("#share", Button)
        share.label = "Send it now" if now else "Share"
        share.refresh(layout=True)

    def _shared(self, report: SelfReport[Report]) -> None:
        stops = self.shell.with_keys("{withdraw-report} stops that.")
        self.dismiss(f"{self.in_words(report.readers)} can read it now. {stops}")
