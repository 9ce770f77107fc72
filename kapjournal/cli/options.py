"""What a command line says before the command, and the way from there to an open journal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kapjournal import paths
from kapjournal.cli import passphrases
from kapjournal.domain.members import Member
from kapjournal.errors import NotFound, UsageError
from kapjournal.stdio import stderr
from kapjournal.stdio.lazy_imports import journal

if TYPE_CHECKING:
    from kapjournal.journal import Journal, KdfStrength


@dataclass(frozen=True, slots=True)
class SharedOptions:
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
            path, label=label, passphrase=passphrases.known(self.passphrase_file), memory=self.memory
        )
        with opened:
            for finding in opened.findings if with_findings else ():
                stderr.say(finding.sentence)
            yield opened


def options_of(context: typer.Context) -> SharedOptions:
    """The shared options of the command that runs."""
    options = context.obj
    if not isinstance(options, SharedOptions):
        raise TypeError(type(options))
    return options


def named(member: Member, me: Member) -> str:
    """A member in a sentence to `me`."""
    return "you" if member.id == me.id else member.label


def _only_door(path: Path) -> str:
    labels = journal.doors(path)
    if len(labels) != 1:
        raise UsageError(f"Say whose door to open with -a LABEL: {', '.join(labels)}.")
    return labels[0]
