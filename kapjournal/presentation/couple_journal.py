"""Looking from a practice into the journal of a couple, for what is said beside their record."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kapjournal.domain.couples import Couple
from kapjournal.errors import JournalLocked, KapjournalError

if TYPE_CHECKING:
    from kapjournal.journal import Journal

T = TypeVar("T")

ASKS = "Their journal asks for its own passphrase."
OPEN_IT = "Open it, so that what is in it is known here?"


def looked_into(
    practice: "Journal",
    couple: Couple,
    read: Callable[["Journal"], T],
    without: Callable[[str], T],
    theirs: "Journal | None" = None,
) -> T:
    """What `read` makes of the journal of a couple or, where it cannot be read, what `without` makes of a
    sentence that says why. It is opened and closed again, unless it is open as `theirs` (`JournalLocked` if
    the practice was locked meanwhile)."""
    if theirs is None and not couple.opens:
        return without(ASKS)
    try:
        with practice.open_couple(couple.case) if theirs is None else nullcontext(theirs) as journal:
            return read(journal)
    except JournalLocked:
        raise
    except KapjournalError as error:
        return without(str(error))


def state_of(path: Path | None) -> object:
    """What changes with every write to a journal: its file's size and moment, and those of its log."""
    if path is None:
        return None
    try:
        files = [file.stat() for file in (path, path.with_name(f"{path.name}-wal")) if file.exists()]
    except OSError:
        return object()  # like nothing: it is looked into again
    return [(one.st_ino, one.st_size, one.st_mtime_ns) for one in files if one.st_size]
