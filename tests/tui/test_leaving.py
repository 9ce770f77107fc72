"""A page finished, left or locked while something else happens: no word is lost, no door stays open."""

import datetime as dt
import gc
import re
import threading
import time
import types as kinds
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.widgets import Button

from kapjournal import journal as journals
from kapjournal.domain.notes import Draft
from kapjournal.errors import CannotSave
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.drafts import Drafts
from kapjournal.journal.notes import Notes
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.modals.confirm import ConfirmModal
from kapjournal.tui.screens.choose_journal import ChooseJournalScreen
from kapjournal.tui.screens.course import CourseScreen
from kapjournal.tui.screens.doors import DoorsScreen
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.screens.reader import ReaderScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.note_list import NoteList
from kapjournal.tui.widgets.rendered_text import RenderedText
from tests.tui.app_pilot import SECRET, AppPilot, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.test_locking import at_the_page, enters_again, locked

Open = Callable[[str], Journal]


def slow(monkeypatch: pytest.MonkeyPatch, group: type, use_case: str) -> threading.Event:
    """Hold a use case of a group, such as `Notes`, in its thread until the gate returned is opened."""
    gate, whole = threading.Event(), getattr(group, use_case)

    def waits(self: object, *args: object, **named: object) -> object:
        gate.wait(60)
        return whole(self, *args, **named)

    monkeypatch.setattr(group, use_case, waits)
    return gate


def late_door(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, list[Journal]]:
    """Let a door open only when the gate does; what was opened, then."""
    gate, whole = threading.Event(), journals.unlock
    opened: list[Journal] = []

    def unlock(path: Path, **given: object) -> Journal:
        gate.wait(60)
        opened.append(whole(path, **given))  # type: ignore[arg-type]
        return opened[-1]

    monkeypatch.setattr(journals, "unlock", unlock)
    return gate, opened


def rooms(app: KapApp) -> list[type]:
    return [type(screen) for screen in app.screen_stack[1:]]


async def at_a_note(pilot: AppPilot, app: KapApp) -> None:
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await sees(pilot, "Hallway")
    await pilot.press("home", "enter")
    await until(pilot, lambda: isinstance(app.screen, ReaderScreen))


async def test_a_page_takes_no_words_while_it_is_finished(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = slow(monkeypatch, Drafts, "finish")
    async with app.run_test() as pilot:
        screen = await at_the_page(pilot, app, "first")
        await pilot.press("ctrl+s")
        await types(pilot, " more")
        assert screen.query_one(WritingArea).text == "first"
        gate.set()
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
        await sees(pilot, "It is a note now. Only you can read it.")
    with opened("Ana") as ana:
        assert "first" in [note.text.body for note in ana.notes.all()]


async def test_a_page_that_could_not_be_finished_goes_on(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Journal, draft: Draft) -> Draft:
        raise CannotSave("The disk is full.")

    async with app.run_test() as pilot:
        screen = await at_the_page(pilot, app, "first")
        monkeypatch.setattr(Drafts, "finish", full)
        await pilot.press("ctrl+s")
        await sees(pilot, "The disk is full. Every word is still on the page.")
        await types(pilot, " more")
        assert screen.query_one(WritingArea).text == "first more"


@pytest.mark.parametrize("keys", [["ctrl+s", "f1"], ["ctrl+s", "escape", "escape"], ["escape"] * 3])
async def test_a_page_is_left_once_whatever_is_pressed_meanwhile(
    app: KapApp, monkeypatch: pytest.MonkeyPatch, keys: list[str]
) -> None:
    async with app.run_test() as pilot:
        await at_a_note(pilot, app)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        gates = [slow(monkeypatch, Drafts, "finish"), slow(monkeypatch, Drafts, "save")]
        await types(pilot, "zzz")
        await pilot.press(*keys)
        for gate in gates:
            gate.set()
        await until(pilot, lambda: app.writing_screen is None)
        await pilot.pause(0.2)
        assert rooms(app) == [CourseScreen, ReaderScreen]


async def test_a_page_begun_while_a_note_is_deleted_stays(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = slow(monkeypatch, Notes, "delete")
    async with app.run_test() as pilot:
        await at_a_note(pilot, app)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmModal))
        await pilot.press("tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, ReaderScreen))
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await types(pilot, "not lost")
        gate.set()
        await sees(pilot, "The note is deleted.")
        assert app.screen.query_one(WritingArea).text == "not lost"
        await pilot.press("escape")
        await until(pilot, lambda: rooms(app) == [CourseScreen])
        await sees(pilot, "A draft waits: “not lost”")


async def test_there_is_never_a_second_page(app: KapApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with app.run_test() as pilot:
        await at_a_note(pilot, app)
        gate = slow(monkeypatch, Drafts, "all")
        await pilot.press("e", "e")
        gate.set()
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await pilot.pause(0.3)
        assert rooms(app).count(EditorScreen) == 1


async def test_a_quit_that_cannot_save_still_drops_the_keys(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Journal, draft: Draft) -> Draft:
        raise CannotSave("The disk is full.")

    async with app.run_test() as pilot:
        await at_the_page(pilot, app, "on the way out")
        monkeypatch.setattr(Drafts, "save", full)
        await types(pilot, "!")
        journal = app._journal
        assert journal is not None
        await pilot.press("ctrl+q")
        await sees(pilot, "The disk is full.")
        await until(pilot, lambda: journal.is_closed)


async def test_who_leaves_at_once_after_a_lock_loses_no_word(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test() as pilot:
        await at_the_page(pilot, app, "last words")
        gate = slow(monkeypatch, Drafts, "save")
        await types(pilot, "!")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, DoorsScreen))
        threading.Timer(0.5, gate.set).start()
        await pilot.press("ctrl+q")
    with opened("Ana") as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["last words!"]


async def test_a_door_that_opens_late_is_shut_again(
    app: KapApp, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, opened = late_door(monkeypatch)
    async with app.run_test() as pilot:
        await sees(pilot, "Another journal")
        await pilot.press("home", "enter")
        await types(pilot, PASSPHRASES["Ana"])
        await pilot.press("enter")
        await sees(pilot, "Opening…")
        await app.push_screen(ChooseJournalScreen([journal_file]))
        gate.set()
        await until(pilot, lambda: opened and opened[0].is_closed)
        assert isinstance(app.screen, ChooseJournalScreen)
        assert app._journal is None


async def test_a_lock_stops_a_door_that_is_opening(app: KapApp, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, opened = late_door(monkeypatch)
    async with app.run_test() as pilot:
        await sees(pilot, "Another journal")
        await pilot.press("home", "enter")
        await types(pilot, PASSPHRASES["Ana"])
        await pilot.press("enter")
        await sees(pilot, "Opening…")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        gate.set()
        await until(pilot, lambda: opened and opened[0].is_closed)
        assert isinstance(app.screen, DoorsScreen)


async def test_a_draft_another_program_threw_away_can_be_thrown_away(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await at_the_page(pilot, app, "some words")
        await sees(pilot, "Draft kept at")
        with opened("Ana") as ana:
            ana.drafts.discard(ana.drafts.all()[0].id)
        await pilot.press("f8")
        await until(pilot, lambda: app.screen.query("#yes"))
        app.screen.query_one("#yes", Button).press()
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))


async def test_a_search_and_a_note_beside_the_list_keep_their_place(app: KapApp, opened: Open) -> None:
    long = NewNote("\n\n".join(f"the line {n}" for n in range(200)), title="Long", date=dt.date(2026, 3, 5))
    with opened("Ana") as ana:
        ana.notes.add(long)
    async with app.run_test(size=(140, 40)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "the line 7")
        beside = app.screen.query_one(RenderedText)
        beside.scroll_to(y=60, animate=False)
        with opened("Ben") as ben:
            ben.notes.add(NewNote("hi", title="From Ben", share="Ana", date=dt.date(2026, 3, 5)))
        await sees(pilot, "From Ben")
        assert beside.scroll_offset.y == 60
        await pilot.press("slash")
        await types(pilot, "the")
        await until(pilot, lambda: app.screen.query_one(NoteList).option_count > 2)
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ReaderScreen))
        chosen = app.screen_stack[-2].query_one(NoteList)
        at = chosen.highlighted
        assert at
        await pilot.press("escape")
        await pilot.pause(0.3)
        assert chosen.highlighted == at


