"""Words of a record as they are pulled into a write-up: no name of the two, no date, no amount."""

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from kapjournal.presentation.supervision_words import TheTwo, as_pulled

TWO = TheTwo(("Ana", "Ana Rossi"), ("Ben",), couple="The Rossis")
SESSIONS = ((1, dt.date(2026, 3, 2)), (2, dt.date(2026, 3, 9)))


def pulled(text: str) -> str:
    [line] = as_pulled([text], TWO, SESSIONS)
    return line


def test_the_two_are_called_first_and_second() -> None:
    assert pulled("Ben laid his coat over Ana's knees.") == (
        "[second partner] laid his coat over [first partner]'s knees."
    )
    assert pulled("“BEN.” He: “Here.”") == "“[second partner].” He: “Here.”"
    assert pulled("The Rossis were late.") == "[the couple] were late."


def test_no_amount_stays_however_it_is_written() -> None:
    for amount in ("100 mg", "100mg", "0,5 mg/kg", "50–100 mg", "50 milligrams", "2 g", "30 µg"):
        assert pulled(f"She took {amount}, by the clock.") == "She took [amount], by the clock."
    assert pulled("Three glasses, and 2 good words.") == "Three glasses, and 2 good words."


def test_a_date_is_told_by_the_sessions() -> None:
    line = pulled("It began on 4 March 2026.")
    assert "2026" not in line and "March" not in line and "session 1" in line


def test_what_else_identifies_somebody_is_left_to_the_review() -> None:
    assert pulled("Eyes closed at once. Blanket over the knees.") == (
        "Eyes closed at once. Blanket over the knees."
    )


def test_many_lines_are_told_apart() -> None:
    lines = [f"Ben said {number}.\nAna heard." for number in range(100)]
    assert as_pulled(lines, TWO) == [
        f"[second partner] said {number}. [first partner] heard." for number in range(100)
    ]
    assert as_pulled([], TWO) == [] and as_pulled(["", "Ben"], TWO) == ["", "[second partner]"]


def test_without_names_nothing_is_called_anything() -> None:
    assert as_pulled(["Ben went.", "100 mg"], TheTwo()) == ["Ben went.", "[amount]"]


PIECES = st.sampled_from(
    [
        *(
            "Ana",
            "BEN",
            "ben's",
            "Ana Rossi",
            "the rossis",
            "100 mg",
            "1,5mg/kg",
            "2 March 2026",
            "2026-03-09",
        ),
        *("said", "nothing", "“Here.”", "\n", "- ", "a door", "…", "*slowly*", "\u200b", "é"),
    ]
)
TEXTS = st.lists(st.lists(PIECES, max_size=12).map(" ".join), max_size=8)


@given(TEXTS)
def test_no_name_date_or_amount_is_left_in_any_line(texts: list[str]) -> None:
    lines = as_pulled(texts, TWO, SESSIONS)
    assert len(lines) == len(texts)
    for line in lines:
        assert not re.search(r"(?i)\b(ana|ben|rossis?)\b|2026|March|\d\s*mg", line), line
        assert "\n" not in line
