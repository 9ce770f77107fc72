"""The course of a measure over time, for one person: what a chart of it is drawn from."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content import measures as content
from kapjournal.domain.administered import Administered
from kapjournal.domain.answered_measures import partner_called
from kapjournal.domain.doses import Doses
from kapjournal.domain.ids import MemberId
from kapjournal.domain.measures import Certainty, Direction, Measure
from kapjournal.domain.members import Role
from kapjournal.domain.series import Change, Mark, MarkKind, Point, Series
from kapjournal.domain.sessions import Session
from kapjournal.errors import Refused, UsageError
from kapjournal.presentation import charts, days

if TYPE_CHECKING:
    from kapjournal.journal import Journal

OWN_ALONE = "Your own measures are all that is shown to you."
WHOSE = "Say whose measures: --of LABEL."
_CHANCE = {
    Certainty.YES: "That is more than chance alone would make.",
    Certainty.NO: "So small a change can be chance.",
    Certainty.UNKNOWN: "Whether that is more than chance is not known.",
}
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


def answered_by(journal: "Journal", person: MemberId) -> list[Administered]:
    """All that one partner answered and the member can read, by day; of measures that this program knows."""
    found = ((content.known(one.text.measure), one.text) for one in journal.measures.all())
    return [
        Administered(measure, text.date, text.answers)
        for measure, text in found
        if measure is not None and text.of == person
    ]


def course_of(journal: "Journal", person: MemberId, measure: Measure) -> Series:
    """One partner's course of one measure, as far as the member can read it, with the sessions so far and
    this partner's doses."""
    marks = marks_of(journal.sessions.all(), journal.sessions.doses, person, clock.today())
    return series_of(measure, answered_by(journal, person), marks)


def whose(journal: "Journal", label: str | None) -> MemberId:
    """Of which partner a course is asked for: a partner's own is all that there is for them (`Refused`),
    others say whose (`UsageError`, `NotFound`)."""
    me = journal.me
    if me.role is Role.PARTNER:
        if label is not None and journal.members.get(label).id != me.id:
            raise Refused(OWN_ALONE)
        return me.id
    if label is None:
        raise UsageError(WHOSE)
    return partner_called(label, journal.members.get(label))


def lines_for(journal: "Journal", series: Series) -> list[str]:
    """The course in words: to a partner in plain ones, to the clinic as a table."""
    return in_plain_words(series) if journal.me.role is Role.PARTNER else charts.lines(series)


def in_plain_words(series: Series) -> list[str]:
    """The course for whoever answered it: each total and how it differs from the first, and whether that is
    more than chance makes; below, the sessions and doses."""
    said = [_in_plain_words(series, change) for change in series.changes()] or [charts.NOTHING_YET]
    below = charts.marks(series)
    return [*said, "", *below] if below else said


def _in_plain_words(series: Series, change: Change) -> str:
    day = days.long_day(change.point.date)
    if change.point.value is None:
        return f"{day}: something was left out, so there is no total."
    total = f"{day}: {charts.figure(change.point.value)} of {charts.figure(series.highest)}"
    if change.since_first is None:
        return f"{total}, the first."
    if change.since_first == 0:
        return f"{total}, as the first time."
    which = "lower" if change.since_first < 0 else "higher"
    return (
        f"{total}, {charts.figure(abs(change.since_first))} {which} than the first time. "
        f"{_CHANCE[change.beyond_chance or Certainty.UNKNOWN]}"
    )
