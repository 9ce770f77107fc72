"""The plain conversation in this process: lines typed in order, some of which depend on what was said."""

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kapjournal.journal import FLOOR, Journal, unlock
from kapjournal.plain import run
from kapjournal.presentation.launch_request import LaunchRequest
from tests.cli.command_line import Pipe

Answer = str | Callable[[str], str]


class TypedLines:
    """A standard input that is no terminal and types the next answer whenever a line is wanted."""

    def __init__(self, answers: Sequence[Answer], heard: Callable[[], str]) -> None:
        self.buffer = self
        self.left = list(answers)
        self._heard = heard

    def isatty(self) -> bool:
        return False

    def readline(self) -> bytes:
        if not self.left:
            return b""
        answer = self.left.pop(0)
        return (answer if isinstance(answer, str) else answer(self._heard())).encode() + b"\n"


class PlainConversation:
    """Runs the program with typed lines, and keeps its exit code and what was never asked for."""

    def __init__(self, folder: Path, memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.memory = folder, memory
        self.file = folder / "ours.kap"
        self._monkeypatch = monkeypatch
        monkeypatch.setenv("COLUMNS", "500")
        self.code = -1
        self.err = ""
        self.not_typed: list[Answer] = []

    def says(self, *answers: Answer, path: Path | None = None, label: str | None = None) -> str:
        """Type the answers, then end the input; returns all that was said."""
        out, err = Pipe(), Pipe()

        def heard() -> str:
            return out.raw_bytes.getvalue().decode()

        typist = TypedLines(answers, heard)
        with self._monkeypatch.context() as patch:
            for name, stream in (("stdin", typist), ("stdout", out), ("stderr", err)):
                patch.setattr(sys, name, stream)
            self.code = run(
                LaunchRequest(path, label, "", plain=True), strength=FLOOR, record_folder=self.memory
            )
        self.err = err.raw_bytes.getvalue().decode()
        self.not_typed = typist.left
        return heard()

    def enters(self, label: str, passphrase: str, *answers: Answer) -> str:
        """The same, behind a member's door; everything typed must have been asked for."""
        said = self.says(passphrase, *answers, path=self.file, label=label)
        assert self.err == ""
        return said


def opened(plain: PlainConversation, label: str, passphrase: str) -> Journal:
    """The journal behind a member's door."""
    return unlock(plain.file, label=label, passphrase=passphrase, record_folder=plain.memory)


def word_asked_back(heard: str) -> str:
    """The recovery word that was asked for, from the words that were said."""
    number = re.findall(r"What is word (\d+)\?", heard)[-1]
    return str(re.findall(rf"Word {number} of 24: (\w+)", heard)[-1])


def code_told(heard: str) -> str:
    """The six words of an invitation."""
    return str(re.findall(r"The six words for \w+:\n(.+)\n", heard)[-1])
