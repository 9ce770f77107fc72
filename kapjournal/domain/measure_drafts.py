"""Answers to a measure on the way: what was chosen so far, for their author alone."""

import datetime as dt
from dataclasses import dataclass, replace

from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.domain.ids import EnvelopeId, MemberId
from kapjournal.domain.measures import Measure


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """Answers that are not finished: one for each item in their order, None where there is none.

    `of`, `measure` and `pack` are as of a `MeasureText`; `date` is the day as it was typed, empty for that on
    which they are finished. `place` is where the author is: 0 before the first item, then the number of an
    item, and one more at the end. `readers` are who else is to read them. `changes` is the id of the answers
    that they change, empty for new ones, and `replaces` are the versions of those that the author saw. `id`
    and `saved` are the draft's own bookkeeping.
    """

    measure: str
    of: MemberId
    answers: tuple[int | None, ...]
    pack: str = ""
    date: str = ""
    place: int = 0
    readers: frozenset[MemberId] = frozenset()
    changes: str = ""
    replaces: tuple[EnvelopeId, ...] = ()
    id: str = ""
    saved: dt.datetime | None = None

    @property
    def is_from_paper(self) -> bool:
        """Whether a therapist enters them from paper."""
        return not self.pack

    @property
    def answered(self) -> int:
        """How many items have an answer."""
        return sum(value is not None for value in self.answers)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that was typed."""
        return (self.date,)

    def with_answer(self, number: int, value: int | None) -> "MeasureDraft":
        """The same with another answer to the item of this number, None for one that is left out."""
        answers = list(self.answers)
        answers[number - 1] = value
        return replace(self, answers=tuple(answers))

    @property
    def without_answers(self) -> "MeasureDraft":
        """The same with no answer, for a screen that has to forget."""
        return replace(self, answers=(None,) * len(self.answers), date="")


def new_draft(measure: Measure, of: MemberId, pack: str = "", date: str = "") -> MeasureDraft:
    """Answers of which none is given yet."""
    return MeasureDraft(measure.id, of, (None,) * len(measure.items), pack, date)


def draft_of(found: AnsweredMeasure) -> MeasureDraft:
    """Answers that are to be changed, as they stand."""
    text = found.text
    return MeasureDraft(
        measure=text.measure,
        of=text.of,
        answers=text.answers,
        pack=text.pack,
        date=text.date.isoformat(),
        place=1,
        readers=found.readers,
        changes=found.id,
        replaces=found.versions,
    )
