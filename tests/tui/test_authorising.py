"""What the two authorise, and a page that may be used, on the screens."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.authorisation import words_of
from kapjournal.domain.joint import Joint, Standing
from kapjournal.domain.parsing import day_from
from kapjournal.journal import Journal
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import AppPilot, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to
from tests.tui.test_pictures import MOMENT, going_to, program

Open = Callable[[str], Journal]
SIZES = [(80, 24), (140, 40)]
SENTENCE = "Dr Kern may be told about"


def put(opened: Open) -> Joint:
    with opened("Ana") as ana:
        return ana.joints.propose(words_of("Dr Kern", "supervision of our therapy", day_from("2097-01-31")))


def held(opened: Open) -> Joint:
    joint = put(opened)
    with opened("Ben") as ben:
        ben.joints.approve(joint.id)
    with opened("Ana") as ana:
        return ana.joints.get(joint.id)


async def reads(pilot: AppPilot, who: str) -> None:
    await enters(pilot, who, PASSPHRASES[who])
    await pilot.press("o")
    await comes_to(pilot, "together")
    await until(pilot, lambda: len(pilot.app.screen.query_one("NoteList").options) == 1)  # type: ignore[attr-defined]
    await pilot.press("enter")
    await comes_to(pilot, "joint")


async def begins_one(pilot: AppPilot) -> None:
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await pilot.press("o")
    await sees(pilot, "Nothing is written down together yet.")
    await pilot.press("n")
    await sees(pilot, "What do you write down for both of you?")
    await pilot.press("end")
    await sees(pilot, "One person outside may be told about")
    await pilot.press("enter")
    await comes_to(pilot, "joint-form")
    await types(pilot, "Dr Kern")


async def test_another_purpose_typed_takes_the_place_of_the_one_that_is_filled_in(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins_one(pilot)
        await sees(pilot, "For the record of you both, write: joint pack.")
        await pilot.press("tab")
        await types(pilot, "joint pack")
        await pilot.press("tab")
        await types(pilot, "2097-01-31")
        await pilot.press("ctrl+s")
        await comes_to(pilot, "joint")
        await sees(pilot, "Dr Kern may be told about you two, for joint pack, until 31 January 2097.")


@pytest.mark.parametrize("size", SIZES)
async def test_ana_writes_one_down(app: KapApp, opened: Open, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await begins_one(pilot)
        await pilot.press("ctrl+s")
        await sees(pilot, "Say until which day: YYYY-MM-DD.")
        await types(pilot, "2097-01-31")
        await pilot.press("ctrl+s")
        await comes_to(pilot, "joint")
        await sees(pilot, "Ben has still to say yes.")
        await sees(pilot, SENTENCE)
    assert [one.standing for one in opened("Ben").authorisations.all()] == [Standing.PROPOSED]


@pytest.mark.parametrize("size", SIZES)
async def test_ben_says_yes_and_takes_it_back(app: KapApp, opened: Open, size: tuple[int, int]) -> None:
    put(opened)
    async with app.run_test(size=size) as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "Ana put something to you: Authorisation.")
        await pilot.press("o", "enter")
        await comes_to(pilot, "joint")
        await sees(pilot, SENTENCE)
        await sees(pilot, "What left before cannot be called back.")
        await pilot.press("y")
        await sees(pilot, "It holds. You may always take a yes back.")
        opened("Ana").close()  # whose program finds that it holds
        await pilot.press("x")
        await sees(pilot, "Nobody is told anything more by it then.")
        await pilot.press("tab", "enter")
        await sees(pilot, "It was taken back on")
    with opened("Ana") as ana:
        assert [one.standing for one in ana.authorisations.all()] == [Standing.ENDED]


async def test_the_therapist_reads_it_and_answers_nothing(app: KapApp, opened: Open) -> None:
    held(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await reads(pilot, "Dr Lee")
        await sees(pilot, "Dr Kern may be told about the two, for supervision of our therapy")
        await sees(pilot, "Either of the two can take it back alone")
        for key in ("y", "x"):
            await pilot.press(key)
            await sees(pilot, "This is for the two partners to approve.")


async def reads_by_the_car(pilot: AppPilot, who: str = "Ana") -> None:
    await enters(pilot, who, PASSPHRASES[who])
    await sees(pilot, "By the car")
    await pilot.press("enter")
    await comes_to(pilot, "reader")
    await sees(pilot, "You waited by the car.")


def shared(opened: Open, who: str) -> None:
    with opened("Ana") as ana:
        ana.notes.share(by_the_car(ana), who)


def by_the_car(ana: Journal) -> str:
    return next(one.id for one in ana.notes.all() if one.text.title == "By the car")


@pytest.mark.parametrize("size", SIZES)
async def test_ana_allows_a_page_and_takes_that_back(
    app: KapApp, opened: Open, size: tuple[int, int]
) -> None:
    shared(opened, "Dr Lee")
    async with app.run_test(size=size) as pilot:
        await reads_by_the_car(pilot)
        await pilot.press("m")
        await sees(pilot, "Allow this page to be used for supervision?")
        await sees(pilot, "told nothing of it.")
        await pilot.press("tab", "enter")
        await sees(pilot, "This page may be used for supervision.")
        await sees(pilot, "· May be used for supervision")
        assert [len(one) for one in allowed(opened, "Ana", "Dr Lee")] == [1, 1]
        await pilot.press("m")
        await sees(pilot, "Take back that this page may be used?")
        await pilot.press("tab", "enter")
        await sees(pilot, "This page may be used for supervision no longer.")
        await until(pilot, lambda: "· May be used" not in painted(app))
    assert allowed(opened, "Ana", "Dr Lee") == [frozenset(), frozenset()]


def allowed(opened: Open, *people: str) -> list[frozenset[str]]:
    found = []
    for who in people:
        with opened(who) as one:
            found.append(one.page_consents.of_pages())
    return found


async def test_a_page_that_no_therapist_reads_is_to_be_shared_first(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await reads_by_the_car(pilot)
        await pilot.press("m")
        await sees(pilot, "Share it first, then say that it may be used.")


async def test_the_therapist_sees_the_mark_and_sets_none(app: KapApp, opened: Open) -> None:
    shared(opened, "Dr Lee")
    with opened("Ana") as ana:
        ana.page_consents.give(by_the_car(ana))
    async with app.run_test(size=(80, 24)) as pilot:
        await reads_by_the_car(pilot, "Dr Lee")
        await sees(pilot, "· May be used for supervision")
        await pilot.press("m")
        assert app.front_screen.NAME == "reader"
        assert "Allow this page" not in painted(app)


async def test_the_other_partner_sees_no_mark(app: KapApp, opened: Open) -> None:
    shared(opened, "Dr Lee")
    with opened("Ana") as ana:
        ana.page_consents.give(by_the_car(ana))
    async with app.run_test(size=(80, 24)) as pilot:
        await reads_by_the_car(pilot, "Ben")
        assert "May be used" not in painted(app)


PICTURES = {
    "list": (["o"], "holds"),
    "authorisation": (["o", "enter"], "What left before"),
    "page": (["enter"], "· May be used for supervision"),
}


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("what", PICTURES)
def test_picture(
    journal_file: Path,
    memory: Path,
    opened: Open,
    snap_compare: Callable[..., bool],
    what: str,
    size: tuple[int, int],
) -> None:
    with clock.at(MOMENT):
        held(opened)
        shared(opened, "Dr Lee")
        with opened("Ana") as ana:
            ana.page_consents.give(by_the_car(ana))
        app = program(journal_file, memory)
        assert snap_compare(app, terminal_size=size, run_before=going_to(*PICTURES[what]))
