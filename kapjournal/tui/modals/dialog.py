"""What all dialogs have: a sheet in the middle, Escape to leave without an answer, work that is done once."""

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.screen import ModalScreen

from kapjournal.tui import actions, background
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.too_small import BaseScreen

if TYPE_CHECKING:
    from textual.types import CSSPathType

    from kapjournal.tui.shell.app import KapApp

Answer = TypeVar("Answer")
Result = TypeVar("Result")


class Dialog(ModalScreen[Answer], BaseScreen[Answer], Generic[Answer]):
    """A dialog that hands back an `Answer`, or None."""

    ROOM = "dialog"
    CSS_PATH: "ClassVar[CSSPathType | None]" = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = actions.bindings(ROOM)
    busy = False
    """Whether something is being done. Until it is, nothing more can be asked for, and the dialog stays: what
    was begun is not taken back, so its outcome has to be told. Locking takes the dialog off all the same."""

    @property
    def kap(self) -> "KapApp":
        """The app."""
        return cast("KapApp", self.app)

    def trouble(self, sentence: str) -> None:
        """Say what went wrong, in a dialog that has a line for it."""
        said = self.query_one(StatusLine)
        said.say(sentence, trouble=True)
        self.call_after_refresh(said.scroll_visible, animate=False)

    def work(
        self, doing: str, work: Callable[[], Result], then: Callable[[Result], Awaitable[None] | None]
    ) -> None:
        """Do `work` in a thread and call `then` with its result; `doing` is said meanwhile: “Sharing…”."""
        if self.busy or not self._is_up:
            return
        focused = self.focused

        async def done(result: Result) -> None:
            if self._is_up:
                self._set_busy(False)
                if isawaitable(more := then(result)):
                    await more

        def refused(sentence: str) -> None:
            if self._is_up:
                self._set_busy(False)
                if focused is not None:
                    focused.focus()
                self.trouble(sentence)

        self._set_busy(True)
        said = self.query_one(StatusLine)
        said.say(doing, stays=True)
        self.call_after_refresh(said.scroll_visible, animate=False)
        background.run(self, work, done, refused)

    def _set_busy(self, busy: bool) -> None:
        self.busy = self.query_one(".sheet").disabled = busy

    @property
    def _is_up(self) -> bool:
        return self in self.app.screen_stack

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Hand the answer back, once, and take this dialog off, whatever the palette has laid over it."""
        if self.busy or not self._is_up:
            return AwaitComplete()
        while self.app.screen is not self:
            self.app.workers.cancel_node(self.app.screen)
            self.app.pop_screen()
        return super().dismiss(result)

    def action_back(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
