"""New keys for an open door: who stops halfway has the old passphrase and words, and nothing stays behind."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.errors import CannotSave, UnlockFailed
from kapjournal.journal import Journal, NewNote, generated_recovery_words, unlock
from kapjournal.journal.keys import Keys
from kapjournal.tui.screens.new_keys import NewKeysScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, slow, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import (
    comes_to,
    fills,
    forgotten,
    goes_to_people,
    offered_words,
    presses,
    writes_the_words_down,
)
from tests.tui.test_recovery_words import opens_with

Open = Callable[[str], Journal]
ANA = PASSPHRASES["Ana"]
NEW = "a passphrase nobody else has heard"


def opens(path: Path, passphrase: str, memory: Path) -> bool:
    """Whether a passphrase opens Ana's door."""
    try:
        unlock(path, label="Ana", passphrase=passphrase, record_folder=memory).close()
    except UnlockFailed:
        return False
    return True


async def chooses(pilot: AppPilot, known: str, new: str) -> None:
    """Fill in the dialog, and go on."""
    await until(pilot, lambda: app_of(pilot).screen.query("#now"))
    for _ in range(2):  # the second field for a passphrase of one's own comes with the first
        await fills(pilot, now=known, own=new, again=new)
    app_of(pilot).screen.query_one("#do").focus()
    await pilot.pause()
    await presses(pilot, "#do")


async def at_the_words(pilot: AppPilot) -> list[str]:
    """Ana's new recovery words, before she has given one back."""
    await enters(pilot, "Ana", ANA)
    await pilot.press("f6")
    await chooses(pilot, ANA, NEW)
    await comes_to(pilot, "new-keys")
    screen = app_of(pilot).screen
    assert isinstance(screen, NewKeysScreen)
    return list(screen._words)


async def test_new_keys_take_the_place_of_the_old_ones(
    app: KapApp, journal_file: Path, memory: Path, opened: Open
) -> None:
    old = generated_recovery_words()
    with opened("Ana") as ana:
        ana.keys.renew_recovery_words(old)
    with opened("Ben") as ben:
        ben.members.mark_verified("Ana")
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", ANA)
        await goes_to_people(pilot, "Ana")
        await sees(pilot, "New keys")
        await presses(pilot, "#new_keys")
        await sees(pilot, "For when somebody may know your passphrase.")
        await pilot.press("escape")
        await presses(pilot, "#new_keys")
        await chooses(pilot, ANA + "?", NEW)
        await sees(pilot, "That is not the passphrase of your door.")
        await chooses(pilot, ANA, "short")
        await sees(pilot, "A passphrase has at least 12 characters.")
        await chooses(pilot, ANA, ANA)
        await sees(pilot, "Choose another.")
        await chooses(pilot, ANA, NEW)
        words = await writes_the_words_down(pilot, "new-keys")
        await sees(pilot, "Your keys are new. Ask the others to open the journal")
        assert app.front_screen.NAME == "people"
        await forgotten(pilot, NEW, f"{words[0]} {words[1]}", "', '".join(words[:2]))
        journal = app._journal
        assert journal is not None
        journal.notes.add(NewNote("written with the new keys"))
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        await app.workers.wait_for_complete()
    assert not opens(journal_file, ANA, memory)
    assert opens(journal_file, NEW, memory)
    with opened("Ben") as ben:
        assert not ben.members.get("Ana").verified
    assert not opens_with(journal_file, old.split(), memory)
    assert opens_with(journal_file, words, memory)


