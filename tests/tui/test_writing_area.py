"""The page breaks, edits and draws as a bare `TextArea` does, whatever is written."""

import random
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual._wrap import compute_wrap_offsets
from textual.app import App, ComposeResult
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import get_tab_widths
from textual.widgets import TextArea

from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.rendering.line_marks import LONGEST, marks
from kapjournal.tui.textual_internals.text_area import GraphemeNavigator
from kapjournal.tui.textual_internals.wrapping import FastWrappedDocument, wrap_offsets

ODD = [
    "é",
    "“said”",
    "漢字かな",
    "👩‍👩‍👧",
    "e\u0301x",
    "שלום",
    "مرحبا",
    "❤️",
    "\xa0",
    "—",
    "x\u3000y",
    "\u200b",
    "1️⃣",
]
GAPS = [" ", " ", " ", "  ", "", " " * 9, " " * 40]

pieces = st.one_of(
    st.text("abcdefg", min_size=1, max_size=12),
    st.sampled_from([*ODD, "w" * 90, "漢" * 50]),
    st.sampled_from(GAPS),
)
lines = st.lists(pieces, max_size=60).map("".join)
tabbed = st.lists(st.one_of(pieces, st.just("\t")), max_size=30).map("".join)


@settings(max_examples=200)
@given(lines | tabbed, st.integers(0, 80))
def test_a_line_breaks_where_textual_breaks_it(line: str, width: int) -> None:
    tabs = get_tab_widths(line, 4)
    assert wrap_offsets(line, width) == (compute_wrap_offsets(line, width, 4, True, tabs) if width else [])


@settings(max_examples=60)
@given(st.lists(lines | tabbed, min_size=1, max_size=8), st.integers(0, 50), st.data())
def test_an_edit_leaves_what_breaking_everything_anew_would(
    before: list[str], width: int, data: st.DataObject
) -> None:
    document = Document("\n".join(before))
    wrapped = FastWrappedDocument(document, width)
    for _ in range(4):
        row = st.integers(0, document.line_count - 1)
        ends = []
        for _ in range(2):
            at = data.draw(row)
            ends.append((at, data.draw(st.integers(0, len(document[at])))))
        text = data.draw(st.lists(lines | tabbed, max_size=3).map("\n".join))
        top, bottom = sorted(ends)
        wrapped.wrap_range(top, bottom, document.replace_range(top, bottom, text).end_location)
        fresh = WrappedDocument(document, width)
        assert wrapped.height == fresh.height
        assert wrapped._wrap_offsets == fresh._wrap_offsets
        assert list(wrapped._offset_to_line_info) == fresh._offset_to_line_info
        assert list(wrapped._line_index_to_offsets) == fresh._line_index_to_offsets
        for line in range(document.line_count):
            assert wrapped.get_sections(line) == fresh.get_sections(line)


def test_a_page_of_empty_lines_costs_less_memory_than_a_list_for_each_would() -> None:
    document = Document("\n" * 1_000_000)
    tracemalloc.start()
    wrapped = FastWrappedDocument(document, 60)
    document.replace_range((5, 0), (5, 0), "\n")
    wrapped.wrap_range((5, 0), (5, 0), (6, 0))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert wrapped.height == 1_000_002
    assert wrapped.piece_at(1_000_001) == (1_000_001, 0)
    assert taken < 40_000_000


class BareTextArea(TextArea):
    """Textual's own, but that it goes from character to character as people take them."""

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.navigator = GraphemeNavigator(self.wrapped_document)


