"""The loop on the screens: two halves filled alone, released, and joined, with a picture of each."""

import datetime as dt
from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from kapjournal import clock
from kapjournal.domain.cycle import NO_HALF, NOT_JOINED
from kapjournal.domain.notes import NoteKind
from kapjournal.journal import Journal, NewNote
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, enters, painted, sees, types
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to, enters_again, presses
from tests.tui.picture_story import PictureStory, story_at

Open = Callable[[str], Journal]
SIZES = ((80, 24), (140, 40))
MOMENT = dt.datetime(2098, 3, 9, 19, 30, tzinfo=dt.UTC)

ANAS = ("It goes quiet at the table.", "Questions, one after another.", "Is anybody there?")
BENS = ("She asks the second question.", "A shut face.", "I am going to get this wrong.")


async def comes_in(pilot: AppPilot, who: str) -> None:
    await enters(pilot, who, PASSPHRASES[who])
    await sees(pilot, "By the car")


async def goes(pilot: AppPilot) -> None:
    await pilot.press("ctrl+l")
    await comes_to(pilot, "doors")


async def fills(person: PictureStory, answers: tuple[str, ...]) -> None:
    """Write a half: three fields, the others passed over."""
    await person.presses("n")
    await person.sees("1 of 6")
    for number, answer in enumerate(answers, 2):
        await person.types(answer)
        await person.presses("f5")
        await person.sees(f"{number} of 6")
    await person.presses("ctrl+s")
    await person.sees("It is a note now. Only you can read it.")


async def releases(person: PictureStory) -> None:
    await person.presses("r")
    await person.sees("Release your half of the loop?")
    await person.clicks("Release it")


@pytest.mark.usefixtures("still")
async def test_two_halves_are_filled_alone_released_and_joined(
    app: KapApp, opened: Open, snapshot: SnapshotAssertion
) -> None:
    with clock.at(MOMENT):
        async with story_at(app, snapshot, SIZES) as person:
            pilot = person._seat
            await comes_in(pilot, "Ana")
            await person.presses("L")
            await person.sees(NO_HALF)
            await person.looks_at("no half yet")
            await person.presses("n")
            await person.sees("1 of 6")
            await person.types(ANAS[0])
            await person.looks_at("a field of a half")
            await person.presses("f8")
            await person.sees("Throw")
            await person.clicks("Throw away")
            await comes_to(pilot, "loop")
            await fills(person, ANAS)
            await person.presses("r")
            await person.sees("Release your half of the loop?")
            await person.looks_at("release it")
            await person.clicks("Release it")
            await person.sees("Ben can read this when you can read a page of Ben’s for it.")
            await person.looks_at("released by one")
            assert ANAS[2] not in painted(app)
            await goes(pilot)

            await comes_in(pilot, "Ben")
            await person.presses("L")
            await person.sees("Ana has released a half.")
            await person.looks_at("what the other sees of it")
            await fills(person, BENS)
            assert not any(words in painted(app) for words in ANAS)
            await releases(person)
            await person.sees("Ana can read this when you can read a page of Ana’s for it.")
            await goes(pilot)
            for who in ("Ana", "Ben"):
                await comes_in(pilot, who)
                await goes(pilot)

            for who in ("Ana", "Ben"):
                await comes_in(pilot, who)
                await person.presses("L")
                await person.sees(BENS[1])
                await person.looks_at(f"joined, as {who} sees it")
                if who == "Ana":
                    await goes(pilot)
            await person.presses("o")
            await person.sees("A time it went otherwise")
            await person.types("She put her hand flat on the table.")
            await person.looks_at("a time it went otherwise")
            await person.clicks("Write it down")
            await person.sees("You and Ana")
            await person.presses("end")
            await person.sees("Times it went otherwise")
            await person.looks_at("joined, with a time it went otherwise")
    with opened("Dr Lee") as lee:
        assert lee.cycle.loop().halves == ()


async def test_a_half_on_its_way_comes_back_at_its_field_after_a_lock(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await comes_in(pilot, "Ana")
        await pilot.press("L")
        await sees(pilot, NO_HALF)
        await pilot.press("n")
        await sees(pilot, "1 of 6")
        await types(pilot, ANAS[0])
        await pilot.press("f5")
        await sees(pilot, "2 of 6")
        await types(pilot, "Quest")
        await goes(pilot)
        await enters_again(pilot, "Ana", "half")
        await sees(pilot, "2 of 6")
        await types(pilot, "ions")
        await pilot.press("ctrl+s")
        await sees(pilot, "It is a note now.")
    with opened("Ana") as ana:
        (note,) = ana.notes.all(kind=NoteKind.CYCLE)
        assert note.is_private
        assert note.text.body == f"## When\n\n{ANAS[0]}\n\n## On the outside I show\n\nQuestions"


async def test_what_cannot_be_done_yet_says_why(app: KapApp) -> None:
    async with app.run_test(size=(120, 30)) as pilot:
        await comes_in(pilot, "Ana")
        await pilot.press("L")
        await sees(pilot, NO_HALF)
        await pilot.press("o")
        await sees(pilot, NOT_JOINED)
        await pilot.press("r")
        await sees(pilot, f"{NO_HALF} Press n for that.")


async def test_the_loop_is_reached_from_a_page_of_it_and_a_half_can_be_opened_there(
    app: KapApp, opened: Open
) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("All in one breath.", title="Fog", kind=NoteKind.CYCLE))
    async with app.run_test(size=(120, 30)) as pilot:
        await comes_in(pilot, "Ana")
        await pilot.press("L")
        await sees(pilot, "Your half is written. Only you can read it.")
        await pilot.press("e")
        await comes_to(pilot, "reader")
        await sees(pilot, "All in one breath.")
        await pilot.press("L")
        await comes_to(pilot, "loop")


async def test_the_therapist_reads_both_halves_once_both_are_shared_and_changes_nothing(
    app: KapApp, opened: Open
) -> None:
    for who, other in (("Ana", "Ben"), ("Ben", "Ana")):
        with opened(who) as one:
            words = f"## When\n\n{who} hears the door."
            one.notes.add(NewNote(words, kind=NoteKind.CYCLE, share=f"{other}, Dr Lee"))
    async with app.run_test(size=(120, 40)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await pilot.press("L")
        await sees(pilot, "Ben hears the door.")
        assert "Ana hears the door." in painted(app)
        assert "my half" not in painted(app) and "release" not in painted(app)


async def test_no_day_and_no_line_are_asked_for_again(app: KapApp, opened: Open) -> None:
    for who, other in (("Ana", "Ben"), ("Ben", "Ana")):
        with opened(who) as one:
            one.notes.add(NewNote("A half.", kind=NoteKind.CYCLE, share=other))
    async with app.run_test(size=(120, 40)) as pilot:
        await comes_in(pilot, "Ana")
        await pilot.press("L")
        await sees(pilot, "In their own words")
        await pilot.press("o")
        await sees(pilot, "A time it went otherwise")
        await presses(pilot, "#do")
        await sees(pilot, "Type the line.")
        app.screen.query_one("#day", Field).value = "soon"
        app.screen.query_one("#line", Field).value = "He stayed."
        await presses(pilot, "#do")
        await sees(pilot, "“soon”")
    with opened("Ana") as ana:
        assert ana.cycle.loop().otherwise == ()
