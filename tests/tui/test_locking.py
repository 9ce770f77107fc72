from collections.abc import Callable

import pytest
from textual.app import App
from textual.screen import Screen

from kapjournal.domain.notes import Draft
from kapjournal.errors import CannotSave
from kapjournal.idle import Inactivity
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.drafts import Drafts
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.navigation.routes import DoorsRoute
from kapjournal.tui.screens.course import CourseScreen
from kapjournal.tui.screens.doors import DoorsScreen
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import SECRET, AppPilot, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]


class Clocks:
    """A wall clock and a monotonic one, set by hand."""

    def __init__(self) -> None:
        self.wall, self.steady = 1000.0, 50.0

    def inactivity(self) -> Inactivity:
        return Inactivity(300, lambda: self.wall, lambda: self.steady)


async def at_the_page(pilot: AppPilot, app: KapApp, words: str = "xylophone") -> EditorScreen:
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await pilot.press("ctrl+n")
    await until(pilot, lambda: isinstance(app.screen, EditorScreen))
    await types(pilot, words)
    assert isinstance(app.screen, EditorScreen)
    return app.screen


async def locked(pilot: AppPilot, app: KapApp) -> None:
    await until(pilot, lambda: isinstance(app.screen, DoorsScreen))
    await app.workers.wait_for_complete()
    await sees(pilot, "Dr Lee")


async def test_after_a_lock_no_word_is_left_anywhere(app: KapApp) -> None:
    async with app.run_test() as pilot:
        screen = await at_the_page(pilot, app)
        page = screen.query_one(WritingArea)
        await pilot.press("shift+home", "ctrl+c", "ctrl+x", "ctrl+v")
        assert app.clipboard == "xylophone"
        journal = app._journal
        assert journal is not None
        await pilot.press("ctrl+l")
        await locked(pilot, app)
        assert "xylophone" not in painted(app)
        assert app.clipboard == ""
        app.screen.query_one(Field).focus()
        await pilot.press("ctrl+v")
        assert app.screen.query_one(Field).value == ""
        assert page.text == ""
        page.undo()
        assert page.text == ""
        assert [type(screen) for screen in app.screen_stack] == [Screen, DoorsScreen]
        assert app._journal is None


