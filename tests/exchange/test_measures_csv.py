"""Answered measures as a table: what a spreadsheet reads, and never runs."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.administered import Administered
from kapjournal.exchange.measures_csv import measures_csv, text_cell
from tests.answered import answered, any_answers


def test_each_time_is_a_row_by_day() -> None:
    table = measures_csv(
        [
            answered("gad7", 20, 3, 0, 1, 2, 0, 0, 1),
            answered("csi4", 6, 3, 4, None, 4),
            answered("csi4", 13, 6, 5, 5, 5),
        ]
    )
    assert table.split("\r\n") == [
        "date,measure,complete,total,item 1,item 2,item 3,item 4,item 5,item 6,item 7",
        "2026-01-06,CSI-4,no,,3,4,,4,,,",
        "2026-01-13,CSI-4,yes,21,6,5,5,5,,,",
        "2026-01-20,GAD-7,yes,7,3,0,1,2,0,0,1",
        "",
    ]


def test_of_nothing_there_are_the_headings() -> None:
    assert measures_csv([]) == "date,measure,complete,total\r\n"


@pytest.mark.parametrize(
    "title", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "  =1", "\n@x", "＝1", "\u00a0=1"]
)
def test_no_text_is_taken_for_a_formula(title: str) -> None:
    assert text_cell(title).startswith("'")


def test_an_ordinary_text_is_left_as_it_is() -> None:
    assert text_cell("PCL-5 (past month)") == "PCL-5 (past month)"


@given(st.text(max_size=20))
def test_a_text_cell_begins_with_nothing_that_is_run(text: str) -> None:
    assert text_cell(text).lstrip()[:1] not in {*"=+-@\t\r\n＝＋－＠"}


@given(st.lists(any_answers(), max_size=5), st.text(max_size=20))
def test_what_is_written_is_read_back(given_answers: list[Administered], title: str) -> None:
    rows = [replace(one, measure=replace(one.measure, title=title)) for one in given_answers]
    head, *read = list(csv.reader(io.StringIO(measures_csv(rows), newline=""), strict=True))
    assert head[:4] == ["date", "measure", "complete", "total"]
    assert len(read) == len(rows)
    for cells, one in zip(read, sorted(rows, key=lambda row: row.date), strict=True):
        assert len(cells) == len(head)
        answers = ["" if value is None else str(value) for value in one.answers]
        total = "" if one.score.total is None else str(one.score.total)
        assert cells[:4] == [
            one.date.isoformat(),
            text_cell(title),
            "no" if None in one.answers else "yes",
            total,
        ]
        assert cells[4 : 4 + len(answers)] == answers
        assert not any(cells[4 + len(answers) :])
