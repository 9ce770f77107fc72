"""The course of a measure over time, for one person: what a chart of it is drawn from."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content import measures as content
from kapjournal.domain.administered import Administered
from kapjournal.domain.answered_measures import NEVER_THE_OTHER, ONLY_A_PARTNER, may_be_shown
from kapjournal.domain.doses import Doses
from kapjournal.domain.ids import MemberId
from kapjournal.domain.measures import Certainty, Measure
from kapjournal.domain.members import Member, Role
from kapjournal.domain.series import Change, Mark, MarkKind, Point, Series
from kapjournal.domain.sessions import Session
from kapjournal.errors import Refused, UsageError
from kapjournal.presentation import charts, days
from kapjournal.presentation.measures import BETTER

if TYPE_CHECKING:
    from kapjournal.journal import Journal

SAY_WHOSE = "Say whose answers: the label of one partner."
_CHANCE = {
    Certainty.YES: "That is more than chance alone would make.",
    Certainty.NO: "So small a change can be chance.",
    Certainty.UNKNOWN: "Whether that is more than chance is not known.",
}


def one_partner(journal: "Journal", label: str | None) -> Member:
    """Whose answers are looked at: a partner's own, and for everybody else those of the one partner they name
    (`UsageError` without a label, `Refused` for anybody but a partner and for the other partner)."""
    if label is None:
        if journal.me.role is not Role.PARTNER:
            raise UsageError(SAY_WHOSE)
        return journal.me
    named = journal.members.get(label)
    if named.role is not Role.PARTNER:
        raise Refused(ONLY_A_PARTNER)
    if not may_be_shown(named.id, journal.me):
        raise Refused(NEVER_THE_OTHER)
    return named


def answers_of(journal: "Journal", person: MemberId, measure: Measure | None = None) -> list[Administered]:
    """What one partner answered, of all measures or of one, as far as this member can read it, by day.
    Measures that this program does not have are left out."""
    found = journal.measures.all(measure=measure.id if measure else None)
    known = ((content.known(one.text.measure), one.text) for one in found if one.text.of == person)
    return [Administered(of, text.date, text.answers) for of, text in known if of is not None]


def chart_of(journal: "Journal", person: MemberId, measure: Measure) -> Series:
    """The course of one measure of one partner up to today, with the sessions and their doses."""
    sessions, today = journal.sessions.all(), clock.today()
    marks = marks_of(sessions, journal.sessions.doses, person, today)
    return series_of(measure, answers_of(journal, person, measure), marks)


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
        direction=f"{BETTER[measure.direction].capitalize()}.",
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
