"""A journal of three for each test, and the warm process that forks writers."""

import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.crash import writer
from tests.crash.writer import Job
from tests.shared_journal import SharedJournal, meet

collect_ignore = ["test_disk.py"] if sys.platform == "win32" else []


@dataclass
class Running:
    """A writer at work; `reports` yields what it says until it is dead."""

    pid: int
    reports: Iterator[list[Any]]


@dataclass
class Warm:
    """The process that forks writers."""

    process: "subprocess.Popen[str]"
    folder: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def start(self, shared: SharedJournal, label: str, **what: Any) -> Running:
        """Let a member write; returns once their journal is open and nothing in it is amiss."""
        number = next(self._numbers)
        fifo = self.folder / f"{number}.fifo"
        os.mkfifo(fifo)
        held = shared.held[label]
        job = Job(
            fifo=str(fifo),
            path=str(shared.path),
            memory=str(shared.memory),
            held=(held.first.hex(), held.journal_key.hex(), held.keeper.hex()),
            seed=number,
            **what,
        )
        assert self.process.stdin
        self.process.stdin.write(job.to_line())
        self.process.stdin.flush()
        reports = _reports(fifo)
        _, pid = next(reports)
        found = next(reports)
        if found != ["found"]:
            os.kill(pid, signal.SIGKILL)  # or it would write for ever
            raise AssertionError(found)
        return Running(pid, reports)


def _reports(fifo: Path) -> Iterator[list[Any]]:
    with fifo.open() as lines:
        for line in lines:
            yield json.loads(line)


@pytest.fixture(scope="session")
def met(tmp_path_factory: pytest.TempPathFactory) -> SharedJournal:
    return meet(tmp_path_factory.mktemp("met") / "shared")


@pytest.fixture
def shared(met: SharedJournal, tmp_path: Path) -> SharedJournal:
    """A journal of the three for this test alone."""
    return met.copied(tmp_path / "shared")


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    if not hasattr(os, "fork"):
        pytest.skip("there is no fork here")
    root = Path(writer.__file__).parents[2]
    command = [sys.executable, writer.__file__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True, cwd=root) as process:
        yield Warm(process, tmp_path_factory.mktemp("warm"))
        assert process.stdin
        process.stdin.close()
