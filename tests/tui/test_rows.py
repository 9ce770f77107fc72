"""Rows hold every word of a text in its order, and fit."""

import re
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Region

from kapjournal.tui.rendering.layout import Block, LaidOut, lay_out
from kapjournal.tui.rendering.markdown import blocks
from kapjournal.tui.rendering.rows import Rows
from kapjournal.tui.widgets.rendered_text import RenderedText

pieces = st.one_of(
    st.text("abc", min_size=1, max_size=12),
    st.sampled_from(
        ["漢字", "👩‍👩‍👧", "e\u0301", "שלום", "❤️", "\u200b", "\xa0", "—", "x\u3000y", "w" * 99, "漢" * 60]
    ),
    st.sampled_from([" ", " ", "  ", " " * 50, "\n", "\n\n", "\n" * 300]),
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


def test_a_long_note_of_empty_lines_costs_less_memory_than_its_rows_would() -> None:
    body = "\n" * 2_000_000
    tracemalloc.start()
    try:
        page = lay_out(blocks(body), 76)
        assert page[len(page) - 1].plain == page[0].plain == ""
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(page) == 2_000_001
    assert most < 4 * len(body)


class Page(App[None]):
    """Nothing but words to read."""

    def compose(self) -> ComposeResult:
        yield RenderedText()


async def test_only_the_rows_that_are_seen_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: set[int] = set()
    row = LaidOut.__getitem__

    def counted(self: LaidOut, number: int) -> Content:
        made.add(number)
        return row(self, number)

    monkeypatch.setattr(LaidOut, "__getitem__", counted)
    app = Page()
    async with app.run_test(size=(60, 20)) as pilot:
        page = app.query_one(RenderedText)
        page.show("so it went\n" * 100_000 + "the end")
        while page.scroll_offset.y + page.size.height < 100_001:
            page.scroll_end(animate=False, immediate=True)
            await pilot.pause(0.01)
        page.render_lines(Region(0, 0, *page.size))
        assert page.virtual_size.height == 100_001
        assert 100_000 in made
        assert len(made) <= 2 * 20
