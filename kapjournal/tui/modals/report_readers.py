"""Dialogs for who reads a check-in or an after-effects card."""

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from kapjournal.domain.ids import MemberId
from kapjournal.domain.self_reports import Report, SelfReport
from kapjournal.presentation import self_reports as saying
from kapjournal.presentation.crisis_notice import crisis_notice
from kapjournal.presentation.people import named, with_role
from kapjournal.text import shown_line
from kapjournal.tui import background
from kapjournal.tui.editor.not_monitored_notice import NotMonitoredNotice
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.journal.self_reports import SelfReports


class ShareReportModal(Dialog[str]):
    """Hands back a sentence when it has been shared. In the pause after a dose it says from when on the other
    partner can be ticked, and then shares nothing unless it is to be now."""

    def __init__(self, journal: "Journal", group: "SelfReports[Any]", report: SelfReport[Report]) -> None:
        super().__init__()
        self._journal = journal
        self._group = group
        self._report = report
        self._people = saying.could_also_read(journal, report)
        self._waits = ""

    def compose(self) -> ComposeResult:
        """People to tick, and what that means."""
        with Vertical(classes="sheet"):
            yield Static("Let somebody read this", markup=False, classes="heading")
            now = shown_line(named(self._journal, self._report.readers))
            yield Static(f"Now: {now}.", markup=False)
            rows = ((Content(with_role(m)), m.id, len(self._people) == 1) for m in self._people)
            yield Checklist(*rows, classes="gap")
            yield Static("Space or Enter ticks. Tab goes on to Share.", markup=False, id="how")
            yield Static("You can stop that; what was read stays read.", markup=False, classes="aside")
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

    @property
    def _chosen(self) -> frozenset[MemberId]:
        return frozenset(self.query_one(Checklist).selected)

    @on(Checklist.SelectedChanged)
    def _ticked(self) -> None:
        self.query_one(NotMonitoredNotice).update(crisis_notice(self._journal, self._chosen))
        journal, report, chosen = self._journal, self._report, self._chosen
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

    @on(Button.Pressed, "#not-now")
    def _not_now(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#share")
    def _share(self) -> None:
        group, report_id, now = self._group, self._report.id, bool(self._waits)
        labels = ", ".join(one.label for one in self._people if one.id in self._chosen)
        if not labels:
            self.say_error("Tick who may read it.")
            return
        self.run_once("Sharing…", lambda: group.share(report_id, labels, now=now), self._shared)

    def _shared(self, report: SelfReport[Report]) -> None:
        who = shown_line(named(self._journal, report.readers))
        stops = self.shell.with_keys("{withdraw-report} stops that.")
        self.dismiss(f"{who} can read it now. {stops}")


class WithdrawReportModal(Dialog[str]):
    """Hands back a sentence when the sharing has stopped."""

    def __init__(self, journal: "Journal", group: "SelfReports[Any]", report: SelfReport[Report]) -> None:
        super().__init__()
        self._journal = journal
        self._group = group
        self._report = report
        readers = report.readers - {journal.me.id}
        self._people = [one for one in journal.members.all() if one.id in readers]

    def compose(self) -> ComposeResult:
        """Readers to tick, and what stopping does."""
        with Vertical(classes="sheet"):
            yield Static("Stop sharing this", markup=False, classes="heading")
            rows = ((Content(shown_line(m.label)), m.label, len(self._people) == 1) for m in self._people)
            yield Checklist(*rows)
            yield Static(saying.WITHDRAWN, markup=False, classes="aside")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Stop sharing", variant="primary", id="stop")
                yield Button("Leave it", id="leave")

    @on(Button.Pressed, "#leave")
    def _leave(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#stop")
    def _stop(self) -> None:
        group, report_id = self._group, self._report.id
        labels = self.query_one(Checklist).selected
        if not labels:
            self.say_error("Tick who should no longer read it.")
            return
        self.run_once(
            "Stopping the sharing…", lambda: group.withdraw(report_id, ", ".join(labels)), self._stopped
        )

    def _stopped(self, report: SelfReport[Report]) -> None:
        who = shown_line(named(self._journal, report.readers))
        self.dismiss(f"Stopped sharing. {saying.WITHDRAWN} Now: {who}.")
