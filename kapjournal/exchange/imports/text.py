"""Files of plain words: each is a note."""

from collections.abc import Iterator

from kapjournal.domain.incoming import Incoming, Problem
from kapjournal.errors import KapjournalError
from kapjournal.exchange.imports.entries import EMPTY, Entries
from kapjournal.exchange.imports.note_files import MOST, note_of

_SUFFIXES = (".txt", ".text", ".md", "")


def read(entries: Entries) -> Iterator[Incoming]:
    """A note of each file, called as the file is; a file that is named itself may end in anything."""
    found = [one for one in entries if one.suffix in _SUFFIXES or not entries.is_folder]
    for entry in found:
        try:
            text = entries.words(entry, MOST)
            yield note_of(entry, text) if text.strip() else Problem(entry.path, EMPTY, is_lost=False)
        except (KapjournalError, OSError) as error:
            yield Problem.of(entry.path, error)
    came = {one.path for one in found}
    for one in entries:
        if one.path not in came:
            yield Problem(one.path, "It does not end in .txt, and does not come.", is_lost=False)
