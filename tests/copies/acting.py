"""How one act is done at one of six computers, and what is looked at whenever one was."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from kapjournal.domain.findings import Severity
from kapjournal.domain.ids import RowId
from kapjournal.domain.notes import Note
from kapjournal.errors import CannotSave
from kapjournal.journal import Journal
from tests.internals import vault_of

from .computers import Computer, Met, Rows, rows_of
from .fate import Computers, Fate, Killed
from .ledger import Ledger

_T = TypeVar("_T")


class Acting:
    """The six computers, what was promised, and the acts. `counts` is kept by kind of act."""

    def __init__(self, met: Met, folder: Path, all_computers: Computers, counts: Counter[str]) -> None:
        self.all = all_computers
        self.counts = counts
        self.computers = met.computers(folder)
        self.ledger = Ledger()
        self.folder = folder
        self._words = 0
        for computer in self.computers:
            computer.program()
            self.took_in(computer)

    # --- how an act is done ------------------------------------------------------------------------------

    def one(self, rng: random.Random, label: str | None = None) -> Computer:
        return rng.choice([computer for computer in self.computers if label in (None, computer.label)])

    def words(self) -> str:
        self._words += 1
        return f"w{self._words}."

    def took_in(self, computer: Computer) -> None:
        """What a computer's program has looked at and saved, its memory has taken account of."""
        rows = computer.rows()
        self.ledger.add(rows)
        for row, stands in rows.items():
            computer.remembered[row] = stands and computer.remembered.get(row, True)

    @contextmanager
    def acting(self, computer: Computer, rng: random.Random) -> Iterator[Journal]:
        """One of a computer's programs, with its clock."""
        self.all.skew = dt.timedelta(seconds=(-40, 40)[computer.number - 1] if rng.random() < 0.5 else 0)
        program = computer.program(rng.choice([0, 0, 0, 1]))
        yield program

    def act(
        self,
        computer: Computer,
        program: Journal,
        deed: Callable[[], _T],
        fate: Fate,
        *others: Path,
    ) -> _T | None:
        """Let a program do something; None if it was stopped before it could acknowledge."""
        fresh = set(vault_of(program).envelopes.fresh_drafts)
        paths = (computer.path, *others)
        before = [rows_of(path) for path in paths]
        result, self.all.fate = None, fate
        try:
            result = deed()
            self.counts["acts"] += 1
        except Killed:
            self.counts["kills"] += 1
            computer.killed(program)
        except CannotSave:
            self.counts["cut off by the disk"] += 1
        finally:
            self.all.fate = Fate()
        after = [rows_of(path) for path in paths]
        if result is None and program in computer.programs:
            fresh |= vault_of(program).envelopes.fresh_drafts
        for old, new in zip(before, after, strict=True):
            self.ledger.changed(old, new, fresh)
        if result is None and after != before:
            self.counts["committed and not acknowledged"] += 1
        if result is not None:
            self.took_in(computer)
            self.look(computer, program)
        return result

    def look(self, computer: Computer, program: Journal) -> None:
        """Nobody is accused, at no moment."""
        for finding in program.findings:
            if finding.severity is Severity.NOTICE:
                is_copied = finding.kind.value == "copy-went-on"
                assert self.ledger.cloned or not is_copied, (str(computer), finding)
                continue
            alarm = finding.kind.value.endswith(("-rolled-back", "-absent"))
            assert self.ledger.destroyed and alarm, (str(computer), finding)

    def own_note(self, computer: Computer, program: Journal, rng: random.Random) -> Note | None:
        program.refresh()
        own = [note for note in program.notes.all() if note.author == program.me.id]
        if not own:
            return None
        note = rng.choice(sorted(own, key=lambda note: note.id)[:4])
        self.ledger.author[note.id] = computer.label
        return note


def new_rows(before: Rows, computer: Computer) -> dict[RowId, bool]:
    """The rows that were not in a computer's file before."""
    return {row: stands for row, stands in computer.rows().items() if row not in before}


def done(deed: Callable[[], object]) -> Callable[[], bool]:
    """A deed that has nothing to say but that it was done."""

    def doing() -> bool:
        deed()
        return True

    return doing
