"""A course over time as a table of words: what a chart shows, for every face and whoever sees no chart."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from kapjournal.domain.measures import Certainty
from kapjournal.domain.series import Change, MarkKind, Series
from kapjournal.presentation import days
from kapjournal.text import shown_line

NOTHING_YET = "There is nothing to show yet."
INCOMPLETE = "incomplete"
"""What stands in the place of a value where the answers were incomplete."""

GAP = "x"
"""What stands at the day of incomplete answers in a picture."""

FIRST = "first"
"""What stands in the place of a change beside the first number."""

_BEYOND_CHANCE = {None: "", Certainty.YES: "yes", Certainty.NO: "no", Certainty.UNKNOWN: "not known"}

HEADINGS = ("Day", "Value", "Change since the first", "Beyond chance")


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One point in words, under `HEADINGS`; empty where there is nothing to say."""

    day: str
    value: str
    change: str
    beyond_chance: str

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The four in their order."""
        return (self.day, self.value, self.change, self.beyond_chance)

    @property
    def sentence(self) -> str:
        """The point read aloud: “12 November 2026: 9, change since the first -6, beyond chance: yes.”"""
        said = [f"{self.day}: {self.value}"]
        if self.change == FIRST:
            said.append(FIRST)
        elif self.change:
            said += [f"change since the first {self.change}", f"beyond chance: {self.beyond_chance}"]
        return ", ".join(said) + "."


def figure(value: float) -> str:
    """A number as it is read: “9”, “13.5”; a whole one without a point, others to six digits."""
    return str(int(value)) if value == int(value) else f"{value:.6g}"


def title(series: Series) -> str:
    """The title on one safe line."""
    return shown_line(series.title)


def direction(series: Series) -> str:
    """Which way is better, on one safe line; empty where neither is."""
    return shown_line(series.direction)


def table(series: Series) -> list[ChartRow]:
    """One row a point, by day."""
    changes = series.changes()
    numbers = (change for change in changes if series.is_compared and change.point.value is not None)
    first = next(numbers, None)
    return [_row(change, is_first=change is first) for change in changes]


def _row(change: Change, *, is_first: bool) -> ChartRow:
    point, since = change.point, change.since_first
    by = "" if since is None else ("+" if since > 0 else "") + figure(since)
    return ChartRow(
        day=days.long_day(point.date),
        value=INCOMPLETE if point.value is None else figure(point.value),
        change=FIRST if is_first else by,
        beyond_chance=_BEYOND_CHANCE[change.beyond_chance],
    )


def marks(series: Series) -> list[str]:
    """The sessions and doses by day, one line a day: “12 November 2026: session 3, dose 2”."""
    by_day: dict[str, list[str]] = {}
    for mark in sorted(series.marks, key=lambda mark: (mark.date, mark.kind is MarkKind.DOSE, mark.number)):
        by_day.setdefault(days.long_day(mark.date), []).append(f"{mark.kind} {mark.number}")
    return [f"{day}: {', '.join(names)}" for day, names in by_day.items()]


def lines(series: Series) -> list[str]:
    """The table and, below it, the sessions and doses, as lines of text with its columns below each other."""
    rows = [row.cells for row in table(series)]
    if not rows:
        return [NOTHING_YET, *_below(series)]
    every: list[tuple[str, ...]] = [HEADINGS, *rows]
    if not series.is_compared:
        every = [cells[:2] for cells in every]
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    return [
        *("  ".join(map(str.ljust, cells, widths)).rstrip() for cells in every),
        *_below(series),
    ]


def read_aloud(series: Series) -> list[str]:
    """The same as sentences, for where columns have no room or are not seen."""
    return [row.sentence for row in table(series)] + [f"{line}." for line in marks(series)] or [NOTHING_YET]


def _below(series: Series) -> list[str]:
    found = marks(series)
    return ["", *found] if found else []


def rows_below(series: Series) -> Iterator[tuple[str, list[tuple[dt.date, str]]]]:
    """What stands below the days of a picture, each in a row with a name, if there is any: the numbers of the
    sessions, those of the doses, and the incomplete answers."""
    for kind in MarkKind:
        by_day: dict[dt.date, list[int]] = {}
        for mark in sorted(series.marks, key=lambda mark: (mark.date, mark.number)):
            if mark.kind is kind:
                by_day.setdefault(mark.date, []).append(mark.number)
        if by_day:
            yield kind, [(day, ",".join(map(str, numbers))) for day, numbers in by_day.items()]
    if gaps := [(point.date, GAP) for point in series.ordered if point.value is None]:
        yield INCOMPLETE, gaps


def named_days(series: Series) -> Iterator[tuple[dt.date, str]]:
    """The days that a picture names where they have room, the most needed first: the first and the last, then
    those of the points. All have their year if there are several, else the first alone."""
    if series.days is None:
        return
    first, last = series.days
    for day in dict.fromkeys((first, last, *(point.date for point in series.ordered))):
        with_year = day == first or first.year != last.year
        yield day, f"{days.short(day)} {day.year}" if with_year else days.short(day)
