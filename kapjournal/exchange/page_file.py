"""One page of text as a file of its own, to print it or hand it on."""

from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.exchange.destination import errors_in_words, refuse_journal_files
from kapjournal.staging import new_file

if TYPE_CHECKING:
    from kapjournal.journal import Journal

SAVING = (
    "Where you save it, it is not sealed: whoever can open the file can read it. Nothing is written over."
)


def save_page(journal: "Journal", dest: Path, text: str) -> str:
    """Write a page to a new file that only this user of the computer can open, and say so (`Refused`,
    `CannotSave`)."""
    refuse_journal_files(journal, dest)
    with journal.writing_unsealed(dest.parent), errors_in_words(dest), new_file(dest) as place:
        place.write_text(text, encoding="utf-8")
    return f"Saved as {dest}. It is not sealed there."