class Pair(App[None]):
    """A page and a bare text area with the same words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.page = WritingArea(words)
        self.bare = BareTextArea(words, highlight_cursor_line=False, placeholder="Write…", classes="bare")

    CSS = "TextArea { width: 40; height: 12; border: none; padding: 0 1; scrollbar-size-vertical: 1; }"

    def compose(self) -> ComposeResult:
        yield self.page
        yield self.bare


def deeds(rng: random.Random) -> Iterator[tuple[str, tuple[object, ...]]]:
    """What hands do to a page: a method of `TextArea` and what it is given."""
    moves = [
        "cursor_left",
        "cursor_right",
        "cursor_up",
        "cursor_down",
        "cursor_word_left",
        "cursor_word_right",
    ]
    moves += ["cursor_line_start", "cursor_line_end"]
    rest = ["delete_left", "delete_right", "delete_word_left", "delete_line", "undo", "redo", "undo", "redo"]
    rest += ["cursor_page_up", "cursor_page_down", "select_line"]
    while True:
        if rng.random() < 0.4:
            words = [rng.choice(["word", "b", "\n", "tab\there", *ODD]) for _ in range(rng.randint(1, 30))]
            yield "typed", (rng.choice(["a", "\n", " ", rng.choice(GAPS).join(words)]),)
        elif rng.random() < 0.5:
            yield "action_" + rng.choice(moves), (rng.random() < 0.4,)
        else:
            yield "action_" + rng.choice(rest), ()


@pytest.mark.parametrize("seed", range(3))
async def test_every_way_of_editing_does_what_a_bare_text_area_does(seed: int) -> None:
    rng = random.Random(seed)
    app = Pair(" ".join(rng.choice(["light", "hallway", *ODD]) for _ in range(120)))
    async with app.run_test(size=(80, 30)) as pilot:
        deed = deeds(rng)
        for _ in range(100):
            name, given_to = next(deed)
            for area in (app.page, app.bare):
                if name == "typed":
                    area._replace_via_keyboard(str(given_to[0]), *area.selection)
                else:
                    getattr(area, name)(*given_to)
            await pilot.pause(0)
            assert app.page.text == app.bare.text
            assert app.page.selection == app.bare.selection
            assert app.page.wrapped_document._wrap_offsets == app.bare.wrapped_document._wrap_offsets
            assert app.page._cursor_offset == app.bare._cursor_offset
            assert drawn(app.page) == drawn(app.bare), name


def drawn(area: TextArea) -> list[str]:
    """The characters of the area; a bare one marks an empty line that is selected by a block."""
    return [area.render_line(y).text.rstrip().replace("▌", "") for y in range(area.size.height)]


def test_marks_are_found_in_one_line() -> None:
    line = "- a **bold** and *soft* `code` ~~gone~~ [a link](https://example.org) 2 * 3 * 4 snake_case_word"
    found = [(line[mark.start : mark.end], mark.name) for mark in marks(line)]
    assert found == [
        ("-", "mark"),
        ("**bold**", "strong"),
        ("*soft*", "emphasis"),
        ("`code`", "code"),
        ("~~gone~~", "strike"),
        ("[a link](https://example.org)", "link"),
    ]
    assert [mark.name for mark in marks("## A heading")] == ["heading"]
    assert [mark.name for mark in marks("> she said")] == ["quote"]
    assert [mark.name for mark in marks("---")] == ["mark"]
    assert marks("#no heading") == []
    assert marks("*" * (LONGEST + 1)) == []


async def test_marks_are_drawn_while_typing() -> None:
    app = Pair("")
    async with app.run_test() as pilot:
        await pilot.press(*"plain ", *"*soft*")
        styles = {segment.text.strip(): segment.style for segment in app.page.render_line(0)}
        assert styles["*soft*"] and styles["*soft*"].italic
        assert styles["plain"] and not styles["plain"].italic


async def test_opening_a_page_breaks_each_line_for_each_width_once(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = 0
    replace = FastWrappedDocument._replace

    def counted(self: FastWrappedDocument, top: int, old_end: int, lines: list[str]) -> None:
        nonlocal broken
        broken += len(lines)
        replace(self, top, old_end, lines)

    monkeypatch.setattr(FastWrappedDocument, "_replace", counted)
    app = Pair("\n" * 3000)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        assert app.page.wrapped_document.height == 3001
        assert broken < 3 * 3001
        broken = 0
        app.page.insert("x")
        assert broken == 1


def test_a_long_word_is_folded_without_measuring_its_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "so " + "w" * 5000 + "   then on"
    expected = compute_wrap_offsets(line, 40, 4, True, [(line, 0)])
    monkeypatch.setattr("kapjournal.tui.textual_internals.wrapping.compute_wrap_offsets", None)
    assert wrap_offsets(line, 40) == expected
