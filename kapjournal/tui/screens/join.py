"""Joining with a one-time code."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Footer, Static

from kapjournal.domain.members import valid_label
from kapjournal.errors import KapjournalError
from kapjournal.tui import actions, background
from kapjournal.tui.screens.create import offered_words
from kapjournal.tui.screens.room import Room
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.new_passphrase import NewPassphrase
from kapjournal.tui.widgets.said import Said

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class JoinScreen(Room):
    """The invited person's first page."""

    ROOM = "join"
    CSS_PATH = "join.tcss"
    BINDINGS = actions.bindings(ROOM)
    HELP = (
        "The keeper of the journal invited you and gave you a code of six words. It works once. Then you "
        "have a door with a passphrase of your own, which nobody else knows and nobody can look up.\n\n"
        "Turn the screen to yourself before you go on."
    )

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._path = path

    def compose(self) -> ComposeResult:
        """One column of fields."""
        with VerticalScroll(id="room"), Center(), Vertical(classes="column"):
            yield Static("Join a journal", markup=False, classes="heading")
            yield Static("The code", markup=False, classes="caption first")
            yield Field(placeholder="six words", id="code")
            yield Static("What you are called here", markup=False, classes="caption")
            yield Field(placeholder="a first name or initials", max_length=40, id="label")
            yield NewPassphrase()
            with Vertical(id="which"):
                yield Static("The journal’s file", markup=False, classes="caption")
                yield Field(str(self._path or ""), id="file")
            yield Said()
            with Horizontal(classes="buttons"):
                yield Button("Join", variant="primary", id="join")
                yield Button("Back", id="back")
        yield Footer()

    def on_mount(self) -> None:
        """Fetch six words."""
        self.query_one("#which").display = self._path is None
        self.query_one("#code").focus()
        background.run(self, offered_words, self.query_one(NewPassphrase).offer, self.trouble)

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self.action_back()

    @on(Button.Pressed, "#join")
    @on(Field.Submitted)
    def _join(self) -> None:
        kap = self.kap
        memory, strength = kap.memory, kap.strength
        code = self.query_one("#code", Field).value.strip()
        path = Path(self.query_one("#file", Field).value.strip()).expanduser()
        try:
            label = valid_label(self.query_one("#label", Field).value)
            passphrase = self.query_one(NewPassphrase).passphrase
        except KapjournalError as error:
            self.trouble(str(error))
            return
        if not code or self.query_one("#join").disabled:
            self.query_one("#code").focus()
            return

        def join() -> "tuple[Journal, str | None]":
            from kapjournal.journal import DEFAULT, check_passphrase, join  # noqa: PLC0415

            return join(
                path,
                code=code,
                label=label,
                passphrase=check_passphrase(passphrase),
                strength=strength or DEFAULT,
                memory=memory,
            )

        self.query_one("#join").disabled = True
        self.say("Joining…")
        background.run(kap, join, kap.welcome, self._not_joined, group="open")

    def _not_joined(self, sentence: str) -> None:
        if self.is_attached:
            self.query_one("#join").disabled = False
            self.trouble(sentence)
