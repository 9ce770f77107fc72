"""Files of markdown, alone or in folders, such as an Obsidian vault or what Joplin exports so."""

from collections.abc import Iterator

from kapjournal.domain.incoming import Incoming, Problem
from kapjournal.errors import KapjournalError
from kapjournal.exchange.imports import front_matter
from kapjournal.exchange.imports.entries import EMPTY, Entries
from kapjournal.exchange.imports.linked import NOTES, Linked
from kapjournal.exchange.imports.note_files import MOST, note_of

_UNREAD = "What stands above its words cannot be read as fields. It stands below them, as it was."


def read(entries: Entries) -> Iterator[Incoming]:
    """A note of each file of markdown, with the files it names."""
    linked = Linked(entries)
    found = [one for one in entries if one.suffix in NOTES]
    for entry in found:
        try:
            text = entries.words(entry, MOST)
        except (KapjournalError, OSError) as error:
            yield Problem.of(entry.path, error)
            continue
        if not text.strip():
            yield Problem(entry.path, EMPTY, is_lost=False)
            continue
        above, body = front_matter.split(text)
        if above.unread:
            yield Problem(entry.path, _UNREAD, is_lost=False)
        files, problems = linked.files_of(entry, body)
        yield from problems
        yield note_of(entry, body, above, files)
    if found:
        yield from linked.unnamed()
    else:
        yield Problem(entries.name, "There is no markdown in it: no file whose name ends in .md.")
