"""The files of pages that leave with one document: a folder beside it or, sealed, an archive."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import staging
from kapjournal.domain.notes import Note
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.attached_files import Exported, names_of, names_written, pack_files, write_files
from kapjournal.exchange.destination import errors_in_words
from kapjournal.exchange.follow import Follow
from kapjournal.exchange.one_file import check_place
from kapjournal.exchange.zip_in_memory import ZipInMemory
from kapjournal.paths import write_private
from kapjournal.progress import in_silence

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from kapjournal.journal import Journal

_ADVICE = "Make it without sealing it, and seal the folder."


@dataclass(frozen=True, slots=True)
class FilesBeside:
    """Files that were read, each with the name it gets; `place` is where they lie once they `appear`. What
    appeared can `vanish` again."""

    exported: Exported
    place: Path
    appear: Callable[[], object]
    vanish: Callable[[], object]

    @property
    def count(self) -> int:
        """How many are taken along."""
        return len(names_written(self.exported))


def named(notes: Sequence[Note]) -> Exported:
    """The name that each file gets; it begins with the day of its page."""
    return names_of(notes, lambda note: note.text.date.isoformat())


@contextmanager
def files_beside(
    journal: "Journal",
    notes: Sequence[Note],
    open_theirs: "Callable[[], AbstractContextManager[Journal]]",
    document: Path,
    sealing: Sealing | None,
) -> Iterator[FilesBeside]:
    """The files of notes in another journal, opened where there are any, for a new `document` of
    `journal`'s (`Refused`, `CannotSave`)."""
    exported = named(notes)
    folder = document.with_name(f"{age.bare(document).stem}-files")
    if not any(exported.values()):
        yield FilesBeside(exported, folder, _nothing, _nothing)
        return
    name = folder.with_name(f"{folder.name}.zip") if sealing else folder
    place = check_place(journal, name, sealing=sealing)
    follow = Follow.of(in_silence, notes)
    with ExitStack() as stack:
        theirs = stack.enter_context(open_theirs())
        stack.enter_context(journal.writing_unsealed(document.parent))
        stack.enter_context(errors_in_words(document))
        files = stack.enter_context(staging.folder_beside(document)) / "files"
        if sealing:
            archive = ZipInMemory(folder.name, _ADVICE)
            exported = pack_files(theirs, exported, archive, follow)
            write_private(
                files, age.sealed(archive.whole(), sealing, armored=age.is_armored(place)), replace=False
            )
        else:
            files.mkdir(mode=0o700)
            exported = write_files(theirs, exported, files, follow)
        if names_written(exported):
            appear, vanish = (
                partial(_move, journal, files, place, sealing),
                partial(_remove, files.stat(), place),
            )
            yield FilesBeside(exported, place, appear, vanish)
        else:
            yield FilesBeside(exported, place, _nothing, _nothing)


def _nothing() -> None:
    """Of no file there is nothing to do."""


def _move(journal: "Journal", files: Path, place: Path, sealing: Sealing | None) -> None:
    staging.named(files, check_place(journal, place, sealing=sealing))


def _remove(files: os.stat_result, place: Path) -> None:
    """Remove what was moved there, and nothing that another program put there."""
    if not os.path.lexists(place) or not os.path.samestat(files, place.lstat()):
        return
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink()
