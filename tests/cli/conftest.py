"""Desks to sit down at: an empty one, and one with a journal of Dr Lee, Ana and Ben."""

import shutil
from pathlib import Path

import pytest

from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, create, join, unlock

from .desk import ANA, BEN, LEE, Desk
from .talker import Talker


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
def empty_desk(tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A folder without a journal, which is also the current one."""
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, memory, monkeypatch)


@pytest.fixture
def desk(empty_desk: Desk, made_once: Path) -> Desk:
    """A folder with the journal of three."""
    shutil.copy(made_once / "ours.kap", empty_desk.file)
    shutil.copytree(made_once / "memory", empty_desk.memory, dirs_exist_ok=True)
    return empty_desk


@pytest.fixture
def alone(empty_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Talker:
    """Somebody at the plain talk, without a journal."""
    return Talker(empty_desk.folder, empty_desk.memory, monkeypatch)


@pytest.fixture
def talker(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Talker:
    """Somebody at the plain talk, with the journal of three."""
    return Talker(desk.folder, desk.memory, monkeypatch)
