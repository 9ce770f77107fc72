import re
from collections.abc import Callable

import pytest

from kapjournal import clock
from kapjournal.journal import Journal, NewNote
from kapjournal.tui.rendering.layout import lay_out
from kapjournal.tui.rendering.markdown import PLAIN_ABOVE, blocks
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES

CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SPITEFUL = (
    "before &#27;[2J &#x9b;31m &#x202e;turned\u202e again\u2066 [/b] [@click=app.quit]press[/] "
    "[link](x\u202ey)\n\n"
    "<b>bold</b> `code [/x]` ![\u202epicture](u)\n\n- \u202eitem\n\n```\n\u202efence\n```\n\n"
    "| \u202ea | b |\n|---|---|\n| c | d |\n"
)

Open = Callable[[str], Journal]


async def test_a_spiteful_note_reaches_the_terminal_as_plain_marks(app: KapApp, opened: Open) -> None:
    with opened("Ben") as ben:
        ben.notes.add(NewNote(SPITEFUL, title="[red]\u202etitle[/x]", tags=("\u202etag",), share="Ana"))
    async with app.run_test(size=(140, 40)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "[red]�title[/x]")
        await sees(pilot, "[@click=app.quit]press[/]")
        assert not CONTROLS.search(painted(app))
        await pilot.press("end", "enter")
        await sees(pilot, "#�tag")
        await sees(pilot, "<b>bold</b>")
        assert not CONTROLS.search(painted(app))
        await pilot.press("escape", "slash")
        await types(pilot, "turned")
        await sees(pilot, "Ben · ")
        assert not CONTROLS.search(painted(app))


async def test_the_page_and_the_title_draw_marks_too(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote(SPITEFUL + "\u2028", title="\u202emine", date=clock.today()))
    async with app.run_test(size=(80, 30)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "�mine")
        await pilot.press("end", "enter")
        await sees(pilot, "Only you before")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await sees(pilot, "&#27;[2J")
        assert "⏎" in painted(app)
        assert not CONTROLS.search(painted(app))


def test_markdown_stays_harmless_after_entities_are_read() -> None:
    lines = "\n".join(line.plain for line in lay_out(blocks(SPITEFUL + "\x1b\x9b\x00"), 60))
    assert not CONTROLS.search(lines)
    assert "[@click=app.quit]press[/]" in lines


def test_markdown_is_laid_out_with_hanging_lines() -> None:
    body = "# One\n\n- a long item that has to be broken\n  - inner\n\n> said\n\n3. three\n4. four\n"
    assert [line.plain for line in lay_out(blocks(body), 20)] == [
        "One",
        "",
        "▪ a long item that",
        "  has to be broken",
        "  ▫ inner",
        "",
        "│ said",
        "",
        "3. three",
        "4. four",
    ]


def heavy(form: str, words: int) -> str:
    """A note of so many words in which nearly every one of them is marked up."""
    lists = "\n".join(["- the light was still upon it"] * (words // 6))
    tables = "| a | b |\n|---|---|\n" + "\n".join(["| the light was | still upon it |"] * (words // 6))
    marked = "\n\n".join(["*the* **light** was *still* **upon** it " * 10] * (words // 60))
    return {"lists": lists, "tables": tables, "marks": marked}[form]


@pytest.mark.parametrize("words", [8_000, 50_000])
@pytest.mark.parametrize(("form", "mark"), [("lists", "- "), ("tables", "|--"), ("marks", "*")])
def test_a_long_note_full_of_markdown_is_laid_out(form: str, mark: str, words: int) -> None:
    assert not any(mark in block.words.plain for block in blocks(heavy(form, words)))


@pytest.mark.parametrize("spite", ["*a", "![a](", "[", "> a\n", "a  \n", "*a_b", "- a\n", "a|b\n-|-\n"])
def test_a_note_that_would_keep_the_parser_busy_is_shown_as_written(
    spite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kapjournal.tui.rendering.markdown.parse", None)
    body = spite * (PLAIN_ABOVE // len(spite))
    assert "\n".join(block.words.plain for block in blocks(body)) == body
