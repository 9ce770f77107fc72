"""Backups of an open journal: one file, or one more in a folder in which the older ones are thinned out."""

import os
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kapjournal import clock, paths, staging
from kapjournal.domain.couples import NOT_KNOWN_WHERE
from kapjournal.domain.members import JournalKind
from kapjournal.domain.rotation import Keep, name_of
from kapjournal.errors import Damaged, GivenUp, KapjournalError, NotFound, Refused
from kapjournal.journal.backup_folder import (
    PRACTICE,
    Copying,
    amiss,
    files,
    in_words,
    name_of_couple,
    remove,
    thinned,
)
from kapjournal.journal.couples import WayToCouple, ways_to_couples
from kapjournal.journal.vault.access import VaultAccess, writing_unfinished
from kapjournal.journal.vault.backup_note import LastBackup
from kapjournal.progress import Progress, in_silence
from kapjournal.store import JournalFile


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was written, and what of the older backups was `removed`. What was not backed up, or not whole, is
    in `amiss`, as whose journal and a sentence; then nothing was removed. `left` are backups by their name
    that were not touched, since they are not whole or not of this journal."""

    path: Path
    removed: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()
    amiss: tuple[tuple[str, str], ...] = ()
    files: int = 0
    """How many there are in a set."""


class Backups:
    """The use cases of backups. What is written is sealed, and needs no further key."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def make(
        self, dest: Path, keep: Keep | None = None, *, couples: bool = False, follow: Progress = in_silence
    ) -> BackedUp:
        """Write one more backup into a folder that is there, as `into`; at any other path a new file, as
        `write` (`NotFound` for what needs a folder)."""
        if dest.is_dir():
            return self.into(dest, keep, couples=couples, follow=follow)
        if keep is not None or couples:
            raise NotFound(
                f"There is no folder {dest}. To keep so many, or to take the couples along, name a folder "
                "that is there."
            )
        self.write(dest, follow)
        return BackedUp(dest)

    def write(self, dest: Path, follow: Progress = in_silence) -> None:
        """Write a consistent sealed copy while the journal is in use (`Refused` if something is there).

        It is given up when the journal is locked meanwhile (`JournalLocked`), or by what `follow` raises.
        """
        progress = Copying(lambda: self._access.is_closing, follow)
        with writing_unfinished(self._access, dest.parent):
            self._copy(dest, progress, passes=1)
        self._note()

    def into(
        self, folder: Path, keep: Keep | None = None, *, couples: bool = False, follow: Progress = in_silence
    ) -> BackedUp:
        """Write one more backup into a folder, look through it, and remove older ones of this journal that
        need not be kept; with `couples`, of a practice, a set with the journals of all couples.

        Either all of it appears or nothing; a couple's journal that cannot be had is left out and told. Given
        up as `write`; once it is there, the older ones are left as they are. (`NotFound` where there is no
        folder, which may be a stick that is not there.)
        """
        if not folder.is_dir():
            raise NotFound(f"There is no folder {folder}.")
        progress = Copying(lambda: self._access.is_closing, follow)
        ways = self._ways() if couples else []
        suffix = "" if couples else paths.SUFFIX
        with (
            in_words(folder),
            writing_unfinished(self._access, folder),
            staging.folder_beside(folder / "new") as made,
        ):
            new = made / _free(folder, suffix).name
            if couples:
                new.mkdir(mode=0o700)
                progress.expect(*(way.path for way in ways if way.path))
            found = self._own_into(new / PRACTICE if couples else new, progress)
            for number, way in enumerate(ways, start=1):
                found += _couple_into(new / name_of_couple(number), way, progress)
            count = len(files(new)) if couples else 0
            written = _placed(new, folder, suffix)
            staging.synced(folder)
        if all(name for name, _ in found):
            self._note()
        done = BackedUp(written, amiss=tuple(found), files=count)
        return done if keep is None or found else self._thin_out(folder, done, keep, progress)

    def last(self) -> LastBackup:
        """When the last backup was made on this computer, whoever made it; it is noted once from when on
        there could have been one."""
        with self._access.exclusive() as vault:
            keys = vault.membership.own_keys.journal_keys
            found = vault.backup_note.read(keys[::-1])
            if found is None:
                vault.backup_note.write(keys[-1], was_made=False)
            return found or LastBackup(clock.today(), was_made=False)

    def _ways(self) -> list[WayToCouple]:
        with self._access.exclusive() as vault:
            if vault.membership.kind is not JournalKind.PRACTICE:
                raise Refused("Couples are kept in a practice, and this is a couple's own journal.")
            return ways_to_couples(vault)

    def _copy(self, dest: Path, progress: Copying, passes: int = 2) -> None:
        with self._access.exclusive() as vault:
            vault.envelopes.fresh_drafts.clear()
            progress.expect(vault.file.path, passes=passes)
            with progress.of(vault.file.path) as follow:
                vault.file.copy_to(dest, follow)

    def _own_into(self, dest: Path, progress: Copying) -> list[tuple[str, str]]:
        self._copy(dest, progress)
        return amiss("", dest, progress)

    def _note(self) -> None:
        with self._access.exclusive() as vault:
            vault.backup_note.write(vault.held().journal_key, was_made=True)

    def _thin_out(self, folder: Path, done: BackedUp, keep: Keep, progress: Copying) -> BackedUp:
        with self._access.exclusive() as vault:
            journal_id, path = vault.journal_id, vault.file.path
        removed: list[Path] = []
        left: list[Path] = []
        with suppress(GivenUp):
            for one, goes in thinned(folder, journal_id, path, done.path, keep, progress):
                if goes:
                    remove(one)
                (removed if goes else left).append(one)
        return replace(done, removed=tuple(removed), left=tuple(left))


def _couple_into(dest: Path, way: WayToCouple, progress: Copying) -> list[tuple[str, str]]:
    """Write a backup of a couple's journal; what is amiss with it, and then it may not be there."""
    if way.path is None:
        return [(way.name, NOT_KNOWN_WHERE)]
    try:
        file = JournalFile(way.path)
    except KapjournalError as error:
        return [(way.name, str(error))]
    with closing(file), progress.of(way.path) as follow:
        if file.journal_id != way.journal:
            return [(way.name, f"At {way.path} lies the journal of somebody else.")]
        try:
            file.copy_to(dest, follow)
        except Damaged as error:
            return [(way.name, str(error))]
    return amiss(way.name, dest, progress)


def _placed(whole: Path, folder: Path, suffix: str) -> Path:
    """Put a backup under a dated name, never over what another program puts there in the same moment."""
    while True:
        dest = _free(folder, suffix)
        with suppress(FileExistsError):
            staging.put(whole, dest)
            return dest


def _free(folder: Path, suffix: str) -> Path:
    """A dated name that is free; two in one second have one each."""
    dest = paths.free(folder, name_of(clock.local(clock.now())), suffix)
    if os.path.lexists(dest):
        raise Refused(f"There is something at {dest} already. Nothing was changed.")
    return dest
