"""Scores: every worked example, and for any answers what has to hold of each measure."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.content.measures import IDS, all_measures, measure
from kapjournal.domain.measure_check import check_measure
from kapjournal.domain.measures import (
    Band,
    Certainty,
    CutOff,
    CutOffSide,
    Direction,
    Flag,
    Item,
    Measure,
    ReliableChange,
    Way,
    answers_from,
    band_of,
    beyond_chance,
    checked_answers,
    cut_off_side,
    is_clinically_significant,
    score,
    way,
)
from kapjournal.errors import Refused, UsageError

from .worked_scores import WORKED, Worked

PHQ9, GAD7, CSI4, CSI16, PCL5 = map(measure, ("phq9", "gad7", "csi4", "csi16", "pcl5"))
REVERSED = (2, 11, 13, 14, 16)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Measure, list[int]]:
    one = draw(st.sampled_from(all_measures()))
    return one, [draw(st.sampled_from(item.values)) for item in one.items]


@st.composite
def half_answered(draw: st.DrawFn) -> tuple[Measure, list[int | None]]:
    one, values = draw(answered())
    gaps = draw(st.sets(st.integers(0, len(values) - 1), min_size=1))
    return one, [None if place in gaps else value for place, value in enumerate(values)]


@pytest.mark.parametrize("worked", WORKED, ids=lambda one: f"{one.measure} {one.total}")
def test_a_worked_example_comes_out(worked: Worked) -> None:
    result = score(measure(worked.measure), worked.answers)
    assert result.total == worked.total and result.is_complete
    assert (result.band.name if result.band else None) == worked.band
    assert result.is_at_safety_mark is worked.safety
    side = {True: CutOffSide.REACHED, False: CutOffSide.NOT_REACHED, None: None}[worked.reached]
    assert result.cut_off == side and result.provisional is worked.provisional
    assert {one.subscale.id: (one.total, one.positive) for one in result.subscales} == worked.subscales


@given(answered())
def test_any_answers_have_one_total_in_one_band(given: tuple[Measure, list[int]]) -> None:
    one, values = given
    result = score(one, values)
    assert result.total == sum(values) and one.lowest <= sum(values) <= one.highest
    in_bands = [band for band in one.bands if band.low <= sum(values) <= band.high]
    assert in_bands == ([result.band] if one.bands else [])
    for part in result.subscales:
        assert part.total == sum(values[number - 1] for number in part.subscale.items)
        assert part.positive in (
            None if part.subscale.positive_at is None else part.total >= part.subscale.positive_at,
        )


@given(answered())
def test_where_the_subscales_part_a_measure_they_add_up_to_it(given: tuple[Measure, list[int]]) -> None:
    one, values = given
    if one.subscales:
        assert sorted(number for part in one.subscales for number in part.items) == [
            item.number for item in one.items
        ]
        assert sum(part.total for part in score(one, values).subscales) == sum(values)


@given(answered(), st.data())
def test_more_of_an_item_never_moves_a_total_the_other_way(
    given: tuple[Measure, list[int]], data: st.DataObject
) -> None:
    one, values = given
    place = data.draw(st.integers(0, len(values) - 1))
    higher = data.draw(st.sampled_from([v for v in one.items[place].values if v >= values[place]]))
    more = [*values[:place], higher, *values[place + 1 :]]
    first, last = sum(values), sum(more)
    wanted = Way.BETTER if one.direction is Direction.HIGHER_BETTER else Way.WORSE
    assert way(one.direction, first, last) is (Way.SAME if first == last else wanted)
    sides = [CutOffSide.NOT_REACHED, CutOffSide.IN_RANGE, CutOffSide.REACHED]
    before, after = cut_off_side(one, first), cut_off_side(one, last)
    if before is not None and after is not None:
        order = (before, after) if one.direction is Direction.HIGHER_WORSE else (after, before)
        assert sides.index(order[0]) <= sides.index(order[1])


@given(half_answered())
def test_what_is_not_complete_is_never_scored(given: tuple[Measure, list[int | None]]) -> None:
    one, values = given
    result = score(one, values)
    assert result.missing == tuple(n for n, value in enumerate(values, 1) if value is None)
    assert result.total is None and result.band is None and result.cut_off is None
    assert result.subscales == () and result.provisional is None


@given(
    st.lists(st.sampled_from([None, 0, 1, 2, 3]), min_size=8, max_size=8), st.sampled_from([None, 0, 1, 2, 3])
)
def test_item_nine_is_judged_whatever_the_others_are(others: list[int | None], ninth: int | None) -> None:
    assert (Flag.SAFETY in score(PHQ9, [*others, ninth]).flags) is (ninth is not None and ninth >= 1)


@pytest.mark.parametrize("one", [one for one in all_measures() if one.id != "phq9"], ids=lambda one: one.id)
def test_no_other_measure_has_such_an_item(one: Measure) -> None:
    assert one.safety is None
    assert not score(one, [max(item.values) for item in one.items]).flags


def test_the_columns_that_the_csi_prints_the_other_way_round_are_known() -> None:
    for item in CSI16.items:
        rising = tuple(sorted(item.values))
        assert item.values == (rising[::-1] if item.number in REVERSED else rising)
    assert score(CSI16, [max(item.values) for item in CSI16.items]).total == 81
    assert score(CSI16, [item.values[-1] for item in CSI16.items]).total == 81 - 5 * len(REVERSED)


def test_ranges_directions_and_items_are_those_published() -> None:
    facts = {one.id: (one.lowest, one.highest, len(one.items), one.direction) for one in all_measures()}
    worse, better = Direction.HIGHER_WORSE, Direction.HIGHER_BETTER
    assert tuple(facts) == IDS
    assert facts == {
        "phq9": (0, 27, 9, worse),
        "gad7": (0, 21, 7, worse),
        "phq4": (0, 12, 4, worse),
        "csi4": (0, 21, 4, better),
        "csi16": (0, 81, 16, better),
        "pcl5": (0, 80, 20, worse),
        "example": (0, 9, 3, better),
    }
    assert all(one.source and one.licence for one in all_measures())


@pytest.mark.parametrize(
    ("total", "side"),
    [
        (30, CutOffSide.NOT_REACHED),
        (31, CutOffSide.IN_RANGE),
        (32, CutOffSide.IN_RANGE),
        (33, CutOffSide.REACHED),
    ],
)
def test_a_range_of_cut_offs_has_an_inside(total: int, side: CutOffSide) -> None:
    assert cut_off_side(PCL5, total) is side


@pytest.mark.parametrize(("one", "last_below"), [(CSI4, 13), (CSI16, 51)], ids=["csi4", "csi16"])
def test_the_csi_is_beyond_its_cut_off_below_it(one: Measure, last_below: int) -> None:
    assert cut_off_side(one, last_below) is CutOffSide.REACHED
    assert cut_off_side(one, last_below + 1) is CutOffSide.NOT_REACHED


@pytest.mark.parametrize(
    ("needs", "met"),
    [
        ((1, 1, 2, 2), True),
        ((0, 1, 2, 2), False),
        ((1, 0, 2, 2), False),
        ((1, 1, 1, 2), False),
        ((1, 1, 2, 1), False),
    ],
)
def test_the_provisional_rule_wants_items_of_every_cluster(needs: tuple[int, ...], met: bool) -> None:
    values = [0] * 20
    for part, count in zip(PCL5.subscales, needs, strict=True):
        for number in part.items[:count]:
            values[number - 1] = 2
    assert score(PCL5, values).provisional is met
    assert score(PCL5, [1] * 20).provisional is False, "items count from 2 on"


@pytest.mark.parametrize(
    ("one", "first", "last", "went", "is_beyond"),
    [
        (PHQ9, 20, 14, Way.BETTER, Certainty.YES),
        (PHQ9, 20, 15, Way.BETTER, Certainty.NO),
        (PHQ9, 10, 16, Way.WORSE, Certainty.YES),
        (PHQ9, 10, 10, Way.SAME, Certainty.NO),
        (GAD7, 12, 8, Way.BETTER, Certainty.YES),
        (GAD7, 8, 11, Way.WORSE, Certainty.NO),
        (CSI4, 10, 20, Way.BETTER, Certainty.UNKNOWN),
        (CSI16, 60, 40, Way.WORSE, Certainty.UNKNOWN),
        (PCL5, 43, 28, Way.BETTER, Certainty.YES),
        (PCL5, 38, 24, Way.BETTER, Certainty.NO),
        (PCL5, 5, 25, Way.WORSE, Certainty.YES),
    ],
)
def test_which_way_and_whether_by_more_than_chance_are_two_things(
    one: Measure, first: int, last: int, went: Way, is_beyond: Certainty
) -> None:
    assert way(one.direction, first, last) is went
    smallest = one.reliable_change.points if one.reliable_change else None
    assert beyond_chance(smallest, last - first) is is_beyond


@pytest.mark.parametrize(
    ("first", "last", "is_so"),
    [(45, 28, True), (45, 29, False), (42, 28, False), (28, 45, False), (28, 12, True)],
)
def test_what_is_clinically_significant_is_beyond_chance_and_ends_at_its_line(
    first: int, last: int, is_so: bool
) -> None:
    assert is_clinically_significant(measure("pcl5"), first, last) is is_so
    assert not is_clinically_significant(measure("phq9"), 20, 2), "no source has a line for it"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([0] * 8, r"PHQ-9, item 9: no answer\. There are 9 items and 8 answers"),
        ([], "PHQ-9, item 1: no answer"),
        ([0] * 10, "PHQ-9 has 9 items: there is no item 10 for the 10 answers"),
        ([0, 0, 4, 0], r"PHQ-9, item 3: 4 is none of 0, 1, 2, 3\."),
        ([0, 0, 0, -1], "PHQ-9, item 4: -1 is none"),
        ([True] * 9, "PHQ-9, item 1: True is none"),
    ],
)
def test_answers_that_do_not_fit_name_the_item(answers: list[int], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        score(PHQ9, answers)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1,,0,1", "CSI-4, item 2: nothing stands there"),
        ("1,x,0,1", "CSI-4, item 2: “x” is not a whole number"),
        ("1,-1,0,1", "CSI-4, item 2: “-1” is not"),
        ("1,²,0,1", "CSI-4, item 2: “²” is not"),
        ("1,1.5,0,1", "CSI-4, item 2: “1.5” is not"),
        ("1,9999,0,1", "CSI-4, item 2: “9999” is not"),
        ("7,1,0,1", "CSI-4, item 1: 7 is none of 0, 1, 2, 3, 4, 5, 6"),
        ("1,6,0,1", "CSI-4, item 2: 6 is none of 0, 1, 2, 3, 4, 5"),
        ("1 2 3 4", "CSI-4, item 1: “1 2 3 4” is not"),
        ("", "CSI-4, item 1: nothing stands there"),
    ],
)
def test_typed_answers_that_are_none_name_the_item(typed: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        answers_from(CSI4, typed)


def test_typed_answers_may_have_gaps_and_spaces() -> None:
    assert answers_from(CSI4, " 6, - ,0,5 ") == (6, None, 0, 5)
    assert checked_answers(CSI4, [None] * 4) == (None,) * 4


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"items": ()}, "numbered from 1"),
        ({"items": (Item(2, (0, 1)),)}, "numbered from 1"),
        ({"items": (Item(1, (0, 0)), *GAD7.items[1:])}, "Item 1 has different values"),
        ({"bands": (Band(0, 4, "a"), Band(6, 21, "b"))}, "“b” should begin at 5"),
        ({"bands": (Band(0, 20, "a"),)}, "The last band ends at 21"),
        ({"bands": (Band(0, 9, "a"), Band(9, 21, "b"))}, "“b” should begin at 10"),
        ({"cut_off": CutOff(22, 22, "a", "b")}, "between 0 and 21"),
        ({"cut_off": CutOff(12, 10, "a", "b")}, "between 0 and 21"),
        ({"reliable_change": ReliableChange(0, "a")}, "more than 0"),
    ],
)
def test_a_measure_that_does_not_hold_together_is_refused(changed: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        check_measure(replace(GAD7, **changed))  # type: ignore[arg-type]


def test_a_total_without_bands_has_none() -> None:
    assert band_of(CSI4, 13) is None
