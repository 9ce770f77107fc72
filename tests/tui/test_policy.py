"""The couple's policy on the screens, and asking to talk without saying what."""

from collections.abc import Callable

from textual.widgets import Button

from kapjournal.domain.policy import DEFAULT_HOUR, SecretsPolicy
from kapjournal.journal import Journal
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import enters, painted, sees, until
from tests.tui.conftest import MORNING, PASSPHRASES

Open = Callable[[str], Journal]


def chosen(opened: Open, secrets: SecretsPolicy = SecretsPolicy.NO_SECRETS) -> None:
    with opened("Dr Lee") as lee:
        lee.policies.write(secrets, DEFAULT_HOUR)


async def test_a_therapist_writes_down_what_the_two_chose(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await pilot.press("P")
        await sees(pilot, "What the two chose of secrets")
        await pilot.press("home", "down", "enter", *["backspace"] * 5, *"9:30", "tab", "space", "shift+tab")
        await sees(pilot, "Keep dialogue for the room")
        await pilot.press("enter")
        await sees(pilot, "Written down: therapist’s discretion. Dialogue is kept for the room. Both")
    with opened("Ana") as ana:
        now = ana.policies.current()
        assert now.secrets is SecretsPolicy.DISCRETION and f"{now.hour:%H:%M}" == "09:30"
        assert now.dialogue_in_the_room


async def test_a_partner_reads_it_and_changes_nothing(app: KapApp, opened: Open) -> None:
    chosen(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await pilot.press("P")
        await sees(pilot, "Secrets: no secrets.")
        await sees(pilot, "until 10:00 the next day.")
        assert not app.screen.query(Button)


async def test_three_ways_on_stand_where_a_therapist_will_read_it(app: KapApp, opened: Open) -> None:
    chosen(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("home", "s")
        await sees(pilot, "Let someone read this")
        assert not app.screen.query_one("#talk").display
        await pilot.press("home", "down", "space")
        await sees(pilot, "You two chose no secrets. Dr Lee may bring this")
        for way in ("Share", "Not now", "Only ask to talk"):
            await sees(pilot, way)
        await pilot.click("#talk")
        await sees(pilot, "Dr Lee can see that you ask to talk, and not what about.")
    with opened("Dr Lee") as lee:
        assert len(lee.talking.current()) == 1 and lee.notes.all() == []


async def test_the_sentence_stands_in_the_details_and_before_a_new_note_goes(
    app: KapApp, opened: Open
) -> None:
    chosen(opened, SecretsPolicy.INDIVIDUAL)
    async with app.run_test(size=(100, 40)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("n", *"words", "f2")
        await sees(pilot, "What goes with it")
        await pilot.press("tab", "tab", "tab", "tab", "home", "space")
        await sees(pilot, "You two chose individual confidence. Dr Lee does not")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "What goes with it" not in painted(app))
        await pilot.press("ctrl+s")
        await sees(pilot, "Let Dr Lee")
        await sees(pilot, "You two chose individual confidence.")
        await sees(pilot, "l on the course asks to talk without saying what about.")


async def test_asking_to_talk_and_taking_it_back_from_the_course(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("l")
        await sees(pilot, "Ask to talk?")
        await pilot.click("#yes")
        await sees(pilot, "Dr Lee can see that you ask to talk")
        await pilot.press("l")
        await sees(pilot, "You ask to talk, since")
        await pilot.click("#yes")
        await sees(pilot, "You do not ask to talk any more.")
    with opened("Dr Lee") as lee:
        assert lee.talking.current() == []


async def test_it_stands_beside_the_couple(desk: KapApp, opened: Open) -> None:
    with opened("Ben") as ben:
        ben.talking.ask()
    async with desk.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: desk.screen.query("#doors"))
        await pilot.press("enter", *MORNING, "enter")
        await sees(pilot, "talk")
        [row] = [line for line in painted(desk).splitlines() if "Hallway" in line]
        assert " talk " in row
