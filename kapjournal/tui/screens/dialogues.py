"""The dialogues of the two: what they kept of each, and the way into the next one."""

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.domain.members import Role
from kapjournal.presentation import dialogue as saying
from kapjournal.presentation import kept_dialogues as kept
from kapjournal.tui import actions, background
from kapjournal.tui.modals.second_door import Doors, open_doors
from kapjournal.tui.navigation.routes import DialogueRoute
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.spaced_option_list import SpacedOptionList
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.domain.joint import Joint
    from kapjournal.journal import Journal


class _Found(NamedTuple):
    """What there is to show: the dialogues, the lines of each, reminders, and why none can begin."""

    dialogues: "list[Joint]"
    lines: dict[str, list[str]]
    reminders: list[str]
    why_not: str


class DialoguesScreen(JournalScreen):
    """Lists what was kept; beside it stands nothing of anybody's notes."""

    NAME = "dialogues"
    CSS_PATH = "dialogues.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Here stands what you two kept of your dialogues: what each was about, a line from each of you, and "
        "a request with the day on which you look at it again.\n\n"
        "{dialogue-begin} begins one, or goes on where one was interrupted. For that the other opens their "
        "own door beside yours, at this keyboard; the page that comes shows nothing of what either of you "
        "wrote. You speak, and it says what comes next.\n\n"
        "{dialogue-again} takes up the request of the chosen one: go on with it until another day, or let it "
        "go. It needs both of you, too."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._found: _Found | None = None

    def compose(self) -> ComposeResult:
        """What is due, the list, the chosen one."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield SelfClearingText("", id="due")
            yield SpacedOptionList(markup=False)
            yield SelfClearingText("", id="chosen")
            yield Static("", markup=False, id="empty")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Put the cursor into the list."""
        self.query_one("#pane").border_title = saying.TITLE
        self.query_one("#empty").display = self.query_one("#due").display = False
        self.query_one(OptionList).focus()

    def on_unmount(self) -> None:
        """Forget what was kept."""
        self._found = None

    def on_screen_resume(self) -> None:
        """Read it, again after a dialogue."""
        background.run(self, partial(_read, self._journal), self._show, self.say_error)

    def _show(self, found: _Found) -> None:
        self._found = found
        listed = self.query_one(SpacedOptionList)
        chosen = listed.highlighted
        rows = []
        for one in found.dialogues:
            day, title = kept.row(one)
            rows.append(Option(Content.assemble((day, "$text-muted"), "\n", title), id=one.id))
        listed.show(rows)
        due = self.query_one("#due", SelfClearingText)
        due.update("\n".join([*found.reminders, found.why_not]).strip())
        due.display = bool(found.reminders or found.why_not)
        empty = self.query_one("#empty", Static)
        is_mine = self._journal.me.role is Role.PARTNER
        empty.update(kept.NONE_YET if is_mine else kept.NONE_TO_READ)
        listed.display, empty.display = bool(rows), not rows
        if rows:
            listed.highlighted = min(chosen or 0, len(rows) - 1)
        self._moved()

    @property
    def _chosen(self) -> "Joint | None":
        option = self.query_one(OptionList).highlighted_option
        dialogues = self._found.dialogues if self._found else []
        return next((one for one in dialogues if option and one.id == option.id), None)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        chosen = self._chosen
        lines = self._found.lines[chosen.id] if self._found and chosen else []
        self.query_one("#chosen", SelfClearingText).update("\n".join(lines))
        self.query_one("#chosen").display = bool(lines)
        self.moved_to(chosen.id if chosen else None)
        self.refresh_bindings()

    def why_not(self, action: str) -> str:
        """A dialogue may be kept for the room; a request is looked at where there is one."""
        if action not in ("begin", "again"):
            return ""
        if self._found is None:
            return "One moment, please."
        if self._found.why_not:
            return self._found.why_not
        return kept.why_not_again(self._chosen) if action == "again" else ""

    def action_begin(self) -> None:
        """Open the other door, and begin."""
        open_doors(self, self._journal, self._begin)

    def action_again(self) -> None:
        """Open the other door, and look at the request."""
        again = self._chosen
        open_doors(self, self._journal, lambda doors: self._begin(doors, again))

    def _begin(self, doors: Doors, again: "Joint | None" = None) -> None:
        self.shell.go_to(DialogueRoute(doors, again))


def _read(journal: "Journal") -> _Found:
    found = kept.kept(journal)
    lines = {one.id: kept.lines(one, kept.second_of(journal, one)) for one in found}
    return _Found(found, lines, kept.reminders(journal), saying.why_not(journal))
