"""What opens a screen: its class by name, and what it is opened with."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, cast, dataclass_transform

if TYPE_CHECKING:
    from textual.screen import Screen

    from kapjournal.journal import Journal

SCREENS = "kapjournal.tui.screens"


@dataclass_transform(frozen_default=True)
class Route:
    """A screen to open. `SCREEN` is its module in `screens/` and its class."""

    SCREEN: ClassVar[str]

    def __init_subclass__(cls) -> None:
        """Make each a dataclass, without a repr: codes, words and notes are among the fields."""
        dataclass(frozen=True, repr=False, eq=False)(cls)

    @classmethod
    def screen_class(cls) -> "type[Screen[None]]":
        """The class of the screen, imported now if it was not before."""
        module, _, name = cls.SCREEN.partition(".")
        return cast("type[Screen[None]]", getattr(import_module(f"{SCREENS}.{module}"), name))

    def make(self) -> "Screen[None]":
        """A new screen with the fields of this route."""
        make_screen: Callable[..., Screen[None]] = self.screen_class()
        given: dict[str, Any] = vars(self)
        return make_screen(**given)


class InJournal(Route):
    """A screen of an open journal."""

    journal: "Journal"
