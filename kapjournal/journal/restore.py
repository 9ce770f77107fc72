"""Restoring: a backup in the place of the journal, once it is proved that it opens."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kapjournal.crypto.keyslot import Secrets
from kapjournal.crypto.selftest import self_test
from kapjournal.errors import Damaged, KapjournalError, NotFound, NotWhole, Refused
from kapjournal.journal.backup_file import sealed_contents
from kapjournal.journal.journal import Journal
from kapjournal.journal.open_file import open_file, secrets_behind
from kapjournal.progress import Progress, in_silence
from kapjournal.store import JournalFile, journal_at, restored


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: where that which stood there lies now, None if nothing did, and in sentences what of
    the backup is damaged."""

    kept: Path | None
    damage: str


def restore(
    backup: Path,
    path: Path,
    *,
    label: str | None,
    passphrase: str,
    damaged: bool = False,
    follow: Progress = in_silence,
) -> Restored:
    """Put a backup in the place of the journal at `path`. What stood there stays beside it, under another
    name.

    Before that the door of `label` has to open in a copy of it, with its passphrase of that day; without a
    label the only door (errors as for `unlock`). Then the copy is looked through: one with damaged parts is
    taken only if it may be `damaged` (`NotWhole`; `Damaged` for what is no journal any more). `Refused` for a
    backup of another journal, `CannotSave` while another program has the journal open; then nothing is
    changed.
    """
    self_test()
    if not backup.exists():
        raise NotFound(f"There is no file {backup}.")
    if path.exists() and backup.samefile(path):
        raise Refused(f"{backup.name} is the journal itself, not a backup of it.")
    with restored(backup, path, follow) as (copy, kept):
        with open_file(copy) as file:
            if journal_at(path) not in (None, file.journal_id):
                raise Refused(
                    f"{backup.name} is a backup of another journal than {path.name}. Nothing was changed. To "
                    "open it as it is, name it with -j."
                )
            secrets = secrets_behind(file, label, passphrase)
        damage = _damage(copy, follow)
        if damage and not damaged:
            raise NotWhole(f"{backup.name} is not whole. {damage} Nothing was changed.")
        if damage and not _opens(copy, secrets):
            raise Damaged(
                f"{backup.name} is too damaged: the journal in it does not open any more. Nothing was "
                "changed. Try an older backup."
            )
    return Restored(kept[0] if kept else None, damage)


def _damage(copy: Path, follow: Progress) -> str:
    try:
        return sealed_contents(copy, follow).damage
    except Damaged:
        return "Its pages are not in order, and some of what was in it may be missing."


def _opens(copy: Path, secrets: Secrets) -> bool:
    """Whether the journal opens with what is left of it; nothing of that is noted on this computer."""
    try:
        with (
            TemporaryDirectory() as no_record,
            closing(JournalFile(copy, "immutable")) as file,
            Journal(file, secrets, Path(no_record)) as journal,
        ):
            journal.notes.all()
    except KapjournalError:
        return False
    return True
