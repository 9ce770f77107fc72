import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Button, OptionList

from kapjournal import paths
from kapjournal.config import Loaded, Settings
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, Journal, NewNote, doors, unlock
from kapjournal.tui.screens.course import CourseScreen
from kapjournal.tui.screens.recovery_words import RecoveryWordsScreen
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import SECRET, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import offered_words


async def test_a_passphrase_opens_the_course_with_the_readers_in_words(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        screen = painted(app)
        assert re.search(r"Hallway +◌ Only you", screen)
        assert re.search(r"By the car +◍ You and Ben", screen)
        assert "After session 1" in screen


async def test_the_other_partner_sees_nothing_of_what_is_private(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "By the car")
        screen = painted(app)
        assert "Hallway" not in screen
        assert SECRET not in screen


async def test_a_wrong_passphrase_is_one_calm_line_and_an_empty_field(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")
        await pilot.press("enter")
        await types(pilot, "not the passphrase")
        await pilot.press("enter")
        await sees(pilot, "did not open a door")
        field = app.screen.query_one(Field)
        assert field.has_focus
        assert field.value == ""
        assert "Traceback" not in painted(app)


async def test_after_a_wrong_passphrase_up_and_down_still_choose_a_door(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")
        await pilot.press("enter")
        await types(pilot, "the words of somebody else")
        await pilot.press("enter")
        await sees(pilot, "did not open a door")
        await sees(pilot, "Passphrase of Ana")
        await pilot.press("down")
        await sees(pilot, "Passphrase of Ben")
        assert app.screen.query_one(Field).has_focus
        await types(pilot, PASSPHRASES["Ben"])
        await pilot.press("up", "down", "enter")
        await sees(pilot, "The course")
        assert "Ben" in painted(app).splitlines()[0]


async def test_a_passphrase_that_is_pasted_with_what_cannot_be_seen_opens_its_door(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")
        await pilot.press("enter")
        app.post_message(Paste(f"\ufeff{PASSPHRASES['Ana']}\u200b\r\n\n"))
        await pilot.pause()
        await pilot.press("enter")
        await sees(pilot, "The course")


async def test_the_doors_say_labels_and_neither_counts_nor_dates(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")
        without_keys = re.sub(r"\bF\d\b", "", painted(app))
        assert not re.search(r"\d", without_keys)
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
    app = KapApp(Loaded(Settings()), theme.load_all(), path=left, record_folder=memory, strength=FLOOR)
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")
        await until(pilot, lambda: [path.name for path in left.parent.iterdir()] == ["us.kap"])
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "the last words")


async def test_a_named_door_and_a_notice_are_shown(journal_file: Path, memory: Path) -> None:
    app = KapApp(
        Loaded(Settings()),
        theme.load_all(),
        path=journal_file,
        label="Ben",
        notice="A demo.\nAll fiction.",
        record_folder=memory,
    )
    async with app.run_test() as pilot:
        await sees(pilot, "Ben’s door")
        assert "All fiction." in painted(app)
        assert "Ana" not in painted(app)


async def test_what_is_not_a_journal_is_said_and_left_alone(tmp_path: Path, memory: Path) -> None:
    file = tmp_path / "letter.kap"
    file.write_text("Dear Ben")
    app = KapApp(Loaded(Settings()), theme.load_all(), path=file, record_folder=memory)
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.screen.query(".-error"))
        assert file.read_text() == "Dear Ben"


async def test_without_a_journal_there_are_four_ways_to_begin(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = KapApp(Loaded(Settings()), theme.load_all(), record_folder=memory)
    async with app.run_test() as pilot:
        for way in ("Start a journal", "Join with a code", "Open a journal", "demo"):
            await sees(pilot, way)


async def test_several_journals_are_listed_by_name(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one.kap", "two.kap"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    app = KapApp(Loaded(Settings()), theme.load_all(), record_folder=memory)
    async with app.run_test() as pilot:
        await sees(pilot, "one.kap")
        assert "two.kap" in painted(app)


@pytest.mark.parametrize("key", ["down", "up"])
async def test_what_was_said_of_one_door_goes_with_it(app: KapApp, key: str) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")
        await pilot.press("home", "down", "enter")
        await types(pilot, "not his passphrase")
        await pilot.press("enter")
        await sees(pilot, "That did not open a door.")
        await pilot.press(key)
        await until(pilot, lambda: "That did not open" not in painted(app))


async def test_a_journal_in_the_data_folder_and_one_here_are_both_offered(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = paths.private_folder(paths.data_folder()) / "kept.kap"
    for file in (tmp_path / "here.kap", kept):
        file.touch()
    monkeypatch.chdir(tmp_path)
    app = KapApp(Loaded(Settings()), theme.load_all(), record_folder=memory)
    async with app.run_test(size=(140, 30)) as pilot:
        await sees(pilot, "Which journal?")
        assert " here.kap " in painted(app)
        offered = [str(row.prompt) for row in app.screen.query_one(OptionList).options]
        assert any(row.endswith("/kept.kap") for row in offered)


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (34, 10)])
async def test_the_doors_name_their_file_at_every_size(app: KapApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await sees(pilot, "us.kap")
        await sees(pilot, "Passphrase of Ana")
        assert "us.kap" in painted(app)


async def test_a_backup_here_is_not_opened_in_the_place_of_the_journal(
    journal_file: Path, tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.move(journal_file, paths.private_folder(paths.data_folder()) / "journal.kap")
    (tmp_path / "journal-backup.kap").touch()
    monkeypatch.chdir(tmp_path)
    app = KapApp(Loaded(Settings()), theme.load_all(), record_folder=memory)
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")
        assert "─ journal.kap ─" in painted(app)


async def test_starting_a_journal_shows_words_once_and_asks_one_back(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = KapApp(Loaded(Settings()), theme.load_all(), record_folder=memory, strength=FLOOR)
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await sees(pilot, "What you are called")
        await types(pilot, "Lee")
        offered = app.screen.query_one("#offered")
        await until(pilot, lambda: len(str(offered.render()).split()) == 6)
        passphrase = str(offered.render())
        app.screen.query_one("#do").focus()
        await pilot.press("enter")
        await sees(pilot, "Type the six words, once you have written them down")
        await until(pilot, lambda: not app.screen.query_one("#do").has_class("-active"))
        app.screen.query_one("#own", Field).value = passphrase.upper()
        app.screen.query_one("#file", Field).value = str(tmp_path / "new.kap")
        app.screen.query_one("#do").focus()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RecoveryWordsScreen))
        screen = app.screen
        assert isinstance(screen, RecoveryWordsScreen)
        word = screen._words[screen._asked]
        await sees(pilot, f" {word}")
        await pilot.press("enter")
        await sees(pilot, f"What is word {screen._asked + 1}?")
        assert "are never shown again" not in painted(app)
        await types(pilot, "wrongly")
        await pilot.press("enter")
        await sees(pilot, "That is not word")
        screen.query_one(Field).value = word
        await pilot.press("enter")
        await sees(pilot, "Keep a practice, too?")
        app.screen.query_one("#course", Button).press()
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
    with unlock(tmp_path / "new.kap", label="Lee", passphrase=passphrase, record_folder=memory) as journal:
        assert journal.me.is_keeper


async def test_joining_with_a_code(app: KapApp, journal_file: Path, memory: Path) -> None:
    with unlock(journal_file, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"], record_folder=memory) as lee:
        code = lee.members.invite("Dr Roe", Role.SUPERVISOR, strength=FLOOR)
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")  # from here on no button moves
        await pilot.click("#join")
        await sees(pilot, "Join a journal")
        app.screen.query_one("#code", Field).value = code
        app.screen.query_one("#label", Field).value = "Roe"
        app.screen.query_one("#own", Field).value = "a passphrase of my own"
        app.screen.query_one("#again", Field).value = "a passphrase of my owm"
        app.screen.query_one("#again", Field).focus()
        await pilot.press("enter", "enter")
        await sees(pilot, "not the same")
        app.screen.query_one("#again", Field).value = "a passphrase of my own"
        await until(pilot, lambda: not app.screen.query_one("#do").has_class("-active"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RecoveryWordsScreen))
    with unlock(journal_file, label="Roe", passphrase="a passphrase of my own", record_folder=memory) as roe:
        assert roe.me.role is Role.SUPERVISOR


async def test_up_and_down_stop_at_the_ends_of_a_list(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Passphrase of Ana")
        listed = app.screen.query_one("#doors", OptionList)
        for key, door in (("up", 0), ("end", 2), ("down", 2), ("enter", 2), ("down", 2)):
            await pilot.press(key)
            assert listed.highlighted == door, key


@pytest.mark.parametrize("label", [None, "Ben"])
async def test_doors_that_come_late_take_the_focus_from_no_button(
    app: KapApp, label: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, read = threading.Event(), doors

    def late(path: Path) -> list[str]:
        gate.wait()
        return [label] if label else read(path)

    monkeypatch.setattr("kapjournal.journal.doors", late)
    async with app.run_test() as pilot:
        await sees(pilot, "Go back to a backup")
        app.screen.query_one("#restore").focus()
        gate.set()
        await sees(pilot, "Ben")
        assert app.screen.query_one("#restore").has_focus
        await pilot.press("enter")
        await sees(pilot, "What you are called there")


async def test_a_passphrase_typed_before_the_doors_came_stays_until_one_is_chosen(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, read = threading.Event(), doors

    def late(path: Path) -> list[str]:
        gate.wait()
        return read(path)

    monkeypatch.setattr("kapjournal.journal.doors", late)
    async with app.run_test() as pilot:
        await sees(pilot, "Go back to a backup")
        await types(pilot, PASSPHRASES["Ana"])
        await pilot.press("enter")
        await sees(pilot, "Which door? There are Ana, Ben, Dr Lee.")
        gate.set()
        await until(pilot, lambda: app.screen.query_one("#doors").display)
        await pilot.press("down", "enter")
        await sees(pilot, "Hallway")


async def test_a_passphrase_typed_on_the_list_of_doors_is_not_lost(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Another journal")
        await until(pilot, lambda: app.screen.query_one("#doors").has_focus)
        await pilot.press("home")
        await types(pilot, PASSPHRASES["Ana"])
        await until(pilot, lambda: app.screen.query_one(Field).value == PASSPHRASES["Ana"])
        await pilot.press("enter")
        await sees(pilot, "Hallway")


async def test_a_slip_hides_none_of_the_six_offered_words(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = KapApp(Loaded(Settings()), theme.load_all(), record_folder=memory, strength=FLOOR)
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await sees(pilot, "What you are called")
        await types(pilot, "Lee")
        offered = await offered_words(pilot)
        own = app.screen.query_one("#own", Field)
        own.value = offered[:5] + "§"
        await until(pilot, lambda: app.screen.query_one("#again").display)
        assert offered in painted(app) and "Start" in painted(app)
        own.value = offered[:-1] + "§"
        app.screen.query_one("#do").focus()
        await pilot.press("enter")
        await sees(pilot, "These are not the six words above.")
        assert offered in painted(app)
        own.value = app.screen.query_one("#again", Field).value = "Lee and the journal"
        app.screen.query_one("#do").focus()
        await until(pilot, lambda: not app.screen.query_one("#do").has_class("-active"))
        await pilot.press("enter")
        await sees(pilot, "That passphrase would be guessed")
        assert offered in painted(app)
        own.value = offered.title()
        await until(pilot, lambda: not app.screen.query_one("#again").display)
