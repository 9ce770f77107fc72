"""Dialogs for who reads answers to a measure: never the other partner."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.domain.ids import MemberId
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import answering
from kapjournal.presentation.crisis_notice import crisis_notice
from kapjournal.presentation.people import named, with_role
from kapjournal.text import shown_line
from kapjournal.tui.editor.not_monitored_notice import NotMonitoredNotice
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class ShareAnswersModal(Dialog[str]):
    """Hands back a sentence when the answers have been shared."""

    def __init__(self, journal: "Journal", answers: AnsweredMeasure) -> None:
        super().__init__()
        self._journal = journal
        self._answers = answers
        self._people = answering.could_also_read(journal, answers)

    def compose(self) -> ComposeResult:
        """People to tick, and what that means."""
        with Vertical(classes="sheet"):
            yield Static("Let somebody read these answers", markup=False, classes="heading")
            now = shown_line(named(self._journal, self._answers.readers))
            yield Static(f"Now: {now}. The other partner never can.", markup=False)
            rows = ((Content(with_role(m)), m.id, len(self._people) == 1) for m in self._people)
            yield Checklist(*rows, classes="gap")
            yield Static("Space or Enter ticks. Tab goes on to Share.", markup=False, id="how")
            yield Static(answering.SHARING, markup=False, classes="aside")
            yield NotMonitoredNotice()
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Share", variant="primary", id="share")
                yield Button("Not now", id="not-now")

    def on_mount(self) -> None:
        """Say that nobody watches, if a therapist is among those ticked."""
        self._ticked()

    @property
    def _chosen(self) -> frozenset[MemberId]:
        return frozenset(self.query_one(Checklist).selected)

    @on(Checklist.SelectedChanged)
    def _ticked(self) -> None:
        self.query_one(NotMonitoredNotice).update(crisis_notice(self._journal, self._chosen))

    @on(Button.Pressed, "#not-now")
    def _not_now(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#share")
    def _share(self) -> None:
        measures, answers_id = self._journal.measures, self._answers.id
        labels = ", ".join(one.label for one in self._people if one.id in self._chosen)
        if not labels:
            self.say_error("Tick who may read it.")
            return
        self.run_once("Sharing…", lambda: measures.share(answers_id, labels), self._shared)

    def _shared(self, found: AnsweredMeasure) -> None:
        who = shown_line(named(self._journal, found.readers))
        stops = self.shell.with_keys("{withdraw-answers} stops that.")
        self.dismiss(f"{who} can read these answers now. {stops}")


class WithdrawAnswersModal(Dialog[str]):
    """Hands back a sentence when the sharing has stopped."""

    def __init__(self, journal: "Journal", answers: AnsweredMeasure) -> None:
        super().__init__()
        self._journal = journal
        readers = answers.readers - {journal.me.id}
        self._answers = answers
        self._people = [one for one in journal.members.all() if one.id in readers]

    def compose(self) -> ComposeResult:
        """Readers to tick, and what stopping does."""
        with Vertical(classes="sheet"):
            yield Static("Stop sharing these answers", markup=False, classes="heading")
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
        measures, answers_id = self._journal.measures, self._answers.id
        labels = self.query_one(Checklist).selected
        if not labels:
            self.say_error("Tick who should no longer read it.")
            return
        self.run_once(
            "Stopping the sharing…", lambda: measures.withdraw(answers_id, ", ".join(labels)), self._stopped
        )

    def _stopped(self, found: AnsweredMeasure) -> None:
        who = shown_line(named(self._journal, found.readers))
        self.dismiss(f"Stopped sharing. {saying.WITHDRAWN} Now: {who}.")
