"""The files of pages that leave with one document: a folder beside it or, sealed, an archive."""

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
from kapjournal.exchange.one_file import check_place, write_file
from kapjournal.exchange.zip_in_memory import ZipInMemory
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
        appear: Callable[[], object]
        if sealing:
            archive = ZipInMemory(folder.name, _ADVICE)
            exported = pack_files(theirs, exported, archive, follow)
            appear = partial(write_file, journal, name, archive.whole(), sealing=sealing)
        else:
            stack.enter_context(journal.writing_unsealed(document.parent))
            stack.enter_context(errors_in_words(document))
            files = stack.enter_context(staging.folder_beside(document)) / "files"
            files.mkdir(mode=0o700)
            exported = write_files(theirs, exported, files, follow)
            appear = partial(_move, journal, files, place)
        is_empty = not names_written(exported)
        yield FilesBeside(exported, place, _nothing if is_empty else appear, partial(_remove, place))


def _nothing() -> None:
    """Of no file there is nothing to do."""


def _move(journal: "Journal", files: Path, place: Path) -> None:
    staging.named(files, check_place(journal, place))


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
