"""A backup that is written, and a look whether all is as it was left."""

import sqlite3
from pathlib import Path

from kapjournal.journal import unlock
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import enters, sees
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to


async def test_a_backup_is_written_and_opens_with_the_passphrase_of_today(
    app: KapApp, tmp_path: Path, memory: Path
) -> None:
    kept = tmp_path / "kept.kap"
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("B")
        await comes_to(pilot, "backup")
        await sees(pilot, "A backup is the whole journal in a second file")
        assert Path(app.screen.query_one("#file", Field).value).name == "journal-backup.kap"
        app.screen.query_one("#file", Field).value = str(kept)
        await pilot.press("enter")
        await sees(pilot, "opens with the passphrases of today.")
        await pilot.press("enter")
        await comes_to(pilot, "course")
    with unlock(kept, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=memory) as ana:
        assert "By the car" in [note.text.title for note in ana.notes.all()]


async def test_nothing_is_written_over_by_a_backup(app: KapApp, journal_file: Path) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("B")
        await comes_to(pilot, "backup")
        app.screen.query_one("#file", Field).value = str(journal_file)
        await pilot.press("enter")
        await sees(pilot, "There is something at")


async def test_a_check_of_a_whole_journal_says_that_all_is_well(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("v")
        await comes_to(pilot, "check")
        await sees(pilot, "All is as it was left.")
        await pilot.press("enter")
        await comes_to(pilot, "course")


async def test_a_check_names_what_was_damaged_and_what_is_whole_stays(
    app: KapApp, journal_file: Path
) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        with sqlite3.connect(journal_file) as raw:
            raw.execute("UPDATE envelope SET sealed = zeroblob(length(sealed))")
        await pilot.press("v")
        await sees(pilot, "Not everything is as it was left.")
        await sees(pilot, "of the file cannot be read")
