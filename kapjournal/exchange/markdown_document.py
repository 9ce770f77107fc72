"""The markdown export as one document, session by session."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import staging
from kapjournal.domain.notes import Note
from kapjournal.errors import Refused
from kapjournal.exchange.attached_files import (
    Exported,
    left_out,
    links,
    names_of,
    names_written,
    write_files,
)
from kapjournal.exchange.destination import already_there, errors_in_words, refuse_journal_files
from kapjournal.exchange.follow import Follow
from kapjournal.exchange.head import head
from kapjournal.exchange.markdown import by_stretch, escaped, heading, shared_by
from kapjournal.exchange.texts import on_one_page
from kapjournal.paths import write_private
from kapjournal.presentation.days import long_day
from kapjournal.presentation.readers import in_words
from kapjournal.presentation.sentences import SIGNED_MARK
from kapjournal.progress import Progress, in_silence

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def export_document(
    journal: "Journal",
    dest: Path,
    notes: Sequence[Note],
    *,
    force: bool = False,
    tell: Callable[[str], object] = str,
    progress: Progress = in_silence,
) -> Path:
    """Write `notes` to the one file `dest` (mode 0600), wholly or not at all; `Refused` if it exists.

    What is attached to them goes into a folder beside it, mode 0700; `tell` hears of each attached file that
    could not be taken along."""
    refuse_journal_files(journal, dest)
    if dest.is_dir():
        raise Refused(f"{dest} is a folder; name a file for one document.")
    if os.path.lexists(dest) and not force:
        raise already_there(dest)
    folder = dest.with_name(f"{dest.stem}-files")
    exported = names_of(notes, lambda _: "")
    has_files = any(exported.values())
    if has_files and (os.path.lexists(folder) and not (force and _is_folder(folder))):
        raise already_there(folder)
    with errors_in_words(dest), staging.folder_beside(dest) as beside:
        whole, files = beside / "document", beside / "files"
        follow = Follow.of(progress, notes)
        if has_files:
            files.mkdir(mode=0o700)
            exported = write_files(journal, exported, files, follow)
        staging.synced_with_all(beside)
        pages = "".join(pieces(journal, notes, exported, folder.name, follow))
        write_private(whole, pages.encode(), replace=True)
        if not force:
            os.close(os.open(dest, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            if names_written(exported):
                _move(files, folder)
        except OSError:
            if not force:
                dest.unlink(missing_ok=True)
            raise
        whole.replace(dest)
        staging.synced(dest.parent)
    for sentence in left_out(exported):
        tell(sentence)
    return dest


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _move(files: Path, folder: Path) -> None:
    if not folder.exists():
        files.rename(folder)
        return
    for path in files.iterdir():
        path.replace(folder / path.name)


def pieces(
    journal: "Journal", notes: Sequence[Note], exported: Exported, folder: str, follow: Follow
) -> Iterator[str]:
    """The document from its head on; the files of the notes lie in `folder`."""
    laid = list(by_stretch(journal, notes))
    words = on_one_page(journal, [note for _, found in laid for note in found])
    yield from head(journal, notes)
    for stretch, found in laid:
        yield stretch
        for note in found:
            readers = in_words(note.readers, journal.members.all(), journal.me.id)
            yield f"\n### {heading(note)}\n\n"
            about = [long_day(note.text.date), note.text.kind.value, escaped(readers)]
            yield f"{' · '.join([*about, *([SIGNED_MARK] if note.is_signed else [])])}\n\n"
            yield from links(exported[note.id], folder)
            if sentence := shared_by(journal, note):
                yield f"{sentence}\n\n"
            yield next(words)
            follow.wrote(note)
