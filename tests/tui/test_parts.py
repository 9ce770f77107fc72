"""The parts check-in on the screens: step by step, kept at each, and a page for the partner after a yes."""

from collections.abc import Callable

import pytest
from textual.widgets import Button, OptionList

from kapjournal.domain.notes import NoteKind
from kapjournal.journal import Journal
from kapjournal.tui.modals.quote import QuoteModal
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.screens.parts import PartsScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.checklist import Checklist
from tests.tui.app_pilot import AppPilot, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]
SAFETY = "take it to your therapist"


async def begins(pilot: AppPilot, who: str = "Ana") -> None:
    await enters(pilot, who, PASSPHRASES[who])
    await sees(pilot, "By the car")
    await pilot.press("y")
    await comes_to(pilot, "parts")


async def steps_to(pilot: AppPilot, number: int) -> None:
    await pilot.press("f5")
    await sees(pilot, f"{number} of 6")
    assert SAFETY in " ".join(painted(pilot.app).split())  # type: ignore[arg-type]


async def test_one_page_of_what_was_answered_and_nothing_of_what_was_passed_over(
    app: KapApp, opened: Open
) -> None:
    async with app.run_test() as pilot:
        await begins(pilot)
        await sees(pilot, "1 of 6")
        assert SAFETY in " ".join(painted(app).split())
        await types(pilot, "The guard")
        for number in (2, 3, 4, 5):
            await steps_to(pilot, number)
        await pilot.press("space", "down", "space")
        await steps_to(pilot, 6)
        await pilot.press("down", "space", "ctrl+s")
        await comes_to(pilot, "course")
        await sees(pilot, "It is a note now.")
        assert not isinstance(app.screen, QuoteModal)
    with opened("Ana") as ana:
        (note,) = ana.notes.all(kind=NoteKind.PARTS)
        assert note.is_private and not ana.drafts.all()
        assert note.text.body == (
            "## Which part of me is nearest right now?\n\nThe guard\n\n"
            "## Which of these is here, even a little?\n\ncalm, curiosity\n\n"
            "## May I speak for this part to my partner?\n\nnot yet"
        )


async def test_a_yes_leads_to_a_page_for_the_partner_that_quotes_what_was_chosen(
    app: KapApp, opened: Open
) -> None:
    async with app.run_test() as pilot:
        await begins(pilot)
        await types(pilot, "The guard")
        await steps_to(pilot, 2)
        await types(pilot, "Tired of it")
        for number in (3, 4, 5, 6):
            await steps_to(pilot, number)
        await pilot.press("space", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, QuoteModal))
        assert app.screen.query_one(Checklist).selected == []
        app.screen.query_one(Checklist).focus()
        await pilot.press("down", "space")
        app.screen.query_one("#begin", Button).press()
        await comes_to(pilot, "editor")
        await sees(pilot, "Tired of it")
        assert isinstance(app.screen, EditorScreen)
        draft = app.screen.snapshot().draft
        ben = next(m.id for m in app.screen._journal.members.all() if m.label == "Ben")
        assert draft.text.body == "> Tired of it\n\n" and ben in draft.readers
    with opened("Ben") as theirs:
        assert len(theirs.notes.all()) == 1


async def test_only_one_answer_is_given_to_the_part_that_is_asked(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await begins(pilot)
        for number in (2, 3, 4, 5, 6):
            await steps_to(pilot, number)
        await pilot.press("space", "down", "space")
        assert isinstance(app.screen, PartsScreen)
        await until(pilot, lambda: app.screen._answers["speak"] == "not yet")  # type: ignore[attr-defined]


async def test_a_lock_keeps_the_step_and_only_its_author_comes_back_to_it(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await begins(pilot)
        await types(pilot, "The guard")
        await steps_to(pilot, 2)
        await types(pilot, "Half a")
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        assert "guard" not in painted(app)
        await app.enter(opened("Ana"))
        await comes_to(pilot, "parts")
        await sees(pilot, "Half a")
        await sees(pilot, "2 of 6")
        await pilot.press("f4")
        await sees(pilot, "The guard")
        await pilot.press("escape")
        await comes_to(pilot, "course")
        await pilot.press("d")
        await comes_to(pilot, "parts")
    with opened("Ana") as ana:
        (draft,) = ana.drafts.all()
        assert draft.text.kind is NoteKind.PARTS and "Half a" in draft.text.body


async def chooses_the_kind(pilot: AppPilot, *typed: str) -> None:
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await sees(pilot, "By the car")
    await pilot.press("n", *typed)
    await sees(pilot, "Only you · Page")
    await pilot.press("f3")
    await sees(pilot, "What is this page?")
    rows = pilot.app.screen.query_one(OptionList)
    rows.highlighted = rows.get_option_index(NoteKind.PARTS)
    await pilot.press("enter")


async def test_an_empty_page_of_the_kind_can_become_the_steps(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await chooses_the_kind(pilot)
        await sees(pilot, "A page about a part of you. How?")
        await pilot.press("enter")
        await comes_to(pilot, "parts")
        await sees(pilot, "1 of 6")
        await types(pilot, "The guard")
        await pilot.press("ctrl+s")
        await comes_to(pilot, "course")
    with opened("Ana") as ana:
        (note,) = ana.notes.all(kind=NoteKind.PARTS)
        assert note.text.body == "## Which part of me is nearest right now?\n\nThe guard"
        assert not ana.drafts.all(), "of the empty page nothing is left"


@pytest.mark.parametrize("key", ["down,enter", "escape"])
async def test_or_stays_a_free_page(app: KapApp, key: str) -> None:
    async with app.run_test() as pilot:
        await chooses_the_kind(pilot)
        await sees(pilot, "A page about a part of you. How?")
        await pilot.press(*key.split(","))
        await comes_to(pilot, "editor")
        await sees(pilot, "Only you · Parts")
        await types(pilot, "Free.")
        assert isinstance(app.screen, EditorScreen)
        assert app.screen.snapshot().draft.text.body == "Free."


async def test_a_page_with_words_stays_what_it_is(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await chooses_the_kind(pilot, *"words")
        await sees(pilot, "Only you · Parts")
        assert isinstance(app.screen, EditorScreen)
        assert app.screen.snapshot().draft.text.body == "words"


async def test_there_is_none_for_the_therapist(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await pilot.press("y")
        await sees(pilot, "There is nothing to read here yet")
        assert app.front_screen.NAME == "course"
