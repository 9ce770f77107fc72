"""Files of plain words: each is a note."""

from collections.abc import Iterator

from kapjournal.domain.incoming import Incoming, Problem
from kapjournal.errors import KapjournalError
from kapjournal.exchange.imports.entries import Entries
from kapjournal.exchange.imports.note_files import MOST, note_of, said_of

_SUFFIXES = (".txt", ".text", ".md", "")


def read(entries: Entries) -> Iterator[Incoming]:
    """A note of each file, called as the file is; a file that is named itself may end in anything."""
    found = [one for one in entries if one.suffix in _SUFFIXES or not entries.is_folder]
    for entry in found:
        try:
            yield note_of(entry, entries.words(entry, MOST))
        except (KapjournalError, OSError) as error:
            yield Problem(entry.path, said_of(error))
    others = [one.path for one in entries if one not in found] if len(found) < len(entries.by_path) else []
    if others:
        why = f"It does not end in .txt, and does not come. So it is with {len(others):,} files in all."
        yield Problem(others[0], why, is_lost=False)
