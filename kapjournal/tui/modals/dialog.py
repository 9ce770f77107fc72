"""What all dialogs have: a sheet in the middle, Escape to leave without an answer."""

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.binding import BindingType
from textual.screen import ModalScreen

from kapjournal.tui import actions
from kapjournal.tui.widgets.said import Said
from kapjournal.tui.widgets.veil import Veiled

if TYPE_CHECKING:
    from textual.types import CSSPathType

    from kapjournal.tui.app import KapApp

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer], Veiled[Answer], Generic[Answer]):
    """A dialog that hands back an `Answer`, or None."""

    ROOM = "dialog"
    CSS_PATH: "ClassVar[CSSPathType | None]" = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = actions.bindings(ROOM)

    @property
    def kap(self) -> "KapApp":
        """The app."""
        return cast("KapApp", self.app)

    def trouble(self, sentence: str) -> None:
        """Say what went wrong, in a dialog that has a line for it."""
        self.query_one(Said).say(sentence, trouble=True)

    def action_back(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
