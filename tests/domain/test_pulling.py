"""Lines pulled into a write-up: which ones are meant, and what a line of a process note needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.pulling import (
    ALONE,
    OWN_PROGRAMME_ALONE,
    SAY_WHY,
    checked_reason,
    joined,
    places_from,
    with_lines,
)
from kapjournal.domain.supervision import MAX_PULLED, Basis, Pulled
from kapjournal.errors import Refused, UsageError

A_LINE = Pulled("moment", "He said nothing.", "record:abc", said="dosing record")


@pytest.mark.parametrize(
    ("typed", "places"),
    [("3", (3,)), ("3 5-7", (3, 5, 6, 7)), ("5-7,3", (3, 5, 6, 7)), ("1, 1-2, 9", (1, 2, 9))],
)
def test_numbers_and_ranges(typed: str, places: tuple[int, ...]) -> None:
    assert places_from(typed, 9) == places


@pytest.mark.parametrize("typed", ["", " , ", "x", "0", "10", "5-3", "1-99", "-2", "2-", "²", "1-2-3"])
def test_what_is_no_number_of_a_line_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="number"):
        places_from(typed, 9)


@given(st.sets(st.integers(1, 500), min_size=1))
def test_each_line_that_is_named_is_meant(numbers: set[int]) -> None:
    assert set(places_from(" ".join(map(str, numbers)), 500)) == numbers


def test_a_line_of_a_process_note_comes_alone_and_with_a_reason_in_the_own_programme() -> None:
    own = Basis.OWN_PROGRAMME
    assert checked_reason(1, 0, own, " It is my question. ") == "It is my question."
    assert checked_reason(0, 7, Basis.DEIDENTIFIED, "unasked") == ""
    with pytest.raises(UsageError, match=SAY_WHY):
        checked_reason(1, 0, own, "  ")
    for of_process, others in ((2, 0), (1, 1)):
        with pytest.raises(UsageError, match=ALONE):
            checked_reason(of_process, others, own, "why")
    for basis in (Basis.AUTHORISED, Basis.DEIDENTIFIED, ""):
        with pytest.raises(Refused, match=OWN_PROGRAMME_ALONE):
            checked_reason(1, 0, basis, "why")


def test_lines_stand_at_the_end_of_a_field() -> None:
    assert with_lines("", [A_LINE]) == "He said nothing."
    assert with_lines("Mine.\n", [A_LINE, A_LINE]) == "Mine.\nHe said nothing.\nHe said nothing."


def test_each_source_is_known_once_and_no_more_than_are_kept() -> None:
    assert joined([A_LINE], [A_LINE]) == (A_LINE,)
    many = [Pulled("moment", f"line {number}", "record:abc") for number in range(MAX_PULLED + 1)]
    with pytest.raises(Refused, match="More lines"):
        joined((), many)


def test_what_the_program_begins_a_line_with_is_not_that_line() -> None:
    tears = Pulled("moment", "+49 min · first partner · body: Tears, a minute or two.", "record:abc")
    page = Pulled("moment", "first partner wrote: “The door was open.”", "page:abc")
    other = "+9 min · first partner · body: Laughter. The first partner wrote: “I stayed.”"
    assert not tears.stands_in([other]) and not page.stands_in([other])
    assert tears.stands_in(["Tears, a minute, they said; tears a minute or two."])
    assert page.stands_in(["the door was open"]) and not page.stands_in(["the door"])
    note = Pulled("moment", "They made a sentence: in fog you go slow.", "record:abc")
    assert note.stands_in(["They made a sentence."]) and note.stands_in(["in fog you go"])
