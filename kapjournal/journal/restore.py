"""Restoring: a backup in the place of the journal, once it is proved that it opens."""

from dataclasses import dataclass
from pathlib import Path

from kapjournal.crypto.selftest import self_test
from kapjournal.errors import NotFound, Refused
from kapjournal.journal.backup_file import damaged_rows
from kapjournal.journal.open_file import open_file, secrets_behind
from kapjournal.progress import Progress, in_silence
from kapjournal.store import journal_at, restored


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: where that which stood there lies now, None if nothing did, and how many rows of the
    backup are damaged."""

    kept: Path | None
    damaged: int


def restore(
    backup: Path, path: Path, *, label: str | None, passphrase: str, follow: Progress = in_silence
) -> Restored:
    """Put a backup in the place of the journal at `path`. What stood there stays beside it, under another
    name.

    Before that the door of `label` has to open in a copy of it, with its passphrase of that day; without a
    label the only door (errors as for `unlock`). `Refused` for a backup of another journal, `CannotSave`
    while another program has the journal open; then nothing is changed.
    """
    self_test()
    if not backup.exists():
        raise NotFound(f"There is no file {backup}.")
    if path.exists() and backup.samefile(path):
        raise Refused(f"{backup.name} is the journal itself, not a backup of it.")
    with restored(backup, path, follow) as (copy, kept), open_file(copy) as file:
        there = journal_at(path)
        if there not in (None, file.journal_id):
            raise Refused(
                f"{backup.name} is a backup of another journal than {path.name}. Nothing was changed. To "
                "open it as it is, name it with -j."
            )
        secrets_behind(file, label, passphrase)
        damaged = damaged_rows(file, follow)
    return Restored(kept[0] if kept else None, damaged)
