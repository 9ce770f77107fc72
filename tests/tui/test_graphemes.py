"""What a person takes for one character is gone over, and deleted, at once."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from textual.app import App, ComposeResult
from textual.events import Key
from wcwidth import iter_graphemes

from kapjournal.tui import graphemes
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.widgets.field import Field

WHOLE = ["👩‍👩‍👧", "🇩🇪", "1️⃣", "e\u0301\u0302", "👍🏽", "❤️", "각", "क्षि", "ก็", "x", "漢"]


@pytest.mark.parametrize("one", WHOLE)
def test_where_a_character_begins_and_ends(one: str) -> None:
    line = f"a{one}{one}b"
    places = [0, 1, 1 + len(one), 1 + 2 * len(one), len(line)]
    for left, right in pairwise(places):
        assert graphemes.after(line, left) == right and graphemes.before(line, right) == left
        for inside in range(left + 1, right):
            assert graphemes.beginning(line, inside) == left
            assert graphemes.before(line, inside) == left and graphemes.after(line, inside) == right
    assert (graphemes.before(line, 0), graphemes.after(line, len(line))) == (0, len(line))


def test_only_the_neighbourhood_of_a_place_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def counted(text: str) -> Iterator[str]:
        looked.append(len(text))
        return iter_graphemes(text)

    monkeypatch.setattr(graphemes, "iter_graphemes", counted)
    for line in ("漢" * 100_000, "🇩" * 100_001, "a" + "\u0301" * 100_000):
        graphemes.before(line, 50_000)
        graphemes.after(line, 50_000)
        graphemes.beginning(line, 50_000)
    assert max(looked) <= 256


class Page(App[None]):
    def compose(self) -> ComposeResult:
        yield WritingArea()
        yield Field()


@pytest.mark.parametrize("one", WHOLE)
async def test_keys_on_the_page_take_it_whole(one: str) -> None:
    app = Page()
    async with app.run_test() as pilot:
        page = app.query_one(WritingArea)
        page.focus()
        page.load_text(f"a{one}b\nwwwwwwwwwwwwwwwwww")
        places = []
        for _ in range(3):
            await pilot.press("right")
            places.append(page.cursor_location[1])
        assert places == [1, 1 + len(one), 2 + len(one)]
        await pilot.press("left", "left", "shift+right")
        assert page.selected_text == one
        await pilot.press("right", "backspace")
        assert page.body.startswith("ab\n")
        page.load_text(f"a{one}b\nwwwwwwwwwwwwwwwwww")
        page.move_cursor((0, 1))
        await pilot.press("delete")
        assert page.body.startswith("ab\n")
        page.load_text(f"a{one}b\nwwwwwwwwwwwwwwwwww")
        for column in range(12):
            page.move_cursor((1, column))
            await pilot.press("up")
            assert page.cursor_location[1] in {0, 1, 1 + len(one), 2 + len(one)}


@pytest.mark.parametrize("one", WHOLE)
async def test_keys_in_a_field_take_it_whole(one: str) -> None:
    app = Page()
    async with app.run_test() as pilot:
        field = app.query_one(Field)
        field.focus()
        field.value = f"a{one}b"
        await pilot.press("home", "right", "right")
        assert field.cursor_position == 1 + len(one)
        await pilot.press("shift+left")
        assert field.selected_text == one
        await pilot.press("right", "left")
        assert field.cursor_position == 1
        await pilot.press("delete")
        assert field.value == "ab"
        field.value = f"a{one}b"
        field.cursor_position = 1 + len(one)
        await pilot.press("backspace")
        assert (field.value, field.cursor_position) == ("ab", 1)
        await pilot.press("shift+right", "backspace")
        assert field.value == "a"


async def test_flags_that_are_typed_in_front_of_another_come_in_the_order_they_were_typed() -> None:
    app = Page()
    async with app.run_test() as pilot:
        page = app.query_one(WritingArea)
        page.focus()
        page.load_text("🇫🇷")
        for half in "🇩🇪":
            page.post_message(Key(half, half))
        await pilot.pause()
        assert page.body == "🇩🇪🇫🇷"
