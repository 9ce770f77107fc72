"""The options every command shares, and the way from them to an open journal."""

import datetime as dt
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kapjournal import clock, paths
from kapjournal.cli import passphrases
from kapjournal.errors import NotFound, NotSaid, UnlockFailed, UsageError
from kapjournal.presentation import answered_measures, couples, findings, people, scribe, will
from kapjournal.stdio import file_or_stdin, stderr
from kapjournal.stdio.following import following
from kapjournal.stdio.lazy_imports import journal
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal, KdfStrength

OPENING = "Opening:"


@dataclass(frozen=True, slots=True)
class SharedOptions:
    """What the command line says before the command.

    `strength` and `record_folder` are no options: a caller in process chooses what new keyslots cost and the
    folder of what this computer remembers; None means the usual ones.
    """

    file: Path | None = None
    label: str | None = None
    passphrase_file: str | None = None
    couple: str | None = None
    plain: bool = False
    strength: "KdfStrength | None" = None
    record_folder: Path | None = None

    def journal_file(self) -> Path:
        """The journal file that was named or, without a name, the only one nearby."""
        if self.file is not None:
            if not self.file.exists():
                raise NotFound(f"There is no file {self.file}.")
            return self.file
        nearby = paths.journals_nearby()
        if not nearby:
            raise NotFound("There is no journal here. Name one with -j FILE, or begin one: kapjournal new.")
        if (first := paths.opened_first(nearby)) is None:
            names = ", ".join(paths.from_here(path) for path in nearby)
            raise UsageError(f"There are several journals; name one with -j FILE: {names}.")
        return first

    def of_the_couple(self, name: str | None) -> "SharedOptions":
        """The same in the journal of a couple; None for a command that stays in the practice, whichever
        couple is named before it."""
        return replace(self, couple=name)

    @contextmanager
    def unlocked(self, *, with_findings: bool = True, shares: bool = False) -> Iterator["Journal"]:
        """The journal behind its door, or that of a couple if the door is a practice's and they are named.

        What in it is not as its author left it is said `with_findings`, who joined is said before a command
        that `shares`.
        """
        with self._behind_the_door() as opened:
            for sentence in findings.sentences(opened.findings, opened) if with_findings else ():
                stderr.say(sentence)
            for sentence in people.notices(opened):
                stderr.say(sentence)
            if handed := scribe.handed_later(opened, opened.scribe.hand_over_left()):
                stderr.say(handed)
            if notice := answered_measures.open_marks(opened, self._command("measure marks")):
                stderr.say(notice)
            if is_due := will.reminder(opened):
                stderr.say(is_due)
            for newcomer in people.announced(opened.members.all()) if shares else ():
                stderr.say(people.has_joined(newcomer))
                stderr.say(f"Once you know of it: {_acknowledging(newcomer.label)}")
            yield opened

    def _command(self, words: str) -> str:
        """A command that leads on from here."""
        couple = f" -c {shlex.quote(shown_line(self.couple))}" if self.couple else ""
        return f"kapjournal{couple} {words}"

    @contextmanager
    def _behind_the_door(self) -> Iterator["Journal"]:
        path = self.journal_file()
        label = self.label if self.label is not None else _only_door(path)
        passphrase = passphrases.existing(self.passphrase_file)
        with journal.unlock(
            path,
            label=label,
            passphrase=passphrase,
            record_folder=self.record_folder,
            follow=following(doing=OPENING),
        ) as opened:
            if self.couple is None:
                yield opened
                return
            couple = opened.couples.get(self.couple)
            if not couple.opens:
                raise UnlockFailed(couples.asks_here(couple))
            with opened.open_couple(couple.case, following(doing=OPENING)) as theirs:
                yield theirs


def _acknowledging(label: str) -> str:
    return f"kapjournal people acknowledge {shlex.quote(shown_line(label))}"


@contextmanager
def naming(option: str) -> Iterator[None]:
    """Name the option, in a sentence, by which is said what a command turned out to need."""
    try:
        yield
    except NotSaid as error:
        raise UsageError(f"{error} {option}") from None


def path_from(word: str) -> Path:
    """Read the path of a file or folder (`UsageError` if it is none, or stands for a stream)."""
    if word == file_or_stdin.STDIN:
        raise UsageError(
            "“-” is standard input or output, and a file or folder is needed here. Say ./- for one of that "
            "name."
        )
    if not word or "\0" in word:
        raise UsageError("That is not the name of a file.")
    return Path(word)


def options_of(context: typer.Context) -> SharedOptions:
    """The shared options of the command that runs."""
    options = context.obj
    if not isinstance(options, SharedOptions):
        raise TypeError(type(options))
    return options


def _only_door(path: Path) -> str:
    labels = journal.doors(path)
    if len(labels) != 1:
        raise UsageError(f"Say whose door to open with -a LABEL: {', '.join(labels)}.")
    return labels[0]


def moment_of(date: dt.date | None, time: dt.time | None) -> dt.datetime:
    """The moment that --date and --time say, local; now without them (`UsageError` for a day alone)."""
    now = clock.local(clock.now())
    if time is None and date is not None:
        raise UsageError("Time: say the hour of that day too: --time HH:MM.")
    return now if time is None else clock.local(dt.datetime.combine(date or now.date(), time))
