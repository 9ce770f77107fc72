"""The dated backups in a folder: which of them are whole and of a journal, and which need not be kept.

There are single files and, of a practice with its couples, sets: a folder each. What is in neither form, is
not whole or is of another journal is never touched.
"""

import datetime as dt
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from kapjournal import paths, signals, staging
from kapjournal.domain.ids import JournalId
from kapjournal.domain.rotation import Keep, kept, moment_in
from kapjournal.errors import CannotSave, Damaged, JournalLocked, NotFound
from kapjournal.journal.backup_file import sealed_contents
from kapjournal.progress import Progress
from kapjournal.store import has_log, journal_at

PRACTICE = f"practice-backup{paths.SUFFIX}"
"""What the file of the practice is called in a set."""

_COUPLE = re.compile(rf"couple-[1-9][0-9]{{0,3}}-backup{re.escape(paths.SUFFIX)}")


def name_of_couple(number: int) -> str:
    """What the file of a couple is called in a set."""
    return f"couple-{number}-backup{paths.SUFFIX}"


def is_of_couple(file: Path) -> bool:
    """Whether it is the file of a couple in a set, by its place."""
    return bool(_COUPLE.fullmatch(file.name)) and (file.parent / PRACTICE).exists()


@dataclass(slots=True)
class Copying:
    """The copying and reading of several files as one piece of work, which gives way to a lock."""

    is_closing: Callable[[], bool]
    follow: Progress
    whole: int = field(default=0, init=False)
    done: int = field(default=0, init=False)
    _told: int = field(default=0, init=False)

    def expect(self, *files: Path, passes: int = 2) -> None:
        """These are to be copied too and, in two passes, read again."""
        self.whole += passes * sum(map(_size_of, files))

    def step(self, done: int) -> None:
        """So much is done; it is never told that it is less than before."""
        if self.is_closing():
            raise JournalLocked
        self._told = max(self._told, min(done, self.whole))
        self.follow(self._told, max(self.whole, 1))

    @contextmanager
    def of(self, file: Path) -> Iterator[Progress]:
        """A file is at hand: what follows it says how much of it is done."""
        size = _size_of(file)
        yield lambda done, whole: self.step(self.done + size * done // max(whole, 1))
        self.done += size


def thinned(
    folder: Path, journal_id: JournalId, path: Path, new: Path, keep: Keep, progress: Copying
) -> Iterator[tuple[Path, bool]]:
    """The backups of a journal that need not be kept, of the same form as the new one, which always is; and
    with False those that cannot be judged. Every one of them is looked through before, also what stays: one
    that is damaged stands for no day."""
    named = _named(folder, like=new)
    ours = {one: when for one, when in named.items() if one == new or _is_one(one, journal_id, path)}
    if len(kept([(when, one) for one, when in ours.items()], keep) | {new}) == len(ours):
        return
    progress.expect(*(file for one in ours if one != new for file in files(one)))
    whole = {one: when for one, when in ours.items() if one == new or _is_whole(one, progress)}
    stay = kept([(when, one) for one, when in whole.items()], keep) | {new}
    for one in sorted(named.keys() - stay):
        progress.step(0)
        if one in whole:
            if _is_one(one, journal_id, path):  # as it still is
                yield one, True
        elif _id_of(one) in (None, journal_id):
            yield one, False


def _named(folder: Path, *, like: Path) -> dict[Path, dt.datetime]:
    """What is called like a dated backup of the same form, by when it was made."""
    found = {}
    for one in folder.iterdir():
        moment = moment_in(one.stem if like.suffix else one.name)
        if moment is not None and one.suffix == like.suffix:
            found[one] = moment
    return found


def _is_one(one: Path, journal_id: JournalId, path: Path) -> bool:
    """Whether it is a backup of the journal, of either form. What cannot be looked at is none: it may be
    somebody else's, or another program removed it meanwhile."""
    try:
        return (_is_file if one.suffix else _is_set)(one, journal_id, path)
    except OSError:
        return False


def _is_file(one: Path, journal_id: JournalId, path: Path) -> bool:
    """Whether it is a plain file, no link, with a backup of the journal, and not the journal itself."""
    is_plain = stat.S_ISREG(one.lstat().st_mode) and not has_log(one)
    return is_plain and not _is_same(one, path) and journal_at(one) == journal_id


def _is_set(one: Path, journal_id: JournalId, path: Path) -> bool:
    """Whether it is a folder, no link, with backups of the practice and of other journals under the names
    they are given here, and nothing else: a journal that somebody laid there is no backup."""
    if not stat.S_ISDIR(one.lstat().st_mode):
        return False
    files = list(one.iterdir())
    return one / PRACTICE in files and all(
        (file.name == PRACTICE or _COUPLE.fullmatch(file.name))
        and stat.S_ISREG(file.lstat().st_mode)
        and (file.name == PRACTICE) == (journal_at(file) == journal_id)
        and not _is_same(file, path)
        for file in files
    )


def _id_of(one: Path) -> JournalId | None:
    """Which journal a backup, or the practice of a set, is of; None where that cannot be told."""
    with suppress(OSError):
        return journal_at(one / PRACTICE if one.is_dir() else one)
    return None


def _is_whole(one: Path, progress: Copying) -> bool:
    try:
        return not any(amiss("", file, progress) for file in files(one))
    except (OSError, NotFound, CannotSave):  # it cannot be read, or another program removed it meanwhile
        return False


def files(one: Path) -> Sequence[Path]:
    """The files of a backup: itself, or those of a set."""
    return list(one.iterdir()) if one.is_dir() else [one]


def _is_same(one: Path, path: Path) -> bool:
    return path.exists() and one.samefile(path)


def remove(one: Path) -> None:
    """Remove a file at once; a set by a name under which what is left of it, after a kill, is removed too."""
    with in_words(one):
        if not one.is_dir():
            one.unlink(missing_ok=True)
            return
        with signals.deferred(), staging.folder_beside(one) as gone:
            one.rename(gone / one.name)


@contextmanager
def in_words(place: Path) -> Iterator[None]:
    """Say what the system could not do with a folder or file."""
    try:
        yield
    except OSError as error:
        raise CannotSave(f"{place}: {error.strerror}.") from None


def amiss(name: str, written: Path, progress: Copying) -> list[tuple[str, str]]:
    """What is amiss with a backup that was written: it is kept all the same, as the most there is to have."""
    try:
        with progress.of(written) as follow:
            found = sealed_contents(written, follow)
    except Damaged as error:
        return [(name, str(error))]
    return [] if found.is_whole else [(name, f"It is not whole. {found.damage}")]


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
