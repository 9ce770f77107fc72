"""Where an export may be written, and what is said if that fails."""

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
    """Refuse a destination that is a journal or named like one: an export must never replace a journal."""
    if dest.suffix.casefold() == SUFFIX or dest.resolve() == journal.path.resolve():
        raise Refused(f"A name that ends in {SUFFIX} is a journal's; choose another for the export.")
    if is_companion(dest):
        raise Refused(f"{dest.name} is the name of a journal's own files; choose another for the export.")


def suggested(*, one_document: bool, today: dt.date) -> Path:
    """A path for an export in the home folder, whose name does not say whom it is about."""
    name = f"journal-export-{today.isoformat()}"
    return Path.home() / (name + ".md" if one_document else name)


def already_there(dest: Path) -> Refused:
    """The error for a destination that exists and was not allowed to be replaced."""
    return Refused(f"{dest} is there already and stays as it is. Choose another name.")


@contextmanager
def errors_in_words(dest: Path) -> Iterator[None]:
    """Turn an error of the disk into one sentence (`CannotSave`)."""
    try:
        yield
    except FileExistsError:
        raise already_there(dest) from None
    except OSError as error:
        if not dest.parent.exists():
            raise CannotSave(f"{dest.parent} is not there, so nothing was exported.") from None
        reason = error.strerror or type(error).__name__
        raise CannotSave(f"{dest} cannot be written ({reason}), so nothing was exported.") from None
