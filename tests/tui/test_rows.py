"""Rows hold every word of a text in its order, and fit."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from kapjournal.tui.rendering.layout import Block, lay_out
from kapjournal.tui.rendering.rows import Rows

pieces = st.one_of(
    st.text("abc", min_size=1, max_size=12),
    st.sampled_from(
        ["漢字", "👩‍👩‍👧", "e\u0301", "שלום", "❤️", "\u200b", "\xa0", "—", "x\u3000y", "w" * 99, "漢" * 60]
    ),
    st.sampled_from([" ", " ", "  ", " " * 50, "\n", "\n\n", "\n" * 3000]),
)
texts = st.lists(pieces, max_size=40).map("".join)


def rows_of(text: str, width: int) -> list[str]:
    rows = Rows(text, width)
    return [text[slice(*rows.span(row))] for row in range(rows.count)]


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(1, 90))
def test_rows_hold_every_word_and_fit(text: str, width: int) -> None:
    rows = rows_of(text, width)
    assert re.sub(r"[ \n]", "", "".join(rows)) == re.sub(r"[ \n]", "", text)
    assert all(cell_len(row.strip()) <= max(width, 2) for row in rows)
    assert len(rows) >= text.count("\n") + 1


@settings(max_examples=100, deadline=None)
@given(texts, st.integers(1, 90))
def test_styled_rows_are_the_same(text: str, width: int) -> None:
    plain = lay_out([Block("", "", Content(text), gap=False)], width)
    styled = lay_out([Block("", "", Content.styled(text, "bold"), gap=False)], width)
    assert [row.plain for row in styled] == [row.plain for row in plain]


def test_words_stay_whole_where_they_can() -> None:
    assert rows_of("the light was upon it", 9) == ["the light", "was upon", "it"]
    assert rows_of("a lightweight x", 6) == ["a", "lightw", "eight", "x"]
    assert rows_of("漢字 漢字漢 x", 6) == ["漢字", "漢字漢", "x"]
    assert rows_of("  a\n\n b  \n", 4) == ["  a", "", " b", ""]
