"""A measure as one person answered it on one day."""

import datetime as dt
from dataclasses import dataclass

from kapjournal.domain.measures import Measure, Score, checked_answers, score


@dataclass(frozen=True, slots=True)
class Administered:
    """One set of answers. They are in the order of the items, None for one that was left out, and fit the
    measure (`UsageError`). Whose they are stands beside them, never in them."""

    measure: Measure
    date: dt.date
    answers: tuple[int | None, ...]

    def __post_init__(self) -> None:
        """Refuse answers that are not those of this measure."""
        checked_answers(self.measure, self.answers)

    @property
    def score(self) -> Score:
        """What the answers come to; without a total while any is missing."""
        return score(self.measure, self.answers)
