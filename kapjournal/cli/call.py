"""What a command line says before the command, and the way from there to an open journal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kapjournal import paths
from kapjournal.cli import passphrases, telling
from kapjournal.cli.lazily import journal
from kapjournal.domain.members import Member
from kapjournal.errors import NotFound, UsageError
from kapjournal.presentation import findings

if TYPE_CHECKING:
    from kapjournal.journal import Journal, KdfStrength


@dataclass(frozen=True, slots=True)
class Call:
    """The options every command shares, and what a caller in process chose: the cost of Argon2id and the
    folder of the sealed memory (None: the usual ones)."""

    file: Path | None = None
    label: str | None = None
    passphrase_file: str | None = None
    plain: bool = False
    strength: "KdfStrength | None" = None
    memory: Path | None = None

    def journal_file(self) -> Path:
        """The journal that is meant: the one named, or the only one nearby."""
        if self.file is not None:
            if not self.file.exists():
                raise NotFound(f"There is no file {self.file}.")
            return self.file
        nearby = paths.journals_nearby()
        if not nearby:
            raise NotFound("There is no journal here. Name one with -j FILE, or begin one: kapjournal new.")
        if len(nearby) > 1:
            names = ", ".join(path.name for path in nearby)
            raise UsageError(f"There are several journals here; name one with -j FILE: {names}.")
        return nearby[0]

    @contextmanager
    def unlocked(self, *, with_findings: bool = True) -> Iterator["Journal"]:
        """Open the door, and say what in the journal is not as its author left it."""
        path = self.journal_file()
        label = self.label if self.label is not None else _only_door(path)
        opened = journal.unlock(
            path, label=label, passphrase=passphrases.known(self.passphrase_file), record_folder=self.memory
        )
        with opened:
            for sentence in findings.sentences(opened.findings, opened) if with_findings else ():
                telling.say(sentence)
            yield opened


def call_of(context: typer.Context) -> Call:
    """The shared options of the command that runs."""
    call = context.obj
    if not isinstance(call, Call):
        raise TypeError(type(call))
    return call


def named(member: Member, me: Member) -> str:
    """A member in a sentence to `me`."""
    return "you" if member.id == me.id else member.label


def _only_door(path: Path) -> str:
    labels = journal.doors(path)
    if len(labels) != 1:
        raise UsageError(f"Say whose door to open with -a LABEL: {', '.join(labels)}.")
    return labels[0]
