"""Own words coming back on the course: only if they are wanted."""

from collections.abc import Callable

from kapjournal import clock
from kapjournal.config import Settings
from kapjournal.domain.coming_back import month_before
from kapjournal.journal import Journal, NewNote
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import enters, painted, sees
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]


async def test_nothing_comes_back_unless_it_is_wanted(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("An orange.", date=month_before(clock.today())))
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "An orange.")
        assert "A month ago" not in painted(app)
        app.settings = Settings(own_words=True)
        await pilot.press("ctrl+l")
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "A month ago")
