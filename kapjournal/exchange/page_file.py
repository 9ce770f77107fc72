"""One page of text as a file of its own, to print it or hand it on."""

from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.exchange.age import Sealing
from kapjournal.exchange.one_file import write_file
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

SAVING = "Whoever opens the file can read it, unless you seal it to somebody’s key. Nothing is written over."


def save_page(journal: "Journal", dest: Path, page: str | bytes, sealing: Sealing | None = None) -> str:
    """Write a page to a new file that only this user of the computer can open, and say so (`Refused`,
    `CannotSave`)."""
    return saved_as(write_file(journal, dest, page, sealing=sealing), sealing)


def saved_as(place: Path, sealing: Sealing | None) -> str:
    """Where a file is now, and who can read it there."""
    return f"Saved as {shown_line(str(place))}. {sealing or 'It is not sealed there.'}"
