"""Command lines in process: in an empty folder, and beside a journal of Dr Lee, Ana and Ben."""

import shutil
from pathlib import Path

import pytest

from tests.cast import meet
from tests.conftest import doors_for_other_programs

from .command_line import PASSPHRASES, CommandLine


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of three, each of whom has opened it since the last of them joined."""
    folder = tmp_path_factory.mktemp("made")
    path, memory = folder / "ours.kap", folder / "memory"
    memory.mkdir(mode=0o700)
    with doors_for_other_programs():
        meet(path, memory, PASSPHRASES, with_recovery=True)
    return folder


@pytest.fixture
def empty_cli(tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A folder without a journal, which is also the current one."""
    monkeypatch.chdir(tmp_path)
    return CommandLine(tmp_path, memory, monkeypatch)


@pytest.fixture
def cli(empty_cli: CommandLine, made_once: Path) -> CommandLine:
    """A folder with the journal of three."""
    shutil.copy(made_once / "ours.kap", empty_cli.file)
    shutil.copytree(made_once / "memory", empty_cli.memory, dirs_exist_ok=True)
    return empty_cli
