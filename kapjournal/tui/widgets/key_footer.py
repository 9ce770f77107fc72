"""The keys at the foot of a screen: as many as there is room for, the most needed first."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.app import App
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from kapjournal.tui import actions

WIDE, HIGH = 120, 30
"""From so many columns and lines on there is room for several rows."""
MOST_ROWS, MOST_ROWS_OF_MANY = 3, 4
LINES_OF_MANY = 40
"""From so many lines on there is room for one row more."""
GAP = 2
"""The cells between two keys."""


class _Key(NamedTuple):
    key: str
    name: str
    label: str
    action: str

    @property
    def text(self) -> Content:
        press = Style.from_meta({"@click": f"press({self.key!r})"})
        name = Content.styled(self.name, "bold $footer-key-foreground")
        return (name + Content.styled(f" {self.label}", "$footer-description-foreground")).stylize(press)


class KeyFooter(Static):
    """One widget that is drawn anew only when what it shows has changed: this is asked at every key that is
    pressed in a list."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyFooter {
        dock: bottom;
        height: auto;
        padding: 0 2;
        background: $background;
    }
    """

    def __init__(self, *, is_one_row: bool = False) -> None:
        """With one row alone where there is room for several, too."""
        super().__init__(markup=False)
        self._is_one_row = is_one_row
        self.auto_links = False
        self._rows: list[list[_Key]] = []
        self._shown: object = None

    def on_mount(self) -> None:
        """Follow what can be done."""
        self.screen.bindings_updated_signal.subscribe(self, self.bindings_changed)

    def on_resize(self) -> None:
        """Show what there is room for now."""
        self._rows = []
        self.bindings_changed(self.screen)

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Show the keys of what can be done now; on a screen that is being taken away there is nothing, and
        it may have lost the widgets by which it could tell."""
        if not (self.is_attached and screen is self.screen and screen in self.app.screen_stack):
            return
        try:
            keys = list(_keys(screen))
        except NoMatches:
            return
        last = next((key for key in keys if key.action == "command_palette"), None)
        width = self.app.size.width - self.styles.padding.width
        at_end = last.text if last else Content("")
        room = width - at_end.cell_length - GAP
        self._rows = self._fitted([key for key in keys if key is not last], room)
        if (now := (self._rows, last, width)) != self._shown:
            self._shown = now
            lines = [Content(" " * GAP).join(key.text for key in row) for row in self._rows]
            first = (
                lines[0] + Content(" " * max(width - lines[0].cell_length - at_end.cell_length, 0)) + at_end
            )
            self.update(Content("\n").join([first, *lines[1:]]))

    def _fitted(self, keys: Sequence[_Key], room: int) -> list[list[_Key]]:
        """The keys in rows of `room` cells. There are never fewer rows than before, so that nothing above
        them moves while the member goes from note to note."""
        is_large = not self._is_one_row and self.app.size.width >= WIDE and self.app.size.height >= HIGH
        has_many = self.app.size.height >= LINES_OF_MANY
        most = (MOST_ROWS_OF_MANY if has_many else MOST_ROWS) if is_large else 1
        rows: list[list[_Key]] = [[] for _ in range(max(1, min(most, len(self._rows))))]
        left = [room] * most
        for key in keys:
            cells = key.text.cell_length
            place = next((at for at in range(most) if cells <= left[at]), None)
            if place is not None:
                rows += [[] for _ in range(place + 1 - len(rows))]
                rows[place].append(key)
                left[place] -= cells + GAP
        return rows

    def action_press(self, key: str) -> None:
        """Do what a key does, which was clicked on."""
        self.app.simulate_key(key)


def _keys(screen: Screen[object]) -> Iterator[_Key]:
    """What can be done now: first what the registry wants seen, then what can be done everywhere."""
    found: dict[str, tuple[int, _Key]] = {}
    for node, binding, enabled, _ in screen.active_bindings.values():
        if enabled and binding.id in actions.BY_ID:
            rank = 0 if binding.show else 1 if isinstance(node, App) else 2
            name = screen.app.get_key_display(binding)
            found.setdefault(
                binding.action, (rank, _Key(binding.key, name, binding.description, binding.action))
            )
    return (key for _, key in sorted(found.values(), key=lambda one: one[0]))
