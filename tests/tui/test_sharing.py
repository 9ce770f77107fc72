from collections.abc import Callable

from kapjournal.journal import Journal
from kapjournal.tui.app import KapApp
from tests.tui.conftest import PASSPHRASES
from tests.tui.sight import enters, painted, sees, until

Open = Callable[[str], Journal]


async def test_sharing_says_who_will_read_it_and_what_it_means(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "Hallway")
        await seat.press("home", "s")
        await sees(seat, "Let someone read this")
        assert "Now: ◌ Only you" in painted(app)
        await seat.press("home", "space")
        await sees(seat, "◍ You and Dr Lee")
        await sees(seat, "This journal is not monitored; in an emergency: 988")
        await sees(seat, "As Dr Lee will see it")
        await sees(seat, "by Ana")
        assert "◍ You and Ana" in painted(app)
        assert "▐x▌ Dr Lee" in painted(app)
        assert "▐ ▌ Ben" in painted(app)
        await seat.click("#share")
        await sees(seat, "You and Dr Lee can read it now.")
    with opened("Dr Lee") as lee:
        assert "Hallway" in [note.text.title for note in lee.notes.all()]
    with opened("Ben") as ben:
        assert "Hallway" not in [note.text.title for note in ben.notes.all()]


async def test_escape_shares_nothing(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "Hallway")
        await seat.press("home", "s", "space", "escape")
    with opened("Dr Lee") as lee:
        assert lee.notes.all() == []


async def test_withdrawing_says_that_it_may_have_been_read(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "By the car")
        await seat.press("end", "enter")
        await sees(seat, "You waited")
        await seat.press("w")
        await sees(seat, "They may have read it already")
        await seat.click("#stop")
        await sees(seat, "Stopped sharing.")
        await sees(seat, "◌ Only you")
    with opened("Ben") as ben:
        assert ben.notes.all() == []


async def test_only_the_author_can_change_or_share(app: KapApp) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ben", PASSPHRASES["Ben"])
        await sees(seat, "By the car")
        assert "share" not in painted(app)
        await seat.press("enter")
        await sees(seat, "by Ana")
        assert "edit" not in painted(app)
        screen = app.screen
        await seat.press("e", "s", "w")
        assert app.screen is screen


async def test_search_marks_words_and_opens_a_note(app: KapApp) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "Hallway")
        await seat.press("slash", *"marz")
        await sees(seat, "Only you The marzipan light")
        await seat.press("enter", "enter")
        await sees(seat, "Tue 3 Mar 2026")
        await seat.press("escape", "escape", "escape")
        await until(seat, lambda: "The course" in painted(app))


async def test_nothing_of_others_is_found(app: KapApp) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ben", PASSPHRASES["Ben"])
        await seat.press("slash", *"marz")
        await sees(seat, "Nothing you can read has these words.")
