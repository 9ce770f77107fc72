"""Measures: published questionnaires as what they are scored by, and scores as their authors published them.

The words of an item are never here: a topic is a row label for staff, and nobody is asked it. Scores are
reported and not interpreted, and no two people are compared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kapjournal.errors import UsageError

UNANSWERED = "-"
"""What is typed for an item that was left out."""

Answers = Sequence[int | None]
"""The values of the chosen answers in the order of the items, None for an item that was left out."""


class Direction(StrEnum):
    """What a higher total means."""

    HIGHER_WORSE = "higher-worse"
    HIGHER_BETTER = "higher-better"


class Flag(StrEnum):
    """What a set of answers is marked with, whatever its total."""

    SAFETY = "safety-item"


class CutOffSide(StrEnum):
    """Where a total lies: not at the cut-off, within a published range of cut-offs, or at or beyond it."""

    NOT_REACHED = "not-reached"
    IN_RANGE = "in-range"
    REACHED = "reached"


class Way(StrEnum):
    """Which way a total went. It says nothing of whether that is more than chance."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


class Certainty(StrEnum):
    """Whether a change is beyond chance; unknown where no reliable change is published."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its `number` from 1, the `values` of its answers in the order in which they are printed, and
    its code in LOINC, empty where none is known."""

    number: int
    values: tuple[int, ...]
    topic: str = ""
    loinc: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """Totals from `low` to `high`, both included, as the source names them."""

    low: int
    high: int
    name: str


@dataclass(frozen=True, slots=True)
class Subscale:
    """Items that have a sum of their own, by their numbers; `positive_at` or more is positive, where the
    source says so."""

    id: str
    name: str
    items: tuple[int, ...]
    positive_at: int | None = None


@dataclass(frozen=True, slots=True)
class CutOff:
    """A published cut-off, or a range of them from `low` to `high`. Where higher is worse a total is on its
    far side at it or above, where higher is better below it. `name` is for staff alone."""

    low: float
    high: float
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class ProvisionalRule:
    """The rule of a provisional finding: of each subscale, by id, so many items at `item_at` or more."""

    item_at: int
    needs: tuple[tuple[str, int], ...]
    source: str


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """From how many `points` on a change is beyond chance; `significant_at` is the total at or beyond which,
    on the better side, such a change is clinically significant, None where no source has it."""

    points: float
    source: str
    significant_at: int | None = None


