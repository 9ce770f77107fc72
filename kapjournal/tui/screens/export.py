"""The form that takes notes out of the journal, into files that are not sealed."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from kapjournal import clock, exchange, paths
from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.errors import NotFound, UsageError
from kapjournal.exchange import age
from kapjournal.presentation.sentences import EXPORTED
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.screens.saving_form import ON_SEALING
from kapjournal.tui.stopping import STOPPING, Stopping
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


DOCUMENT, SHARED, REPLACE = "document", "shared", "replace"


class ExportScreen(JournalScreen, Form[None]):
    """Asks in words what to take, says what that means, and writes it only then."""

    NAME = "export"
    CSS_PATH = "export.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This writes notes as markdown, which any editor and any program for notes opens. What is written "
        "is not sealed without a key: keep it where only you come, and delete it when you no longer need "
        "it.\n\n"
        "Your own notes go along; what others shared with you only if you say so, with their name on it. "
        "A sealed copy of the whole journal is another thing: that is “kapjournal backup”.\n\n"
        f"{ON_SEALING} A folder is sealed as one archive."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._suggested = ""
        self._stopping = Stopping(lambda sentence: self.call_later(self.say, sentence))

    def compose(self) -> ComposeResult:
        """One document or many, whose notes, which sessions, where to; then what that means."""
        yield TopBar(self._journal.me.label)
        with VerticalScroll(id="body", can_focus=False), Center(), Vertical(classes="column"):
            yield Static("Take notes out", markup=False, classes="heading")
            yield Static(
                "What you wrote goes into a folder, with a file for each note, unless you choose otherwise.",
                markup=False,
            )
            yield Checklist[str](
                ("One document, in the order of the course", DOCUMENT),
                ("Also what others shared with me", SHARED),
                ("Replace what is there already", REPLACE),
                id="how",
                classes="gap",
            )
            yield Static("Where to", markup=False, classes="caption")
            yield Field(missing="Say where to write it.", id="dest")
            yield Field(placeholder=age.ASKING, id="keys")
            with Vertical(id="which"):
                yield Static(
                    "Only of these sessions and the days after; tick none for all",
                    markup=False,
                    classes="caption",
                )
                yield Checklist[int](id="sessions")
        with Center(id="below"), Vertical(classes="column"):
            yield Static("", markup=False, id="meaning")
            with Horizontal(classes="buttons"):
                yield Button("Write it", variant="primary", id="write")
                yield Button("Back", id="back")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Suggest a place, and read the sessions."""
        self.query_one("#which").display = False
        self._suggest()
        self.query_one("#how").focus()
        background.run(self, self._journal.sessions.all, self._have_sessions, self.say_error)

    def _have_sessions(self, sessions: list[Session]) -> None:
        ticks = self.query_one("#sessions", Checklist)
        ticks.add_options([(Content(shown_line(session.name)), session.number) for session in sessions])
        ticks.highlighted = 0 if sessions else None
        self.query_one("#which").display = bool(sessions)
        self._weigh()

    def _ticked(self, what: str) -> bool:
        return what in self.query_one("#how", Checklist).selected

    @on(Checklist.SelectedChanged, "#how")
    def _suggest(self) -> None:
        """Suggest a name that fits the choice, unless the person typed one."""
        field = self.query_one("#dest", Field)
        if field.value == self._suggested:
            place = exchange.suggested(one_document=self._ticked(DOCUMENT), today=clock.today())
            self._suggested = field.value = str(place)

    def _choice(self) -> tuple[list[int], bool]:
        chosen: list[int] = list(self.query_one("#sessions", Checklist).selected)
        return chosen, self._ticked(SHARED)

    @on(Checklist.SelectedChanged)
    @on(Field.Changed, "#keys")
    def _weigh(self) -> None:
        """Say what the choice means, before anything is written."""
        choice, keys = self._choice(), self.query_one("#keys", Field).value

        def meaning() -> str:
            try:
                return exchange.warning(self._journal, self._select(*choice), age.sealing_typed(keys))
            except (NotFound, UsageError) as why_not:
                return str(why_not)

        background.run(self, meaning, self._say_meaning, self.say_error, group="meaning")

    def _say_meaning(self, sentence: str) -> None:
        self.query_one("#meaning", Static).update(sentence)

    def _select(self, sessions: list[int], shared: bool) -> list[Note]:
        return exchange.select(self._journal, sessions=sessions, include_shared=shared)

    @on(Button.Pressed, "#write")
    def _write(self) -> None:
        write = self.query_one("#write", Button)
        if write.disabled or not self.is_complete:
            return
        try:
            with self.reading("dest"):
                dest, choice = paths.typed(self.query_one("#dest", Field).value), self._choice()
            with self.reading("keys"):
                sealing = age.sealing_typed(self.query_one("#keys", Field).value)
        except UsageError as error:
            self.say_error(str(error))
            return
        one_document, replace = self._ticked(DOCUMENT), self._ticked(REPLACE)

        def out() -> tuple[Path, list[str]]:
            notes, left_out = self._select(*choice), list[str]()
            written = exchange.export(
                self._journal,
                dest,
                notes,
                one_document=one_document,
                force=replace,
                tell=left_out.append,
                sealing=sealing,
                progress=follow,
            )
            return written.resolve(), left_out

        focused, follow = self.focused, self._stopping.following()
        self._stopping.begin()
        self._set_busy(True)
        background.run(self, out, self._written, partial(self._not_written, focused))

    def _written(self, result: tuple[Path, list[str]]) -> None:
        dest, left_out = result
        self._set_busy(False)
        self.query_one("#meaning", Static).update(
            Content.assemble(
                ("It is written. You find it at\n", "$success"),
                (f"{shown_line(str(dest))}\n", "$foreground"),
                ("".join(f"{sentence}\n" for sentence in left_out), "$warning"),
                (EXPORTED, "$text-muted"),
            )
        )
        self.say("")
        self.query_one("#back").focus()

    def _not_written(self, focused: Widget | None, sentence: str) -> None:
        self._set_busy(False)
        self.say_error(sentence, focused)

    def _set_busy(self, busy: bool) -> None:
        self.query_one("#write", Button).disabled = busy
        self.query_one("#back", Button).label = "Stop" if busy else "Back"

    def on_unmount(self) -> None:
        """Stop what is being done."""
        self._stopping.stop()

    def action_back(self) -> None:
        """Return; while it is being written, stop that."""
        if self.query_one("#write", Button).disabled:
            self._stopping.stop()
            self.say(STOPPING)
        else:
            super().action_back()

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self.action_back()
