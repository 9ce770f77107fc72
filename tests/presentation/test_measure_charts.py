"""From answers to a chart: the totals of one measure of one person, with their sessions and their doses."""

import datetime as dt

from kapjournal.content import measures
from kapjournal.domain.doses import Doses
from kapjournal.domain.ids import MemberId
from kapjournal.domain.series import Mark, MarkKind
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.presentation import charts
from kapjournal.presentation.measure_charts import marks_of, series_of
from tests.answered import answered

ANA, BEN = MemberId(b"a" * 32), MemberId(b"b" * 32)
DOSING, PREPARATION = SessionKind.DOSING, SessionKind.PREPARATION


def session(number: int, day: int, kind: SessionKind = DOSING, *dosing: MemberId) -> Session:
    date = dt.date(2026, 1, day)
    return Session(f"s{number}", MemberId(b"k" * 32), number, kind, date, None, "", frozenset(dosing))


def test_the_totals_of_one_measure_are_its_points() -> None:
    answers = [
        answered("gad7", 20, 0, 0, 1, 1, 0, 0, 1),
        answered("csi4", 6, 3, 4, 3, 4),
        answered("gad7", 12, None, 0, 1, 2, 0, 0, 1),
        answered("gad7", 5, 3, 0, 1, 2, 0, 0, 1),
    ]
    series = series_of(measures.measure("gad7"), answers)
    assert [(point.date.day, point.value) for point in series.ordered] == [(5, 7), (12, None), (20, 3)]
    assert (series.title, series.lowest, series.highest) == ("GAD-7", 0, 21)
    assert series.direction == "Lower is better."
    assert charts.table(series)[-1].cells == ("20 January 2026", "3", "-4", "yes")


def test_of_the_csi_higher_is_better_and_nothing_is_known_of_chance() -> None:
    answers = [answered("csi4", 6, 3, 4, 3, 4), answered("csi4", 20, 6, 5, 5, 5)]
    series = series_of(measures.measure("csi4"), answers)
    assert series.direction == "Higher is better."
    assert charts.table(series)[-1].beyond_chance == "not known"


def test_a_chart_has_the_sessions_so_far_and_this_persons_doses() -> None:
    sessions = [
        session(1, 2, PREPARATION),
        session(2, 5, DOSING, ANA),
        session(3, 9, DOSING, ANA, BEN),
        session(4, 16, DOSING, BEN),
        session(5, 23),
        session(6, 30, DOSING, ANA),
    ]
    marks = list(marks_of(sessions, Doses(sessions), ANA, dt.date(2026, 1, 23)))
    assert [m.number for m in marks if m.kind is MarkKind.SESSION] == [1, 2, 3, 4, 5]
    doses = [m for m in marks if m.kind is MarkKind.DOSE]
    assert doses == [Mark(dt.date(2026, 1, day), MarkKind.DOSE, n) for day, n in ((5, 1), (9, 2), (23, 4))]
