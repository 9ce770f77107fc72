"""The markdown export as a folder: a file for each note, and an index in the order of the course."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import staging
from kapjournal.domain.notes import Note
from kapjournal.domain.signing import SignedDocument
from kapjournal.errors import Refused
from kapjournal.exchange.attached_files import (
    Exported,
    ExportedFile,
    left_out,
    links,
    names_of,
    names_written,
    pack_files,
    write_files,
)
from kapjournal.exchange.destination import already_there, errors_in_words, refuse_journal_files
from kapjournal.exchange.follow import Follow
from kapjournal.exchange.head import head
from kapjournal.exchange.markdown import by_stretch, file_names, front_matter, in_index, shared_by
from kapjournal.exchange.texts import on_its_own_page
from kapjournal.exchange.zip_in_memory import ZipInMemory
from kapjournal.progress import Progress, in_silence

if TYPE_CHECKING:
    from kapjournal.journal import Journal

INDEX = "index.md"


def export_folder(
    journal: "Journal",
    dest: Path,
    notes: Sequence[Note],
    *,
    force: bool = False,
    tell: Callable[[str], object] = str,
    progress: Progress = in_silence,
) -> list[Path]:
    """Write each of `notes`, what is attached to it and an index into the folder `dest`; returns the files,
    the index first. `tell` hears of each attached file that could not be taken along, `progress` of how far
    it is.

    Everything is written beside `dest` before anything appears in it. A new folder (mode 0700, files 0600)
    appears in one step. In a folder that exists, a file of the same name is `Refused` without `force`, and
    other files are left alone.
    """
    refuse_journal_files(journal, dest)
    if dest.exists() and not dest.is_dir():
        raise Refused(f"{dest} is a file; name a folder, or choose one document.")
    named = file_names(notes, [INDEX])
    pages = [INDEX, *named.values()]
    exported = names_of(notes, lambda note: Path(named[note.id]).stem, pages)
    names = [*pages, *names_written(exported)]
    if not force and any(os.path.lexists(dest / name) for name in names):
        raise already_there(dest)
    with errors_in_words(dest):
        place = dest.resolve()
        with staging.folder_beside(place) as beside:
            follow = Follow.of(progress, notes)
            exported = write_files(journal, exported, beside, follow)
            for name, page in _pages(journal, notes, named, exported, follow):
                write_new(beside / name, page)
            names = [*pages, *names_written(exported)]
            _move(beside, place, names)
    for sentence in left_out(exported):
        tell(sentence)
    return [dest / name for name in names]


def packed_folder(
    journal: "Journal",
    folder: str,
    notes: Sequence[Note],
    tell: Callable[[str], object] = str,
    progress: Progress = in_silence,
) -> bytes:
    """The same folder as a ZIP archive, in memory (`Refused` if that is too large)."""
    named = file_names(notes, [INDEX])
    archive = ZipInMemory(folder)
    exported = names_of(notes, lambda note: Path(named[note.id]).stem, [INDEX, *named.values()])
    follow = Follow.of(progress, notes)
    exported = pack_files(journal, exported, archive, follow)
    for name, page in _pages(journal, notes, named, exported, follow):
        archive.add(name, page)
    for sentence in left_out(exported):
        tell(sentence)
    return archive.whole()


def _pages(
    journal: "Journal", notes: Sequence[Note], named: Mapping[str, str], exported: Exported, follow: Follow
) -> Iterator[tuple[str, str]]:
    """The name and the words of each file, the index first."""
    yield INDEX, "".join(_index(journal, notes, named))
    signed = journal.signing.of_all(notes)
    for note in notes:
        yield named[note.id], "".join(_page(journal, note, exported[note.id], signed.get(note.id)))
        follow.wrote(note)


def write_new(path: Path, text: str) -> None:
    """Write a text to a file that is not there yet, mode 0600."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text.encode())


def _move(beside: Path, place: Path, names: Sequence[str]) -> None:
    if not place.exists():
        staging.named(beside, place)
        return
    staging.synced_with_all(beside)
    for name in names:
        (beside / name).replace(place / name)
    staging.synced(place)


def _page(
    journal: "Journal", note: Note, files: Sequence[ExportedFile], signed: SignedDocument | None
) -> Iterator[str]:
    yield front_matter(journal, note)
    yield "\n"
    yield from links(files)
    if sentence := shared_by(journal, note):
        yield f"{sentence}\n\n"
    yield on_its_own_page(journal, note, signed)


def _index(journal: "Journal", notes: Sequence[Note], named: Mapping[str, str]) -> Iterator[str]:
    yield from head(journal, notes)
    for stretch, found in by_stretch(journal, notes):
        yield f"{stretch}\n"
        for note in found:
            yield in_index(journal, note, named[note.id])
