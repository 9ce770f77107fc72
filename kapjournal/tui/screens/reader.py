"""One note, over the whole screen."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.widgets import Static

from kapjournal.domain import signing
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Draft, Note
from kapjournal.domain.sessions import Session
from kapjournal.domain.signing import SignedDocument
from kapjournal.presentation import authorising, bringing, not_possible, search, sentences, waiting
from kapjournal.presentation import kept as keeping
from kapjournal.presentation import signing as wording
from kapjournal.presentation.drafts import draft_to_add, draft_to_edit
from kapjournal.presentation.intentions import Threads, read_threads
from kapjournal.presentation.people import others_in_words
from kapjournal.presentation.scribe import about_typing
from kapjournal.presentation.waiting import CLOSED_HERE, about_offer
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import HistoryRoute, LoopRoute, PrintNoteRoute
from kapjournal.tui.note_data import note_heading
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.rendering.signatures import signed_page
from kapjournal.tui.screens.files_of_note import FilesOfNote
from kapjournal.tui.widgets.file_list import FileList
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_header import NoteHeader
from kapjournal.tui.widgets.picture_view import PictureView
from kapjournal.tui.widgets.rendered_text import FirstPlaceShown, RenderedText
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    import datetime as dt

    from kapjournal.domain.kept import KeptNote
    from kapjournal.journal import Journal


class ReaderScreen(FilesOfNote):
    """Shows a note's words at a width that reads well."""

    NAME = "reader"
    CSS_PATH = "reader.tcss"
    AUTO_FOCUS = "RenderedText"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is one note. Under its title stand its day and kind, and who can read it. Arrow keys and Page "
        "Up/Down scroll. Attached files stand above the words: Tab goes to them, {save-file} saves "
        "the chosen one. {attach} attaches a file to a note of yours, {remove-file} removes the chosen "
        "one.\n\nYour own notes you can change and delete; {share} shares one, {withdraw} stops that, and "
        "{history} shows their earlier versions. {close-until} closes a letter or a decision until a day. "
        "{bring} brings one, or a line of it, to the next session; {page-consent} allows one to be used for "
        "supervision, or takes that back. "
        "What others shared with you, you can read; only they can change it. {previous-note} and "
        "{next-note} go to the notes before and after, {next-place} to the next place where words stand that "
        "you searched for; {print} saves the note as a page to print. {loop} shows the loop of the partners."
        "\n\nUnder a signed observation stand the signatures, verified each time it is opened, and what was "
        "added. Its words stay as they are."
    )
    HELP_IN_A_PRACTICE = (
        "In a journal that was opened from your practice, {keep-in-record} keeps a copy of a partner’s page "
        "in your record. You alone can read it, and it stays when they withdraw the page."
    )

    def __init__(self, journal: "Journal", note: Note, among: Sequence[str] = (), query: str = "") -> None:
        super().__init__(journal, note)
        self._query = query
        self._among = among
        self._place = among.index(note.id) if note.id in among else -1
        self._is_going = self._is_gone = False
        self._sessions: list[Session] = []
        self._threads: Threads | None = None
        self._signed: SignedDocument | None = None
        self._page: list[Block] = []

    def compose(self) -> ComposeResult:
        """The header and the words."""
        yield TopBar(self._journal.me.label)
        with Center(), Vertical(id="note"):
            yield NoteHeader()
            yield SelfClearingText(id="intention")
            yield FileList()
            yield PictureView(self.room_for_picture)
            yield RenderedText()
            yield Static("", markup=False, id="standing")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the note, and read the sessions and the intentions."""
        self.show(self._note)
        background.run(self, partial(read_threads, self._journal), self._have_threads, self.say_error)

    def _have_threads(self, threads: Threads) -> None:
        self._threads, self._sessions = threads, threads.sessions
        self._show_head()

    def on_unmount(self) -> None:
        """Forget the note."""
        self._note, self._query = self._note.without_words, ""
        self._signed, self._page, self._threads = None, [], None

    def on_screen_resume(self) -> None:
        """Read the note again, which the editor may have changed; leave if it is gone."""
        if self._is_gone:
            self.leave()
            return
        journal, note_id = self._journal, self._note.id
        background.run(self, lambda: journal.notes.get(note_id), self.show, self.say_error)

    def show(self, note: Note) -> None:
        """Show the note as it is now."""
        self._note = note
        self._journal.notes.looked_at(note)
        self._show_head()
        self.show_files()
        if note.is_signed:
            self._verify(note)
        if self._signed is None:
            self.query_one(RenderedText).show(note.words, self._query)
        self._show_standing()

    def _verify(self, note: Note) -> None:
        """Verify the signatures, and show them under the words."""
        journal = self._journal

        def verified() -> tuple[SignedDocument | None, list[Block]]:
            signed = journal.signing.of(note.id)
            compares = signing.may_sign(journal.me.role)
            return signed, signed_page(note, signed, with_digest=compares) if signed else []

        background.run(self, verified, self._show_signed, self.say_error, group="signatures")

    def _show_signed(self, verified: tuple[SignedDocument | None, list[Block]]) -> None:
        if verified != (self._signed, self._page):  # a page that is the same keeps its place
            self._signed, self._page = verified
            self.query_one(RenderedText).show_blocks(self._page, self._query)
        self._show_standing()

    def _show_standing(self) -> None:
        """Say under the words how the note stands, and what can be done about that."""
        standing = self.query_one("#standing", Static)
        sentence = self.shell.with_keys(self._standing)
        standing.update(sentence)
        standing.display = bool(sentence)
        self.refresh_bindings()

    @property
    def _standing(self) -> str:
        note, me = self._note, self._journal.me
        if note.is_signed and self._mine:
            apart = f"{wording.UNSIGNED_BESIDE} Press {{set-apart}} for that."
            return apart if note.beside else wording.ADD_TO_IT
        if self._may_cosign:
            return "Press {co-sign} to put your name under it too, {add-to} to add to it."
        if signing.may_be_added_to(note, me):
            return "Press {add-to} to add to it."
        if note.beside:
            joins = f" {sentences.SAVING_JOINS} Press {{edit}} for that." if self._mine else ""
            return sentences.BOTH_STAND + joins
        if signing.may_be_signed(note, me):
            return wording.SIGN_IT
        closed = CLOSED_HERE if note.opens else ""
        return closed or about_offer(note, self._journal) or about_typing(note, self._journal)

    @property
    def _may_cosign(self) -> bool:
        return signing.may_be_cosigned(self._note, self._journal.me, self._signed)

    def _show_head(self) -> None:
        heading = note_heading(self._journal, self._note, self._sessions)
        self.query_one(NoteHeader).show(heading)
        said = self._threads.above(self._note) if self._threads else ""
        intention = self.query_one("#intention", SelfClearingText)
        intention.update(said)
        intention.display = bool(said)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the note, and nothing more once it is being deleted."""
        if self._is_going or (action == "keep" and not self._journal.keeping.may_keep(self._note)):
            return False
        if (
            action in ("bring", "talk", "close_until", "page_consent")
            and self._journal.me.role is not Role.PARTNER
        ):
            return False
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Changes are made to the member's own notes alone and not to signed ones; only some sign."""
        if action in ("previous_note", "next_note", "next_place"):
            return self._why_not_on(action)
        if action == "bring":
            return bringing.why_not(self._journal, self._note)
        if action == "page_consent":
            return authorising.why_no_page(self._journal, self._note)
        if action == "talk":
            return bringing.why_not_at_all(self._journal)
        return not_possible.with_note(self._journal, action, self._note, self._signed)

    def _why_not_on(self, action: str) -> str:
        if action == "previous_note":
            return not_possible.FIRST_NOTE if self._place <= 0 else ""
        if action == "next_place":
            return "" if self._query else not_possible.NOTHING_SEARCHED
        return "" if 0 <= self._place < len(self._among) - 1 else not_possible.LAST_NOTE

    def action_next_place(self) -> None:
        """Show the next place at which a word stands that was searched for."""
        number, places = self.query_one(RenderedText).next_place()
        self.say(self.shell.with_keys(search.place(number, places)))

    @on(FirstPlaceShown)
    def _say_place(self, shown: FirstPlaceShown) -> None:
        if shown.places and self.query_one(StatusLine).is_silent:
            self.say(self.shell.with_keys(search.place(1, shown.places)))

    def action_previous_note(self) -> None:
        """Go to the note before this one, in the list it was opened from."""
        self._turn(-1)

    def action_next_note(self) -> None:
        """Go to the note after this one."""
        self._turn(1)

    def _turn(self, step: int) -> None:
        self._place += step
        journal, note_id = self._journal, self._among[self._place]
        self.query_one(StatusLine).let_go()

        def turned(note: Note) -> None:
            if note_id == self._among[self._place]:  # of several keys in a row the last one counts
                self._signed, self._page = None, []
                self.show(note)

        background.run(self, lambda: journal.notes.get(note_id), turned, self.say_error, group="turn")

    def action_edit(self) -> None:
        """Open the note's draft, an earlier unfinished one if there is one."""
        self._write(draft_to_edit)

    def action_add_to(self) -> None:
        """Open a page for what is to be added to the note."""
        self._write(draft_to_add)

    def _write(self, draft_for: "Callable[[Journal, Note], Draft]") -> None:
        journal, note = self._journal, self._note
        background.run(
            self,
            lambda: draft_for(journal, note),
            lambda draft: self.app.call_later(self.shell.open_editor, journal, draft),
            self.say_error,
        )

    def action_sign(self) -> None:
        """Ask how the member signs, and what for."""
        from kapjournal.tui.modals.sign import SignModal  # noqa: PLC0415

        self.app.push_screen(SignModal(self._journal, self._note, self._note.text.name), self._say_done)

    def action_cosign(self) -> None:
        """Ask how the member signs another's note."""
        self.action_sign()

    def action_set_apart(self) -> None:
        """Make the unsigned words beside the signed ones a note of their own."""
        journal, note_id = self._journal, self._note.id
        background.run(self, lambda: journal.notes.set_apart(note_id), self._set_apart, self.say_error)

    def _set_apart(self, apart: "Sequence[Note]") -> None:
        """Go to what is a note of its own now; those that came of this one follow it."""
        place = max(self._place, 0)
        before, after = self._among[:place], self._among[place + 1 :]
        self._among = [*before, self._note.id, *(note.id for note in apart), *after]
        self._place = place + 1
        self._signed, self._page = None, []
        self.show(apart[0])
        self.say(self.shell.with_keys(f"{wording.THIS_IS_APART} {{previous-note}} goes to the signed one."))

    def action_keep(self) -> None:
        """Keep a copy in the practice that the journal was opened from."""
        journal, note_id = self._journal, self._note.id

        def kept(done: "tuple[KeptNote, bool]") -> None:
            self.say(" ".join(keeping.after_keeping(*done)))

        background.run(self, lambda: journal.keeping.keep(note_id), kept, self.say_error)

    def action_share(self) -> None:
        """Ask with whom to share."""
        self.share(self._note)

    def action_close_until(self) -> None:
        """Ask on which day this letter or decision opens."""
        from kapjournal.tui.modals.close_until import CloseUntilModal  # noqa: PLC0415

        self.app.push_screen(CloseUntilModal(self._journal, self._note), self._say_done)

    def action_bring(self) -> None:
        """Ask what of the note is brought to the next session."""
        self.bring(self._note)

    def action_page_consent(self) -> None:
        """Ask whether the note may be used for supervision, or no longer."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        journal, note = self._journal, self._note
        allows = not journal.page_consents.is_given(note)

        def done(said: str) -> None:
            self._show_head()
            self.say(said)

        def answered(sure: bool | None) -> None:
            if sure:
                background.run(
                    self, partial(authorising.answer, journal, note, allows=allows), done, self.say_error
                )

        self.app.push_screen(ConfirmModal(*authorising.asked_of(journal, allows=allows)), answered)

    def action_withdraw(self) -> None:
        """Ask with whom to stop sharing."""
        from kapjournal.tui.modals.withdraw import WithdrawNoteModal  # noqa: PLC0415

        self.app.push_screen(WithdrawNoteModal(self._journal, self._note), self._say_done)

    def action_history(self) -> None:
        """Show the versions of the note."""
        self.shell.go_to(HistoryRoute(self._journal, self._note))

    def action_loop(self) -> None:
        """Go to the loop: both halves, once both are released."""
        self.shell.go_to(LoopRoute(self._journal))

    def action_print(self) -> None:
        """Go to the form that saves the note as a page to print."""
        self.shell.go_to(PrintNoteRoute(self._journal, self._note))

    def action_delete(self) -> None:
        """Ask, in words that promise nothing, then delete."""
        background.run(self, self._journal.waiting.pause_until, self._ask_to_delete, self.say_error)

    def _ask_to_delete(self, pause: "dt.datetime | None") -> None:
        from kapjournal.tui.modals.choice import Choice, ChoiceModal  # noqa: PLC0415
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        readers = others_in_words(self._journal, self._note)
        gone = sentences.deleting(readers, or_tray=pause is not None)
        if pause is None:
            modal = ConfirmModal("Delete this note?", gone, "Delete")
            self.app.push_screen(modal, lambda sure: self._delete("now" if sure else None))
            return
        ways = [
            Choice("keep", "Keep it"),
            Choice("tray", "Lay it in the tray", "for you alone; you can take it back"),
            Choice("now", "Remove it now", "for good"),
        ]
        self.app.push_screen(ChoiceModal("Delete this note?", ways, aside=gone), self._delete)

    def _delete(self, way: str | None) -> None:
        if way in ("tray", "now"):
            journal, note_id = self._journal, self._note.id
            self._is_going = True

            def delete() -> bool:
                return journal.notes.delete(note_id, now=way == "now")

            background.run(self, delete, self._deleted, self._not_deleted)

    def _deleted(self, is_gone: bool) -> None:
        """Leave, unless a page was begun over this meanwhile: then as soon as that is left."""
        self._is_gone = True
        if self.is_active:
            self.leave()
        self.shell.say(sentences.DELETED if is_gone else waiting.TRAYED)

    def _not_deleted(self, sentence: str) -> None:
        self._is_going = False
        self.say_error(sentence)
