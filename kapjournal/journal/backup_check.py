"""Looking through a backup, without putting it in anybody's place and without writing anything of it."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kapjournal.errors import CannotSave, Damaged
from kapjournal.journal.backup_file import Beside, SealedContents, beside_journal, sealed_contents
from kapjournal.journal.backup_folder import is_of_couple
from kapjournal.journal.journal import Journal
from kapjournal.journal.open_file import secrets_behind
from kapjournal.progress import Progress, in_silence
from kapjournal.store import looked_into


@dataclass(frozen=True, slots=True)
class OpenedBackup:
    """What one member's door leads to in a backup: how many notes they read, files of their notes, sessions
    and, in a practice, couples; and how much is not as its author left it."""

    label: str
    notes: int
    files: int
    sessions: int
    couples: int
    findings: int


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """What was found of a backup, as far as its `damage` let it be looked at: what it holds, how it stands
    beside the journal, and what a door leads to; None of the last two if that was not asked for."""

    path: Path
    contents: SealedContents | None
    beside: Beside | None
    opened: OpenedBackup | None
    damage: str

    @property
    def is_whole(self) -> bool:
        """Whether all of it is as it was written."""
        return self.contents is not None and self.contents.is_whole and not self.damage


def look_through(
    path: Path,
    journal: Path | None,
    *,
    door: tuple[str | None, str] | None = None,
    follow: Progress = in_silence,
) -> LookedThrough:
    """Look through a backup, and compare it with the `journal` unless that is not there, or the backup itself
    or, of a couple's file in a set, another. With a label and a passphrase of that day it is proved that the
    `door` opens (`NotFound`; `UnlockFailed`)."""
    contents = stands = opened = None
    damage = ""
    try:
        contents = sealed_contents(path, follow)
        if journal is not None and journal.exists() and not journal.samefile(path):
            stands = beside_journal(path, journal, follow)
            if not stands.is_same and is_of_couple(path):
                stands = None
        if door is not None:
            opened = open_backup(path, label=door[0], passphrase=door[1], follow=follow)
    except (Damaged, CannotSave) as error:
        damage = str(error)
    return LookedThrough(path, contents, stands, opened, damage)


def open_backup(
    path: Path, *, label: str | None, passphrase: str, follow: Progress = in_silence
) -> OpenedBackup:
    """Open a door of a backup with its passphrase of that day, count what it leads to and close it again.

    Nothing of it is noted on this computer, which would then take it for the journal (errors as for
    `unlock`, and `Damaged`).
    """
    with TemporaryDirectory() as no_record, looked_into(path, lambda: follow(0, 1)) as file:
        secrets = secrets_behind(file, label, passphrase)
        with Journal(file, secrets, Path(no_record)) as journal:
            return _counted(journal)


def _counted(journal: Journal) -> OpenedBackup:
    notes = journal.notes.all()
    return OpenedBackup(
        journal.me.label,
        len(notes),
        sum(len(note.files) for note in notes),
        len(journal.sessions.all()),
        len(journal.couples.all()),
        len(journal.check().findings),
    )
