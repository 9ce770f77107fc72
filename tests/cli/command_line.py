"""A command line in process: what goes in, what comes out, and three people who have a journal together."""

import io
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kapjournal.cli.runner import run
from kapjournal.journal import FLOOR
from kapjournal.presentation.launch_request import LaunchRequest

LEE = "lee opens this door"
ANA = "ana opens this door"
BEN = "ben opens this door"
PASSPHRASES = {"Dr Lee": LEE, "Ana": ANA, "Ben": BEN}


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int | LaunchRequest
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def labelled(self) -> dict[str, str]:
        return dict(line.split(": ", 1) for line in self.lines)


class Pipe(io.TextIOWrapper):
    """A standard stream that is no terminal."""

    def __init__(self, data: bytes = b"", *, terminal: bool = False) -> None:
        self.raw_bytes = io.BytesIO(data)
        self._terminal = terminal
        super().__init__(self.raw_bytes, encoding="utf-8", write_through=True)

    def isatty(self) -> bool:
        return self._terminal


class CommandLine:
    """One person's place at the computer; `run` is one command line."""

    def __init__(self, folder: Path, memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.memory = memory
        self.file = folder / "ours.kap"
        self.monkeypatch = monkeypatch
        self.secrets: list[str] = []

    def run(self, *argv: str, stdin: bytes = b"", terminal: bool = False) -> Outcome:
        """Carry out one command line with these bytes on stdin; `terminal`: all streams are one."""
        streams = Pipe(stdin, terminal=terminal), Pipe(), Pipe(terminal=terminal)
        secrets = iter(self.secrets)
        with self.monkeypatch.context() as patch:
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            patch.setattr("getpass.getpass", lambda _question: next(secrets))
            code = run(list(argv), strength=FLOOR, record_folder=self.memory)
        return Outcome(code, streams[1].raw_bytes.getvalue(), streams[2].raw_bytes.getvalue().decode())

    def as_(self, label: str, *argv: str, stdin: bytes = b"", terminal: bool = False) -> Outcome:
        """Carry out a command as a member, through a passphrase file."""
        secret = self.folder / "secret"
        secret.write_text(PASSPHRASES[label] + "\n")
        shared = ["-j", str(self.file), "-a", label, "--passphrase-file", str(secret)]
        return self.run(*shared, *argv, stdin=stdin, terminal=terminal)

    def done(self, label: str, *argv: str, stdin: bytes = b"") -> Outcome:
        """The same, and it must succeed."""
        outcome = self.as_(label, *argv, stdin=stdin)
        assert outcome.code == 0, outcome.err
        return outcome

    def write(self, label: str, body: str, *options: str) -> str:
        """Write a note and return its id."""
        return self.done(label, "note", "add", "-", *options, stdin=body.encode()).text.strip()

    def files(self) -> Mapping[str, bytes]:
        """The journal's folder as it lies on the disk, the passphrase file left out."""
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.name != "secret"}


def one_sentence(outcome: Outcome) -> bool:
    """Whether stderr holds exactly one line and nothing of Python's inside."""
    return outcome.err.count("\n") == 1 and "Traceback" not in outcome.err
