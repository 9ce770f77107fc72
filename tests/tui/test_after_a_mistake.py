"""After a mistake the cursor is in the field the sentence is about, or where it was: no word is
spoiled by what is typed next."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from textual.widgets import Select

from kapjournal.domain.authorisation import SAY_UNTIL, SAY_WHAT_FOR, SAY_WHO
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.supervision_reply import SAY_SOMETHING
from kapjournal.errors import Refused
from kapjournal.journal import Journal, unlock
from kapjournal.journal.joint import Joints
from kapjournal.tui.editor.form_entry import FormEntry
from kapjournal.tui.editor.record_form import entry_of
from kapjournal.tui.screens.answer import AnswerScreen
from kapjournal.tui.screens.leave import LeaveScreen
from kapjournal.tui.screens.record_page import RecordPageScreen
from kapjournal.tui.screens.supervision import SupervisionScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.note_list import NoteList
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, types, until
from tests.tui.conftest import MORNING, PASSPHRASES
from tests.tui.people_steps import comes_to
from tests.tui.test_records import hallway
from tests.tui.test_supervision import opens, written

NO = "Something says no to that."


@pytest.fixture
def lee(practice: Path, memory: Path) -> Iterator[Journal]:
    """Dr Lee's practice without a screen, with a write-up of Hallway."""
    with unlock(practice, label="Dr Lee", passphrase=MORNING, record_folder=memory) as lee:
        lee.couples.name_partners(hallway(lee), "Ana", "Ben")
        yield lee


def refuses(monkeypatch: pytest.MonkeyPatch, owner: type, use_case: str) -> None:
    """Let a use case say no, with a sentence about no field."""

    def no(*_: Any, **__: Any) -> NoReturn:
        raise Refused(NO)

    monkeypatch.setattr(owner, use_case, no)


def place(pilot: AppPilot) -> str:
    """Where the cursor is: the id of a field, or what an entry of a form is called."""
    focused = app_of(pilot).focused
    entry = entry_of(focused)
    return entry.name_of if entry else (focused and focused.id) or ""


def entry(pilot: AppPilot, name: str) -> FormEntry:
    return next(one for one in app_of(pilot).screen.query(FormEntry) if one.name_of == name)


async def is_refused(
    pilot: AppPilot, filled: dict[str, str], begins: str, sentence: str, ends: str, *keys: str
) -> None:
    """Fill fields in, go to one, do it, and be in another once the sentence stands there."""
    screen = app_of(pilot).screen
    for name, words in filled.items():
        screen.query_one(f"#{name}", Field).value = words
    screen.query_one(f"#{begins}").focus()
    await until(pilot, lambda: place(pilot) == begins)
    if keys:
        await pilot.press(*keys)
    else:
        await screen.run_action("first_button")
    await sees(pilot, sentence)
    await until(pilot, lambda: place(pilot) == ends)


async def test_the_form_by_which_a_write_up_leaves(desk: KapApp, lee: Journal, tmp_path: Path) -> None:
    written(lee)
    there = tmp_path / "case.md"
    there.touch()
    async with desk.run_test(size=(140, 40)) as pilot:
        await opens(pilot, "l")
        await until(pilot, lambda: isinstance(desk.screen, LeaveScreen))
        new = {"file": str(tmp_path / "new.md")}
        for filled, begins, sentence, ends in (
            ({"file": str(there)}, "purpose", "is there already", "file"),
            ({"file": str(tmp_path / "case.txt")}, "purpose", "ends in .md, .html", "file"),
            (new | {"to": ""}, "purpose", "Say who is to read it.", "to"),
            ({"to": "Dr Kern", "until": "2020-01-01"}, "purpose", "say a later day", "until"),
            ({"until": "soon"}, "file", "“soon” is not a day", "until"),
            ({"until": "", "passphrase": "a long enough one"}, "to", "are not the same", "again"),
            ({"passphrase": "", "key": "age1x"}, "to", "age1x", "key"),
            ({"key": ""}, "purpose", "is not complete", "purpose"),
            ({}, "to", "is not complete", "to"),
        ):
            await is_refused(pilot, filled, begins, sentence, ends)


