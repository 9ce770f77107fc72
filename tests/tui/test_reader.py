"""The reader: who, when, readers, and long notes to their last line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.journal import Journal, NewNote
from kapjournal.tui.shell.app import KapApp
from tests.attached import file_of
from tests.tui.app_pilot import enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]


async def test_a_long_list_is_read_to_its_end(app: KapApp, opened: Open) -> None:
    with opened("Ben") as ben:
        body = "\n".join(f"{'  ' * (number % 3)}- item {number}" for number in range(1500))
        ben.notes.add(NewNote(body, title="A list", date=clock.today(), share="all"))
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "A list")
        await pilot.press("end", "enter")
        await sees(pilot, "by Ben")
        await sees(pilot, "◉ All of you")
        await sees(pilot, "▪ item 0 ▫ item 1")
        await pilot.press("end")
        await sees(pilot, "item 1499")
        await pilot.press("home")
        await sees(pilot, "▪ item 0 ▫ item 1")


async def test_eight_thousand_words_are_read_to_their_end(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        body = "\n\n".join(f"{number} " + "word " * 99 for number in range(80)) + "the last of them"
        ana.notes.add(NewNote(body, title="Long", date=clock.today()))
    async with app.run_test(size=(60, 15)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Long")
        await pilot.press("end", "enter")
        await sees(pilot, "Only you 0 word")
        await pilot.press("end")
        await sees(pilot, "the last of them")
        assert "^L lock" in painted(app)


async def test_what_is_attached_stands_above_the_words(app: KapApp, opened: Open, tmp_path: Path) -> None:
    with opened("Ben") as ben:
        note = ben.notes.add(NewNote("Under the lantern.", title="A walk", date=clock.today(), share="all"))
        for name, size in (("photo of us.jpg", 2_300_000), ("memo.m4a", 900)):
            ben.attachments.attach(note.id, file_of(tmp_path, bytes(size), name))
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "A walk")
        await pilot.press("end", "enter")
        await sees(
            pilot, "photo of us.jpg · 2.3 MB · picture memo.m4a · 900 bytes · sound Under the lantern."
        )


async def test_many_files_leave_room_for_the_words(app: KapApp, opened: Open, tmp_path: Path) -> None:
    with opened("Ana") as ana:
        note = ana.notes.add(NewNote("The words.", title="Many", date=clock.today()))
        for number in range(1, 10):
            ana.attachments.attach(note.id, file_of(tmp_path, b"1", f"{number}.txt"))
    async with app.run_test(size=(60, 20)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Many")
        await pilot.press("end", "enter")
        await sees(pilot, "5.txt · 1 byte · document 6.txt · 1 byte · document The words.")
        await pilot.press("shift+tab", "end")
        await sees(pilot, "9.txt · 1 byte · document The words.")


async def test_what_is_said_of_a_note_goes_when_another_is_read(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("home", "enter")
        await sees(pilot, "Tue 3 Mar 2026")
        await pilot.press("w")
        await sees(pilot, "Only you can read this note")
        await pilot.press("right_square_bracket")
        await sees(pilot, "Wed 4 Mar 2026")
        await until(pilot, lambda: "Only you can read this note" not in painted(app))


@pytest.mark.parametrize("width", [70, 79, 80, 84, 90, 140])
async def test_a_scrollbar_takes_no_letter_from_the_end_of_a_line(
    app: KapApp, opened: Callable[[str], Journal], width: int
) -> None:
    body = "\n\n".join(" ".join(f"w{line:02}{at:02}" for at in range(40)) for line in range(20))
    with opened("Ana") as ana:
        ana.notes.add(NewNote(body, title="Long"))
    async with app.run_test(size=(width, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("end", "enter")
        await sees(pilot, "w0000")
        await pilot.pause()
        shown = [word.rstrip("▁▂▃▄▅▆▇█") for word in painted(app).split() if word.startswith("w0")]
        assert shown and all(len(word) == 5 for word in shown), shown
