"""A journal of three in which every field that a person fills in holds a canary."""

import datetime as dt
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.notes import Draft, NoteText, default_kind
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal, NewNote, NoteChange
from tests.cast import LABELS
from tests.conftest import doors_for_other_programs
from tests.privacy.canary import canary
from tests.shared_journal import SharedJournal, meet

collect_ignore = ["test_processes.py"] if sys.platform == "win32" else []


@dataclass(frozen=True)
class Room:
    """All places a program of this test can write to without being told to: journal, memory, home, temp."""

    shared: SharedJournal
    home: Path
    temp: Path

    @property
    def places(self) -> tuple[Path, ...]:
        """Where to look."""
        return self.shared.path.parent, self.shared.memory, self.home, self.temp


@pytest.fixture(scope="session")
def met(tmp_path_factory: pytest.TempPathFactory) -> SharedJournal:
    names = {"Ana": canary("invited"), "Ben": "Ben"}
    with doors_for_other_programs():
        return meet(tmp_path_factory.mktemp("met") / "shared", title=canary("journal"), invited_as=names)


@pytest.fixture
def shared(met: SharedJournal, tmp_path: Path) -> SharedJournal:
    return met.copied(tmp_path / "shared")


@pytest.fixture
def room(
    shared: SharedJournal, own_places: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Room]:
    temp = tmp_path / "temp"
    temp.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(temp))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield Room(shared, own_places, temp)
    shutil.rmtree(temp)


def plant(journal: Journal) -> str:
    """Fill every field of a note, a draft and (as keeper, who comes first) a session, in each way of writing;
    returns the note's id."""
    kind = default_kind(journal.me.role)
    if journal.me.is_keeper:
        journal.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 11, 1), title=canary("session"))
    journal.drafts.save(
        Draft("", None, NoteText(canary("draftbody"), kind, clock.today(), canary("drafttitle")))
    )
    note = journal.notes.add(
        NewNote(
            f"the hallway {canary('body')} again\n" * 300,
            title=canary("title"),
            tags=(canary("tag"),),
            session=1,
        )
    )
    journal.notes.edit(note.id, NoteChange(body=f"but this time {canary('edited')}"))
    journal.notes.share(note.id, "all")
    journal.notes.withdraw(note.id, "all")
    journal.notes.share(note.id, "all")
    return note.id


@pytest.fixture
def planted(room: Room) -> tuple[Room, dict[str, str]]:
    """The room with everybody's notes in it, by label."""
    notes = {}
    for label in LABELS:
        with room.shared.open(label) as journal:
            notes[label] = plant(journal)
    return room, notes
