"""The reader: who, when, readers, and long notes to their last line."""

from collections.abc import Callable

from kapjournal import clock
from kapjournal.journal import Journal, NewNote
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import enters, painted, sees
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
