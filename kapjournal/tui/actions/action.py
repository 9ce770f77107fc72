"""One thing to do: what it is called, where it can be done, and with which keys."""

from dataclasses import dataclass

from textual.binding import Binding

APP = "app"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `id` is its name in the settings file; `footer` are the screens that show its key."""

    id: str
    method: str
    screens: tuple[str, ...]
    keys: str
    label: str
    sentence: str
    footer: tuple[str, ...] = ()
    priority: bool = False
    """Takes its key before a field of text does."""

    def binding(self, screen: str) -> Binding:
        """The key binding for one screen."""
        return Binding(
            self.keys,
            self.method,
            self.label,
            show=screen in self.footer,
            priority=self.priority,
            tooltip=self.sentence,
            id=self.id,
        )
