"""Proving that a backup opens, without putting it in anybody's place and without writing anything of it."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

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
