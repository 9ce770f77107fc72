"""The chart as an SVG file: it stands alone, says what it shows, and holds no more than it was given."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given

from kapjournal.domain.series import Point, Series
from kapjournal.exchange.chart_svg import WIDTH, chart_svg
from kapjournal.presentation import charts
from tests.series_of import any_series, day, told

SVG = "{http://www.w3.org/2000/svg}"
LENGTHS = ("x", "y", "cx", "cy", "x1", "x2", "y1", "y2")


def parsed(series: Series) -> Element:
    return fromstring(chart_svg(series))


def texts(picture: Element) -> list[str]:
    return [text.text or "" for text in picture.iter(f"{SVG}text")]


def test_the_values_days_sessions_and_doses_are_in_it() -> None:
    said = texts(parsed(told()))
    assert said[:4] == ["PHQ-9", "Lower is better.", "0", "27"]
    assert {"17", "16", "12", "9", "5", "5 Jan 2026", "30 Mar", "session", "dose", "incomplete", "x"} <= {
        *said
    }


def test_whoever_has_it_read_aloud_is_told_every_point() -> None:
    picture = parsed(told())
    assert picture.get("role") == "img"
    names = [part.get("id") for part in picture if part.tag in (f"{SVG}title", f"{SVG}desc")]
    assert " ".join(filter(None, names)) == picture.get("aria-labelledby")
    said = picture.findtext(f"{SVG}desc") or ""
    assert said.splitlines()[0] == "0 to 27. Lower is better."
    assert "1 March 2026: 9, change since the first -8, beyond chance: yes." in said
    assert "12 January 2026: session 2, dose 1." in said


def test_it_needs_no_other_file_and_runs_nothing() -> None:
    text = chart_svg(replace(told(), title="</title><script>1</script>", direction='" onload="x'))
    assert text.count("http") == 1
    assert not re.search(r"url\(|@import|href", text)
    tags = {part.tag.removeprefix(SVG) for part in fromstring(text).iter()}
    assert tags == {"svg", "title", "desc", "style", "rect", "text", "line", "circle"}
    assert all(not name.startswith("on") for part in fromstring(text).iter() for name in part.attrib)


def test_it_is_black_on_white_on_paper_and_turned_on_a_dark_screen_alone() -> None:
    picture = parsed(told())
    assert {part.get("fill") for part in picture.iter(f"{SVG}rect")} == {"white"}
    assert {part.get("fill") for part in picture.iter(f"{SVG}text")} == {"black"}
    media = re.findall("@media[^{]*", picture.findtext(f"{SVG}style") or "")
    assert {*media} == {"@media screen and (prefers-color-scheme: dark) "}


def test_no_line_leads_over_incomplete_answers() -> None:
    assert len([line for line in parsed(told()).iter(f"{SVG}line") if line.get("class") == "line"]) == 3


def test_before_anything_was_answered_it_says_so() -> None:
    assert charts.NOTHING_YET in texts(parsed(replace(told(), points=())))


def test_numbers_close_together_are_not_written_over_each_other() -> None:
    crowd = replace(told(), points=tuple(Point(day(n), 10) for n in range(60)))
    picture = parsed(crowd)
    places = sorted(
        (float(text.get("y", 0)), float(text.get("x", 0)))
        for text in picture.iter(f"{SVG}text")
        if text.text == "10"
    )
    assert len([*picture.iter(f"{SVG}circle")]) == 60
    for (line, x), (next_line, next_x) in pairwise(places):
        assert next_line != line or next_x - x >= 16


@given(any_series())
def test_any_series_is_a_picture_inside_its_edges(series: Series) -> None:
    picture = parsed(series)
    height = float(picture.get("height", 0))
    for part in picture.iter():
        for name in LENGTHS:
            if (length := part.get(name)) is not None:
                assert 0 <= float(length) <= (WIDTH if "x" in name else height)
    numbers = [point for point in series.points if point.value is not None]
    assert len([*picture.iter(f"{SVG}circle")]) == len(numbers)


@pytest.mark.parametrize("title", ["שלום", "\x1b[31mred", "a\ud800b", "\ufffe", "\u202eabc"])
def test_an_odd_title_is_shown_safely(title: str) -> None:
    said = texts(parsed(replace(told(), title=title)))[0]
    assert not re.search("[\x00-\x1f\ud800-\udfff\ufffe\u202e]", said)
