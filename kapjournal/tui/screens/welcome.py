"""The first run, with five ways to begin."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kapjournal import paths
from kapjournal.domain.members import JournalKind
from kapjournal.presentation import sentences
from kapjournal.presentation.demo_notice import demo_notice
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import ChooseJournalRoute, CreateRoute, DoorsRoute, JoinRoute
from kapjournal.tui.screens.app_screen import AppScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.spaced_option_list import SpacedOptionList
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.demo import Demo

_WAYS = {
    "create": ("Start a journal", "for a couple and their therapist"),
    "practice": ("Start a practice", "for a therapist with several couples"),
    "join": ("Join with a code", "if somebody invited you"),
    "file": ("Open a journal", "from a file you have"),
    "demo": ("Look around the demo", "a couple who do not exist"),
}


class WelcomeScreen(AppScreen):
    """Shown where no journal was found, and by “Another journal”."""

    NAME = "file"
    CSS_PATH = "welcome.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        f"{sentences.ONE_FILE} Each person then opens it through a door and a passphrase of their own.\n\n"
        "Move with the arrow keys, choose with Enter."
    )

    def compose(self) -> ComposeResult:
        """A sentence and the ways."""
        with VerticalScroll(id="body", can_focus=False), Center(), Vertical(classes="column"):
            yield Static("kapjournal", markup=False, id="name")
            yield Static(sentences.WHAT_THIS_IS, markup=False, id="what")
            yield SpacedOptionList(classes="choices")
            yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the first way."""
        ways = self.query_one(SpacedOptionList)
        ways.show(
            [
                Option(Content.assemble(f" {title}", (f"\n   {aside}", "$text-muted")), id=way)
                for way, (title, aside) in _WAYS.items()
            ]
        )
        ways.highlighted = 0
        ways.focus()

    @on(OptionList.OptionSelected)
    def _begin(self, event: OptionList.OptionSelected) -> None:
        getattr(self, f"_{event.option_id}")()

    def _create(self) -> None:
        self.shell.go_to(CreateRoute())

    def _practice(self) -> None:
        self.shell.go_to(CreateRoute(JournalKind.PRACTICE))

    def _join(self) -> None:
        self.shell.go_to(JoinRoute())

    def _file(self) -> None:
        self.shell.go_to(ChooseJournalRoute(paths.journals_nearby()))

    def _demo(self) -> None:
        record_folder = self.shell.record_folder

        def make() -> "Demo":
            from kapjournal.demo import build, temporary_folder  # noqa: PLC0415 - it imports the journal

            return build(temporary_folder(), record_folder=record_folder)

        self.query_one(OptionList).disabled = True
        self.say("Making the demo; a few seconds…")
        background.run(self, make, self._enter_demo, self._no_demo)

    def _enter_demo(self, made: "Demo") -> None:
        doors = ((door.label, door.role.value, door.passphrase) for door in made.doors)
        self.query_one(OptionList).disabled = False
        self.say("")
        self.shell.go_to(DoorsRoute(made.path, notice=demo_notice(doors, goes=True)))

    def _no_demo(self, sentence: str) -> None:
        ways = self.query_one(OptionList)
        ways.disabled = False
        self.say_error(sentence, ways)
