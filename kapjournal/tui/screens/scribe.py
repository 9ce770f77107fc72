"""The page on which somebody types for a partner who cannot: nothing on it but their words."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.widgets import Static, TextArea

from kapjournal import clock
from kapjournal.domain.scribe import ScribePage
from kapjournal.presentation import days
from kapjournal.presentation import scribe as saying
from kapjournal.tui import actions
from kapjournal.tui.editor.autosave import Autosave
from kapjournal.tui.editor.draft_saver import DraftSnapshot
from kapjournal.tui.editor.scribe_saver import ScribeSaver
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.screens.writing_page import WritingPage
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class ScribeScreen(WritingPage, JournalScreen):
    """Takes words for somebody else. They are sealed to that person as they come, and handed over whenever
    the screen goes: by a key, a lock or the end of the program."""

    NAME = "scribe"
    CSS_PATH = "scribe.tcss"
    AUTO_FOCUS = "WritingArea"
    GUARDED = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Type what the other person says, in their words. What is on the page is sealed to them alone, a "
        "moment after every change, and you keep nothing of it: no draft, no copy, no way back to it.\n\n"
        "{hand-over-page} hands it over. They find it as a page of their own that only they can read, with a "
        "line that says that you typed it, and can change what is not as they said it.\n\n"
        "If the journal is locked or the computer stops, what was typed by then is handed over too. A page "
        "for the wrong person can be taken back from the list of names, until they have opened the journal."
    )

    VERTICAL_BREAKPOINTS = [(0, "-flat"), (6, "-low"), (14, "-high")]  # noqa: RUF012 - Textual's form

    def __init__(self, journal: "Journal", page: ScribePage) -> None:
        super().__init__(journal)
        self.saver = ScribeSaver(journal, page)
        self._autosave = Autosave(self, unsaved=False)
        self._page = page
        self._whose = journal.members.label_of(page.of)

    def compose(self) -> ComposeResult:
        """Whose words, what becomes of them, the page, and that it is kept."""
        with Center(), Vertical(id="sheet"):
            yield Static(saying.heading(self._whose, self._journal.me.label), markup=False, id="whose")
            yield Static(saying.for_one_alone(self._whose), markup=False, id="sealed")
            yield WritingArea(placeholder=saying.typed_here(self._whose), id="page")
            yield Static("", markup=False, id="state")
        yield StatusLine()
        yield KeyFooter()

    # what the program needs of a screen on which somebody writes

    def snapshot(self) -> DraftSnapshot[ScribePage]:
        """The words as they are now."""
        words = self.query_one(WritingArea).body
        return DraftSnapshot(self._autosave.moment, replace(self._page, words=words))

    def draft_saved(self, words: int) -> None:
        """Show that they are sealed."""
        sealed = saying.sealed_at(self._whose, days.time_of_day(clock.now()))
        self.query_one("#state", Static).update(sealed)

    def forget(self) -> None:
        """Empty the page and its history; nothing of this is saved."""
        self._autosave.is_paused = True
        self.query_one(WritingArea).empty()

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._autosave.touch()

    # what can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A page that is being handed over stays as it is."""
        return False if self._autosave.is_paused else super().check_action(action, parameters)

    def action_done(self) -> None:
        """Hand the page over, and leave it."""
        snapshot = self.snapshot()
        if not snapshot.draft.words.strip():
            self.action_back()
        elif self._autosave.fits(snapshot):
            self._do_and_leave(partial(self._hand_over, snapshot))

    def _hand_over(self, snapshot: DraftSnapshot[ScribePage]) -> str:
        self.saver.finish(snapshot)
        return saying.handed(self._whose)

    def action_back(self) -> None:
        """Leave an empty page; ask whether one with words is to be handed over."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        def answered(sure: bool | None) -> None:
            if sure:
                self.action_done()

        if self.snapshot().draft.words.strip():
            question, what = saying.hand_over(self._whose), saying.handing_over(self._whose)
            self.app.push_screen(ConfirmModal(question, what, "Hand it over", "Go on typing"), answered)
        else:
            self._do_and_leave(self._discard_empty)

    def _discard_empty(self) -> str:
        self.saver.discard()
        return saying.NO_WORDS

    def action_discard(self) -> None:
        """Ask, then throw the page away."""
        self._ask_to_discard(saying.throwing_away(self._whose), saying.THROW_AWAY, saying.THROWN_AWAY)

    def _freeze(self, *, frozen: bool) -> None:
        self.query_one(WritingArea).read_only = frozen
        super()._freeze(frozen=frozen)
