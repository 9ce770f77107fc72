"""Going back to a backup, from the doors."""

import shutil
from collections.abc import Callable
from pathlib import Path

from kapjournal.journal import Journal, NewNote
from kapjournal.tui.shell.app import KapApp
from tests.store.test_companions import stopped, write
from tests.tui.app_pilot import sees
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
