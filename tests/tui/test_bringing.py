"""Bring this, on the screens: from the list, the reader and the page, and what is marked."""

import datetime as dt
from collections.abc import Callable

from textual.widgets import OptionList

from kapjournal import clock
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import SECRET, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]


async def test_a_whole_page_is_marked_from_the_list(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        day = clock.today() + dt.timedelta(days=3)
        lee.sessions.add(kind=SessionKind.INTEGRATION, date=day)
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("home", "i")
        await sees(pilot, "Bring this to the next session")
        await sees(pilot, "That lets Dr Lee read the whole page. Dr Lee reads what you mark,")
        await sees(pilot, f"{day:%A} {day.day} {day:%b}.")
        await sees(pilot, "This journal is not monitored; in an emergency: 988")
        await sees(pilot, "Dr Lee may keep a copy in the record.")
        await pilot.press("enter", "enter")
        await sees(pilot, "The page is marked for")
    with opened("Dr Lee") as lee:
        [mark], [note] = lee.bringing.current(), lee.notes.all()
        assert mark.note == note.id and SECRET in note.text.body
    with opened("Ben") as ben:
        assert ben.bringing.all() == [] and len(ben.notes.all()) == 1, "the one that was shared before"


async def test_a_line_of_a_note_is_given_alone(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("home", "enter")
        await comes_to(pilot, "reader")
        await pilot.press("i", "down")
        await sees(pilot, "Dr Lee reads these words and nothing else of the page.")
        await pilot.press("enter", "enter")
        await sees(pilot, "The words are marked for the next session. Dr Lee can read them.")
    with opened("Dr Lee") as lee:
        assert [(one.note, one.words) for one in lee.bringing.current()] == [
            ("", f"The {SECRET} light was on.")
        ]
        assert lee.notes.all() == []


async def test_leaving_the_dialog_marks_nothing(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("home", "i")
        await sees(pilot, "Bring this")
        await pilot.press("escape", "i")
        await sees(pilot, "Bring this")
        await pilot.click("#not-now")
        await until(pilot, lambda: "Bring this to" not in painted(app))
    with opened("Ana") as ana:
        assert ana.bringing.all() == [] and ana.notes.all()[0].is_private


async def test_the_line_of_the_cursor_and_selected_words_of_a_page(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("n")
        await comes_to(pilot, "editor")
        await pilot.press("ctrl+o")
        await sees(pilot, "There are no words on this line.")
        await types(pilot, "not this\nabout trust")
        await pilot.press("ctrl+o")
        await sees(pilot, "A page is brought whole once it is a note.")
        assert "not this" not in str(app.screen.query_one(OptionList).get_option_at_index(0).prompt)
        await pilot.press("enter", "enter")
        await sees(pilot, "The words are marked")
        await pilot.press(*["shift+left"] * 5, "ctrl+o", "enter", "enter")
        await sees(pilot, "The words are marked")
        await until(pilot, lambda: not app.screen.query("#bring"))
        await pilot.press("escape")
        await comes_to(pilot, "course")
    with opened("Ana") as ana:
        assert [one.words for one in ana.bringing.current()] == ["about trust", "trust"]
        assert [draft.text.body for draft in ana.drafts.all()] == ["not this\nabout trust"]
    with opened("Dr Lee") as lee:
        assert len(lee.bringing.current()) == 2 and lee.notes.all() == []


async def test_what_is_marked_is_listed_opened_and_taken_back(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.bringing.page(ana.notes.all()[0].id)
        ana.bringing.words("About trust, and whether I may ask.\nAnd time.")
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("I")
        await comes_to(pilot, "brought")
        await sees(pilot, "Dr Lee reads what you mark, before the next session.")
        await sees(pilot, "And time.")
        await pilot.press("enter")
        await sees(pilot, "These words were given alone")
        await pilot.press("x")
        await sees(pilot, "You do not bring it any more.")
        await until(pilot, lambda: "trust" not in painted(app))
        await pilot.press("enter")
        await comes_to(pilot, "reader")
        await sees(pilot, SECRET)
        await pilot.press("escape")
        await comes_to(pilot, "brought")
        await pilot.press("x")
        await sees(pilot, "The page itself stays shared")
        await sees(pilot, "Nothing is marked for the next session.")
    with opened("Dr Lee") as lee:
        assert lee.bringing.all() == [] and len(lee.notes.all()) == 1


async def test_a_therapist_sees_what_each_marked_and_marks_nothing(app: KapApp, opened: Open) -> None:
    for label, words in (("Ana", "About trust."), ("Ben", "About work.")):
        with opened(label) as partner:
            partner.bringing.words(words)
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await pilot.press("i")
        assert app.front_screen.NAME == "course" and "Bring this" not in painted(app)
        await pilot.press("I")
        await comes_to(pilot, "brought")
        for words in ("About trust.", "About work.", "Ana", "Ben"):
            await sees(pilot, words)
        await pilot.press("x")
        await sees(pilot, "Who marked it takes it back.")


async def test_another_partners_page_is_theirs_to_bring(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "By the car")
        await pilot.press("i")
        await sees(pilot, "What others wrote is theirs to bring.")


async def test_a_partner_has_a_page_of_their_own_from_there_and_a_therapist_has_none(
    app: KapApp, opened: Open
) -> None:
    with opened("Ben") as ben:
        ben.bringing.words("of his alone")
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("I")
        await sees(pilot, "your page")
        await pilot.press("b")
        await sees(pilot, "You have marked nothing, and the two of you have approved nothing yet.")
        await pilot.press("x")
        await sees(pilot, "Save this page")
        await pilot.press("escape", "escape", "escape", "ctrl+l")
        await sees(pilot, "Passphrase of")
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await pilot.press("I")
        await sees(pilot, "of his alone")
        assert "your page" not in painted(app)
        await pilot.press("b")
        await sees(pilot, "For the next session")
