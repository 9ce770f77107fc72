"""The course of the therapy as a line down the left: each session, and the days after it."""

import datetime as dt
from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kapjournal.domain.course import Stretch
from kapjournal.tui import words

PAST, AHEAD, DAYS = "◉", "◌", "│"


class Spine(OptionList):
    """Shows stretches; moving the cursor chooses one."""

    DEFAULT_CSS = """
    Spine {
        height: 1fr;
        border: none;
        padding: 1 1 0 1;
        background: transparent;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:focus { border: none; background-tint: transparent; }
    }
    """

    def show(self, stretches: Sequence[Stretch], today: dt.date) -> None:
        """Replace the stretches; the cursor stays or, the first time, goes to where the couple is."""
        before = self.chosen
        keys = [stretch.key for stretch in stretches]
        options = [Option(_line(stretch, today)) for stretch in stretches]
        self._keys = keys
        self.set_options(options)
        if before not in keys:
            past = [i for i, s in enumerate(stretches) if s.session is None or s.session.date <= today]
            self.highlighted = past[-1]
        else:
            self.highlighted = keys.index(before)

    _keys: Sequence[tuple[str, bool]] = ()

    @property
    def chosen(self) -> tuple[str, bool] | None:
        """The key of the stretch under the cursor."""
        if self.highlighted is None or self.highlighted >= len(self._keys):
            return None
        return self._keys[self.highlighted]


def _line(stretch: Stretch, today: dt.date) -> Content:
    session = stretch.session
    if session is None:
        return Content.assemble((f"{DAYS} ", "$text-muted"), "Before")
    if stretch.after:
        return Content.assemble((f"{DAYS}  ", "$text-muted"), (f"after {session.number}", "$text-muted"))
    mark = PAST if session.date <= today else AHEAD
    return Content.assemble(
        (f"{mark} ", "$secondary"),
        f"Session {session.number}",
        (f"  {words.day(session.date)}", "$text-muted"),
    )
