"""Large type: a line fits where it is to stand, and what cannot be drawn is not half drawn."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.pictures.large_type import can_draw, drawn
from kapjournal.tui.widgets.large_type import spaced

printable = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)


@given(printable, st.integers(1, 140), st.integers(1, 16))
def test_it_fits_or_is_not_drawn(text: str, width: int, height: int) -> None:
    rows = drawn(text, width, height)
    assert len(rows) <= height and all(len(row) <= width for row in rows)
    assert set("".join(rows)) <= set(" ▀▄█")


def test_it_is_as_large_as_there_is_room_for() -> None:
    small, large = drawn("Ana speaks", 72, 12), drawn("Ana speaks", 130, 14)
    assert 0 < len(small) < len(large) and max(map(len, small)) < max(map(len, large))
    assert drawn("Ana speaks", 10, 12) == () == drawn("Ana speaks", 72, 3)
    assert drawn("", 72, 12) == () == drawn("  ", 72, 12)


def test_one_line_is_rather_drawn_than_two() -> None:
    assert len(drawn("About what?", 72, 14)) <= 7
    assert len(drawn("Anything more?", 72, 14)) > 9


@pytest.mark.parametrize("name", ["Zoë", "Žofie", "José", "Åsa", "François", "Maïté", "Ștefan", "Ő"])
def test_names_with_accents_are_drawn_and_the_accent_is_seen(name: str) -> None:
    bare = "".join(one for one in unicodedata.normalize("NFD", name) if one.isascii())
    assert can_draw(name) and drawn(name, 140, 16) and drawn(name, 140, 16) != drawn(bare, 140, 16)


@pytest.mark.parametrize(
    "name", ["Łukasz", "안나", "二人", "חנה", "ليلى", "🕯️", "a\x1b[2J", "\u0301a", "Nguyễn"]
)
def test_other_names_are_not_drawn(name: str) -> None:
    assert not can_draw(name) and drawn(name, 140, 16) == ()


def test_what_is_not_drawn_is_widely_spaced_unless_its_letters_join() -> None:
    assert spaced("Łukasz speaks", 80) == "Ł u k a s z   s p e a k s"
    assert spaced("二人", 80) == "二 人"
    assert spaced("👩‍👧 é", 80) == "👩‍👧   é"
    assert spaced("ليلى speaks", 80) == "ليلى speaks"
    assert spaced("Łukasz speaks", 20) == "Łukasz speaks"
