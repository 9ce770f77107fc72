from collections.abc import Callable

import pytest
from textual.app import App
from textual.screen import Screen

from kapjournal.domain.notes import Draft
from kapjournal.errors import CannotSave
from kapjournal.idle import Inactivity
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.drafts import Drafts
from kapjournal.tui.app import KapApp
from kapjournal.tui.screens.course import CourseScreen
from kapjournal.tui.screens.doors import DoorsScreen
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.page import Page
from tests.tui.conftest import PASSPHRASES
from tests.tui.sight import SECRET, Seat, enters, painted, sees, types, until

Open = Callable[[str], Journal]


class Clocks:
    """A wall clock and a monotonic one, set by hand."""

    def __init__(self) -> None:
        self.wall, self.steady = 1000.0, 50.0

    def inactivity(self) -> Inactivity:
        return Inactivity(300, lambda: self.wall, lambda: self.steady)


async def at_the_page(seat: Seat, app: KapApp, words: str = "xylophone") -> EditorScreen:
    await enters(seat, "Ana", PASSPHRASES["Ana"])
    await seat.press("ctrl+n")
    await until(seat, lambda: isinstance(app.screen, EditorScreen))
    await types(seat, words)
    assert isinstance(app.screen, EditorScreen)
    return app.screen


async def locked(seat: Seat, app: KapApp) -> None:
    await until(seat, lambda: isinstance(app.screen, DoorsScreen))
    await app.workers.wait_for_complete()
    await sees(seat, "Dr Lee")


async def test_after_a_lock_no_word_is_left_anywhere(app: KapApp) -> None:
    async with app.run_test() as seat:
        screen = await at_the_page(seat, app)
        page = screen.query_one(Page)
        await seat.press("shift+home", "ctrl+c", "ctrl+x", "ctrl+v")
        assert app.clipboard == "xylophone"
        journal = app._journal
        assert journal is not None
        await seat.press("ctrl+l")
        await locked(seat, app)
        assert "xylophone" not in painted(app)
        assert app.clipboard == ""
        app.screen.query_one(Field).focus()
        await seat.press("ctrl+v")
        assert app.screen.query_one(Field).value == ""
        assert page.text == ""
        page.undo()
        assert page.text == ""
        assert [type(screen) for screen in app.screen_stack] == [Screen, DoorsScreen]
        assert app._journal is None


async def test_the_same_person_comes_back_to_the_page(app: KapApp) -> None:
    async with app.run_test() as seat:
        await at_the_page(seat, app, "half a sen")
        await seat.press("left", "ctrl+l")
        await locked(seat, app)
        await enters_again(seat, app, "Ana")
        await until(seat, lambda: isinstance(app.screen, EditorScreen))
        await sees(seat, "half a sen")
        assert app.screen.query_one(Page).cursor_location == (0, 9)


async def test_another_person_does_not(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await at_the_page(seat, app, "for me alone")
        await seat.press("ctrl+l")
        await locked(seat, app)
        await enters_again(seat, app, "Ben")
        await sees(seat, "By the car")
        assert isinstance(app.screen, CourseScreen)
        assert "A draft waits" not in painted(app)
    with opened("Ana") as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["for me alone"]


async def enters_again(seat: Seat, app: KapApp, label: str) -> None:
    app.screen.query_one("#doors").focus()
    await seat.press("home", *["down"] * ["Ana", "Ben", "Dr Lee"].index(label), "enter")
    app.screen.query_one(Field).value = PASSPHRASES[label]
    await seat.press("enter")
    await until(seat, lambda: not isinstance(app.screen, DoorsScreen))


async def test_words_that_cannot_be_saved_at_a_lock_wait_for_their_author(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Drafts.save

    def full(self: Journal, draft: Draft) -> Draft:
        raise CannotSave("The disk is full.")

    async with app.run_test() as seat:
        await at_the_page(seat, app, "not to be los")
        monkeypatch.setattr(Drafts, "save", full)
        await seat.press("t")  # whatever was saved before, this was not
        await seat.press("ctrl+l")
        await sees(seat, "The disk is full.")
        assert "not to be lost" not in painted(app)
        monkeypatch.setattr(Drafts, "save", whole)
        await enters_again(seat, app, "Ben")
        await seat.press("ctrl+l")
        await locked(seat, app)
        await enters_again(seat, app, "Ana")
        await sees(seat, "not to be lost")
        await sees(seat, "Draft kept at")


@pytest.mark.parametrize("clock", ["wall", "steady"])
async def test_true_inactivity_locks_before_a_key_does_anything(app: KapApp, clock: str) -> None:
    clocks = Clocks()
    app._inactivity = clocks.inactivity()
    async with app.run_test() as seat:
        screen = await at_the_page(seat, app, "calm")
        setattr(clocks, clock, getattr(clocks, clock) + 299)
        await seat.press("x")
        assert screen.query_one(Page).body == "calmx"
        setattr(clocks, clock, getattr(clocks, clock) + 301)
        await seat.press("y")
        await locked(seat, app)
        assert "Locked after 5 minutes" in painted(app)
        assert "calm" not in painted(app)


async def test_a_passphrase_half_typed_does_not_wait_for_who_comes_by(app: KapApp) -> None:
    clocks = Clocks()
    app._inactivity = clocks.inactivity()
    async with app.run_test() as seat:
        await sees(seat, "Another journal")
        await seat.press("enter")
        await types(seat, "first light on")
        assert "lock" in painted(app)
        clocks.wall += 301
        await seat.press("x")
        await sees(seat, "Locked after 5 minutes")
        assert app.screen.query_one(Field).value == ""
        await types(seat, PASSPHRASES["Ana"])
        await seat.press("enter")
        await sees(seat, "Hallway")


async def test_nothing_is_painted_after_a_lid_was_closed_for_longer(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks = Clocks()
    app._inactivity = clocks.inactivity()
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "Hallway")
        clocks.wall += 3600
        painted_on: list[str] = []
        paint = App._display

        def watched(self: App[int], screen: Screen[None], renderable: object) -> None:
            painted_on.append(type(screen).__name__)
            paint(self, screen, renderable)  # type: ignore[arg-type]

        monkeypatch.setattr(App, "_display", watched)
        app.screen.refresh()
        await locked(seat, app)
        assert set(painted_on) == {"DoorsScreen"}
        assert SECRET not in painted(app)
        assert "Hallway" not in painted(app)


async def test_leaving_seals_the_draft_and_ends(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await at_the_page(seat, app, "up to here")
        await seat.press("ctrl+q")
        await until(seat, lambda: app._exit)
    assert app.return_code == 0
    with opened("Ana") as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["up to here"]


async def test_leaving_with_a_full_disk_clears_the_screen_and_asks_for_a_second_press(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Journal, draft: Draft) -> Draft:
        raise CannotSave("The disk is full.")

    monkeypatch.setattr(Drafts, "save", full)
    async with app.run_test() as seat:
        await at_the_page(seat, app, "on the way out")
        await seat.press("ctrl+q")
        await sees(seat, "The disk is full.")
        assert "on the way out" not in painted(app)
        assert not app._exit
        await seat.press("f12")
        await until(seat, lambda: app._exit)


async def test_what_another_program_writes_appears(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "Hallway")
        with opened("Ben") as ben:
            ben.notes.add(NewNote("Soup tonight?", title="From the kitchen", share="Ana"))
        assert isinstance(app.screen, CourseScreen)
        app.screen._refresh()
        await sees(seat, "From the kitchen")
