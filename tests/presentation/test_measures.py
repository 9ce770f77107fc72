"""What staff and what a partner are told of a score."""

import pytest

from kapjournal.content import measure_packs
from kapjournal.content.measures import all_measures, measure
from kapjournal.domain.measures import Measure, score
from kapjournal.presentation import measures as saying

WORST = {
    one.id: [max(i.values) if one.direction == "higher-worse" else min(i.values) for i in one.items]
    for one in all_measures()
}
JUDGING = (
    "dissatis",
    "distress",
    "severe",
    "moderate",
    "mild",
    "minimal",
    "cut-off",
    "caseness",
    "positive",
    "met",
    "item 9",
)


@pytest.mark.parametrize("one", all_measures(), ids=lambda one: one.id)
def test_a_partner_is_told_a_number_and_which_way_is_better(one: Measure) -> None:
    said = dict(saying.lines_for_partner(one, score(one, WORST[one.id])))
    assert list(said) == ["total"]
    assert not any(word in said["total"] for word in JUDGING)
    assert said["total"].endswith(
        "lower is better" if one.direction == "higher-worse" else "higher is better"
    )


def test_staff_are_told_band_cut_off_and_flag() -> None:
    one = measure("phq9")
    assert saying.lines_for_staff(one, score(one, [3, 3, 3, 3, 0, 0, 0, 0, 1])) == [
        ("total", "13 of 27, lower is better"),
        ("band", "moderate"),
        ("cut-off", "10 or more: reached"),
        ("flag", "item 9 is 1 or more"),
        ("beyond the cut-off", "caseness"),
    ]


def test_where_nobody_knows_who_looks_the_far_side_has_no_name() -> None:
    one = measure("csi4")
    result = score(one, [0, 0, 0, 0])
    assert saying.lines_without_names(one, result)[1:] == [("cut-off", "below 13.5: reached")]
    assert ("beyond the cut-off", "notable relationship dissatisfaction") in saying.lines_for_staff(
        one, result
    )
    assert "beyond the cut-off" not in dict(saying.lines_for_staff(one, score(one, [6, 5, 5, 5])))


def test_subscales_clusters_and_the_rule() -> None:
    one = measure("phq4")
    assert (
        dict(saying.lines_for_staff(one, score(one, [0, 1, 3, 1])))["Depression (PHQ-2)"]
        == "4 of 6, positive (from 3)"
    )
    pcl = measure("pcl5")
    said = dict(saying.lines_for_staff(pcl, score(pcl, [2] * 16 + [0] * 4)))
    assert said["Avoidance (C)"] == "4 of 8" and said["provisional rule"] == "met"
    assert said["cut-off"] == "31 to 33: within the range"


def test_what_is_not_complete_has_no_number() -> None:
    one = measure("gad7")
    assert (
        saying.total_in_words(one, score(one, [0, None, 0, 0, None, 0, 0]))
        == "not scored: items 2, 5 left out"
    )
    assert saying.total_in_words(one, score(one, [0, None, 0, 0, 0, 0, 0])) == "not scored: item 2 left out"


def test_answers_stand_beside_their_numbers_and_in_the_words_of_a_pack() -> None:
    one, pack = measure("example"), measure_packs.pack_for("example")
    assert list(saying.answers_in_words(one, [0, None, 3], pack, for_staff=True)) == [
        ("1 · warmth of the cup", "0 · Cold"),
        ("2 · length of the wait", "left out"),
        ("3 · taste", "3 · Of very good tea"),
    ]
    to_a_partner = dict(saying.answers_in_words(one, [0, None, 3], pack, for_staff=False))
    assert to_a_partner == {"item 1": "0 · Cold", "item 2": "left out", "item 3": "3 · Of very good tea"}
    csi = measure("csi16")
    assert next(saying.answers_in_words(csi, [4, *[0] * 15], for_staff=True)) == ("item 1", "4")
    assert "cannot be answered here" in saying.no_pack(csi)
