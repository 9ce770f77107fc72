"""A page of a draft: that there are two of it now, and how it is left with one last thing to do."""

from collections.abc import Callable
from typing import Any

from textual.widget import Widget

from kapjournal.errors import CannotSave
from kapjournal.presentation import sentences
from kapjournal.presentation.drafts import DRAFT_BESIDE
from kapjournal.tui import background
from kapjournal.tui.editor.autosave import Autosave
from kapjournal.tui.editor.draft_saver import DraftSaver
from kapjournal.tui.screens.app_screen import AppScreen


class WritingPage(AppScreen):
    """A screen on which a draft is written. It is never left before the last thing is done."""

    rests = False
    saver: DraftSaver[Any]
    _autosave: Autosave
    _said_parted = False
    _cannot_save = False

    def draft_saved(self, words: int) -> None:
        """Say once that another program went on with the same draft."""
        if self.saver.has_parted and not self._said_parted:
            self._said_parted = True
            self.say(DRAFT_BESIDE)

    def _do_and_leave(self, work: Callable[[], str | None], then: Callable[[], None] = lambda: None) -> None:
        """Do the last thing with this page, which takes no more words meanwhile, leave it, say what `work`
        returns, and go on."""
        if self._autosave.is_paused:
            return
        shell = self.shell

        def do() -> str | None:
            self._cannot_save = False
            try:
                return work()
            except CannotSave:
                self._cannot_save = True
                raise

        def done(said: str | None) -> None:
            self.leave()
            if said:
                shell.say(said)
            then()

        self._freeze(frozen=True)
        background.run(self, do, done, self._not_left, group="last")

    def _not_left(self, sentence: str) -> None:
        """Say why not. What is said of the disk goes once it can be written to; why the page is refused does
        not go with the next save of its draft."""
        self._freeze(frozen=False)
        (self._autosave.not_saved if self._cannot_save else self._autosave.not_done)(sentence)

    def _freeze(self, *, frozen: bool) -> None:
        self._autosave.is_paused = frozen
        self.refresh_bindings()

    def _discard_empty(self) -> str:
        self.saver.discard()
        return sentences.EMPTY_PAGE

    def _ask_to_discard(
        self, consequence: str, question: str = sentences.THROW_DRAFT_AWAY, gone: str = ""
    ) -> None:
        """Ask, then throw the draft away and say that it is `gone`."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        def discard() -> str:
            self.saver.discard()
            return gone

        def answered(sure: bool | None) -> None:
            if sure:
                self._do_and_leave(discard)

        self.app.push_screen(ConfirmModal(question, consequence, "Throw away"), answered)


class PageInFields(WritingPage):
    """A page whose fields are disabled while the last thing is done; then the cursor is where it was."""

    _was_in: Widget | None = None

    def _freeze(self, *, frozen: bool) -> None:
        if frozen:
            self._was_in = self.focused
        self.query_one("#sheet").disabled = frozen
        if not frozen and self._was_in is not None:
            self._was_in.focus()
        super()._freeze(frozen=frozen)
