"""One note, over the whole screen."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Center, Vertical

from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.presentation import sentences
from kapjournal.presentation.drafts import draft_to_edit
from kapjournal.presentation.people import others_in_words
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import HistoryRoute
from kapjournal.tui.note_data import file_lines, note_heading
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.file_list import FileList
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_header import NoteHeader
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class ReaderScreen(JournalScreen):
    """Shows a note's words at a width that reads well."""

    NAME = "reader"
    CSS_PATH = "reader.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is one note. Under its title stand its day and kind, and who can read it. Arrow keys and Page "
        "Up/Down scroll. Attached files stand above the words; “kapjournal note save-file” saves "
        "one.\n\nYour own notes you can change and delete; {share} shares one, {withdraw} stops that, and "
        "{history} shows their earlier versions. What others shared with you, you can read; only they can "
        "change it."
    )

    def __init__(self, journal: "Journal", note: Note) -> None:
        super().__init__(journal)
        self._note = note
        self._is_going = self._is_gone = False
        self._sessions: list[Session] = []

    @property
    def _mine(self) -> bool:
        return self._note.author == self._journal.me.id

    def compose(self) -> ComposeResult:
        """The header and the words."""
        yield TopBar(self._journal.me.label)
        with Center(), Vertical(id="note"):
            yield NoteHeader()
            yield FileList()
            yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the note, and read the sessions."""
        self._show(self._note)
        self.query_one(RenderedText).focus()
        background.run(self, self._journal.sessions.all, self._have_sessions, self.say_error)

    def _have_sessions(self, sessions: list[Session]) -> None:
        self._sessions = sessions
        self._show_head()

    def on_unmount(self) -> None:
        """Forget the note."""
        self._note = self._note.without_words

    def on_screen_resume(self) -> None:
        """Read the note again, which the editor may have changed; leave if it is gone."""
        if self._is_gone:
            self.leave()
            return
        journal, note_id = self._journal, self._note.id
        background.run(self, lambda: journal.notes.get(note_id), self._show, self.say_error)

    def _show(self, note: Note) -> None:
        self._note = note
        self._show_head()
        self.query_one(FileList).show(file_lines(note))
        self.query_one(RenderedText).show(note.words)
        self.refresh_bindings()

    def _show_head(self) -> None:
        heading = note_heading(self._journal, self._note, self._sessions)
        self.query_one(NoteHeader).show(heading)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer changes of the member's own notes alone, and withdrawing where one is shared."""
        if self._is_going:
            return False
        if action in ("edit", "share", "history", "delete"):
            return self._mine
        return action != "withdraw" or (self._mine and not self._note.is_private)

    def action_edit(self) -> None:
        """Open the note's draft, an earlier unfinished one if there is one."""
        journal, note = self._journal, self._note

        background.run(
            self,
            lambda: draft_to_edit(journal, note),
            lambda draft: self.app.call_later(self.shell.open_editor, journal, draft),
            self.say_error,
        )

    def action_share(self) -> None:
        """Ask with whom to share."""
        self.share(self._note)

    def action_withdraw(self) -> None:
        """Ask with whom to stop sharing."""
        from kapjournal.tui.modals.withdraw import WithdrawModal  # noqa: PLC0415

        self.app.push_screen(WithdrawModal(self._journal, self._note), self._say_done)

    def action_history(self) -> None:
        """Show the versions of the note."""
        self.shell.go_to(HistoryRoute(self._journal, self._note))

    def action_delete(self) -> None:
        """Ask, in words that promise nothing, then delete."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        gone = sentences.deleting(others_in_words(self._journal, self._note))
        self.app.push_screen(ConfirmModal("Delete this note?", gone, "Delete"), self._delete)

    def _delete(self, sure: bool | None) -> None:
        if sure:
            journal, note_id = self._journal, self._note.id
            self._is_going = True
            background.run(self, lambda: journal.notes.delete(note_id), self._deleted, self._not_deleted)

    def _deleted(self, _: object) -> None:
        """Leave, unless a page was begun over this meanwhile: then as soon as that is left."""
        self._is_gone = True
        if self.is_active:
            self.leave()
        self.shell.say(sentences.DELETED)

    def _not_deleted(self, sentence: str) -> None:
        self._is_going = False
        self.say_error(sentence)
