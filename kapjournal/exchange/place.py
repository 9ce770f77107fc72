"""Where an export may go, and what is said when the disk does not take it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.errors import CannotSave, Refused
from kapjournal.paths import SUFFIX

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def refuse_journal_files(journal: "Journal", dest: Path) -> None:
    """Refuse a destination that is, or is named like, a journal: `--force` must never cost one."""
    if dest.suffix == SUFFIX or dest.resolve() == journal.path.resolve():
        raise Refused(f"A name that ends in {SUFFIX} is a journal's; choose another for the export.")


@contextmanager
def told_if_lost(dest: Path) -> Iterator[None]:
    """Turn what the disk says into one sentence (`CannotSave`)."""
    try:
        yield
    except FileExistsError:
        raise Refused(f"{dest} is there already; --force replaces it.") from None
    except OSError as error:
        if not dest.parent.exists():
            raise CannotSave(f"{dest.parent} is not there, so nothing was exported.") from None
        reason = error.strerror or type(error).__name__
        raise CannotSave(f"{dest} cannot be written ({reason}), so nothing was exported.") from None
