from collections.abc import Callable

from kapjournal.journal import Journal
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]


async def test_sharing_says_who_will_read_it_and_what_it_means(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("home", "s")
        await sees(pilot, "Let someone read this")
        assert "Now: ◌ Only you" in painted(app)
        await pilot.press("home", "down", "space")
        await sees(pilot, "◍ You and Dr Lee")
        await sees(pilot, "This journal is not monitored; in an emergency: 988")
        await sees(pilot, "As Dr Lee will see it")
        await sees(pilot, "by Ana")
        assert "◍ You and Ana" in painted(app)
        assert "▐x▌ Dr Lee" in painted(app)
        assert "▐ ▌ Ben" in painted(app)
        await pilot.click("#share")
        await sees(pilot, "You and Dr Lee can read it now.")
    with opened("Dr Lee") as lee:
        assert "Hallway" in [note.text.title for note in lee.notes.all()]
    with opened("Ben") as ben:
        assert "Hallway" not in [note.text.title for note in ben.notes.all()]


async def test_escape_shares_nothing(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("home", "s", "space", "escape")
    with opened("Dr Lee") as lee:
        assert lee.notes.all() == []


async def test_withdrawing_says_that_it_may_have_been_read(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("end", "enter")
        await sees(pilot, "You waited")
        await pilot.press("w")
        await sees(pilot, "They may have read it already")
        await pilot.click("#stop")
        await sees(pilot, "Stopped sharing.")
        await sees(pilot, "◌ Only you")
    with opened("Ben") as ben:
        assert ben.notes.all() == []


async def test_only_the_author_can_change_or_share(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "By the car")
        assert "share" not in painted(app)
        await pilot.press("enter")
        await sees(pilot, "by Ana")
        assert "edit" not in painted(app)
        screen = app.screen
        await pilot.press("e", "s", "w")
        assert app.screen is screen


async def test_search_marks_words_and_opens_a_note(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("slash", *"marz")
        await sees(pilot, "Only you The marzipan light")
        await pilot.press("enter", "enter")
        await sees(pilot, "Tue 3 Mar 2026")
        await pilot.press("escape", "escape", "escape")
        await until(pilot, lambda: "The course" in painted(app))


async def test_nothing_of_others_is_found(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await pilot.press("slash", *"marz")
        await sees(pilot, "Nothing you can read has these words.")


async def test_enter_ticks_all_of_you_and_what_is_not_shared_is_said(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("home", "s")
        await sees(pilot, "Ben, partner · not compared yet")
        await pilot.press("home", "enter")
        await sees(pilot, "Then these can read it: ◉ All of you")
        assert painted(app).count("▐x▌") == 3
        await pilot.press("down", "enter")
        await sees(pilot, "◍ You and Ben")
        assert painted(app).count("▐x▌") == 1, "with one of them out, it is not all of you"
        await pilot.press("enter")
        await sees(pilot, "◉ All of you")
        await pilot.press("home", "space")
        await sees(pilot, "Now: ◌ Only you")
        await pilot.press("escape")
        await sees(pilot, "Nothing was shared.")
    with opened("Ben") as ben:
        assert "Hallway" not in [note.text.title for note in ben.notes.all()]


async def test_who_was_compared_is_not_remarked_on(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.members.mark_verified("Ben")
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("home", "s")
        await sees(pilot, "Dr Lee, therapist · not compared yet")
        assert "Ben, partner ·" not in painted(app)
