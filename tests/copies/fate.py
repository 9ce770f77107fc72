"""When a program is stopped in the middle of what it does, and how late each computer's clock is."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from kapjournal import clock
from kapjournal.journal.vault import rollback_record
from kapjournal.journal.vault.rollback_file import RollbackRecordFile
from kapjournal.store import JournalFile, Transaction


class Killed(BaseException):
    """The program ends here and now; nothing after this is run."""


@dataclass
class Fate:
    """What befalls the program that is doing something: a moment passes at every row it writes, before and
    after every commit, and before and after it saves what it remembers.

    After `left` moments it is killed or, with `disk`, the disk takes nothing more at the next row or
    commit. None: it is left in peace.
    """

    left: int | None = None
    disk: bool = False

    def moment(self, of_the_disk: bool) -> None:
        if self.left is None or (self.disk and not of_the_disk):
            return
        self.left -= 1
        if self.left < 0:
            self.left = None
            raise sqlite3.OperationalError("disk I/O error") if self.disk else Killed


class Computers:
    """What all computers have in common while they are simulated in one process: one fate, as one program
    acts at a time, a clock each, and a disk each that no other sees."""

    def __init__(self) -> None:
        self.fate = Fate()
        self.skew = dt.timedelta()
        self._now = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        self._now += dt.timedelta(milliseconds=7)
        return self._now + self.skew

    @contextmanager
    def running(self) -> Iterator["Computers"]:
        with ExitStack() as patches:
            for name in ("put", "replace", "delete"):
                patches.enter_context(self._passing(Transaction, name, after=False))
            patches.enter_context(self._passing(RollbackRecordFile, "save", after=True))
            patches.enter_context(mock.patch.object(JournalFile, "writing", self._writing()))
            patches.enter_context(mock.patch.object(rollback_record, "_is_there", lambda _: False))
            patches.enter_context(mock.patch.object(clock, "now", self.now))
            yield self

    def _passing(self, owner: type, name: str, *, after: bool) -> Any:
        original: Callable[..., Any] = getattr(owner, name)

        def passing(*args: Any, **named: Any) -> Any:
            self.fate.moment(not after)
            result = original(*args, **named)
            if after:
                self.fate.moment(False)
            return result

        return mock.patch.object(owner, name, passing)

    def _writing(self) -> Callable[[JournalFile], Any]:
        original = JournalFile.writing

        @contextmanager
        def writing(file: JournalFile) -> Iterator[Transaction]:
            with original(file) as transaction:
                yield transaction
                self.fate.moment(True)
            self.fate.moment(False)

        return writing
