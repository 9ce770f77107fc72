"""What two approve together: what waits for a yes first, then what holds, then what is past."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList

from kapjournal.content.joint import form_of
from kapjournal.domain.joint import ALWAYS_LESS, PARTNERS_WRITE, JointKind
from kapjournal.domain.members import Role
from kapjournal.presentation import closing
from kapjournal.presentation import joint as saying
from kapjournal.presentation import joint_deeds as deeds
from kapjournal.tui import actions, background
from kapjournal.tui.joint_data import JointRow, joint_rows
from kapjournal.tui.modals.choice import Choice, ChoiceModal
from kapjournal.tui.navigation.routes import BookletRoute, JointFormRoute, JointRoute
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class TogetherScreen(JournalScreen):
    """Lists it; how it stands with the chosen one is said below."""

    NAME = "together"
    CSS_PATH = "unsigned.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Here stands what is for both of you: an agreement about the day of a dose, one practice, the name "
        "of a loop, what is left of a dialogue, what you take along in the end, and whom you authorise to be "
        "told about you two. One of you writes it down, and it holds once both said yes to these very words; "
        "an agreement needs a therapist’s yes too.\n\n"
        f"What waits for your yes stands first. Enter opens one: there you say yes or no, or ask for less. "
        f"{ALWAYS_LESS} {{write-together}} writes something new; nothing half written is kept.\n\n"
        "Whoever said yes can take it back alone, at any time. What held before never comes back by itself. "
        "{booklet} saves a booklet of what you two approved."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._rows: dict[str, JointRow] = {}

    def compose(self) -> ComposeResult:
        """The list, a sentence for when it is empty, and what is said of the chosen one."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield NoteList()
            yield SelfClearingText("", id="empty")
            yield SelfClearingText("", id="chosen")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor into the list."""
        self.query_one("#pane").border_title = saying.heading(self._journal)
        self.query_one("#empty").display = False
        self.query_one(NoteList).focus()

    def on_unmount(self) -> None:
        """Forget the words."""
        self._rows = {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the booklet to the partners alone."""
        if action == "booklet" and self._journal.me.role is not Role.PARTNER:
            return False
        return super().check_action(action, parameters)

    def on_screen_resume(self) -> None:
        """Read it, again after one was opened."""
        journal = self._journal

        def read() -> list[JointRow]:
            journal.refresh()
            return joint_rows(journal)

        background.run(self, read, self._show, self.say_error)

    def _show(self, rows: list[JointRow]) -> None:
        self._rows = {one.joint.id: one for one in rows}
        listed, empty = self.query_one(NoteList), self.query_one("#empty", SelfClearingText)
        listed.show(((one.joint.id, one.made) for one in rows), newest_first=True, to_new=True)
        how = self.shell.with_keys(saying.HOW_TO_BEGIN) if self._journal.me.role is Role.PARTNER else ""
        empty.update(f"{saying.NOTHING_YET} {how}".strip())
        listed.display, empty.display = bool(rows), not rows
        self._said_with = listed.chosen
        self._moved()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        """Say under the list how it stands with the chosen one."""
        chosen = self.query_one(NoteList).chosen
        self.moved_to(chosen)
        row = self._rows.get(chosen or "")
        self.query_one("#chosen", SelfClearingText).update(row.says if row else "")

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        if row := self._rows.get(self.query_one(NoteList).chosen or ""):
            self.shell.go_to(JointRoute(self._journal, row.joint))

    def action_booklet(self) -> None:
        """Go to the form that saves the booklet."""
        self.shell.go_to(BookletRoute(self._journal))

    def action_write_together(self) -> None:
        """Ask what is to be written down; then write it."""
        journal = self._journal
        kinds = [Choice(kind.value, saying.title_of(kind), form_of(kind).what) for kind in JointKind]

        def begins(kind: JointKind) -> JointFormRoute | str:
            why = deeds.why_not_written(journal, kind)
            return why or JointFormRoute(journal, kind, closing.form_begins(journal, kind))

        def begin(found: JointFormRoute | str) -> None:
            if isinstance(found, str):
                self.say(found)
            else:
                self.shell.go_to(found)

        def chosen(word: str | None) -> None:
            if word is not None:
                background.run(self, lambda: begins(JointKind(word)), begin, self.say_error)

        if journal.me.role is Role.PARTNER:
            self.app.push_screen(ChoiceModal(saying.WHAT_KIND, kinds), chosen)
        else:
            self.say(PARTNERS_WRITE)
