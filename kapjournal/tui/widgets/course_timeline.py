"""The course of the therapy as a line: each session and its dose, the days after it, what is to come."""

import datetime as dt
from collections.abc import Collection, Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kapjournal.domain.course import Key, Stretch
from kapjournal.domain.doses import Doses
from kapjournal.presentation import days
from kapjournal.presentation.sentences import NEW_MARK

PAST, AHEAD, PLANNED = "●", "○", "◦"
DAYS, DAYS_NOW, NOW = "│", "┃", "◄"


class TimelineRow(Visual):
    """One line: its name on the left, its day on the right where there is room, and marks on what is new and
    on the present; a second one under it for what is `below`."""

    def __init__(
        self, left: Content, date: str = "", below: str = "", *, now: bool = False, new: bool = False
    ) -> None:
        self._left = left
        self._below = Content.styled(f"   {below}", "$text-muted") if below else None
        self._new = (f" {NEW_MARK}", " *") if new else ("",)
        self._date = Content.styled(date, "$text-muted")
        self._mark = Content.styled(f" {NOW}", "$primary") if now else Content("")

    def get_height(self, rules: RulesMap, width: int) -> int:
        """One line, or two."""
        return 2 if self._below else 1

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The whole width there is."""
        return container_width

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The line at a width; its day is left out and what is new said shortly before anything is cut."""
        lines = [self._line(width)]
        if self._below:
            below = self._below.truncate(width, ellipsis=True)
            lines.append(below + Content(" " * (width - below.cell_length)))
        return [Strip(line.render_segments(style), line.cell_length) for line in lines]

    def _line(self, width: int) -> Content:
        news = [Content.styled(new, "$primary") for new in self._new]
        forms = [(news[0], self._date + self._mark), *((new, self._mark) for new in news)]
        fitting = (form for form in forms if sum(part.cell_length for part in (self._left, *form)) < width)
        new, right = next(fitting, forms[-1])
        left = self._left.truncate(max(width - (new + right).cell_length, 1), ellipsis=True) + new
        room = max(width - left.cell_length - right.cell_length, 0)
        return left + Content(" " * room) + right


class CourseTimeline(OptionList):
    """Shows stretches; moving the cursor chooses one."""

    DEFAULT_CSS = """
    CourseTimeline {
        height: 1fr;
        border: none;
        padding: 1 0 0 1;
        scrollbar-gutter: stable;
        background: transparent;
        &:focus { border: none; background-tint: transparent; }
        & > .option-list--option-disabled { color: $text-muted; text-opacity: 70%; }
    }
    """

    _keys: Sequence[Key] = ()

    def show(
        self,
        stretches: Sequence[Stretch],
        ahead: str,
        today: dt.date,
        *,
        doses: Doses,
        present: Stretch,
        first: Stretch,
        with_new: Collection[Key],
    ) -> None:
        """Replace the lines; the cursor stays or, the first time, goes to the stretch `first`.

        What is only planned is seen `ahead`, and not to be chosen. Those `with_new` notes are marked.
        """
        before = self.chosen
        self._keys = [stretch.key for stretch in stretches]
        lines = [
            Option(_row(one, doses, today, now=one.key == present.key, new=one.key in with_new))
            for one in stretches
        ]
        planned = [Option(TimelineRow(Content(f"{PLANNED} {ahead}")), disabled=True)] if ahead else []
        self.set_options([*lines, *planned])
        self.choose(before if before in self._keys else first.key)

    def on_resize(self) -> None:
        """Keep the cursor in sight: the keys below may take another row once they are known."""
        self.call_after_refresh(self.scroll_to_highlight)

    def choose(self, key: Key) -> None:
        """Put the cursor on a stretch, if it has a line."""
        if key in self._keys:
            self.highlighted = self._keys.index(key)

    @property
    def chosen(self) -> Key | None:
        """The key of the stretch under the cursor."""
        if self.highlighted is None or self.highlighted >= len(self._keys):
            return None
        return self._keys[self.highlighted]


def _row(stretch: Stretch, doses: Doses, today: dt.date, *, now: bool, new: bool) -> TimelineRow:
    session = stretch.session
    if session is None or stretch.after:
        bar = Content.styled(DAYS_NOW, "$primary") if now else Content.styled(DAYS, "$text-muted")
        name = f"after {session.number}" if session else "before"
        return TimelineRow(bar + Content.styled(f"  {name}", "" if now else "$text-muted"), now=now, new=new)
    sign = PAST if session.date <= today else AHEAD
    left = Content.assemble((f"{sign} ", "$secondary"), f"Session {session.number}")
    dose = doses.of(session)
    return TimelineRow(left, days.short(session.date), dose.name if dose else "", now=now, new=new)
