"""What every screen has: its name in the registry of actions, its words of help, a line to speak on."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import on

from kapjournal.tui import background
from kapjournal.tui.widgets.field import ControlsDropped
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.too_small import BaseScreen

if TYPE_CHECKING:
    from kapjournal.domain.notes import Note
    from kapjournal.journal import Journal
    from kapjournal.tui.shell.app import KapApp

T = TypeVar("T")
Opened = tuple["Journal", T]
"""An open journal, and what came with it."""


class AppScreen(BaseScreen[None]):
    """A screen. `ROOM` is its part of the registry, `HELP` explains it in sentences."""

    ROOM: ClassVar[str] = ""
    HELP: ClassVar[str] = ""
    GUARDED: ClassVar[bool] = False
    """Whether a code, a passphrase or other words stand here that nobody else must see: it locks then, even
    with no journal open."""
    PATIENCE: ClassVar[int] = 1
    """How many times longer than elsewhere nobody may touch a key here before it locks."""

    _opening: object = None
    """The door that is being opened this moment."""

    @property
    def kap(self) -> "KapApp":
        """The app, which opens and closes the journal and changes rooms."""
        return cast("KapApp", self.app)

    def say(self, sentence: str) -> None:
        """Say something that goes away by itself."""
        self.query_one(StatusLine).say(sentence)

    def trouble(self, sentence: str) -> None:
        """Say what went wrong; it stays, and is scrolled to if the screen is small."""
        said = self.query_one(StatusLine)
        said.say(sentence, trouble=True)
        self.call_after_refresh(said.scroll_visible, animate=False)

    @property
    def left_undone(self) -> str:
        """What to say after a lock took the person away from here; nothing as a rule."""
        return ""

    @property
    def guarded(self) -> bool:
        """Whether something stands here this moment that nobody else must see."""
        return self.GUARDED

    def forget(self) -> None:
        """Drop what is `guarded`; only the first room has to, for every other is left."""

    @on(ControlsDropped)
    def _controls_dropped(self, event: ControlsDropped) -> None:
        self.say(event.sentence)

    def open_door(
        self,
        work: "Callable[[], Opened[T]]",
        arrive: "Callable[[Opened[T]], Awaitable[None]]",
        otherwise: Callable[[str], object],
    ) -> None:
        """Open a journal in a thread, one door at a time, and go in.

        If this is not the room any more when it is open, or the opening was given up, it is closed again and
        shown to nobody.
        """
        kap, opening = self.kap, object()
        self._opening = opening

        def in_turn() -> Opened[T]:
            with kap.one_door:
                return work()

        async def done(opened: Opened[T]) -> None:
            if self.is_attached and kap.room is self and self._opening is opening:
                await arrive(opened)
            else:
                background.run(kap, opened[0].close, lambda _: None, kap.room.trouble, group="shut")

        background.run(kap, in_turn, done, otherwise, group="open")

    def give_up_opening(self) -> None:
        """Let a door that is being opened be shut again."""
        self._opening = None

    def leave(self) -> None:
        """Go to the room under this one, with what stands over it; only the first time does anything."""
        self.kap.leave(self)

    def action_back(self) -> None:
        """Return to the screen before."""
        self.leave()


class JournalScreen(AppScreen):
    """A screen of an open journal, with what can be done from several of them."""

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal

    async def action_write(self) -> None:
        """A new page."""
        await self.kap.action_write()

    def action_search(self) -> None:
        """Search."""
        from kapjournal.tui.screens.search import SearchScreen  # noqa: PLC0415

        self.app.push_screen(SearchScreen(self._journal))

    def action_change_passphrase(self) -> None:
        """A new passphrase for one's own door."""
        from kapjournal.tui.modals.change_passphrase import ChangePassphraseModal  # noqa: PLC0415

        self.app.push_screen(ChangePassphraseModal(self._journal), self._after_dialog)

    def action_new_recovery_words(self) -> None:
        """New recovery words, once the passphrase was typed once more."""
        from kapjournal.tui.modals.new_recovery_words import NewRecoveryWordsModal  # noqa: PLC0415

        self.app.push_screen(NewRecoveryWordsModal(self._journal), self._show_recovery_words)

    def _show_recovery_words(self, words: str | None) -> None:
        from kapjournal.tui.screens.recovery_words import NewRecoveryWordsScreen  # noqa: PLC0415

        if words:
            self.app.push_screen(NewRecoveryWordsScreen(self._journal, words))

    def share(self, note: "Note") -> None:
        """Ask with whom."""
        from kapjournal.tui.modals.share import ShareModal  # noqa: PLC0415

        self.app.push_screen(ShareModal(self._journal, note), self._after_dialog)

    def _after_dialog(self, done: str | None) -> None:
        if done:
            self.say(done)
