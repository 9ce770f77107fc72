"""A forgotten passphrase: the 24 words open the door and give it a new one."""

from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal.domain import sentences
from kapjournal.errors import UsageError
from kapjournal.tui import actions
from kapjournal.tui.screens.door_form import Door, DoorForm
from kapjournal.tui.widgets.page import Page


class _Words(Page):
    """A page that forgets what was typed on it when it leaves the screen."""

    def on_unmount(self) -> None:
        """Forget."""
        self.empty()


class RecoverScreen(DoorForm):
    """Asks for the words, however they are typed, and says what is left to do without them."""

    ROOM = "recover"
    BINDINGS = actions.bindings(ROOM)
    TITLE = "A new passphrase with your 24 words"
    DEED = "Open my door"
    AT_WORK = "Trying the words…"
    HELP = (
        "When you started or joined, you wrote 24 recovery words on paper. Type them here in their order; "
        "numbers, line breaks and capitals do not matter. Your door then opens, with the new passphrase you "
        f"choose here. The words stay as they are: keep the paper.\n\n{sentences.WITHOUT_RECOVERY_WORDS}"
    )

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def compose_first(self) -> ComposeResult:
        """Room for 24 words, as they stand on the paper."""
        yield Static("Your 24 recovery words, in order", markup=False, classes="caption first")
        yield _Words(id="words", placeholder="1 lemon  2 cabin  3 …")

    def compose_below(self) -> ComposeResult:
        """The road without the words."""
        yield Static(sentences.WITHOUT_RECOVERY_WORDS, markup=False, classes="caption", id="without")

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Page).focus()

    def work(self) -> Callable[[], Door]:
        """Try the words."""
        words = self.query_one(Page).body
        if not words.strip():
            raise UsageError("Type the 24 words from your paper first.")
        passphrase, path = self.passphrase, self._path
        memory, strength = self.kap.memory, self.kap.strength

        def recover() -> Door:
            from kapjournal.journal import recover  # noqa: PLC0415

            opened = recover(
                path, words=words, passphrase=passphrase, strength=strength, record_folder=memory
            )
            return opened, None

        return recover

    async def arrive(self, opened: Door) -> None:
        """Go in."""
        await self.kap.enter(opened[0], sentences.RECOVERED)
