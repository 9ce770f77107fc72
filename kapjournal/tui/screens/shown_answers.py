"""Answers to a measure, a check-in or a card, over the whole screen, until they are deleted."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.widgets import Static

from kapjournal.tui import background
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_header import NoteHeader, NoteHeading
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal

S = TypeVar("S")
"""The answers."""


class ShownAnswers(JournalScreen, Generic[S]):
    """Shows who reads them, whom to call if that is due, and what was answered."""

    CSS_PATH = "shown_answers.tcss"
    AUTO_FOCUS = "RenderedText"

    def __init__(self, journal: "Journal", shown: S) -> None:
        super().__init__(journal)
        self._shown: S | None = shown
        self._is_going = False

    def compose(self) -> ComposeResult:
        """The header, whom to call if that is due, and what was answered."""
        yield TopBar(self._journal.me.label)
        with Center(), Vertical(id="note"):
            yield NoteHeader()
            yield Static("", markup=False, id="crisis")
            yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show them as they are."""
        if self._shown is not None:
            self._show(self._shown)

    def on_unmount(self) -> None:
        """Forget them."""
        self._shown = None

    def on_screen_resume(self) -> None:
        """Read them again: they may have been changed, and have other readers now."""
        if (shown := self._shown) is not None and not self._is_going:
            background.run(self, lambda: self.again(shown), self._show, self.say_error)

    def _show(self, shown: S) -> None:
        self._shown = shown
        self.query_one(NoteHeader).show(self.heading(shown))
        crisis, lines = self.query_one("#crisis", Static), self.whom_to_call(shown)
        crisis.update(lines)
        crisis.display = bool(lines)
        self.query_one(RenderedText).show_blocks(self.page(shown))
        self.refresh_bindings()

    def again(self, shown: S) -> S:
        """Read them from the journal."""
        raise NotImplementedError

    def heading(self, shown: S) -> NoteHeading:
        """What stands above them."""
        raise NotImplementedError

    def whom_to_call(self, shown: S) -> str:
        """Whom to call or tell; empty if nothing is due."""
        raise NotImplementedError

    def page(self, shown: S) -> list[Block]:
        """What was answered."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing more once they are being deleted."""
        return False if self._is_going else super().check_action(action, parameters)

    def _ask_to_delete(self, question: str, consequence: str, delete: Callable[[], None], gone: str) -> None:
        """Ask, then delete them and leave."""
        shell = self.shell

        def deleted(_: None) -> None:
            self.leave()
            shell.say(gone)

        def failed(sentence: str) -> None:
            self._is_going = False
            self.say_error(sentence)

        def answered(sure: bool | None) -> None:
            if sure:
                self._is_going = True
                background.run(self, delete, deleted, failed)

        self.app.push_screen(ConfirmModal(question, consequence, "Delete"), answered)
