"""The course of a measure over time, for one person: what a chart of it is drawn from."""

import datetime as dt
from collections.abc import Iterable, Iterator

from kapjournal.domain.administered import Administered
from kapjournal.domain.doses import Doses
from kapjournal.domain.ids import MemberId
from kapjournal.domain.measures import Direction, Measure
from kapjournal.domain.series import Mark, MarkKind, Point, Series
from kapjournal.domain.sessions import Session

_BETTER = {Direction.HIGHER_WORSE: "Lower is better.", Direction.HIGHER_BETTER: "Higher is better."}


def series_of(measure: Measure, administered: Iterable[Administered], marks: Iterable[Mark] = ()) -> Series:
    """The totals of a measure among all that one person answered; incomplete answers have none."""
    known = measure.reliable_change
    return Series(
        title=measure.title,
        lowest=measure.lowest,
        highest=measure.highest,
        points=tuple(
            Point(one.date, one.score.total) for one in administered if one.measure.id == measure.id
        ),
        marks=tuple(marks),
        direction=_BETTER[measure.direction],
        reliable_change=known.points if known else None,
    )


def marks_of(sessions: Iterable[Session], doses: Doses, person: MemberId, until: dt.date) -> Iterator[Mark]:
    """The sessions up to a day, and the doses of them that this person had: those in which they dosed, and
    those of which nobody said who did."""
    for session in sessions:
        if session.date > until:
            continue
        yield Mark(session.date, MarkKind.SESSION, session.number)
        dose = doses.of(session)
        if dose and (not session.dosing or person in session.dosing):
            yield Mark(session.date, MarkKind.DOSE, dose.number)
