"""A picture in half blocks: two points, one above the other, in each cell.

The library textual-image draws finer, but not within what a journal promises. To learn what a terminal can
do it reads the keyboard while it is imported: with the screens running, keys are lost and the terminal's
answer is taken for keys. It writes pictures past `may_paint`, and leaves them in the memory of the terminal
after a lock. Half blocks are text like any other.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import groupby

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from kapjournal.pictures.small import SmallPicture, small
from kapjournal.tui import background

_FEWEST_ROWS = 4
"""With less room a picture shows nothing that could be made out."""

_SETTLED_AFTER = 0.3
"""Seconds after which a window is taken to keep its new size."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture to show: what names it, what reads the file, in a thread, and what is told why it cannot be
    shown."""

    name: Hashable
    load: Callable[[], bytes]
    say: Callable[[str], object]


class PictureView(Widget):
    """Shows one picture at a time, decoded in another process and waited for in a thread."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "PictureView { margin-bottom: 1; display: none; }"

    def __init__(self, room: Callable[[], Size]) -> None:
        """`room` measures how many cells there are for a picture."""
        super().__init__()
        self._measure = room
        self._wanted: Wanted | None = None
        self._room = Size()
        self._picture: SmallPicture | None = None
        self._asked: object = None
        self._stop: Callable[[], object] | None = None
        self._settled: Timer | None = None

    def show(self, wanted: Wanted | None) -> None:
        """Show a picture, unless it is shown already, or none."""
        before, self._wanted = self._wanted, wanted
        if (before and before.name) != (wanted and wanted.name):
            self._forget()
            self.call_after_refresh(self._begin)

    def fit(self) -> None:
        """The window has another size: make the picture anew, once that stays as it is."""
        if self._settled is not None:
            self._settled.stop()
        self._settled = self.set_timer(_SETTLED_AFTER, self._fit)

    def _fit(self) -> None:
        if self._measure() != self._room:
            self._begin()

    def on_unmount(self) -> None:
        """Forget the picture: a widget may live on in memory."""
        self._wanted = None
        self._forget()

    def _forget(self) -> None:
        self._asked = self._picture = None
        if self._stop is not None:
            self._stop()
        self._stop = None
        self.display = False
        self.refresh()

    def _begin(self) -> None:
        wanted, room = self._wanted, self._measure()
        self._forget()
        self._room = room
        if wanted is None or room.height < _FEWEST_ROWS:
            return
        asked = self._asked = object()

        def begun(stop: Callable[[], object]) -> None:
            if self._asked is asked:
                self._stop = stop
            if self._asked is not asked:
                stop()

        def have(picture: SmallPicture) -> None:
            if self._asked is asked:
                self._take(picture)

        def failed(sentence: str) -> None:
            if self._asked is asked:
                wanted.say(sentence)

        background.run(
            self,
            lambda: small(wanted.load(), room.width, 2 * room.height, begun),
            have,
            failed,
            group="picture",
        )

    def _take(self, picture: SmallPicture) -> None:
        self._picture, self._stop = picture, None
        self.styles.width, self.styles.height = picture.width, (picture.height + 1) // 2
        self.display = True
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Two rows of points in one of cells."""
        picture = self._picture
        if picture is None or 2 * y >= picture.height:
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        upper, lower = picture.row(2 * y), picture.row(min(2 * y + 1, picture.height - 1))
        cells = groupby(zip(upper, lower, strict=True))
        return Strip([Segment("▀" * len(list(same)), _style(*pair)) for pair, same in cells], picture.width)


Point = tuple[int, int, int]


def _style(upper: Point, lower: Point) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))
