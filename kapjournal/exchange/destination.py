"""Where an export may go, and what is said when the disk does not take it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.errors import CannotSave, Refused
from kapjournal.paths import SUFFIX, is_companion

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def refuse_journal_files(journal: "Journal", dest: Path) -> None:
    """Refuse a destination that is, or is named like, a journal: replacing must never cost one."""
    if dest.suffix.casefold() == SUFFIX or dest.resolve() == journal.path.resolve():
        raise Refused(f"A name that ends in {SUFFIX} is a journal's; choose another for the export.")
    if is_companion(dest):
        raise Refused(f"{dest.name} is the name of a journal's own files; choose another for the export.")


def suggested(*, one_document: bool, today: dt.date) -> Path:
    """A place for an export in the person's own folder, which says nothing of whom it is about."""
    name = f"journal-export-{today.isoformat()}"
    return Path.home() / (name + ".md" if one_document else name)


def already_there(dest: Path) -> Refused:
    """Something is in the way, and nobody said that it may go."""
    return Refused(f"{dest} is there already and stays as it is, unless you say that it is to be replaced.")


@contextmanager
def errors_in_words(dest: Path) -> Iterator[None]:
    """Turn what the disk says into one sentence (`CannotSave`)."""
    try:
        yield
    except FileExistsError:
        raise already_there(dest) from None
    except OSError as error:
        if not dest.parent.exists():
            raise CannotSave(f"{dest.parent} is not there, so nothing was exported.") from None
        reason = error.strerror or type(error).__name__
        raise CannotSave(f"{dest} cannot be written ({reason}), so nothing was exported.") from None
