"""A course over time of one person: what was measured on which day, and the sessions and doses of those days.

It belongs to one person alone. There is no series of two people, because nobody is compared.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kapjournal.domain.measures import Certainty, beyond_chance
from kapjournal.errors import UsageError

FURTHEST = 1_000_000
"""The largest number a series can hold, without its sign."""


class MarkKind(StrEnum):
    """What stands on the axis beside the days."""

    SESSION = "session"
    DOSE = "dose"


@dataclass(frozen=True, slots=True)
class Point:
    """What was measured on one day; None where the answers were incomplete, which gives no number."""

    date: dt.date
    value: float | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A session or a dose on its day, with its number in the course."""

    date: dt.date
    kind: MarkKind
    number: int


@dataclass(frozen=True, slots=True)
class Change:
    """One point beside the first number of the series.

    `since_first` is None for the first number itself, for what comes before it, and for a point without a
    number. `beyond_chance` is None where there is nothing to compare.
    """

    point: Point
    since_first: float | None
    beyond_chance: Certainty | None


@dataclass(frozen=True, slots=True)
class Series:
    """Points over the whole range they can have, `lowest` to `highest`, in points of the scale.

    `direction` says in words which way is better; empty where neither is. `reliable_change` is the smallest
    change, in points, that goes beyond chance; None where that is not known. A series that is not
    `is_compared` sets no number beside the first: its points stand for themselves. Points and marks may come
    in any order; of several on one day the order given is kept. The axis reaches to each day of `span`, so
    that several series of one person can have the same.
    """

    title: str
    lowest: float
    highest: float
    points: tuple[Point, ...]
    marks: tuple[Mark, ...] = ()
    direction: str = ""
    reliable_change: float | None = None
    is_compared: bool = True
    span: tuple[dt.date, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn: an empty range, a number outside it (`UsageError`)."""
        if not -FURTHEST <= self.lowest < self.highest <= FURTHEST:
            raise UsageError("The lowest value of a series is below its highest, and both are numbers.")
        if any(p.value is not None and not self.lowest <= p.value <= self.highest for p in self.points):
            raise UsageError("A value of a series lies outside of its range.")
        if self.reliable_change is not None and not 0 < self.reliable_change <= 2 * FURTHEST:
            raise UsageError("A change that goes beyond chance is more than nothing.")

    @property
    def ordered(self) -> list[Point]:
        """The points by day."""
        return sorted(self.points, key=lambda point: point.date)

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day of points, marks and span; None if there are none of them."""
        days = [*(point.date for point in self.points), *(mark.date for mark in self.marks), *self.span]
        return (min(days), max(days)) if days else None

    def along(self, date: dt.date) -> float:
        """Where a day lies between the first (0) and the last (1), by the days that passed; in the middle if
        there is only one."""
        first, last = self.days or (date, date)
        return (date - first).days / (last - first).days if first < last else 0.5

    def up(self, value: float) -> float:
        """Where a value lies between the lowest (0) and the highest (1) there can be."""
        return (value - self.lowest) / (self.highest - self.lowest)

    def runs(self) -> Iterator[list[tuple[dt.date, float]]]:
        """The days and values that follow each other with no incomplete point between them."""
        run: list[tuple[dt.date, float]] = []
        for point in self.ordered:
            if point.value is not None:
                run.append((point.date, point.value))
            elif run:
                yield run
                run = []
        if run:
            yield run

    def changes(self) -> list[Change]:
        """Every point by day, with its change since the first number."""
        first: float | None = None
        changes = []
        for point in self.ordered:
            since = None
            if self.is_compared and first is not None and point.value is not None:
                since = point.value - first
            is_beyond = None if since is None else beyond_chance(self.reliable_change, since)
            changes.append(Change(point, since, is_beyond))
            first = point.value if first is None else first
        return changes
