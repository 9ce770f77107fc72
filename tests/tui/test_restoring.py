"""Making a backup, looking through one, and going back to one from the doors."""

import datetime as dt
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.journal import Journal, NewNote
from kapjournal.presentation import restoring
from kapjournal.tui.screens.backup import BackupScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.status_line import StatusLine
from tests.store.test_companions import stopped, write
from tests.tui.app_pilot import enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to, fills, presses

Open = Callable[[str], Journal]


async def test_a_backup_copied_by_hand_is_refused_and_restored_in_order(
    app: KapApp, opened: Open, journal_file: Path
) -> None:
    backup = journal_file.with_name("backup.kap")
    with opened("Ana") as ana:
        ana.notes.add(NewNote("kept in the backup", title="Before"))
        ana.backup(backup)
    write(journal_file, 120)
    stopped(journal_file, 9)
    shutil.copy(backup, journal_file)
    async with app.run_test() as pilot:
        await sees(pilot, "opening would mix the two")
        await presses(pilot, "#restore")
        await comes_to(pilot, "restore")
        await fills(pilot, file=str(backup), label="Ana", passphrase="not her passphrase")
        await presses(pilot, "#do")
        await sees(pilot, "That did not open a door.")
        assert not journal_file.with_name(f"{journal_file.name}.before-restore").exists()
        await fills(pilot, passphrase=PASSPHRASES["Ana"])
        await presses(pilot, "#do")
        await comes_to(pilot, "course")
        await sees(pilot, "What stood there is kept")
        assert "Before" in {note.text.title for note in app._journal.notes.all()} if app._journal else False
    assert backup.exists()


