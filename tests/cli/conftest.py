"""Command lines in process: in an empty folder, and beside a journal of Dr Lee, Ana and Ben."""

import shutil
from pathlib import Path

import pytest

from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, create, join, unlock

from .command_line import ANA, BEN, LEE, CommandLine


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of three, each of whom has opened it since the last of them joined."""
    folder = tmp_path_factory.mktemp("made")
    path, memory = folder / "ours.kap", folder / "memory"
    memory.mkdir(mode=0o700)
    keeper, _ = create(
        path,
        label="Dr Lee",
        role=Role.THERAPIST,
        passphrase=LEE,
        title="Ours",
        strength=FLOOR,
        record_folder=memory,
    )
    with keeper:
        codes = {name: keeper.members.invite(name, Role.PARTNER, strength=FLOOR) for name in ("Ana", "Ben")}
    for label, passphrase in (("Ana", ANA), ("Ben", BEN)):
        joined, _ = join(
            path, code=codes[label], label=label, passphrase=passphrase, strength=FLOOR, record_folder=memory
        )
        joined.close()
    for label, passphrase in (("Dr Lee", LEE), ("Ana", ANA), ("Ben", BEN), ("Dr Lee", LEE), ("Ana", ANA)):
        unlock(path, label=label, passphrase=passphrase, record_folder=memory).close()
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
