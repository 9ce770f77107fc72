"""New recovery words for an open door: who stops halfway keeps the old ones, and nothing stays behind."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.errors import CannotSave, UnlockFailed
from kapjournal.journal import FLOOR, generated_recovery_words, recover, unlock
from kapjournal.journal.keys import Keys
from kapjournal.tui.screens.recovery_words import RecoveryWordsScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, app_of, enters, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to, forgotten, goes_to_people, presses, writes_the_words_down


def opens_with(path: Path, words: list[str], memory: Path) -> bool:
    """Whether the words open a door of a copy of the file."""
    copy = path.with_name("copy.kap")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    try:
        recover(
            copy,
            words=" ".join(words),
            passphrase="whatever it may be by now",
            strength=FLOOR,
            record_folder=memory,
        ).close()
    except UnlockFailed:
        return False
    return True


async def asks_for_new_words(pilot: AppPilot, passphrase: str) -> None:
    await pilot.press("f7")
    await sees(pilot, "Your passphrase once more")
    app_of(pilot).screen.query_one(Field).value = passphrase
    await pilot.press("enter")


async def test_new_recovery_words_take_the_place_of_the_old_ones(
    app: KapApp, journal_file: Path, memory: Path
) -> None:
    ana = PASSPHRASES["Ana"]
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", ana)
        await goes_to_people(pilot, "Ana")
        await sees(pilot, "Recovery words")
        await presses(pilot, "#new_recovery_words")
        await sees(pilot, "Your passphrase once more")
        await pilot.press("escape")
        await asks_for_new_words(pilot, ana + "?")
        await sees(pilot, "That is not the passphrase of your door.")
        assert app.screen.query_one(Field).value == ""
        app.screen.query_one(Field).value = ana
        await pilot.press("enter")
        first = await writes_the_words_down(pilot, "new-recovery-words")
        await sees(pilot, "No older ones of yours were recognised.")
        assert app.front_screen.NAME == "people"

        await asks_for_new_words(pilot, ana)
        second = await writes_the_words_down(pilot, "new-recovery-words")
        await sees(pilot, "The older ones open nothing but an older copy of the file.")
        await forgotten(pilot, f"{second[0]} {second[1]}", "', '".join(second[:2]))
    assert not opens_with(journal_file, first, memory)
    assert opens_with(journal_file, second, memory)


@pytest.mark.parametrize("way", ["escape", "ctrl+l", "ctrl+q"])
async def test_who_stops_before_giving_a_word_back_keeps_the_old_words(
    app: KapApp, journal_file: Path, memory: Path, way: str
) -> None:
    ana, old = PASSPHRASES["Ana"], generated_recovery_words()
    with unlock(journal_file, label="Ana", passphrase=ana, record_folder=memory) as journal:
        journal.keys.renew_recovery_words(old)
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", ana)
        await asks_for_new_words(pilot, ana)
        await comes_to(pilot, "new-recovery-words")
        screen = app.screen
        assert isinstance(screen, RecoveryWordsScreen)
        shown = list(screen._words)
        await presses(pilot, "#written")
        screen.query_one(Field).value = "wrongly"
        await pilot.press("enter")
        await sees(pilot, "Look at your paper")
        del screen
        await pilot.press(way)
        if way == "escape":
            await sees(pilot, "Nothing was changed. The words just shown open nothing")
        if way == "ctrl+l":
            await comes_to(pilot, "doors")
        if way != "ctrl+q":
            await forgotten(pilot, f"{shown[0]} {shown[1]}", "', '".join(shown[:2]))
    assert opens_with(journal_file, old.split(), memory)
    assert not opens_with(journal_file, shown, memory)


async def test_words_that_could_not_be_sealed_stay_on_the_screen(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise CannotSave("There is no room left.")

    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await asks_for_new_words(pilot, PASSPHRASES["Ana"])
        with monkeypatch.context() as patch:
            patch.setattr(Keys, "renew_recovery_words", full)
            words = await writes_the_words_down(pilot, "new-recovery-words")
            await sees(pilot, "There is no room left. Until these words are sealed, the old ones hold.")
        await presses(pilot, "#again")
        await sees(pilot, f" {words[0]} ")
        assert await writes_the_words_down(pilot, "new-recovery-words") == words
        await sees(pilot, "The new words open your door.")


@pytest.mark.parametrize("size", [(40, 12), (60, 15), (140, 40)])
async def test_new_recovery_words_fit(app: KapApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await asks_for_new_words(pilot, PASSPHRASES["Ana"])
        await writes_the_words_down(pilot, "new-recovery-words")
        await until(pilot, lambda: app.front_screen.NAME == "course")


@pytest.mark.parametrize("way", ["escape", "ctrl+l"])
async def test_who_leaves_while_new_words_are_sealed_is_told_no_untruth(
    app: KapApp, journal_file: Path, memory: Path, way: str
) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await asks_for_new_words(pilot, PASSPHRASES["Ana"])
        with closing(sqlite3.connect(journal_file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")  # another program is writing
            words = await writes_the_words_down(pilot, "new-recovery-words")
            await until(pilot, lambda: app.screen.query_one("#written").disabled)
            await pilot.press(way)
            if way == "ctrl+l":
                await sees(pilot, "Keep both papers until you have seen which do.")
            other.execute("ROLLBACK")
        if way == "escape":
            await sees(pilot, "The new words open your door.")
        await app.workers.wait_for_complete()
    assert opens_with(journal_file, words, memory)
