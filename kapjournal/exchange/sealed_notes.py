"""The markdown export sealed for somebody else: what would be a folder is one archive, sealed in memory."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.domain.notes import Note
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.attached_files import left_out, names_of, names_written, pack_files
from kapjournal.exchange.follow import Follow
from kapjournal.exchange.markdown_document import pieces
from kapjournal.exchange.markdown_folder import packed_folder
from kapjournal.exchange.one_file import check_place, write_file
from kapjournal.exchange.zip_in_memory import ZipInMemory
from kapjournal.progress import Progress, in_silence

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_ZIP = ".zip"


def export_sealed_folder(
    journal: "Journal",
    dest: Path,
    notes: Sequence[Note],
    sealing: Sealing,
    *,
    force: bool = False,
    tell: Callable[[str], object] = str,
    progress: Progress = in_silence,
) -> Path:
    """Write what would be the folder `dest` as one sealed archive, and return its path (`Refused`)."""
    place = check_place(journal, zipped(age.place(dest, sealing)), force=force, sealing=sealing)
    data = packed_folder(journal, age.bare(place).stem, notes, tell, progress)
    return write_file(journal, place, data, force=force, sealing=sealing)


def export_sealed_document(
    journal: "Journal",
    dest: Path,
    notes: Sequence[Note],
    sealing: Sealing,
    *,
    force: bool = False,
    tell: Callable[[str], object] = str,
    progress: Progress = in_silence,
) -> Path:
    """Write one sealed document and return its path (`Refused`). What is attached to the notes is a sealed
    archive beside it, which appears first and goes again if the document cannot be written."""
    place = check_place(journal, dest, force=force, sealing=sealing)
    folder = f"{age.bare(place).stem}-files"
    beside = check_place(journal, place.with_name(folder + _ZIP), force=force, sealing=sealing)
    archive = ZipInMemory(folder)
    follow = Follow.of(progress, notes)
    exported = pack_files(journal, names_of(notes, lambda _: ""), archive, follow)
    words = "".join(pieces(journal, notes, exported, folder, follow))
    has_files = bool(names_written(exported))
    if has_files:
        write_file(journal, beside, archive.whole(), force=force, sealing=sealing)
    try:
        write_file(journal, place, words, force=force, sealing=sealing)
    except BaseException:
        if has_files and not force:
            beside.unlink(missing_ok=True)
        raise
    for sentence in left_out(exported):
        tell(sentence)
    return place


def zipped(dest: Path) -> Path:
    """The path of a sealed file with .zip in its name, before what says that it is sealed."""
    plain = age.bare(dest)
    if plain.suffix.casefold() == _ZIP:
        return dest
    return dest.with_name(f"{plain.name}{_ZIP}{dest.name[len(plain.name) :]}")
