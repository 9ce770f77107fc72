"""The kinds of sources there are, and how one is opened."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from kapjournal.domain.incoming import Incoming, IncomingSource
from kapjournal.errors import Refused
from kapjournal.exchange.imports import archive, day_one, joplin, jrnl, markdown, standard_notes, text
from kapjournal.exchange.imports.entries import Entries
from kapjournal.exchange.imports.reading import opened

Read = Callable[[Entries], Iterator[Incoming]]

ARCHIVE = "archive"
IS_AN_ARCHIVE = (
    "is an archive of this program: import it as that. As anything else, what others shared would come as "
    "pages of your own."
)

SOURCES: Mapping[str, Read] = {
    ARCHIVE: archive.read,
    "markdown": markdown.read,
    "day-one": day_one.read,
    "jrnl": jrnl.read,
    "standard-notes": standard_notes.read,
    "joplin": joplin.read,
    "text": text.read,
}
"""How each kind is read."""


@contextmanager
def source(kind: str, path: Path, encoding: str = "") -> Iterator[IncomingSource]:
    """Open what is at a path as a source of a kind, or of the one it seems to be where none is named (errors
    as for `reading.opened`)."""
    with opened(path, encoding) as entries:
        if kind != ARCHIVE and archive.is_archive(entries):
            if kind:
                raise Refused(f"{path.name} {IS_AN_ARCHIVE}")
            kind = ARCHIVE
        kind = kind or recognised(entries)
        read = partial(_everything, entries, SOURCES[kind])
        yield IncomingSource(kind, entries.name, read, is_exact=kind == ARCHIVE)


def _everything(entries: Entries, read: Read) -> Iterator[Incoming]:
    yield from entries.problems
    yield from read(entries)


def recognised(entries: Entries) -> str:
    """Which kind a source seems to be, by what its files are called and how the first of them begins."""
    names = [one.name for one in entries]
    suffixes = {one.suffix for one in entries}
    if any(joplin.is_item(name) for name in names):
        return "joplin"
    if any(name.startswith("Standard Notes Backup") for name in names):
        return "standard-notes"
    if ".json" in suffixes and not suffixes & {".md", ".txt"}:
        head = _head_of_first(entries, ".json")
        return "day-one" if b'"creationDate"' in head or b'"metadata"' in head else "jrnl"
    if ".md" in suffixes or ".markdown" in suffixes:
        return "markdown"
    return _by_its_words(_head_of_first(entries, ".txt"))


def _head_of_first(entries: Entries, suffix: str) -> bytes:
    """How the first file of an ending begins; nothing where there is none."""
    first = next((one for one in entries if one.suffix == suffix), None)
    if first is None:
        return b""
    with first.open() as file:
        return file.read(64 * 1024)


def _by_its_words(head: bytes) -> str:
    if jrnl.begins_so(head.decode("utf-8", "replace")):
        return "jrnl"
    return "standard-notes" if head.lstrip().startswith(b"{") and b'"items"' in head else "text"