@dataclass(frozen=True, slots=True)
class SafetyItem:
    """The item that is marked at this value or more, whatever the total."""

    item: int
    at: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One questionnaire as what it is scored by; `loinc` and `loinc_total` are the codes of the whole and of
    its total, empty where none is known. An `is_example` is none of the published ones."""

    id: str
    title: str
    direction: Direction
    items: tuple[Item, ...]
    source: str
    licence: str
    bands: tuple[Band, ...] = ()
    bands_source: str = ""
    subscales: tuple[Subscale, ...] = ()
    cut_off: CutOff | None = None
    provisional: ProvisionalRule | None = None
    reliable_change: ReliableChange | None = None
    safety: SafetyItem | None = None
    loinc: str = ""
    loinc_total: str = ""
    is_example: bool = False

    @property
    def lowest(self) -> int:
        """The lowest total there can be."""
        return sum(min(item.values) for item in self.items)

    @property
    def highest(self) -> int:
        """The highest total there can be."""
        return sum(max(item.values) for item in self.items)

    def item(self, number: int) -> Item:
        """The item of this number (`UsageError`)."""
        if not 1 <= number <= len(self.items):
            raise UsageError(f"{self.title} has items 1 to {len(self.items)}, and no item {number}.")
        return self.items[number - 1]


@dataclass(frozen=True, slots=True)
class SubscaleScore:
    """The sum of a subscale, and whether it is positive, None where the source has no such line."""

    subscale: Subscale
    total: int
    positive: bool | None


@dataclass(frozen=True, slots=True)
class Score:
    """What a set of answers comes to. While items are `missing`, by number, all but the flags is None or
    empty."""

    total: int | None
    missing: tuple[int, ...]
    band: Band | None = None
    subscales: tuple[SubscaleScore, ...] = ()
    cut_off: CutOffSide | None = None
    provisional: bool | None = None
    flags: frozenset[Flag] = frozenset()

    @property
    def is_complete(self) -> bool:
        """Whether every item was answered."""
        return not self.missing

    @property
    def is_at_safety_mark(self) -> bool:
        """Whether the safety item is marked."""
        return Flag.SAFETY in self.flags


def checked_answers(measure: Measure, answers: Answers) -> tuple[int | None, ...]:
    """The answers, if there is one for each item and each is a value of its item (`UsageError` names the
    first that is not)."""
    given = tuple(answers)
    for item, value in zip(measure.items, given, strict=False):
        if value is not None and (type(value) is not int or value not in item.values):
            known = ", ".join(map(str, sorted(item.values)))
            raise UsageError(f"{measure.title}, item {item.number}: {value} is none of {known}.")
    if len(given) < len(measure.items):
        raise UsageError(
            f"{measure.title}, item {len(given) + 1}: no answer. There are {len(measure.items)} items and "
            f"{len(given)} answers; {UNANSWERED} stands for one that was left out."
        )
    if len(given) > len(measure.items):
        raise UsageError(
            f"{measure.title} has {len(measure.items)} items: there is no item {len(measure.items) + 1} for "
            f"the {len(given)} answers."
        )
    return given


def answers_from(measure: Measure, words: str) -> tuple[int | None, ...]:
    """Read answers as they are typed: values in the order of the items with commas between them, and `-` for
    an item that was left out (`UsageError` names the item)."""
    read: list[int | None] = []
    for number, word in enumerate((one.strip() for one in words.split(",")), 1):
        if word != UNANSWERED and not re.fullmatch(r"[0-9]{1,3}", word):
            typed = f"“{word}” is not a whole number" if word else "nothing stands there"
            raise UsageError(f"{measure.title}, item {number}: {typed}; {UNANSWERED} is for no answer.")
        read.append(None if word == UNANSWERED else int(word))
    return checked_answers(measure, read)


def score(measure: Measure, answers: Answers) -> Score:
    """Score answers that were checked to fit (`UsageError` otherwise). The safety item is judged even where
    others are missing; nothing else is."""
    given = checked_answers(measure, answers)
    missing = tuple(item.number for item, value in zip(measure.items, given, strict=True) if value is None)
    flags = frozenset({Flag.SAFETY}) if is_at_safety_mark(measure, given) else frozenset[Flag]()
    if missing:
        return Score(None, missing, flags=flags)
    values = [value for value in given if value is not None]
    total = sum(values)
    return Score(
        total,
        (),
        band_of(measure, total),
        tuple(_subscale_score(one, values) for one in measure.subscales),
        cut_off_side(measure, total),
        _provisional(measure, values),
        flags,
    )


def is_at_safety_mark(measure: Measure, answers: Answers) -> bool:
    """Whether the safety item of a measure that has one was answered at its mark or above."""
    if measure.safety is None:
        return False
    value = answers[measure.safety.item - 1]
    return value is not None and value >= measure.safety.at


def band_of(measure: Measure, total: int) -> Band | None:
    """The band of a total; None where the measure has none."""
    return next((band for band in measure.bands if band.low <= total <= band.high), None)


def cut_off_side(measure: Measure, total: int) -> CutOffSide | None:
    """Where a total lies to the cut-off; None where the measure has none."""
    if (line := measure.cut_off) is None:
        return None
    if measure.direction is Direction.HIGHER_BETTER:
        reached, in_range = total < line.low, total < line.high
    else:
        reached, in_range = total >= line.high, total >= line.low
    if reached:
        return CutOffSide.REACHED
    return CutOffSide.IN_RANGE if in_range else CutOffSide.NOT_REACHED


def beyond_chance(smallest: float | None, change: float) -> Certainty:
    """Whether a `change` of so many points, up or down, is beyond chance; `smallest` is the least that is,
    None where none is published."""
    if smallest is None:
        return Certainty.UNKNOWN
    return Certainty.YES if abs(change) >= smallest else Certainty.NO


def is_clinically_significant(measure: Measure, first: int, last: int) -> bool:
    """Whether a change of one person for the better is beyond chance and ends where its source calls it
    clinically significant."""
    known = measure.reliable_change
    if known is None or known.significant_at is None:
        return False
    is_better = way(measure.direction, first, last) is Way.BETTER
    is_beyond = beyond_chance(known.points, last - first) is Certainty.YES
    rises = measure.direction is Direction.HIGHER_BETTER
    return (
        is_better and is_beyond and (last >= known.significant_at if rises else last <= known.significant_at)
    )


def way(direction: Direction, first: int, last: int) -> Way:
    """Which way a total of one person went, the later one last."""
    if first == last:
        return Way.SAME
    return Way.BETTER if (last > first) == (direction is Direction.HIGHER_BETTER) else Way.WORSE


def _subscale_score(part: Subscale, values: Sequence[int]) -> SubscaleScore:
    total = sum(values[number - 1] for number in part.items)
    return SubscaleScore(part, total, None if part.positive_at is None else total >= part.positive_at)


def _provisional(measure: Measure, values: Sequence[int]) -> bool | None:
    if (rule := measure.provisional) is None:
        return None
    items = {part.id: part.items for part in measure.subscales}
    return all(
        sum(values[number - 1] >= rule.item_at for number in items[name]) >= needed
        for name, needed in rule.needs
    )
