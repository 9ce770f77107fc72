"""The reader: who, when, readers, and long notes to their last line."""

from collections.abc import Callable

from kapjournal import clock
from kapjournal.journal import Journal, NewNote
from kapjournal.tui.app import KapApp
from tests.tui.conftest import PASSPHRASES
from tests.tui.sight import enters, painted, sees

Open = Callable[[str], Journal]


async def test_a_long_list_is_read_to_its_end(app: KapApp, opened: Open) -> None:
    with opened("Ben") as ben:
        body = "\n".join(f"{'  ' * (number % 3)}- item {number}" for number in range(1500))
        ben.notes.add(NewNote(body, title="A list", date=clock.today(), share="all"))
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "A list")
        await seat.press("end", "enter")
        await sees(seat, "by Ben")
        await sees(seat, "◉ All of you")
        await sees(seat, "▪ item 0 ▫ item 1")
        await seat.press("end")
        await sees(seat, "item 1499")
        await seat.press("home")
        await sees(seat, "▪ item 0 ▫ item 1")


async def test_eight_thousand_words_are_read_to_their_end(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        body = "\n\n".join(f"{number} " + "word " * 99 for number in range(80)) + "the last of them"
        ana.notes.add(NewNote(body, title="Long", date=clock.today()))
    async with app.run_test(size=(60, 15)) as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "Long")
        await seat.press("end", "enter")
        await sees(seat, "Only you 0 word")
        await seat.press("end")
        await sees(seat, "the last of them")
        assert "^L lock" in painted(app)
