"""What leaves as one file: markdown, HTML, DOCX or PDF, as its name ends, wholly or not at all, and never
without its entry in the ledger."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kapjournal import signals
from kapjournal.errors import Refused, UsageError
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.one_file import check_place, write_file

if TYPE_CHECKING:
    from kapjournal.journal import Journal

E = TypeVar("E")

FORMS = "The name of the file ends in .md, .html, .docx or .pdf, and that is what is made."

_ENDINGS = {".md": "markdown", ".html": "html", ".docx": "docx", ".pdf": "pdf"}


def ending_of(dest: Path) -> str:
    """What the name of the file says is to be made (`UsageError` for anything else)."""
    ending = age.bare(dest).suffix.casefold()
    if ending not in _ENDINGS:
        raise UsageError(FORMS)
    return ending


def form_of(ending: str, sealing: Sealing | None) -> str:
    """The form as the ledger names it."""
    return _ENDINGS[ending] + (", sealed with age" if sealing else "")


def leave(
    journal: "Journal",
    dest: Path,
    content: str | bytes,
    sealing: Sealing | None,
    enter: Callable[[], E],
    take_back: Callable[[E], object],
) -> tuple[Path, E]:
    """Write a new file, and its entry once it is whole; returns both (`Refused`, `CannotSave`). The entry is
    taken back where the file does not appear. A signal waits until both are there."""
    place = check_place(journal, dest, sealing=sealing)
    entered: list[E] = []
    with signals.deferred():
        try:
            write_file(journal, dest, content, sealing=sealing, before=lambda: entered.append(enter()))
        except BaseException as why:
            is_anothers = isinstance(why, Refused)  # something has that name by now
            for entry in entered if is_anothers or not os.path.lexists(place) else ():
                take_back(entry)
            raise
    return place, entered[0]
