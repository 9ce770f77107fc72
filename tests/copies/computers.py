"""Six computers of three people, each with its own copy of the journal and its own memory of it."""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from kapjournal.crypto.keyslot import Secrets
from kapjournal.crypto.row import STANDING, Front, front_of
from kapjournal.domain.ids import RowId
from kapjournal.journal import Journal
from kapjournal.store import JournalFile
from tests.cast import LABELS, meet
from tests.internals import vault_of

Rows = Mapping[RowId, bool]
"""The rows of a file, and whether each stands."""


FRONTS: dict[RowId, Front] = {}
"""The front of every row that was ever in a file: whom it is for can be asked when it is gone."""


def rows_of(path: Path) -> dict[RowId, bool]:
    found = {}
    with closing(sqlite3.connect(path)) as database:
        for row_id, state in database.execute("SELECT id, substr(sealed, 1, 1) FROM envelope"):
            found[RowId(row_id)] = state == STANDING
            if row_id not in FRONTS:
                [[sealed]] = database.execute("SELECT sealed FROM envelope WHERE id = ?", [row_id])
                front = front_of(sealed)
                assert front is not None
                FRONTS[row_id] = front
    return found


@dataclass
class Backup:
    """A copy of a file, and of what the computer remembered then."""

    path: Path
    memory: Path
    rows: dict[RowId, bool]
    remembered: dict[RowId, bool]


@dataclass
class Computer:
    """One person's computer: a file, what it remembers, and up to two programs that have it open."""

    label: str
    number: int
    folder: Path
    held: Secrets
    programs: list[Journal] = field(default_factory=list)
    remembered: dict[RowId, bool] = field(default_factory=dict)
    """Every row that its memory has taken account of."""
    backups: list[Backup] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.label} {self.number}"

    @property
    def path(self) -> Path:
        return self.folder / "ours.kap"

    @property
    def memory(self) -> Path:
        return self.folder / "memory"

    def rows(self) -> dict[RowId, bool]:
        return rows_of(self.path)

    def program(self, which: int = 0) -> Journal:
        """One of its programs; it is started if it is not running."""
        while len(self.programs) <= which:
            self.programs.append(Journal(JournalFile(self.path), self.held, self.memory))
        return self.programs[which]

    def killed(self, program: Journal) -> None:
        """A program is gone without having tidied anything."""
        vault = vault_of(program)
        with suppress(sqlite3.Error):
            vault.file._raw.close()
        vault.index.close()
        if program in self.programs:
            self.programs.remove(program)

    def shut_down(self) -> None:
        for program in self.programs:
            program.close()
        self.programs.clear()

    def back_up(self) -> None:
        """Put the file and the memory aside while the program is open."""
        aside = self.folder / f"backup {len(self.backups)}"
        aside.mkdir()
        path = aside / "ours.kap"
        self.program().backup(path)
        if self.memory.exists():
            shutil.copytree(self.memory, aside / "memory")
        self.backups.append(Backup(path, aside / "memory", rows_of(path), dict(self.remembered)))

    def put_in_place(self, path: Path, memory: Path | None) -> None:
        """Another file in the place of this one; and another memory."""
        self.shut_down()
        shutil.copy(path, self.path)
        if memory is not None:
            shutil.rmtree(self.memory, ignore_errors=True)
            if memory.exists():
                shutil.copytree(memory, self.memory)


@dataclass(frozen=True)
class Met:
    """The journal in which the three have met, as it is copied for every run."""

    folder: Path
    held: Mapping[str, Secrets]

    @classmethod
    def at(cls, folder: Path) -> "Met":
        held = meet(folder / "ours.kap", lambda label: folder / label)
        for label, of in held.items():
            copy = folder / f"{label}.kap"
            with closing(Journal(JournalFile(folder / "ours.kap"), of, folder / label)) as journal:
                journal.copies.for_own_computer(copy)
        return cls(folder, held)

    def computers(self, folder: Path) -> list[Computer]:
        """Each person's first computer has the file they met in, the second a copy made for it."""
        made = []
        for label in LABELS:
            for number in (1, 2):
                computer = Computer(label, number, folder / f"{label} {number}", self.held[label])
                computer.folder.mkdir()
                shutil.copy(self.folder / ("ours.kap" if number == 1 else f"{label}.kap"), computer.path)
                if number == 1:
                    shutil.copytree(self.folder / label, computer.memory)
                made.append(computer)
        return made
