"""The palette finds by everyday words what the program can do, and what cannot be done here says why."""

from collections.abc import Callable

import pytest

from kapjournal.journal import Journal
from kapjournal.presentation import not_possible
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.shell.palette import Commands
from kapjournal.tui.widgets.note_list import NoteList
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]

EVERYDAY = """
    add member, addendum, appointment, archive, attach, author, autolock, backup, bigger font, bigger text,
    bright, bye, calendar, cancel, change password, close, color, colour, compose, copy, country, crisis,
    dark, dark mode, date, day, delete, diary, discard, download, draft, edit, emergency, encrypted, erase,
    exit, export, file, filter, find, font, forgot password, help, history, hotkeys, image, import,
    invitation, invite, journal, keyboard, language, large text, leave, letters, light, light mode, lock,
    log out, logout, members, merge, new note, night, note, open, options, partner, passphrase, password,
    people, photo, picture, preferences, print, private, quit, readers, remove, rename, restore,
    save, search, secret, send, session, settings, share, shortcuts, show, sign, sign out, smaller font,
    start, stop sharing, sync, tag, text size, theme, therapist, timer, title, trash, undo, unshare,
    version, who can read, words, write, zoom
"""
WORDS = [" ".join(word.split()) for word in EVERYDAY.split(",")]


async def hits_of(app: KapApp, typed: str) -> list[str]:
    """What the palette shows for typed words, best first, as key, sentence and reason."""
    found = [hit async for hit in Commands(app.screen).search(typed)]
    return [str(hit.prompt) for hit in sorted(found, key=lambda hit: -hit.score)]


async def finds_all(pilot: AppPilot) -> None:
    app = app_of(pilot)
    assert not " ".join([word for word in WORDS if not await hits_of(app, word)])


async def test_everyday_words_find_something_on_every_screen(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")
        await finds_all(pilot)
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await finds_all(pilot)
        for keys, room in (("enter", "reader"), ("n", "editor")):
            await pilot.press(keys)
            await comes_to(pilot, room)
            await finds_all(pilot)
        await pilot.press("escape", "escape", "p")
        await comes_to(pilot, "people")
        await finds_all(pilot)


SCREENS = {"reader": ["enter"], "search": ["slash"], "people": ["p"], "settings": ["comma"], "editor": ["n"]}
WHAT_IS_SAID = {
    "share": "Let someone read this note.\n        {}",
    "bigger font": "Your terminal sets the size of letters.\n        Mostly it is Ctrl and +",
    "dark": "Use the theme “candle” (dark).",
    "light": "Use the theme “dawn” (light).",
    "theme": "Use the theme “candle” (dark).",
    "delete": "Delete this note, for all its readers.\n        {}",
}


@pytest.mark.parametrize("room", ["course", "search", "people", "settings", "editor"])
async def test_what_is_done_with_a_note_is_found_where_none_is_chosen(app: KapApp, room: str) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])  # who has no note to read
        await sees(pilot, "Session 1")
        await pilot.press(*SCREENS.get(room, []))
        await comes_to(pilot, room)
        why = not_possible.CHOOSE_A_NOTE if room == "course" else "Open a note first."
        for typed, said in WHAT_IS_SAID.items():
            assert said.format(why) in "\n".join(await hits_of(app, typed)), typed


async def test_what_cannot_be_done_says_why_and_does_nothing(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "By the car")
        screen = app.screen
        await pilot.press("ctrl+p")
        await types(pilot, "share")
        await sees(pilot, "Ana wrote this note; only Ana can share it.")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "Ana wrote this note; only Ana can share it.")


async def test_what_can_be_done_here_comes_with_its_key_and_is_done(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        assert (await hits_of(app, "share"))[0] == "s       Let someone read this note."
        await pilot.press("ctrl+p")
        await types(pilot, "paper")
        await sees(pilot, "Use the theme “paper” (light).")
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "paper")


async def test_a_partner_who_looks_for_supervision_finds_what_they_authorise(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        for typed in ("supervision", "supervisor", "authorise"):
            (first, *more) = await hits_of(app, typed)
            assert "Read what the two agree on or authorise" in first
            assert "Allow this page to be used for supervision" in "".join(more)


async def test_nothing_is_offered_before_something_is_typed_that_cannot_be_done(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "Session 1")
        offered = [str(hit.text) async for hit in Commands(app.screen).discover()]
        assert "Write a new note." in offered and "Let someone read this note." not in offered


# keys that do nothing here


async def presses_in_vain(pilot: AppPilot, key: str, sentence: str) -> None:
    screen = app_of(pilot).screen
    await pilot.press(key)
    await sees(pilot, sentence)
    assert app_of(pilot).screen is screen


async def test_a_key_that_does_nothing_for_a_note_of_another_says_why(app: KapApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "By the car")
        await presses_in_vain(pilot, "s", "Ana wrote this note; only Ana can share it.")
        await presses_in_vain(pilot, "delete", "Ana wrote this note; only Ana can delete it.")
        await presses_in_vain(pilot, "h", "only Ana can see its earlier versions.")
        await pilot.press("enter")
        await comes_to(pilot, "reader")
        for key, sentence in {
            "s": "only Ana can share it.",
            "w": "only Ana can stop sharing it.",
            "e": "only Ana can change it.",
            "f": "only Ana can attach files to it.",
            "o": "Nothing is attached to this note.",
            "x": "only Ana can remove its files.",
            "g": "a partner's pages never are.",
            "right_square_bracket": not_possible.LAST_NOTE,
        }.items():
            await presses_in_vain(pilot, key, sentence)
        assert "share" not in painted(app).splitlines()[-1]


async def test_a_key_that_does_nothing_on_the_course_says_why(app: KapApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("home")
        await presses_in_vain(pilot, "w", "Only you can read this note")
        await presses_in_vain(pilot, "d", not_possible.NOTHING_UNFINISHED)
        await presses_in_vain(pilot, "f", "Nothing is known to be amiss. v looks at everything.")
        await presses_in_vain(pilot, "k", not_possible.NOBODY_NEW)
        await presses_in_vain(pilot, "a", "the therapist adds the sessions.")
        await presses_in_vain(pilot, "number_sign", "says how many doses are planned.")
        await pilot.press("left", "up")
        await until(pilot, lambda: not app.screen.query_one(NoteList).display)
        await presses_in_vain(pilot, "e", "Dr Lee added this session; only Dr Lee can change it.")
        await presses_in_vain(pilot, "s", not_possible.CHOOSE_A_NOTE)


async def test_a_key_that_does_nothing_for_a_person_says_why(app: KapApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await pilot.press("p")
        await comes_to(pilot, "people")
        await sees(pilot, "This is you.")
        await presses_in_vain(pilot, "v", not_possible.CHOOSE_ANOTHER)
        await presses_in_vain(pilot, "c", not_possible.CHOOSE_AN_INVITATION)