@pytest.mark.parametrize("way", ["escape", "ctrl+l", "ctrl+q"])
async def test_who_stops_before_giving_a_word_back_keeps_the_old_keys(
    app: KapApp, journal_file: Path, memory: Path, opened: Open, way: str
) -> None:
    old = generated_recovery_words()
    with opened("Ana") as ana:
        ana.keys.renew_recovery_words(old)
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await at_the_words(pilot)
        await presses(pilot, "#written")
        app.screen.query_one(Field).value = "wrongly"
        await pilot.press("enter")
        await sees(pilot, "Look at your paper")
        await pilot.press(way)
        if way == "escape":
            await sees(pilot, "Nothing was changed. Your old passphrase")
        if way == "ctrl+l":
            await comes_to(pilot, "doors")
            await sees(pilot, "still open your door; new ones open nothing.")
        if way != "ctrl+q":
            await forgotten(pilot, NEW, f"{shown[0]} {shown[1]}", "', '".join(shown[:2]))
    assert opens(journal_file, ANA, memory)
    assert not opens(journal_file, NEW, memory)
    assert opens_with(journal_file, old.split(), memory)
    assert not opens_with(journal_file, shown, memory)


@pytest.mark.parametrize("way", ["escape", "ctrl+l"])
async def test_who_leaves_while_the_keys_are_replaced_is_told_no_untruth(
    app: KapApp, journal_file: Path, memory: Path, way: str
) -> None:
    async with app.run_test() as pilot:
        await at_the_words(pilot)
        with closing(sqlite3.connect(journal_file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")  # another program is writing
            words = await writes_the_words_down(pilot, "new-keys")
            await until(pilot, lambda: app.screen.query_one("#written").disabled)
            await pilot.press(way)
            if way == "ctrl+l":
                await sees(pilot, "Your keys may be new already")
            other.execute("ROLLBACK")
        if way == "escape":
            await sees(pilot, "Your keys are new.")
        await app.workers.wait_for_complete()
        await forgotten(pilot, NEW, f"{words[0]} {words[1]}", "', '".join(words[:2]))
    assert opens(journal_file, NEW, memory)
    assert opens_with(journal_file, words, memory)


async def test_keys_that_could_not_be_replaced_can_be_tried_again(
    app: KapApp, journal_file: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise CannotSave("There is no room left.")

    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_words(pilot)
        with monkeypatch.context() as patch:
            patch.setattr(Keys, "replace", full)
            words = await writes_the_words_down(pilot, "new-keys")
            await sees(pilot, "There is no room left. Until your keys are new, the passphrase and the words")
        await presses(pilot, "#again")
        await sees(pilot, f" {words[0]} ")
        assert await writes_the_words_down(pilot, "new-keys") == words
        await sees(pilot, "Your keys are new.")
    assert opens(journal_file, NEW, memory)


async def test_a_lock_over_the_dialog_leaves_nothing_of_it(
    app: KapApp, journal_file: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, Keys, "confirm_passphrase")
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", ANA)
        await pilot.press("f6")
        await sees(pilot, "New keys")
        offered = await offered_words(pilot)
        await chooses(pilot, ANA, NEW)
        await sees(pilot, "One moment…")
        await pilot.press("escape")
        await sees(pilot, "One moment…")
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        held.gate.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.front_screen.NAME == "doors"
        assert "recovery words" not in painted(app)
        await forgotten(pilot, NEW, offered)
    assert held.asked == 1
    assert opens(journal_file, ANA, memory)


@pytest.mark.parametrize("size", [(40, 12), (60, 15), (140, 40)])
async def test_new_keys_fit(app: KapApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await enters(pilot, "Ana", ANA)
        await pilot.press("f6")
        await sees(pilot, "one of them")
        await sees(pilot, "your passphrase as it is")
        for _ in range(2):
            await fills(pilot, now=ANA, own=NEW, again=NEW)
        await presses(pilot, "#do")
        await writes_the_words_down(pilot, "new-keys")
        await until(pilot, lambda: app.front_screen.NAME == "course")


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 36)])
async def test_every_button_on_oneself_can_be_reached(app: KapApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(pilot, "Dr Lee")
        await pilot.press("tab")
        for words in ("My passphrase", "Recovery words", "New keys", "Invite somebody"):
            await sees(pilot, words)
            await pilot.press("tab")
