"""Importing on the screens: it looks first, brings it, is stopped, and takes it out again."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, OptionList

from kapjournal import clock
from kapjournal.journal import Journal
from kapjournal.journal.imports import Imports
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.field import Field
from tests.exchange.imports.making import folder
from tests.tui.app_pilot import AppPilot, app_of, at_rest, enters, sees, slow, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to, presses
from tests.tui.test_pictures import MOMENT, program

Open = Callable[[str], Journal]
Compare = Callable[..., bool]
SIZES = [(80, 24), (140, 40)]


def vault(root: Path) -> Path:
    return folder(
        root / "vault",
        {
            "2024-03-02 Kettle.md": "---\ntags: [lake, early light]\n---\nIt hummed.\n\n![[a.bin]]",
            "2024-03-05.md": "Words",
            "a.bin": b"bytes",
            "latin.md": "héllo".encode("cp1252"),
        },
    )


async def looks(pilot: AppPilot, path: Path) -> None:
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await sees(pilot, "By the car")
    await pilot.press("X")
    await comes_to(pilot, "import")
    app_of(pilot).screen.query_one("#file", Field).value = str(path)
    await pilot.press("enter")


async def is_ready(pilot: AppPilot) -> None:
    """Wait until Enter brings in what was seen."""
    do = app_of(pilot).screen.query_one("#do")
    await until(pilot, lambda: do.has_focus and not do.has_class("-active"))


def label(pilot: AppPilot) -> str:
    return str(app_of(pilot).screen.query_one("#do", Button).label)


def mine(opened: Open) -> int:
    with opened("Ana") as ana:
        return len(ana.notes.all())


@pytest.mark.parametrize("key", ["x", "delete"])
async def test_it_looks_then_brings_then_takes_it_out(
    app: KapApp, opened: Open, tmp_path: Path, key: str
) -> None:
    before = mine(opened)
    async with app.run_test(size=(100, 50)) as pilot:
        await looks(pilot, vault(tmp_path))
        await sees(pilot, "To come: 2 notes from 2 March 2024")
        await sees(pilot, "latin.md: It is not UTF-8")
        await is_ready(pilot)
        assert label(pilot) == "Bring it in" and mine(opened) == before
        await pilot.press("enter")
        await sees(pilot, "Imported: 2 notes")
        assert label(pilot) == "Look first" and mine(opened) == before + 2
        await pilot.press("f2")
        await comes_to(pilot, "imports")
        await sees(pilot, "markdown · vault · 2 notes")
        await pilot.press(key)
        await sees(pilot, "Take all of it out again?")
        await presses(pilot, "#yes")
        await sees(pilot, "Taken out: 2 notes.")
        await sees(pilot, "Nothing was imported, or all of it was undone.")
    assert mine(opened) == before


async def test_a_long_report_is_read_by_keyboard_from_its_first_line_on(app: KapApp, tmp_path: Path) -> None:
    """Whoever presses Enter before they have seen the button brings in nothing."""
    sources = {f"{n:03}.md": f"Words\x07 {n} ![](gone{n}.png)" for n in range(200)}
    odd = f"---\nsession: 9\ntitle: {'t' * 300}\ntags: [{'x' * 50}]\ntags: twice\n---\n"
    sources |= {f"c{n}.md": f"{odd}{n}" for n in range(17)}
    async with app.run_test(size=(80, 24)) as pilot:
        await looks(pilot, folder(tmp_path / "many", sources))
        report, body = app.screen.query_one("#report"), app.screen.query_one("#body")
        await until(pilot, lambda: report.has_focus)
        await until(pilot, lambda: body.region.y <= report.region.y < body.region.y + 3)
        await sees(pilot, "To come: 217 notes")
        await pilot.press("enter", *["down"] * 4)
        await until(pilot, lambda: report.region.y < body.region.y)
        seen = report.region.y
        await pilot.press("pagedown")
        await until(pilot, lambda: report.region.y < seen)
        await pilot.press("tab")
        await until(pilot, lambda: app.screen.query_one("#do").has_focus)
        await until(pilot, lambda: app.screen.query_one("#do").region.bottom <= body.region.bottom)
        assert label(pilot) == "Bring it in"


async def test_what_is_encoded_otherwise_comes_once_its_encoding_is_said(
    app: KapApp, opened: Open, tmp_path: Path
) -> None:
    before = mine(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await looks(pilot, vault(tmp_path))
        await sees(pilot, "What you say below lets more of it come")
        field = app.screen.query_one("#encoding", Field)
        assert field.display and not app.screen.query_one("#metadata").display
        field.focus()
        field.value = "no such"
        await until(pilot, lambda: label(pilot) == "Look first")
        await pilot.press("enter")
        await sees(pilot, "There is no encoding")
        assert field.has_focus
        field.value = "cp1252"
        await until(pilot, lambda: not app.screen.query_one("#do").has_class("-active"))
        await pilot.press("enter")
        await sees(pilot, "To come: 3 notes")
        await is_ready(pilot)
        await pilot.press("enter")
        await sees(pilot, "Imported: 3 notes")
        back, body = app.screen.query_one("#back"), app.screen.query_one("#body")
        await until(pilot, lambda: back.has_focus and back.region.bottom <= body.region.bottom)
    assert mine(opened) == before + 3


async def test_a_picture_that_cannot_be_cleaned_comes_if_that_is_wanted(app: KapApp, tmp_path: Path) -> None:
    heic = b"\0\0\0\x18ftypheic" + bytes(40)
    async with app.run_test(size=(100, 50)) as pilot:
        await looks(pilot, folder(tmp_path / "v", {"a.md": "![](p.heic)", "p.heic": heic}))
        await sees(pilot, "To come: 1 note of")
        kept = app.screen.query_one("#metadata", Checklist)
        assert kept.display and not app.screen.query_one("#encoding").display
        kept.focus()
        await pilot.press("space")
        await until(pilot, lambda: label(pilot) == "Look first")
        await presses(pilot, "#do")
        await sees(pilot, "with 1 file")


async def test_another_path_is_looked_at_first(app: KapApp, tmp_path: Path) -> None:
    async with app.run_test(size=(100, 50)) as pilot:
        await looks(pilot, vault(tmp_path))
        await sees(pilot, "To come: 2 notes")
        app.screen.query_one("#file", Field).value = str(tmp_path / "nowhere")
        await until(pilot, lambda: label(pilot) == "Look first")
        app.screen.query_one("#do", Button).press()
        await sees(pilot, "There is no file or folder")


async def test_stopping_leaves_nothing(
    app: KapApp, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = mine(opened)
    slowly = slow(monkeypatch, Imports, "bring")
    async with app.run_test(size=(100, 50)) as pilot:
        await looks(pilot, vault(tmp_path))
        await sees(pilot, "To come: 2 notes")
        await is_ready(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: label_of_back(pilot) == "Stop")
        await pilot.press("escape")
        await sees(pilot, "Stopping…")
        slowly.gate.set()
        await sees(pilot, "It was given up. Nothing of it was kept.")
        assert label_of_back(pilot) == "Back" and label(pilot) == "Look first"
    assert mine(opened) == before


def label_of_back(pilot: AppPilot) -> str:
    return str(app_of(pilot).screen.query_one("#back", Button).label)


def going(path: Path, *, bring: bool) -> Callable[[Pilot[Any]], Awaitable[None]]:
    async def go(pilot: Pilot[Any]) -> None:
        await looks(pilot, path)
        await sees(pilot, "To come: 2 notes")
        if bring:
            await is_ready(pilot)
            await pilot.press("enter")
            await sees(pilot, "Imported: 2 notes")
            await pilot.press("f2")
            await sees(pilot, "markdown · ")
            await until(pilot, lambda: app_of(pilot).screen.query_one(OptionList).has_focus)
        await at_rest(pilot)

    return go


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("bring", [False, True], ids=["what would come", "what came"])
def test_pictures(
    journal_file: Path,
    memory: Path,
    snap_compare: Compare,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    size: tuple[int, int],
    bring: bool,
) -> None:
    vault(tmp_path)
    monkeypatch.chdir(tmp_path)
    with clock.at(MOMENT):
        app = program(journal_file, memory)
        assert snap_compare(app, terminal_size=size, run_before=going(Path("vault"), bring=bring))
