"""What of the member's waits: pages for others, with the sentence of when and to whom."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from kapjournal import clock
from kapjournal.domain.waiting import Waiting, WaitingPage
from kapjournal.presentation import not_possible, sentences
from kapjournal.presentation import waiting as saying
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import ReaderRoute
from kapjournal.tui.note_data import note_row
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from kapjournal.domain.notes import Note
    from kapjournal.journal import Journal


class WaitingScreen(JournalScreen):
    """Lists it; what is chosen says below when it goes, and why it stays."""

    NAME = "waiting"
    CSS_PATH = "unsigned.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "These pages of yours wait: you said from when others may read them, or it is the day of a dose, "
        "when what you share with your partner waits until the next day. Below the list stands when and to "
        "whom each goes.\n\n"
        "Enter opens one. {send-now} lets them read it at once, when you have said yes to that; "
        "{keep-for-me} keeps it for you, and nobody gets it. A letter or a decision that is closed stands "
        "here too: {open-now} opens it, {close-until} chooses another day. What you deleted on the day of a "
        "dose stands here, too: {out-of-tray} takes it back, {remove-now} removes it.\n\n"
        "Both first: a page can wait for one of your partner’s, and then you read each other’s. What your "
        "partner offers stands above the list; {keep-for-me} takes an offer of yours back.\n\n"
        "Until it goes, a page is sealed to those who can read it already. "
        f"{saying.WAITING_IS_YOURS} It is your own program that sends it, when you open the journal."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._pages: dict[str, WaitingPage] = {}
        self._words: dict[str, str] = {}
        """All that is said of each."""
        self._chosen: WaitingPage | None = None

    def compose(self) -> ComposeResult:
        """The list, a sentence for when it is empty, and what is said of the chosen one."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield SelfClearingText("", id="offered")
            yield NoteList()
            yield Static(saying.NOTHING_WAITS, markup=False, id="empty")
            yield SelfClearingText("", id="chosen")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor into the list."""
        self.query_one("#pane").border_title = "What waits"
        self.query_one("#empty").display = False
        self.query_one(NoteList).focus()

    def on_unmount(self) -> None:
        """Forget the pages."""
        self._pages, self._words, self._chosen = {}, {}, None

    def on_screen_resume(self) -> None:
        """Read them, again after one was opened."""
        self._read()

    def _read(self) -> None:
        journal = self._journal

        def read() -> tuple[list[WaitingPage], dict[str, str], list[str]]:
            pages = journal.waiting.all()
            words = {page.note.id: "\n".join(saying.of_page(journal, page)) for page in pages}
            return pages, words, saying.offered(journal)

        background.run(self, read, lambda found: self._show(*found), self.say_error)

    def _show(self, pages: list[WaitingPage], words: dict[str, str], offered: list[str]) -> None:
        self.query_one("#offered", SelfClearingText).update("\n".join(offered))
        self.query_one("#offered").display = bool(offered)
        self._pages, self._words = {page.note.id: page for page in pages}, words
        listed = self.query_one(NoteList)
        listed.show((page.note.id, partial(note_row, self._journal, page.note)) for page in pages)
        listed.display, self.query_one("#empty").display = bool(pages), not pages
        self._said_with = listed.chosen
        self._moved()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        """Show under the list when the chosen one goes, and to whom."""
        self.moved_to(self.query_one(NoteList).chosen)
        self._chosen = chosen = self._pages.get(self.query_one(NoteList).chosen or "")
        words = f"{self._words[chosen.note.id]}\n{self._keys_of(chosen.waiting)}".strip() if chosen else ""
        self.query_one("#chosen", SelfClearingText).update(words)
        self.refresh_bindings()

    def _keys_of(self, waiting: Waiting) -> str:
        """What can be done with a page that no key at the foot is about."""
        if waiting.tray:
            return self.shell.with_keys("{out-of-tray} takes it back, {remove-now} removes it.")
        return self.shell.with_keys("{open-now} opens it.") if waiting.is_closed(clock.today()) else ""

    def why_not(self, action: str) -> str:
        """Something is sent or kept where something waits."""
        waiting = page.waiting if (page := self._chosen) else Waiting()
        for_nobody = saying.WAITS_FOR_NOBODY if self._pages else saying.NOTHING_WAITS
        nothing = {
            "send_now": "" if waiting.holds else for_nobody,
            "keep_for_me": "" if waiting.holds else for_nobody,
            "open_now": "" if waiting.opens else saying.NOT_CLOSED,
            "close_until": saying.IN_TRAY if waiting.tray else self._why_not_closed(),
            "take_back": "" if waiting.tray else saying.NOT_IN_TRAY,
            "remove": "" if waiting.tray else saying.NOT_IN_TRAY,
        }
        return nothing.get(action, "")

    def _why_not_closed(self) -> str:
        note = page.note if (page := self._chosen) else None
        return not_possible.with_note(self._journal, "close_until", note)

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        if (page := self._chosen) is not None and page.waiting.tray:
            self.say(saying.IN_TRAY)
        elif page is not None:
            among = tuple(one.note.id for one in self._pages.values() if not one.waiting.tray)
            self.shell.go_to(ReaderRoute(self._journal, page.note, among))

    def action_open_now(self) -> None:
        """Open the chosen letter or decision, and show it."""
        journal = self._journal
        if (page := self._chosen) is not None:
            note_id = page.note.id

            def opened(note: "Note") -> None:
                self.shell.go_to(ReaderRoute(journal, note, (note_id,)))

            background.run(self, lambda: journal.waiting.open_now(note_id), opened, self.say_error)

    def action_close_until(self) -> None:
        """Ask on which day the chosen letter or decision opens."""
        from kapjournal.tui.modals.close_until import CloseUntilModal  # noqa: PLC0415

        def closed(said: str | None) -> None:
            if said:
                self._read()
                self.say(said)

        if (page := self._chosen) is not None:
            self.app.push_screen(CloseUntilModal(self._journal, page.note), closed)

    def action_take_back(self) -> None:
        """Take the chosen page out of the tray."""
        journal = self._journal
        if (page := self._chosen) is not None:
            note_id = page.note.id
            self._do(lambda: journal.waiting.take_back(note_id), saying.TAKEN_BACK)

    def action_remove(self) -> None:
        """Ask, then remove the chosen page for good."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        if (page := self._chosen) is not None:
            question = ConfirmModal("Remove this for good?", sentences.deleting(""), "Remove")
            self.app.push_screen(question, partial(self._remove, page.note.id))

    def _remove(self, note_id: str, sure: bool | None) -> None:
        journal = self._journal
        if sure:
            self._do(lambda: journal.notes.delete(note_id, now=True), sentences.DELETED)

    def action_send_now(self) -> None:
        """Ask, then let those it waits for read the chosen page: what was read stays read."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        if (page := self._chosen) is not None:
            who = saying.waits_for(self._journal, page.waiting)
            question = ConfirmModal(f"Let {who} read this now?", sentences.SHARING, "Send it now", "Not yet")
            self.app.push_screen(question, partial(self._send_now, page.note.id))

    def _send_now(self, note_id: str, sure: bool | None) -> None:
        journal = self._journal
        if sure:
            self._do(lambda: journal.waiting.send_now(note_id))

    def action_keep_for_me(self) -> None:
        """Let the chosen page wait for nobody."""
        journal = self._journal
        if (page := self._chosen) is not None:
            note_id = page.note.id
            self._do(lambda: journal.waiting.keep(note_id), saying.KEPT)

    def _do(self, deed: "Callable[[], Note | bool]", said: str = "") -> None:
        journal = self._journal

        def do() -> str:
            note = deed()
            return said if isinstance(note, bool) or said else " ".join(saying.after_sharing(journal, note))

        def done(sentence: str) -> None:
            self._read()
            self.say(sentence)

        background.run(self, do, done, self.say_error)
