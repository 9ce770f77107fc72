"""The rows of a dosing record: kept as typed, what cannot be is named, and nothing is judged."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain import dosing
from kapjournal.domain.dosing import Row, RowKind, new_row
from kapjournal.errors import NotFound, Refused, UsageError

TEN = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def after(minutes: float) -> dt.datetime:
    return TEN + dt.timedelta(minutes=minutes)


def row(kind: RowKind, minutes: float = 0, **fields: str) -> Row:
    return new_row(kind, after(minutes), {name.replace("_", "-"): value for name, value in fields.items()})


def said(*rows: Row) -> list[str]:
    return [doubt.says for doubt in dosing.doubts(rows)]


def test_minutes_count_from_the_first_dose_and_a_booster_begins_no_clock() -> None:
    booster = row(RowKind.DOSE, 40, which="booster", amount="20", unit="mg", ordered_by="Dr Ito")
    first = row(RowKind.DOSE, 5, amount="80", unit="mg")
    rows = dosing.put((), booster, first)
    assert dosing.dosed_at(rows) == after(5) and [one.id for one in rows] == [first.id, booster.id]
    assert dosing.minutes_since(after(5), after(45)) == 40 and said(*rows) == []
    assert dosing.minutes_since(after(5.5), after(4.2)) == -1
    assert dosing.dosed_at([booster]) is None and dosing.minutes_since(None, after(45)) is None


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"systolic": "1420"}, "Systolic: “1420” cannot be"),
        ({"systolic": "0"}, "Systolic"),
        ({"diastolic": "eighty"}, "Diastolic: “eighty” cannot be"),
        ({"pulse": "-3"}, "Pulse"),
        ({"spo2": "101"}, "SpO2: “101” cannot be"),
        ({"systolic": "80", "diastolic": "120"}, "Diastolic: not below the systolic"),
    ],
)
def test_vitals_that_cannot_be_are_named_at_their_field_and_kept(fields: dict[str, str], name: str) -> None:
    taken = new_row(RowKind.VITALS, TEN, fields)
    [doubt] = dosing.doubts([taken])
    assert doubt.says.startswith(name) and doubt.says.endswith("It is kept as typed.")
    assert doubt.row == taken.id and doubt.column in fields and taken.fields == fields


@pytest.mark.parametrize("systolic", ["40", "120", "260", "140,5", " 140 "])
def test_nothing_is_said_of_what_is_high_or_low(systolic: str) -> None:
    assert said(row(RowKind.VITALS, systolic=systolic, diastolic="30", pulse="20", spo2="50")) == []
    assert said(row(RowKind.DOSE, amount="9000", unit="mg"), row(RowKind.DOSE, amount="0.01", unit="g")) == []


def test_what_a_dose_lacks_is_named() -> None:
    assert said(row(RowKind.DOSE, amount="much", unit="mg")) == [
        "Amount: “much” is not a number above 0. It is kept as typed."
    ]
    assert said(row(RowKind.DOSE, amount="80")) == ["Unit: none is given."]
    [unit] = said(row(RowKind.DOSE, amount="80", unit="miligrams"))
    assert unit.startswith("Unit: “miligrams” is none of mg, ") and unit.endswith("It is kept as typed.")
    assert said(row(RowKind.DOSE, amount="80", unit="MG")) == []


def test_times_out_of_order_are_named() -> None:
    dose = row(RowKind.DOSE, 10, amount="80", unit="mg")
    assert said(dose, row(RowKind.SPIT, 22, which="spat out")) == []
    assert said(row(RowKind.SPIT, 2), dose) == ["Time: this before any dose. It is kept as typed."]
    early = row(RowKind.DOSE, 2, which="booster", amount="20", unit="mg")
    assert said(early, dose) == ["Time: a booster before any dose. It is kept as typed."]
    assert said(row(RowKind.EFFECT, effect="nausea", ended="09:50")) == [
        "Ended: before it began. It is kept as typed."
    ]
    assert said(row(RowKind.EFFECT, effect="nausea", ended="at noon"))[0].startswith("Ended: “at noon”")
    late = new_row(RowKind.EFFECT, TEN.replace(hour=23, minute=50), {"effect": "nausea", "ended": "00:20"})
    assert said(late) == []


def test_a_clock_that_was_set_keeps_both_times() -> None:
    dose = row(RowKind.DOSE, 0, amount="80", unit="mg")
    back = new_row(RowKind.LINE, after(-50), {"words": "A hand."}, steady=after(10))
    assert back.at == after(-50) and back.moment == after(10)
    assert dosing.put((), back, dose) == (dose, back)
    assert dosing.minutes_since(dose.moment, back.moment) == 10
    assert new_row(RowKind.LINE, after(10), steady=after(10.5)).steady is None


@pytest.mark.parametrize(
    ("kind", "fields", "error"),
    [
        (RowKind.VITALS, {"dose": "80"}, "“dose” is none of label, systolic"),
        (RowKind.LINE, {"what": "felt"}, "^What: one of said, body, touch, asked, did"),
        (RowKind.DOSE, {"unit": "m\ng"}, "^Unit: one line"),
    ],
)
def test_what_no_column_holds_is_refused(kind: RowKind, fields: dict[str, str], error: str) -> None:
    with pytest.raises(UsageError, match=error):
        new_row(kind, TEN, fields)


def test_words_may_be_long_and_hold_no_controls() -> None:
    assert row(RowKind.LINE, words="a\n" * 5000).fields["words"] == "a\n" * 5000
    with pytest.raises(Refused):
        row(RowKind.LINE, words="\x1b[2J")


def test_rows_are_found_by_a_beginning() -> None:
    one, other = row(RowKind.LINE, words="a"), row(RowKind.LINE, 1, words="b")
    assert dosing.find([one, other], one.id[:6]) == one
    assert dosing.without([one, other], one.id) == (other,)
    with pytest.raises(NotFound):
        dosing.find([one], "zz")
    with pytest.raises(UsageError):
        dosing.find([Row("ab01", "line", TEN), Row("ab02", "line", TEN)], "ab")


def test_a_record_has_so_many_rows() -> None:
    with pytest.raises(Refused, match="at most 5,000"):
        dosing.put((), *(Row(f"{n:016x}", "line", TEN) for n in range(dosing.MAX_ROWS + 1)))


@given(st.lists(st.lists(st.tuples(st.integers(0, 4), st.sampled_from("abc")), max_size=6), max_size=4))
def test_joining_loses_no_words_and_doing_it_again_adds_none(versions: list[list[tuple[int, str]]]) -> None:
    made: list[list[Row]] = [
        list({n: Row(f"{n:016x}", "line", TEN, (("words", words),)) for n, words in version}.values())
        for version in versions
    ]
    once = dosing.joined(made)
    content = {(one.kind, one.at, one.values) for version in made for one in version}
    assert {(one.kind, one.at, one.values) for one in once} == content
    assert len({one.id for one in once}) == len(once)
    again: Any = dosing.joined([once, *made])
    assert len(again) == len(once)


def test_above_the_clinics_line_is_all_that_is_asked() -> None:
    taken = row(RowKind.VITALS, systolic="151", diastolic="80")
    assert dosing.is_above(taken, 150, None) and not dosing.is_above(taken, 151, 90)
    assert not dosing.is_above(taken, None, None) and dosing.is_above(taken, None, 79)
    assert not dosing.is_above(row(RowKind.VITALS, systolic="much"), 150, 90)
