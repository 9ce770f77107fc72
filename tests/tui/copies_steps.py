"""A second computer: another copy of the journal, and what it remembers by itself."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.journal import Journal, unlock
from tests.tui.conftest import PASSPHRASES

OpenElsewhere = Callable[[str], Journal]


@pytest.fixture
def elsewhere(journal_file: Path, memory: Path, tmp_path: Path) -> OpenElsewhere:
    """Open a door on the other computer, whose copy is `elsewhere/us.kap`."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    copy = Path(shutil.copy(journal_file, folder / "us.kap"))
    shutil.copytree(memory, folder / "memory")
    return lambda label: unlock(
        copy, label=label, passphrase=PASSPHRASES[label], record_folder=folder / "memory"
    )
