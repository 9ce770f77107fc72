"""The drafts of the member: notes begun and not finished."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from kapjournal.domain.notes import Draft
from kapjournal.presentation import days, sentences
from kapjournal.presentation.drafts import addition_of
from kapjournal.text import excerpt, shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList, NoteRow
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class DraftsScreen(JournalScreen):
    """A list of the member's drafts; Enter goes on writing."""

    NAME = "drafts"
    CSS_PATH = "drafts.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        f"{sentences.DRAFTS_ARE_YOURS} Enter goes on where you left off; {{discard-chosen}} throws one away."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._drafts: list[Draft] = []
        self._additions: dict[str, str] = {}
        """What those are called whose words are to be added to a signed note, by their ids."""

    def compose(self) -> ComposeResult:
        """The list, and a sentence for when it is empty."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield NoteList()
            yield Static("There are no drafts.", markup=False, id="empty")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor into the list."""
        self.query_one("#pane").border_title = "Drafts"
        self.query_one("#empty").display = False
        self.query_one(NoteList).focus()

    def on_unmount(self) -> None:
        """Forget the drafts."""
        self._drafts, self._additions = [], {}

    def on_screen_resume(self) -> None:
        """Read the drafts, again after one was opened."""
        background.run(self, self._read, self._show, self.say_error)

    def _read(self) -> tuple[list[Draft], dict[str, str]]:
        drafts = self._journal.drafts.all()
        return drafts, {draft.id: addition_of(self._journal, draft) for draft in drafts}

    def _show(self, found: tuple[list[Draft], dict[str, str]]) -> None:
        drafts, self._additions = found
        self._drafts = drafts
        listed = self.query_one(NoteList)
        listed.show(((draft.id, partial(self._row, draft)) for draft in drafts), newest_first=True)
        listed.display = bool(drafts)
        self.query_one("#empty").display = not drafts

    def _row(self, draft: Draft) -> NoteRow:
        members, me = self._journal.members.all(), self._journal.me.id
        symbol, readers = readers_line.symbol_and_words(draft.readers | {me}, members, me)
        said = readers if symbol == readers_line.ONLY_YOU_SYMBOL else f"for {readers}"
        return NoteRow(
            day=days.short(draft.text.date),
            title=Content(self._additions.get(draft.id) or shown_line(draft.text.title)),
            words=Content(excerpt(draft.text.body)),
            symbol=symbol,
            readers=said,
            tone=readers_line.tone(symbol),
        )

    @property
    def _chosen(self) -> Draft | None:
        chosen = self.query_one(NoteList).chosen
        return next((draft for draft in self._drafts if draft.id == chosen), None)

    @on(OptionList.OptionSelected)
    async def _open(self) -> None:
        if (draft := self._chosen) is not None:
            await self.shell.open_editor(self._journal, draft)

    def action_discard(self) -> None:
        """Ask, then throw the chosen draft away."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        if (draft := self._chosen) is not None:
            what = sentences.throwing_away(of_a_note=bool(draft.of))
            question = ConfirmModal(sentences.THROW_DRAFT_AWAY, what, "Throw away")
            self.app.push_screen(question, partial(self._discard, draft))

    def _discard(self, draft: Draft, sure: bool | None) -> None:
        journal = self._journal
        if sure:

            def discard() -> tuple[list[Draft], dict[str, str]]:
                journal.drafts.discard(draft.id, draft.saved)
                return self._read()

            background.run(self, discard, self._show, self.say_error)
