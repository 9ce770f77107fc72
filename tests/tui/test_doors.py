import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.config import Loaded, Settings
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, Journal, NewNote, unlock
from kapjournal.tui import theme
from kapjournal.tui.app import KapApp
from kapjournal.tui.screens.course import CourseScreen
from kapjournal.tui.screens.recovery_words import RecoveryWordsScreen
from kapjournal.tui.widgets.field import Field
from tests.tui.conftest import PASSPHRASES
from tests.tui.sight import SECRET, enters, painted, sees, types, until


async def test_a_passphrase_opens_the_course_with_the_readers_in_words(app: KapApp) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "Hallway")
        screen = painted(app)
        assert re.search(r"Hallway +◌ Only you", screen)
        assert re.search(r"By the car +◍ You and Ben", screen)
        assert "After session 1" in screen


async def test_the_other_partner_sees_nothing_of_what_is_private(app: KapApp) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ben", PASSPHRASES["Ben"])
        await sees(seat, "By the car")
        screen = painted(app)
        assert "Hallway" not in screen
        assert SECRET not in screen


async def test_a_wrong_passphrase_is_one_calm_line_and_an_empty_field(app: KapApp) -> None:
    async with app.run_test() as seat:
        await sees(seat, "Dr Lee")
        await seat.press("enter")
        await types(seat, "not the passphrase")
        await seat.press("enter")
        await sees(seat, "did not open a door")
        field = app.screen.query_one(Field)
        assert field.has_focus
        assert field.value == ""
        assert "Traceback" not in painted(app)


async def test_the_doors_say_labels_and_neither_counts_nor_dates(app: KapApp) -> None:
    async with app.run_test() as seat:
        await sees(seat, "Dr Lee")
        assert not re.search(r"\d", painted(app).replace("F1", ""))
        assert SECRET not in painted(app)


async def test_what_a_quick_exit_left_is_tidied_while_the_passphrase_is_typed(
    journal_file: Path, opened: Callable[[str], Journal], tmp_path: Path, memory: Path
) -> None:
    left = tmp_path / "left" / "us.kap"
    left.parent.mkdir()
    with opened("Ana") as ana:
        ana.notes.add(NewNote("the last words before leaving"))
        for ending in ("", "-wal"):
            shutil.copy(f"{journal_file}{ending}", f"{left}{ending}")
    app = KapApp(Loaded(Settings()), theme.load_all(), path=left, memory=memory, strength=FLOOR)
    async with app.run_test() as seat:
        await sees(seat, "Dr Lee")
        await until(seat, lambda: [path.name for path in left.parent.iterdir()] == ["us.kap"])
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "the last words")


async def test_a_named_door_and_a_notice_are_shown(journal_file: Path, memory: Path) -> None:
    app = KapApp(
        Loaded(Settings()),
        theme.load_all(),
        path=journal_file,
        label="Ben",
        notice="A demo.\nAll fiction.",
        memory=memory,
    )
    async with app.run_test() as seat:
        await sees(seat, "Ben’s door")
        assert "All fiction." in painted(app)
        assert "Ana" not in painted(app)


async def test_what_is_not_a_journal_is_said_and_left_alone(tmp_path: Path, memory: Path) -> None:
    file = tmp_path / "letter.kap"
    file.write_text("Dear Ben")
    app = KapApp(Loaded(Settings()), theme.load_all(), path=file, memory=memory)
    async with app.run_test() as seat:
        await until(seat, lambda: app.screen.query(".-trouble"))
        assert file.read_text() == "Dear Ben"


async def test_without_a_journal_there_are_four_ways_to_begin(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = KapApp(Loaded(Settings()), theme.load_all(), memory=memory)
    async with app.run_test() as seat:
        for way in ("Start a journal", "Join with a code", "Open a journal", "demo"):
            await sees(seat, way)


async def test_several_journals_are_listed_by_name(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one.kap", "two.kap"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    app = KapApp(Loaded(Settings()), theme.load_all(), memory=memory)
    async with app.run_test() as seat:
        await sees(seat, "one.kap")
        assert "two.kap" in painted(app)


async def test_starting_a_journal_shows_words_once_and_asks_one_back(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = KapApp(Loaded(Settings()), theme.load_all(), memory=memory, strength=FLOOR)
    async with app.run_test() as seat:
        await seat.press("enter")
        await sees(seat, "What you are called")
        await types(seat, "Lee")
        offered = app.screen.query_one("#offered")
        await until(seat, lambda: len(str(offered.render()).split()) == 6)
        passphrase = str(offered.render())
        app.screen.query_one("#do").focus()
        await seat.press("enter")
        await sees(seat, "Type the six words, once you have written them down")
        await until(seat, lambda: not app.screen.query_one("#do").has_class("-active"))
        app.screen.query_one("#own", Field).value = passphrase.upper()
        app.screen.query_one("#file", Field).value = str(tmp_path / "new.kap")
        app.screen.query_one("#do").focus()
        await seat.press("enter")
        await until(seat, lambda: isinstance(app.screen, RecoveryWordsScreen))
        screen = app.screen
        assert isinstance(screen, RecoveryWordsScreen)
        word = screen._words[screen._asked]
        await sees(seat, f" {word}")
        await seat.press("enter")
        await sees(seat, f"What is word {screen._asked + 1}?")
        assert "are never shown again" not in painted(app)
        await types(seat, "wrong")
        await seat.press("enter")
        await sees(seat, "That is not word")
        screen.query_one(Field).value = word
        await seat.press("enter")
        await until(seat, lambda: isinstance(app.screen, CourseScreen))
    with unlock(tmp_path / "new.kap", label="Lee", passphrase=passphrase, record_folder=memory) as journal:
        assert journal.me.is_keeper


async def test_joining_with_a_code(app: KapApp, journal_file: Path, memory: Path) -> None:
    with unlock(journal_file, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"], record_folder=memory) as lee:
        code = lee.members.invite("Dr Roe", Role.SUPERVISOR, strength=FLOOR)
    async with app.run_test() as seat:
        await sees(seat, "Join with a code")
        await seat.click("#join")
        await sees(seat, "Join a journal")
        app.screen.query_one("#code", Field).value = code
        app.screen.query_one("#label", Field).value = "Roe"
        app.screen.query_one("#own", Field).value = "a passphrase of my own"
        app.screen.query_one("#again", Field).value = "a passphrase of my owm"
        app.screen.query_one("#again", Field).focus()
        await seat.press("enter", "enter")
        await sees(seat, "not the same")
        app.screen.query_one("#again", Field).value = "a passphrase of my own"
        await until(seat, lambda: not app.screen.query_one("#do").has_class("-active"))
        await seat.press("enter")
        await until(seat, lambda: isinstance(app.screen, RecoveryWordsScreen))
    with unlock(journal_file, label="Roe", passphrase="a passphrase of my own", record_folder=memory) as roe:
        assert roe.me.role is Role.SUPERVISOR


async def test_a_passphrase_typed_on_the_list_of_doors_is_not_lost(app: KapApp) -> None:
    async with app.run_test() as seat:
        await sees(seat, "Another journal")
        await until(seat, lambda: app.screen.query_one("#doors").has_focus)
        await seat.press("home")
        await types(seat, PASSPHRASES["Ana"])
        await until(seat, lambda: app.screen.query_one(Field).value == PASSPHRASES["Ana"])
        await seat.press("enter")
        await sees(seat, "Hallway")