async def test_without_a_passphrase_or_a_file_nothing_is_begun(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await presses(pilot, "#restore")
        await comes_to(pilot, "restore")
        await presses(pilot, "#do")
        await sees(pilot, "Say where the file is.")
        await fills(pilot, file="backup.kap", label="Ana")
        await presses(pilot, "#do")
        await sees(pilot, "Type the passphrase your door had then.")
        await fills(pilot, passphrase="whatever it was")
        await presses(pilot, "#do")
        await sees(pilot, "There is no file backup.kap.")
        await pilot.press("escape")
        await comes_to(pilot, "doors")


async def test_a_backup_is_looked_through_before_anything_is_restored(
    app: KapApp, opened: Open, journal_file: Path
) -> None:
    backup = journal_file.with_name("backup.kap")
    with opened("Ana") as ana:
        ana.notes.add(NewNote("kept in the backup", title="Before"))
        ana.backup(backup)
        ana.notes.add(NewNote("later"))
    before = journal_file.read_bytes(), backup.read_bytes()
    async with app.run_test() as pilot:
        await sees(pilot, "Go back to a backup")
        await pilot.press("f6")
        await comes_to(pilot, "restore")
        await pilot.press("f4")
        await sees(pilot, "Say where the file is.")
        await fills(pilot, file=str(backup))
        await pilot.press("f4")
        await sees(pilot, "It is whole: all of it can be read as it was written.")
        await sees(pilot, f"{journal_file.name} has come further since.")
        await fills(pilot, label="Ana", passphrase="not her passphrase")
        await presses(pilot, "#check")
        await sees(pilot, "That did not open a door.")
        await fills(pilot, passphrase=PASSPHRASES["Ana"])
        await presses(pilot, "#check")
        await sees(pilot, "The door of Ana opens: notes 3")
        backup.write_bytes(before[1][:9000])
        await presses(pilot, "#check")
        await sees(pilot, "is damaged or is no journal")
        await pilot.press("escape")
        await comes_to(pilot, "doors")
    assert journal_file.read_bytes() == before[0]


async def test_a_damaged_backup_is_restored_only_after_a_yes(
    app: KapApp, opened: Open, journal_file: Path
) -> None:
    backup = journal_file.with_name("backup.kap")
    with opened("Ana") as ana:
        ana.backup(backup)
        ana.notes.add(NewNote("later"))
    with closing(sqlite3.connect(backup)) as raw, raw:
        raw.execute("UPDATE envelope SET sealed = zeroblob(4881) WHERE id = (SELECT min(id) FROM envelope)")
    before = journal_file.read_bytes()
    kept = journal_file.with_name(f"{journal_file.name}.before-restore")
    async with app.run_test() as pilot:
        await sees(pilot, "Go back to a backup")
        await pilot.press("f6")
        await comes_to(pilot, "restore")
        await fills(pilot, file=str(backup), label="Ben", passphrase=PASSPHRASES["Ben"])
        await presses(pilot, "#do")
        await sees(pilot, "Rows that are damaged: 1. Nothing was changed.")
        await sees(pilot, restoring.ALL_THE_SAME)
        await pilot.press("enter")  # Not now
        await comes_to(pilot, "restore")
        assert journal_file.read_bytes() == before and not kept.exists()
        await presses(pilot, "#do")
        await sees(pilot, restoring.ALL_THE_SAME)
        await presses(pilot, "#yes")
        await comes_to(pilot, "course")
        await sees(pilot, "The backup is not whole.")
    assert kept.read_bytes() == before


async def test_one_more_in_a_folder_and_how_many_are_kept(
    app: KapApp, opened: Open, journal_file: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with opened("Ana") as ana:
        first = ana.backups.into(stick).path
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("B")
        await sees(pilot, "The last one on this computer:")
        await fills(pilot, file=str(tmp_path / "new.kap"), keep="2x")
        await presses(pilot, "#do")
        await sees(pilot, "Say how many backups to keep")
        await fills(pilot, keep="1")
        await presses(pilot, "#do")
        await sees(pilot, "name a folder that is there")
        await fills(pilot, file=str(stick))
        await presses(pilot, "#do")
        await sees(pilot, "Removed, since newer ones are kept")
    assert len(list(stick.iterdir())) == 1 and not first.exists()


async def test_escape_gives_up_a_backup_and_nothing_of_it_is_left(
    app: KapApp, opened: Open, journal_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first step waits until Escape was pressed."""
    stick = tmp_path / "stick"
    stick.mkdir()
    begun, pressed = threading.Event(), threading.Event()

    def slowly(self: BackupScreen) -> Callable[[int, int], None]:
        follow = following(self)

        def step(done: int, whole: int) -> None:
            begun.set()
            pressed.wait(60)
            follow(done, whole)

        return step

    following = BackupScreen.following
    monkeypatch.setattr(BackupScreen, "following", slowly)
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("B")
        await comes_to(pilot, "backup")
        await fills(pilot, file=str(stick))
        await presses(pilot, "#do")
        await until(pilot, begun.is_set)
        await pilot.press("escape")
        await sees(pilot, "Stopping…")
        pressed.set()
        await sees(pilot, "It was given up. Nothing of it was kept.")
        assert list(stick.iterdir()) == []
        monkeypatch.setattr(BackupScreen, "following", following)
        await presses(pilot, "#do")
        await sees(pilot, "The backup is ")
        await pilot.press("escape")
        await comes_to(pilot, "course")
    assert len(list(stick.iterdir())) == 1


async def test_who_has_no_backup_for_long_is_reminded_until_one_is_made(
    app: KapApp, opened: Open, tmp_path: Path
) -> None:
    with opened("Ben") as ben:
        assert not ben.backups.last().was_made
    with clock.at(clock.now() + dt.timedelta(days=15)):
        async with app.run_test() as pilot:
            await enters(pilot, "Ana", PASSPHRASES["Ana"])
            await sees(pilot, "No backup was made on this computer")
            await pilot.press("B")
            await comes_to(pilot, "backup")
            await fills(pilot, file=str(tmp_path / "new.kap"))
            await presses(pilot, "#do")
            await sees(pilot, "The copy is ")
            await pilot.press("escape")
            await comes_to(pilot, "course")
            assert "No backup" not in painted(app)


async def test_a_report_that_was_read_takes_no_later_error_out_of_sight(
    app: KapApp, opened: Open, journal_file: Path
) -> None:
    """The page goes to what came of looking through, and not again when a later sentence needs room."""
    backup = journal_file.with_name("backup.kap")
    with opened("Ana") as ana:
        ana.backup(backup)
    async with app.run_test(size=(80, 14)) as pilot:
        await presses(pilot, "#restore")
        await comes_to(pilot, "restore")
        await fills(pilot, file=str(backup))
        await presses(pilot, "#check")
        await until(pilot, lambda: app.screen.query_one("#report").size.height > 1)
        await fills(pilot, label="Ana", passphrase="not her passphrase")
        app.screen.query_one("#passphrase").focus()
        await pilot.press("enter")
        await until(pilot, lambda: "That did not open" in str(app.screen.query_one(StatusLine).render()))
        field, page = app.screen.query_one("#passphrase"), app.screen.query_one("#body")
        await until(pilot, lambda: page.region.contains_region(field.region))
        await pilot.pause(0.2)
        assert page.region.contains_region(field.region)