async def test_after_a_lock_no_text_is_left_in_memory(app: KapApp) -> None:
    words = (SECRET, "xylophone", "Hallway")
    others = [thing for thing, _ in holders(words)]  # what a test before this one left
    async with app.run_test(size=(140, 40)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("slash")
        await types(pilot, SECRET[:5])
        await sees(pilot, "Hallway")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, ReaderScreen))
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await types(pilot, "xylophone")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ReaderScreen))
        await pilot.press("ctrl+l")
        await locked(pilot, app)
        await let_go_of(pilot, words, others)
        await enters_again(pilot, app, "Ana")
        assert painted(app)


async def let_go_of(pilot: AppPilot, words: tuple[str, ...], others: list[object]) -> None:
    """Wait until nothing but `others` refers to a text with one of the words in it."""
    gone_by = time.monotonic() + 30
    while held := collected_holders(words, others):
        assert time.monotonic() < gone_by, held
        held.clear()  # or the next look would find these
        await pilot.pause(0.2)


def collected_holders(words: tuple[str, ...], others: list[object]) -> list[str]:
    gc.collect()
    known = {id(thing) for thing in others}
    return [said for thing, said in holders(words) if id(thing) not in known]


def holders(words: tuple[str, ...]) -> list[tuple[object, str]]:
    """What the collector knows that refers to a text with one of the words in it, this module's own aside."""
    things = gc.get_objects()
    functions = [thing for thing in things if isinstance(thing, kinds.FunctionType)]
    mine = {id(things), id(functions), id(globals()), id(SECRET)}
    mine |= {id(consts) for one in functions for consts in _consts(one.__code__)}
    found: list[tuple[object, str]] = []
    for thing in things:
        if (
            isinstance(thing, kinds.FrameType | kinds.FunctionType | kinds.CodeType | re.Pattern)
            or id(thing) in mine
            or thing is words
        ):
            continue
        for text in gc.get_referents(thing):
            if isinstance(text, str) and len(text) < 5_000 and _says(text, words):
                found.append((thing, f"{type(thing).__module__}.{type(thing).__qualname__}: {text[:60]}"))
    return found


def _says(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text and not _of_the_tests(text, word) for word in words)


def _consts(code: kinds.CodeType) -> Iterator[tuple[object, ...]]:
    """The constants of a function and of those defined in it."""
    yield code.co_consts
    for const in code.co_consts:
        if isinstance(const, kinds.CodeType):
            yield from _consts(const)


def _of_the_tests(text: str, word: str) -> bool:
    """Whether it is the word itself, or a line of the tests' own source that pytest has read."""
    return text in (SECRET, word) or (text.endswith("\n") and text in "".join(_SOURCES))


_SOURCES = [file.read_text("utf-8") for file in Path(__file__).parent.glob("*.py")]
