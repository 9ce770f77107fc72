"""The form for a forgotten passphrase: the 24 words open the door and give it a new one."""

from collections.abc import Callable
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Static

from kapjournal.presentation import sentences
from kapjournal.tui import actions
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.navigation.routes import SharesRoute
from kapjournal.tui.screens.door_form import DoorForm, OpenedDoor


class _RecoveryWordsArea(WritingArea):
    """The area for the words, which it forgets when it leaves the screen."""

    def on_unmount(self) -> None:
        """Forget the words."""
        self.empty()


class RecoverScreen(DoorForm):
    """Asks for the words, however they are typed, and says what is left to do without them."""

    NAME = "recover"
    BINDINGS = actions.bindings(NAME)
    TITLE = "A new passphrase with your 24 words"
    SUBMIT_LABEL = "Open my door"
    PROGRESS = "Trying the words…"
    HELP = (
        "When you started or joined, you wrote 24 recovery words on paper. Type them here in their order; "
        "numbers, line breaks and capitals do not matter. Your door then opens, with the new passphrase you "
        f"choose here. The words stay as they are: keep the paper.\n\n{sentences.WITHOUT_RECOVERY_WORDS}\n\n"
        "Whoever keeps shares of a will goes on with {shares}."
    )

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def compose_first(self) -> ComposeResult:
        """Room for 24 words, as they stand on the paper."""
        yield Static("Your 24 recovery words, in order", markup=False, classes="caption first")
        yield _RecoveryWordsArea(id="words", placeholder="1 lemon  2 cabin  3 …")

    def compose_below(self) -> ComposeResult:
        """What can be done without the words."""
        yield Static(sentences.WITHOUT_RECOVERY_WORDS, markup=False, classes="caption", id="without")
        yield Button("I keep shares", id="shares")

    def on_mount(self) -> None:
        """Begin with the words."""
        self.query_one(WritingArea).focus()

    @on(Button.Pressed, "#shares")
    def action_shares(self) -> None:
        """Go to the form for shares of a will."""
        self.shell.go_to(SharesRoute(self._path))

    @property
    def is_complete(self) -> bool:
        """Whether the words and a passphrase are there."""
        words = self.query_one(WritingArea)
        if words.body.strip():
            return super().is_complete
        self.say_error("Type the 24 words from your paper first.", words)
        return False

    def work(self) -> Callable[[], OpenedDoor]:
        """Read the fields and return what tries the words."""
        words = self.query_one(WritingArea).body
        passphrase, path = self.passphrase, self._path
        record_folder, strength = self.shell.record_folder, self.shell.strength

        def recover() -> OpenedDoor:
            from kapjournal.journal import recover  # noqa: PLC0415

            opened = recover(
                path, words=words, passphrase=passphrase, strength=strength, record_folder=record_folder
            )
            return opened, None

        return recover

    async def arrive(self, opened: OpenedDoor) -> None:
        """Enter."""
        await self.shell.enter(opened[0], sentences.RECOVERED)
