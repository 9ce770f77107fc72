"""A journal of today in which the people of the old one are again, and fixtures for both."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from kapjournal.domain.members import Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import FLOOR, Journal, create, unlock
from tests.cast import joins

from .format1 import KAP

ROLES = {
    "Dr Löwe": Role.THERAPIST,
    "Ana": Role.PARTNER,
    "Ben": Role.PARTNER,
    "Kim": Role.SUPERVISOR,
}
SESSIONS = {1: SessionKind.PREPARATION, 12: SessionKind.DOSING, 2: SessionKind.INTEGRATION}
"""As in the old journal on its last day; the present second one was made after the old one got another
number."""


def enter(path: Path, label: str, memory: Path) -> Journal:
    """Open somebody's door in the journal of today."""
    return unlock(path, label=label, passphrase=f"{label} opens this door", record_folder=memory)


def make(path: Path, memory: Path) -> None:
    """Begin the journal, let everybody in, and add the sessions."""
    keeper, _ = create(
        path,
        label="Dr Löwe",
        role=ROLES["Dr Löwe"],
        passphrase="Dr Löwe opens this door",
        with_recovery=False,
        strength=FLOOR,
        record_folder=memory,
    )
    with keeper:
        for label, role in list(ROLES.items())[1:]:
            code = keeper.members.invite(label, role, strength=FLOOR)
            joins(path, label, code, memory)
            keeper.refresh()
        for number, kind in SESSIONS.items():
            keeper.sessions.add(kind=kind, date=dt.date(2026, 4, number), number=number)
    for label in ROLES:
        enter(path, label, memory).close()


@pytest.fixture(scope="session")
def made_today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal, made once."""
    folder = tmp_path_factory.mktemp("today")
    (folder / "memory").mkdir()
    make(folder / "ours.kap", folder / "memory")
    return folder


@pytest.fixture
def today(made_today: Path, tmp_path: Path, memory: Path) -> Path:
    """A copy of the journal of today, in a folder of its own, and what this computer remembers of it."""
    (folder := tmp_path / "today").mkdir()
    shutil.copy(made_today / "ours.kap", folder)
    shutil.copytree(made_today / "memory", memory, dirs_exist_ok=True)
    return folder / "ours.kap"


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A copy of the old journal, alone in a folder."""
    (folder := tmp_path / "old").mkdir()
    shutil.copy(KAP, folder)
    return folder / KAP.name
