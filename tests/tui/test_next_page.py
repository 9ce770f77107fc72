"""The next right page: a quiet line on the course, and the page that `n` opens."""

from collections.abc import Callable

import pytest

from kapjournal import clock
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import enters, painted, sees, types
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]


def dosed_today(opened: Open) -> None:
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=clock.today())


def kind_on(app: KapApp) -> NoteKind:
    assert isinstance(app.screen, EditorScreen)
    return app.screen.snapshot().draft.text.kind


async def test_on_the_day_of_a_dose_n_opens_a_page_for_fragments(app: KapApp, opened: Open) -> None:
    dosed_today(opened)
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "A dose today: fragments are enough.")
        await pilot.press("n")
        await sees(pilot, "A dose today: fragments are enough. F3 chooses another kind.")
        assert kind_on(app) is NoteKind.CAPTURE
        await types(pilot, "orange")
        await pilot.press("ctrl+s")
        await comes_to(pilot, "course")
        await pilot.press("ctrl+n")
        await comes_to(pilot, "editor")
        assert kind_on(app) is NoteKind.PAGE
        assert "fragments" not in painted(app)


@pytest.mark.parametrize(("who", "kind"), [("Ana", NoteKind.PAGE), ("Dr Lee", NoteKind.OBSERVATION)])
async def test_far_from_a_dose_and_for_the_therapist_it_is_a_plain_page(
    app: KapApp, who: str, kind: NoteKind
) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, who, PASSPHRASES[who])
        await sees(pilot, "By the car" if who == "Ana" else "There is nothing to read here yet")
        assert "for that page" not in painted(app)
        await pilot.press("n")
        await comes_to(pilot, "editor")
        assert kind_on(app) is kind
