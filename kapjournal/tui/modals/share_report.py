"""A dialog that lets more members read a check-in or an after-effects card."""

from typing import TYPE_CHECKING, Any

from textual import on
from textual.widgets import Button, Static

from kapjournal.domain.self_reports import Report, SelfReport
from kapjournal.presentation import self_reports as saying
from kapjournal.tui import background
from kapjournal.tui.modals.add_readers import AddReadersModal
from kapjournal.tui.widgets.checklist import Checklist

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.journal.self_reports import SelfReports


class ShareReportModal(AddReadersModal):
    """Hands back a sentence when it has been shared. In the pause after a dose it says from when on the other
    partner can be ticked, and then shares nothing unless it is to be now."""

    HEADING = "Let somebody read this"
    CONSEQUENCE = "You can stop that; what was read stays read."

    def __init__(self, journal: "Journal", group: "SelfReports[Any]", report: SelfReport[Report]) -> None:
        super().__init__(journal, report.readers, saying.could_also_read(journal, report))
        self._group = group
        self._report = report
        self._waits = ""

    @on(Checklist.SelectedChanged)
    def _look_when(self) -> None:
        journal, report, chosen = self._journal, self._report, self.chosen
        background.run(
            self, lambda: saying.why_it_waits(journal, report, chosen), self._show_wait, self.say_error
        )

    def _show_wait(self, waits: str) -> None:
        """Say from when on it can be shared, and that the button sends it now."""
        self._waits = waits
        self.query_one("#waits", Static).update(waits)
        self.query_one("#waits").display = bool(waits)
        share = self.query_one("#share", Button)
        share.label = "Send it now" if waits else "Share"
        share.refresh(layout=True)

    def share(self, labels: str) -> None:
        """Share it, also in the pause after a dose, which the dialog said."""
        group, report_id, now = self._group, self._report.id, bool(self._waits)
        self.run_once("Sharing…", lambda: group.share(report_id, labels, now=now), self._shared)

    def _shared(self, report: SelfReport[Report]) -> None:
        stops = self.shell.with_keys("{withdraw-report} stops that.")
        self.dismiss(f"{self.in_words(report.readers)} can read it now. {stops}")
