"""The names that never leave: those of a couple, and of the whole practice."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.domain.couples import Couple
from kapjournal.presentation import write_up_answer as saying
from kapjournal.tui import actions, background
from kapjournal.tui.editor.form_entry import FormEntry
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_COUPLE, _PRACTICE = "couple", "practice"
_SAVE_AFTER = 2.0
"""So many seconds after a change the names are kept, if each line is one."""


class NamesScreen(JournalScreen):
    """Two lists, a line for each name. They are kept as they are typed."""

    NAME = "names"
    CSS_PATH = "answer.tcss"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "These are the people, places and employers that never leave in a write-up, one a line, with further "
        "forms of a name after commas. Above are those of this couple: children, relatives, friends, "
        "nicknames, where they work. Below are those of the whole practice. The names of the couple, of "
        "members of the journals and of the recipient are known without it.\n\n"
        "They are kept as you type, and {keep-names} or {back} goes back. A review asks again for what a new "
        "name changes."
    )

    def __init__(self, journal: "Journal", couple: Couple) -> None:
        super().__init__(journal)
        self._couple: Couple | None = couple
        self._kept: dict[str, str] = {}
        self._is_leaving = self._is_changed = False

    def compose(self) -> ComposeResult:
        """What they are for, and the two lists once they are read."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with VerticalScroll(id="page", can_focus=False), Center(), Vertical(id="sheet"):
            yield Static(saying.NAMES_HEADING, markup=False, classes="heading")
            yield SelfClearingText(saying.NAMES_WHAT)
            yield Vertical(id="lists")
            with Horizontal(classes="buttons"):
                yield Button("Done", variant="primary", id="keep")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read them."""
        if self._couple is not None:
            case, names = self._couple.case, self._journal.write_ups.names
            read = lambda: {_COUPLE: names(case), _PRACTICE: names(None)}  # noqa: E731
            background.run(self, read, self._show, self.say_error)

    def on_unmount(self) -> None:
        """Forget them."""
        self._couple, self._kept = None, {}

    async def _show(self, kept: dict[str, str]) -> None:
        self._kept = kept
        headings = {_COUPLE: saying.OF_COUPLE, _PRACTICE: saying.OF_PRACTICE}
        entries = [FormEntry(name, headings[name], words) for name, words in kept.items()]
        await self.query_one("#lists").mount(*entries)
        entries[0].go_to()
        self.set_interval(_SAVE_AFTER, self._keep)

    @property
    def _changed(self) -> dict[str, str]:
        typed = {one.name_of: one.value for one in self.query(FormEntry)}
        return {name: words for name, words in typed.items() if words != self._kept.get(name)}

    def _keep(self) -> None:
        """Keep what changed; a line that is no name yet is told of when the screen is left."""
        changed, couple, write_ups = self._changed, self._couple, self._journal.write_ups
        if couple is None or (not changed and not self._is_leaving):
            return
        cases = {_COUPLE: couple.case, _PRACTICE: None}

        def keep() -> None:
            for name, words in changed.items():
                write_ups.set_names(cases[name], words)

        def done(_: None) -> None:
            self._kept |= changed
            self._is_changed = True
            if self._is_leaving and not self._changed:
                self._leave()

        def failed(sentence: str) -> None:
            if self._is_leaving:
                self._is_leaving = False
                self.say_error(sentence)

        background.run(self, keep, done, failed, group="names")

    @on(Button.Pressed, "#keep")
    def action_keep_names(self) -> None:
        """Keep them and go back, or say which line is no name."""
        if self._changed:
            self._is_leaving = True
            self._keep()
        else:
            self._leave()

    def _leave(self) -> None:
        shell, said = self.shell, saying.NAMES_KEPT if self._is_changed else ""
        self.leave()
        if said:
            shell.say(said)

    def action_back(self) -> None:
        """The same: nothing typed here is lost."""
        self.action_keep_names()