async def test_the_same_person_comes_back_to_the_page(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await at_the_page(pilot, app, "half a sen")
        await pilot.press("left", "ctrl+l")
        await locked(pilot, app)
        await enters_again(pilot, app, "Ana")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await sees(pilot, "half a sen")
        assert app.screen.query_one(WritingArea).cursor_location == (0, 9)


async def test_another_person_does_not(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await at_the_page(pilot, app, "for me alone")
        await pilot.press("ctrl+l")
        await locked(pilot, app)
        await enters_again(pilot, app, "Ben")
        await sees(pilot, "By the car")
        assert isinstance(app.screen, CourseScreen)
        assert "A draft waits" not in painted(app)
    with opened("Ana") as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["for me alone"]


async def enters_again(pilot: AppPilot, app: KapApp, label: str) -> None:
    app.screen.query_one("#doors").focus()
    await pilot.press("home", *["down"] * ["Ana", "Ben", "Dr Lee"].index(label), "enter")
    app.screen.query_one(Field).value = PASSPHRASES[label]
    await pilot.press("enter")
    await until(pilot, lambda: not isinstance(app.screen, DoorsScreen))


async def test_words_that_cannot_be_saved_at_a_lock_wait_for_their_author(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Drafts.save

    def full(self: Journal, draft: Draft) -> Draft:
        raise CannotSave("The disk is full.")

    async with app.run_test() as pilot:
        await at_the_page(pilot, app, "not to be los")
        monkeypatch.setattr(Drafts, "save", full)
        await pilot.press("t")  # whatever was saved before, this was not
        await pilot.press("ctrl+l")
        await sees(pilot, "The disk is full.")
        assert "not to be lost" not in painted(app)
        monkeypatch.setattr(Drafts, "save", whole)
        await enters_again(pilot, app, "Ben")
        await pilot.press("ctrl+l")
        await locked(pilot, app)
        await enters_again(pilot, app, "Ana")
        await sees(pilot, "not to be lost")
        await sees(pilot, "Draft kept at")


@pytest.mark.parametrize("clock", ["wall", "steady"])
async def test_true_inactivity_locks_before_a_key_does_anything(app: KapApp, clock: str) -> None:
    clocks = Clocks()
    app._inactivity = clocks.inactivity()
    async with app.run_test() as pilot:
        screen = await at_the_page(pilot, app, "calm")
        setattr(clocks, clock, getattr(clocks, clock) + 299)
        await pilot.press("x")
        assert screen.query_one(WritingArea).body == "calmx"
        setattr(clocks, clock, getattr(clocks, clock) + 301)
        await pilot.press("y")
        await locked(pilot, app)
        assert "Locked after 5 minutes" in painted(app)
        assert "calm" not in painted(app)


async def test_a_passphrase_half_typed_does_not_wait_for_who_comes_by(app: KapApp) -> None:
    clocks = Clocks()
    app._inactivity = clocks.inactivity()
    async with app.run_test() as pilot:
        await sees(pilot, "Another journal")
        await pilot.press("enter")
        await types(pilot, "first light on")
        assert "lock" in painted(app)
        clocks.wall += 301
        await pilot.press("x")
        await sees(pilot, "Locked after 5 minutes")
        assert app.screen.query_one(Field).value == ""
        await types(pilot, PASSPHRASES["Ana"])
        await pilot.press("enter")
        await sees(pilot, "Hallway")


async def test_nothing_is_painted_after_a_lid_was_closed_for_longer(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks = Clocks()
    app._inactivity = clocks.inactivity()
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        clocks.wall += 3600
        painted_on: list[str] = []
        paint = App._display

        def watched(self: App[int], screen: Screen[None], renderable: object) -> None:
            painted_on.append(type(screen).__name__)
            paint(self, screen, renderable)  # type: ignore[arg-type]

        monkeypatch.setattr(App, "_display", watched)
        app.screen.refresh()
        await locked(pilot, app)
        assert set(painted_on) == {"DoorsScreen"}
        assert SECRET not in painted(app)
        assert "Hallway" not in painted(app)


async def test_leaving_seals_the_draft_and_ends(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await at_the_page(pilot, app, "up to here")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app._exit)
    assert app.return_code == 0
    with opened("Ana") as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["up to here"]


async def test_leaving_with_a_full_disk_clears_the_screen_and_asks_for_a_second_press(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Journal, draft: Draft) -> Draft:
        raise CannotSave("The disk is full.")

    monkeypatch.setattr(Drafts, "save", full)
    async with app.run_test() as pilot:
        await at_the_page(pilot, app, "on the way out")
        await pilot.press("ctrl+q")
        await sees(pilot, "The disk is full.")
        assert "on the way out" not in painted(app)
        assert not app._exit
        await pilot.press("f12")
        await until(pilot, lambda: app._exit)


async def test_what_another_program_writes_appears(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        with opened("Ben") as ben:
            ben.notes.add(NewNote("Soup tonight?", title="From the kitchen", share="Ana"))
        assert isinstance(app.screen, CourseScreen)
        app.screen._refresh()
        await sees(pilot, "From the kitchen")


async def nowhere(app: KapApp) -> None:
    """One screen is gone, and the next is not there yet."""
    with app.batch_update():
        while len(app.screen_stack) > 1:
            await app.pop_screen()


async def test_between_two_screens_one_can_be_locked(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await at_the_page(pilot, app)
        await nowhere(app)
        await app.lock("Locked.")
        await locked(pilot, app)
        assert app._journal is None


async def test_what_is_said_between_two_screens_is_seen_on_the_next(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, DoorsScreen))
        doors = app.screen
        assert isinstance(doors, DoorsScreen)
        await nowhere(app)
        app.say_error("The theme could not be read.")
        await pilot.pause(0.1)
        await app.show_only(DoorsRoute(doors._path))
        await sees(pilot, "The theme could not be read.")


async def test_what_is_said_to_a_screen_with_nothing_on_it_is_seen_once_it_has(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, DoorsScreen))
        doors = app.screen
        assert isinstance(doors, DoorsScreen)
        comes = app.push_screen(DoorsRoute(doors._path).make())
        app.say_error("The theme could not be read.")
        await comes
        await sees(pilot, "The theme could not be read.")
