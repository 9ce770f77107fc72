"""One note, to read."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.widgets import Footer

from kapjournal.domain import sentences
from kapjournal.domain.audience import in_words
from kapjournal.domain.notes import Draft, Note, draft_of
from kapjournal.domain.sessions import Session
from kapjournal.tui import actions, background
from kapjournal.tui.screens.room import JournalRoom
from kapjournal.tui.widgets.bars import TopBar
from kapjournal.tui.widgets.note_head import NoteHead
from kapjournal.tui.widgets.reading import Reading
from kapjournal.tui.widgets.said import Said

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class ReaderScreen(JournalRoom):
    """The note's words over the whole screen, at a width one can read."""

    ROOM = "reader"
    CSS_PATH = "reader.tcss"
    BINDINGS = actions.bindings(ROOM)
    HELP = (
        "This is one note. Under its title stand its day and kind, and who can read it. Arrow keys and Page "
        "Up/Down scroll.\n\nYour own notes you can change and delete; {share} shares one, {withdraw} stops "
        "that, and {history} shows their earlier versions. What others shared with you, you can read; only "
        "they can change it."
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
        """A head and the words."""
        yield TopBar(self._journal.me.label)
        with Center(), Vertical(id="leaf"):
            yield NoteHead()
            yield Reading()
        yield Said()
        yield Footer()

    def on_mount(self) -> None:
        """Show it."""
        self._show(self._note)
        self.query_one(Reading).focus()
        background.run(self, self._journal.sessions.all, self._have_sessions, self.trouble)

    def _have_sessions(self, sessions: list[Session]) -> None:
        self._sessions = sessions
        self._show_head()

    def on_unmount(self) -> None:
        """Forget the note."""
        self._note = self._note.without_words

    def on_screen_resume(self) -> None:
        """Back from the editor: it may have changed, or be gone."""
        if self._is_gone:
            self.leave()
            return
        journal, note_id = self._journal, self._note.id
        background.run(self, lambda: journal.notes.get(note_id), self._show, self.trouble)

    def _show(self, note: Note) -> None:
        self._note = note
        self._show_head()
        self.query_one(Reading).show(note.text.body)
        self.refresh_bindings()

    def _show_head(self) -> None:
        self.query_one(NoteHead).show(self._journal, self._note, self._sessions)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only one's own notes can be changed; only a shared one can be withdrawn."""
        if self._is_going:
            return False
        if action in ("edit", "share", "history", "delete"):
            return self._mine
        return action != "withdraw" or (self._mine and not self._note.is_private)

    def action_edit(self) -> None:
        """Open the note's draft, an earlier unfinished one if there is one."""
        journal, note = self._journal, self._note

        def draft() -> Draft:
            unfinished = (draft for draft in journal.drafts.all() if draft.of == note.id)
            return next(unfinished, draft_of(note))

        background.run(
            self, draft, lambda draft: self.kap.call_later(self.kap.open_editor, journal, draft), self.trouble
        )

    def action_share(self) -> None:
        """Ask with whom."""
        self.share(self._note)

    def action_withdraw(self) -> None:
        """Ask from whom."""
        from kapjournal.tui.modals.withdraw import WithdrawModal  # noqa: PLC0415

        self.app.push_screen(WithdrawModal(self._journal, self._note), self._after_dialog)

    def action_history(self) -> None:
        """Show its versions."""
        from kapjournal.tui.screens.history import HistoryScreen  # noqa: PLC0415

        self.app.push_screen(HistoryScreen(self._journal, self._note))

    def action_delete(self) -> None:
        """Ask, in words that promise nothing, then delete."""
        from kapjournal.tui.modals.ask import AskModal  # noqa: PLC0415

        me, members = self._journal.me.id, self._journal.members.all()
        others = self._note.readers - {me}
        gone = sentences.deleting(in_words(others, members, me) if others else "")
        self.app.push_screen(AskModal("Delete this note?", gone, "Delete"), self._delete)

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
        self.kap.room.say(sentences.DELETED)

    def _not_deleted(self, sentence: str) -> None:
        self._is_going = False
        self.trouble(sentence)
