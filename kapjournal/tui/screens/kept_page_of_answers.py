"""A page on which answers are given one by one: each is sealed at once, for its author alone, and nobody else
reads anything before it is done."""

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.self_reports import SelfReportDraft
from kapjournal.presentation.drafts import PageOwner
from kapjournal.tui.editor.autosave import Autosave
from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot, DraftStore
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.screens.writing_page import WritingPage
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal

A = TypeVar("A", MeasureDraft, SelfReportDraft)


class LastWords(NamedTuple):
    """What is said when a half-done page is left, and when it is thrown away."""

    kept: str
    question: str
    consequence: str
    gone: str


class KeptPageOfAnswers(WritingPage, JournalScreen, Generic[A]):
    """Keeps a draft of answers while they are given, and ends with them or without."""

    def __init__(self, journal: "Journal", drafts: DraftStore[A], draft: A, *, unsaved: bool) -> None:
        """On the `unsaved` answers of a draft, if the last save failed."""
        super().__init__(journal)
        self.saver: DraftSaver[A] = DraftSaver(PageOwner.of(journal), drafts, draft)
        self._autosave = Autosave(self, unsaved=unsaved)
        self._draft: A = draft

    def compose(self) -> ComposeResult:
        """What it is, whom to call if that is due, and the sheet."""
        yield TopBar(self._journal.me.label)
        with Center(classes="fixed"), Vertical():
            yield Static("", markup=False, classes="crisis")
            yield SelfClearingText("", id="heading")
        with VerticalScroll(id="page", can_focus=False), Center(), Vertical(id="sheet"):
            yield Static("", markup=False, classes="crisis")
            yield from self.sheet()
        yield from self.foot()
        yield StatusLine()
        yield KeyFooter()

    def sheet(self) -> ComposeResult:
        """What is asked."""
        raise NotImplementedError

    def foot(self) -> ComposeResult:
        """What stands below it whatever of it is in sight; nothing as a rule."""
        yield from ()

    @property
    def last_words(self) -> LastWords:
        """What is said when the page is left, or its answers are thrown away."""
        raise NotImplementedError

    @property
    def has_answers(self) -> bool:
        """Whether anything is answered yet."""
        raise NotImplementedError

    def emptied(self) -> A:
        """The draft with no answer, for a screen that has to forget."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Save what could not be saved before."""
        if self._autosave.moment:
            self._autosave.save()

    def on_unmount(self) -> None:
        """Forget the answers; by now they are in the journal, or kept by the shell."""
        self._draft = self.emptied()

    def _show_whom_to_call(self, said: str) -> None:
        """Say it above the page, or on it where that is low; nothing for an empty sentence."""
        for lines in self.query(".crisis").results(Static):
            lines.update(said)
            lines.set_class(bool(said), "-due")

    # what the program needs of a screen on which somebody writes

    def snapshot(self) -> DraftSnapshot[A]:
        """The answers as they are now."""
        return DraftSnapshot(self._autosave.moment, self._draft)

    def forget(self) -> None:
        """Drop every answer; nothing of this is saved."""
        self._autosave.is_paused = True
        self._draft = self.emptied()

    def _seal(self, before: A) -> None:
        """Seal what was chosen, if it differs from what was before."""
        if self._draft != before and (self.has_answers or self.saver.id or self._autosave.moment):
            self._autosave.moment += 1
            self._autosave.save()

    # the end

    def _finish(self, said: str) -> None:
        """Make of it what it is on the way to be, leave, and say what is said of that."""
        snapshot = self.snapshot()

        def finish() -> str:
            return f"{said} {self.saver.finish(snapshot)}".strip()

        self._do_and_leave(finish)

    def action_discard(self) -> None:
        """Ask, then throw the answers away."""
        _, question, consequence, gone = self.last_words
        self._ask_to_discard(consequence, question, gone)

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """Go back; what was answered so far is kept."""
        snapshot, kept = self.snapshot(), self.last_words.kept
        has_begun = bool(self.has_answers or self.saver.id)

        def keep() -> str:
            if has_begun:
                self.saver.save(snapshot)
            return kept if has_begun else ""

        self._do_and_leave(keep)

    def _not_left(self, sentence: str) -> None:
        self._freeze(frozen=False)
        self.say_error(sentence)
