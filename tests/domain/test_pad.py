"""The dose pad's rules: whose clock, which vitals are due, how quickly typed vitals are read."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain import pad
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import RowKind, new_row
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.pad import DueVitals, PadDraft, due_vitals, label_now, vitals_from
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import SessionNamed

TEN = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
CASE = CaseId(bytes(16))
TIMES = (30, 60)


def after(minutes: float) -> dt.datetime:
    return TEN + dt.timedelta(minutes=minutes)


def draft(about: About) -> RecordDraft:
    return RecordDraft("", None, CASE, RecordKind.DOSING, about)


EMPTY = PadDraft(CASE, SessionNamed(3), (draft(About.FIRST), draft(About.SECOND)))


def test_the_rows_of_both_stand_in_the_order_in_which_they_happened() -> None:
    first = new_row(RowKind.DOSE, after(0), {"amount": "80"})
    second = new_row(RowKind.LINE, after(5), {"words": "a"})
    third = new_row(RowKind.LINE, after(-40), {"words": "b"}, steady=after(20))
    filled = EMPTY.put(About.FIRST, first).put(About.SECOND, third, second)
    assert filled.lines == ((About.FIRST, first), (About.SECOND, second), (About.SECOND, third))
    assert filled.clock_offset == dt.timedelta(hours=1)
    assert filled.strike(About.SECOND, second.id).lines == ((About.FIRST, first), (About.SECOND, third))
    assert filled.texts.count("a") == 1 and EMPTY.clock_offset == dt.timedelta()


def test_each_has_a_clock_and_boosters_of_their_own() -> None:
    given = {"amount": "80", "unit": "mg", "route": "sublingual", "strength": "100"}
    filled = EMPTY.put(About.FIRST, new_row(RowKind.DOSE, TEN, given))
    carried = {"which": "booster", "unit": "mg", "route": "sublingual"}
    assert pad.next_dose(filled.rows(About.FIRST)) == carried, "never the amount"
    assert pad.next_dose(filled.rows(About.SECOND)) == {"which": "dose"}


@pytest.mark.parametrize(
    ("labels", "whose"),
    [
        ((), About.FIRST),
        (("Ana",), About.FIRST),
        (("ben",), About.SECOND),
        (("Ana", "Ben"), About.FIRST),
        (("Somebody",), About.FIRST),
    ],
)
def test_a_pad_begins_with_who_alone_doses(labels: tuple[str, ...], whose: About) -> None:
    couple = Couple(CASE, "Hallway", MemberId(bytes(16)))
    assert pad.first_turn(replace(couple, first="Ana", second="Ben"), labels) is whose
    assert pad.first_turn(couple, labels) is About.FIRST


def test_vitals_are_due_by_the_clinics_times() -> None:
    rows = [new_row(RowKind.VITALS, after(-5), {"label": "before"})]
    assert due_vitals([], TIMES) == DueVitals("before", None) and due_vitals(rows, TIMES) is None
    rows.append(new_row(RowKind.DOSE, TEN, {"amount": "80"}))
    assert due_vitals(rows, TIMES) == DueVitals("30 min", after(30)) and due_vitals(rows, ()) is None
    assert label_now(rows, TIMES, after(10)) == "extra"
    assert label_now(rows, TIMES, after(26)) == label_now(rows, TIMES, after(50)) == "30 min"
    rows.append(new_row(RowKind.VITALS, after(31), {"label": "30 min"}))
    assert due_vitals(rows, TIMES) == DueVitals("60 min", after(60))
    assert label_now(rows, TIMES, after(40)) == "extra" and label_now(rows, TIMES, after(61)) == "60 min"


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("132/84 72 98", {"systolic": "132", "diastolic": "84", "pulse": "72", "spo2": "98", "words": ""}),
        ("132/84", {"systolic": "132", "diastolic": "84", "words": ""}),
        ("72", {"pulse": "72", "words": ""}),
        ("132/84 left arm 2", {"systolic": "132", "diastolic": "84", "words": "left arm 2"}),
        ("142/8 7 9 99", {"systolic": "142", "diastolic": "8", "pulse": "7", "spo2": "9", "words": "99"}),
        ("refused", {"words": "refused"}),
        ("", {"words": ""}),
    ],
)
def test_vitals_typed_in_one_go(typed: str, fields: dict[str, str]) -> None:
    assert vitals_from(typed) == fields


@given(st.text(st.sampled_from("0123456789/ ,.ab"), max_size=20))
def test_nothing_typed_is_lost(typed: str) -> None:
    fields = vitals_from(typed)
    pressure = [f"{fields['systolic']}/{fields['diastolic']}"] if "systolic" in fields else []
    kept = [*pressure, fields.get("pulse", ""), fields.get("spo2", ""), *fields["words"].split()]
    assert sorted(filter(None, kept)) == sorted(typed.split())


def test_effects_run_until_they_end() -> None:
    began = new_row(RowKind.EFFECT, TEN, {"effect": "nausea"})
    assert pad.running_effects([began]) == {"nausea": began}
    assert pad.running_effects([began.with_fields({"ended": "10:30"})]) == {}