async def test_the_form_of_an_answer(desk: KapApp, lee: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    written(lee)
    async with desk.run_test(size=(140, 40)) as pilot:
        await opens(pilot, "a")
        await until(pilot, lambda: isinstance(desk.screen, AnswerScreen))
        await pilot.press("tab", "ctrl+s")
        await sees(pilot, SAY_SOMETHING)
        await until(pilot, lambda: place(pilot) == "words")
        await pilot.press("tab", *"ask", "ctrl+s")
        await sees(pilot, "WHO;WHAT")
        await types(pilot, "; ask again")
        await until(pilot, lambda: entry(pilot, "acts").value == "ask; ask again")
        refuses(monkeypatch, type(lee.write_ups), "reply")
        await pilot.press("ctrl+s")
        await sees(pilot, NO)
        await types(pilot, "!")
        await until(pilot, lambda: entry(pilot, "acts").value == "ask; ask again!")


async def test_an_authorisation(app: KapApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("o")
        await sees(pilot, "Nothing is written down together yet.")
        await pilot.press("n")
        await sees(pilot, "What do you write down for both of you?")
        await pilot.press("end", "enter")
        await comes_to(pilot, "joint-form")
        day = "review on"
        for recipient, purpose, until_when, begins, sentence, ends in (
            ("", "supervision of us", "", "purpose", SAY_WHO, "recipient"),
            ("Dr Kern", "", "", "recipient", SAY_WHAT_FOR, "purpose"),
            ("Dr Kern", "supervision", "", "recipient", SAY_UNTIL, day),
            ("Dr Kern", "supervision", "soon", "recipient", "“soon” is not a day", day),
            ("Dr Kern", "supervision", "2020-01-01", "purpose", "2020-01-01 is past", day),
        ):
            for name, words in (("recipient", recipient), ("purpose", purpose), (day, until_when)):
                entry(pilot, name).empty()
                entry(pilot, name).focus()
                await until(pilot, lambda name=name: place(pilot) == name)  # type: ignore[misc]
                await types(pilot, words)
            entry(pilot, begins).focus()
            await pilot.press("ctrl+s")
            await sees(pilot, sentence)
            await until(pilot, lambda ends=ends: place(pilot) == ends)  # type: ignore[misc]
        refuses(monkeypatch, Joints, "propose")
        entry(pilot, "purpose").focus()
        await pilot.press("ctrl+s")
        await sees(pilot, NO)
        await types(pilot, ", ours")
        await until(pilot, lambda: entry(pilot, "purpose").value == "supervision, ours")


async def test_a_form_of_the_record(desk: KapApp, lee: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk.run_test(size=(140, 40)) as pilot:
        await opens(pilot)
        await sees(pilot, "No write-up yet.")
        await pilot.press("n")
        await sees(pilot, "A new write-up")
        await types(pilot, "Why")
        await desk.screen.run_action("first_button")
        await sees(pilot, "My question: one sentence")
        await until(pilot, lambda: place(pilot) == "question")
        await types(pilot, "?")
        await desk.screen.run_action("first_button")
        await until(pilot, lambda: isinstance(desk.screen, RecordPageScreen))
        await until(pilot, lambda: place(pilot) == "question")
        refuses(monkeypatch, type(lee.record_drafts), "finish")
        entry(pilot, "why-now").focus()
        await types(pilot, "They")
        await pilot.press("ctrl+s")
        await sees(pilot, NO)
        page = desk.screen
        assert isinstance(page, RecordPageScreen)
        await until(pilot, lambda: page._autosave.is_saved)
        assert NO in painted(desk), "saving the draft takes away why the page could not be finished"
        await types(pilot, " came")
        await until(pilot, lambda: entry(pilot, "why-now").value == "They came")


async def test_a_session_and_a_backup(app: KapApp, tmp_path: Path) -> None:
    there = tmp_path / "there.kap"
    there.touch()
    async with app.run_test(size=(120, 36)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await pilot.press("a")
        await sees(pilot, "A session for the course")
        await is_refused(pilot, {}, "title", "Choose what kind", "kind")
        app.screen.query_one("#kind", Select).value = SessionKind.DOSING
        for filled, sentence, ends in (
            ({"date": "soon"}, "“soon” is not a day", "date"),
            ({"date": "2026-10-01", "time": "noon"}, "“noon” is not a time", "time"),
            ({"time": "", "number": "two"}, "“two” is not a whole number", "number"),
        ):
            await is_refused(pilot, filled, "title", sentence, ends)
        await pilot.press("escape")
        await comes_to(pilot, "course")
        await app.run_action("backup", app.screen)
        await comes_to(pilot, "backup")
        await is_refused(pilot, {"file": str(there)}, "do", str(there.name), "file", "enter")


async def test_the_list_is_on_the_write_up_that_was_just_left(desk: KapApp, lee: Journal) -> None:
    """First as a draft, then as what it became."""
    written(lee)
    async with desk.run_test(size=(140, 40)) as pilot:
        await opens(pilot)
        listed = desk.screen.query_one(NoteList)
        await until(pilot, lambda: listed.option_count == 1)
        await pilot.press("n")
        await sees(pilot, "A new write-up")
        await types(pilot, "Why?")
        await desk.screen.run_action("first_button")
        await until(pilot, lambda: isinstance(desk.screen, RecordPageScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(desk.screen, SupervisionScreen))
        await until(pilot, lambda: (listed.chosen or "").startswith("draft-"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(desk.screen, RecordPageScreen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(desk.screen, SupervisionScreen))
        await sees(pilot, "can read it.")
        lee.refresh()
        await until(pilot, lambda: listed.chosen == lee.records.all(hallway(lee))[-1].id)
