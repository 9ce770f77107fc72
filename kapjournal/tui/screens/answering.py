"""What the two pages on which answers are given have in common: every choice is sealed at once, for its
author alone, and nobody else reads anything before it is done."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Center, Vertical, VerticalScroll
from textual.widgets import Static

from kapjournal.content import measures as content
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.measures import Measure
from kapjournal.presentation import answering as saying
from kapjournal.presentation.crisis_notice import whom_to_call
from kapjournal.presentation.drafts import DRAFT_BESIDE, PageOwner
from kapjournal.tui import background
from kapjournal.tui.editor.autosave import Autosave
from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class AnsweringScreen(JournalScreen):
    """A page of answers on the way. Whom to call stands on it from the moment the safety item is at its mark,
    until the page is left: also if the answer is changed again."""

    rests = False

    def __init__(self, journal: "Journal", draft: MeasureDraft, unsaved: bool = False) -> None:
        """On the `unsaved` answers of a draft, if the last save failed."""
        super().__init__(journal)
        self.saver = DraftSaver(PageOwner.of(journal), journal.measure_drafts, draft)
        self._autosave = Autosave(self, unsaved=unsaved)
        self._draft = draft
        self._measure: Measure = content.measure(draft.measure)
        self._says_whom_to_call = False
        self._said_parted = False

    def compose(self) -> ComposeResult:
        """How far it is, whom to call if that is due, and the sheet."""
        yield TopBar(self._journal.me.label)
        with Center(classes="fixed"), Vertical():
            yield Static("", markup=False, classes="crisis")
            yield SelfClearingText("", id="heading")
        with VerticalScroll(id="page", can_focus=False), Center(), Vertical(id="sheet"):
            yield Static("", markup=False, classes="crisis")
            yield from self.sheet()
        yield StatusLine()
        yield KeyFooter()

    def sheet(self) -> ComposeResult:
        """What is asked, and what ends it."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Save what could not be saved before."""
        self._look_at_mark()
        if self._autosave.moment:
            self._autosave.save()

    def on_unmount(self) -> None:
        """Forget the answers; by now they are in the journal, or kept by the shell."""
        self._draft = self._draft.without_answers

    # what the program needs of a screen on which somebody writes

    def snapshot(self) -> DraftSnapshot[MeasureDraft]:
        """The answers as they are now."""
        return DraftSnapshot(self._autosave.moment, self._draft)

    def draft_saved(self, words: int) -> None:
        """Say nothing of what goes well, but that there are two of it now."""
        if self.saver.has_parted and not self._said_parted:
            self._said_parted = True
            self.say(DRAFT_BESIDE)

    def forget(self) -> None:
        """Drop every answer; nothing of this is saved."""
        self._autosave.is_paused = True
        self._draft = self._draft.without_answers

    # answers

    def _put(self, draft: MeasureDraft) -> None:
        """Take up what was chosen: first say whom to call if that is due, then seal it."""
        changed, self._draft = draft != self._draft, draft
        self._look_at_mark()
        if changed and (draft.answered or self.saver.id or self._autosave.moment):
            self._autosave.moment += 1
            self._autosave.save()

    def _look_at_mark(self) -> None:
        """Show whom to call as soon as the safety item is at its mark."""
        draft = self._draft
        said = whom_to_call(self._measure, draft.answers, is_from_paper=draft.is_from_paper)
        if said and not self._says_whom_to_call:
            self._says_whom_to_call = True
            for lines in self.query(".crisis").results(Static):
                lines.update(said)
                lines.add_class("-due")

    # the end

    def _finish(self, said: str) -> None:
        """Make answers of it, leave, and say what is said of that."""
        snapshot = self.snapshot()

        def finish() -> str:
            return f"{said} {self.saver.finish(snapshot)}".strip()

        self._do_and_leave(finish)

    def action_discard(self) -> None:
        """Ask, then throw the answers away."""

        def answered(sure: bool | None) -> None:
            if sure:
                self._do_and_leave(self._throw_away)

        what = saying.THROWING_AWAY_A_CHANGE if self._draft.changes else saying.THROWING_AWAY
        self.app.push_screen(ConfirmModal(saying.THROW_AWAY, what, "Throw away"), answered)

    def _throw_away(self) -> str:
        self.saver.discard()
        return saying.THROWN_AWAY

    def action_back(self) -> None:
        """Go back; what was answered so far is kept."""
        snapshot = self.snapshot()
        has_begun = bool(self._draft.answered or self.saver.id)

        def keep() -> str:
            if has_begun:
                self.saver.save(snapshot)
            return saying.HALF_DONE_KEPT if has_begun else ""

        self._do_and_leave(keep)

    def _do_and_leave(self, work: Callable[[], str]) -> None:
        """Do the last thing with this page, which takes no more answers meanwhile, and leave it."""
        if self._autosave.is_paused:
            return
        shell = self.shell
        self._autosave.is_paused = True

        def done(sentence: str) -> None:
            self.leave()
            if sentence:
                shell.say(sentence)

        def failed(sentence: str) -> None:
            self._autosave.is_paused = False
            self.say_error(sentence)

        background.run(self, work, done, failed, group="last")
