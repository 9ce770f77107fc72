"""What all dialogs have: a sheet in the middle, Escape to leave without an answer, work that is done once."""

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import events, on
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Button

from kapjournal.tui import actions, background
from kapjournal.tui.navigation.base_screen import BaseScreen

if TYPE_CHECKING:
    from textual.types import CSSPathType

Answer = TypeVar("Answer")
Result = TypeVar("Result")


class Dialog(ModalScreen[Answer], BaseScreen[Answer], Generic[Answer]):
    """A dialog that hands back an `Answer`, or None."""

    NAME = "dialog"
    HELP: ClassVar[str] = (
        "This is a question, or a few fields to fill in. Tab and Shift+Tab go from one thing to the next; "
        "arrow keys move in a list, Space ticks, Enter chooses. From a field Enter goes to the next, and in "
        "the last it does what the first button says.\n\n"
        "{back} closes it, and nothing is done that you have not chosen."
    )
    """Explains the dialog in sentences."""
    CSS_PATH: "ClassVar[CSSPathType | None]" = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = actions.bindings(NAME)
    busy = False
    """Whether something is being done. Until it is, nothing more can be asked for, and the dialog stays: what
    was begun is not taken back, so its outcome has to be told. Locking takes the dialog off all the same."""

    def run_once(
        self,
        progress: str,
        work: Callable[[], Result],
        on_result: Callable[[Result], Awaitable[None] | None],
    ) -> None:
        """Do `work` in a thread and call `on_result`; `progress` is said meanwhile: “Sharing…”."""
        if self.busy or not self._is_up:
            return
        focused = self.focused

        async def done(result: Result) -> None:
            if self._is_up:
                self._set_busy(False)
                if isawaitable(more := on_result(result)):
                    await more

        def failed(sentence: str) -> None:
            if self._is_up:
                self._set_busy(False)
                self.say_error(sentence, focused)

        self._set_busy(True)
        self._say_in_sight(progress)
        background.run(self, work, done, failed)

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

    @property
    def left_undone(self) -> str:
        """What to say after a lock took the person away from here; nothing as a rule."""
        return ""

    async def action_help(self) -> None:
        """Explain this dialog; what the app binds does not reach through it."""
        await self.app.run_action("app.help")

    def close_with(self, event: events.Key) -> None:
        """Leave by a key that goes no further: it would choose something in the list under the dialog."""
        event.stop()
        self.dismiss(None)

    @on(Button.Pressed, "#back, #leave, #not-now")
    def _leave(self) -> None:
        self.action_back()

    def action_back(self) -> None:
        """Leave without an answer, by a key or a button."""
        self.dismiss(None)
