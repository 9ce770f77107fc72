"""A page on which answers are given one by one: each is sealed at once, for its author alone, and nobody else
reads anything before it is done."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.self_reports import SelfReportDraft
from kapjournal.presentation.drafts import DRAFT_BESIDE, PageOwner
from kapjournal.tui import background
from kapjournal.tui.editor.autosave import Autosave
from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot, DraftStore
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.screens.app_screen import JournalScreen

if TYPE_CHECKING:
    from kapjournal.journal import Journal

A = TypeVar("A", MeasureDraft, SelfReportDraft)


class LastWords(NamedTuple):
    """What is said when a half-done page is left, and when it is thrown away."""

    kept: str
    question: str
    consequence: str
    gone: str


class KeptPageOfAnswers(JournalScreen, Generic[A]):
    """Keeps a draft of answers while they are given, and ends with them or without."""

    rests = False

    def __init__(self, journal: "Journal", drafts: DraftStore[A], draft: A, *, unsaved: bool) -> None:
        """On the `unsaved` answers of a draft, if the last save failed."""
        super().__init__(journal)
        self.saver: DraftSaver[A] = DraftSaver(PageOwner.of(journal), drafts, draft)
        self._autosave = Autosave(self, unsaved=unsaved)
        self._draft: A = draft
        self._said_parted = False

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

    # what the program needs of a screen on which somebody writes

    def snapshot(self) -> DraftSnapshot[A]:
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
        _, question, consequence, _ = self.last_words

        def answered(sure: bool | None) -> None:
            if sure:
                self._do_and_leave(self._throw_away)

        self.app.push_screen(ConfirmModal(question, consequence, "Throw away"), answered)

    def _throw_away(self) -> str:
        self.saver.discard()
        return self.last_words.gone

    def action_back(self) -> None:
        """Go back; what was answered so far is kept."""
        snapshot, kept = self.snapshot(), self.last_words.kept
        has_begun = bool(self.has_answers or self.saver.id)

        def keep() -> str:
            if has_begun:
                self.saver.save(snapshot)
            return kept if has_begun else ""

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
