"""Check-ins over the course: whose they are, what is drawn, and that nothing is set beside anything."""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.domain.self_reports import CheckIn
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import Refused, UsageError
from kapjournal.exchange.chart_svg import chart_svg
from kapjournal.exchange.check_ins_csv import check_ins_csv
from kapjournal.presentation import charts, trends

from .open_journals import OpenJournals

NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
FIRST = CheckIn(dt.date(2026, 3, 2), NOW, values=(("fear", 8), ("mood", 3)), line="=HYPERLINK(1)")
SECOND = CheckIn(dt.date(2026, 3, 9), NOW, values=(("mood", 6), ("of-tomorrow", 1)))


def said(three: OpenJournals, *, share: str = "") -> None:
    three.lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 1))
    three.look()
    for one in (SECOND, FIRST):
        three.ana.check_ins.add(one, share)
    three.look()


def test_each_slider_that_was_moved_has_its_course_with_sessions_and_doses(three: OpenJournals) -> None:
    with clock.at(NOW):
        said(three)
        found = trends.trends_of(three.ana, three.ana.me.id)
    assert list(found) == ["mood", "fear", "of-tomorrow"]
    mood = found["mood"]
    assert [(point.date.day, point.value) for point in mood.ordered] == [(2, 3), (9, 6)]
    assert charts.marks(mood) == ["1 March 2026: session 1, dose 1"]
    assert {series.days for series in found.values()} == {(dt.date(2026, 3, 1), dt.date(2026, 3, 9))}
    assert (mood.lowest, mood.highest, mood.direction) == (0, 10, "0 heavy, 10 light")


def test_no_number_is_set_beside_another(three: OpenJournals) -> None:
    with clock.at(NOW):
        said(three)
        mood = trends.trends_of(three.ana, three.ana.me.id)["mood"]
    assert charts.read_aloud(mood)[:2] == ["2 March 2026: 3.", "9 March 2026: 6."]
    assert [line.rstrip() for line in charts.lines(mood)[:3]] == [
        "Day           Value",
        "2 March 2026  3",
        "9 March 2026  6",
    ]
    picture = chart_svg(mood)
    assert not any(word in picture for word in ("change", "first,", "chance", "better"))
    assert all(change.since_first is None for change in mood.changes())


def test_a_partner_sees_their_own_and_the_clinic_one_partners_that_were_shared(three: OpenJournals) -> None:
    with clock.at(NOW):
        said(three, share="Dr Lee, Ben")
        assert trends.whose(three.ana, None).label == "Ana"
        for label in ("Ana", "Dr Lee"):
            with pytest.raises(Refused):
                trends.whose(three.ben, label)
        with pytest.raises(UsageError):
            trends.whose(three.lee, None)
        assert list(trends.trends_of(three.lee, trends.whose(three.lee, "Ana").id)) == [
            *("mood", "fear", "of-tomorrow")
        ]
        assert trends.trends_of(three.ben, three.ben.me.id) == {}


def test_the_table_has_a_column_for_each_slider_and_no_formula() -> None:
    assert check_ins_csv([SECOND, FIRST], ["mood", "fear"]).splitlines() == [
        "date,when,session,mood,fear,line",
        "2026-03-02,,,3,8,'=HYPERLINK(1)",
        "2026-03-09,,,6,,",
    ]
