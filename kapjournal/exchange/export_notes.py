"""Writing an export as a document or a folder, for commands and screens alike."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.domain.notes import Note
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.markdown import NOT_SEALED
from kapjournal.exchange.markdown_document import export_document
from kapjournal.exchange.markdown_folder import export_folder
from kapjournal.exchange.sealed_notes import export_sealed_document, export_sealed_folder, zipped
from kapjournal.exchange.selection import whose
from kapjournal.progress import Progress, in_silence

if TYPE_CHECKING:
    from kapjournal.journal import Journal

MAY_HOLD_LINKS = "What others wrote may hold links."


def export(
    journal: "Journal",
    dest: Path,
    notes: Sequence[Note],
    *,
    one_document: bool = False,
    force: bool = False,
    tell: Callable[[str], object] = str,
    sealing: Sealing | None = None,
    progress: Progress = in_silence,
) -> Path:
    """Write `notes` to `dest`, one document, or a folder with a file for each note, and return where that is.
    `tell` hears of each attached file that could not be taken along, `progress` of how far it is: what that
    raises ends the work, and nothing is left of it.

    With `sealing` a folder becomes one sealed archive, whose name ends in .zip.age."""
    if sealing is not None:
        write_sealed = export_sealed_document if one_document else export_sealed_folder
        return write_sealed(journal, dest, notes, sealing, force=force, tell=tell, progress=progress)
    dest = place_of(dest)
    write = export_document if one_document else export_folder
    beside = dest if one_document else dest.resolve()
    with journal.writing_unsealed(beside.parent):
        write(journal, dest, notes, force=force, tell=tell, progress=progress)
    return dest


def place_of(dest: Path, *, one_document: bool = False, sealing: Sealing | None = None) -> Path:
    """Where such an export lies once it is written (`UsageError` for a name that will not do)."""
    place = age.place(dest, sealing)
    return place if sealing is None or one_document else zipped(place)


def warning(journal: "Journal", notes: Sequence[Note], sealing: Sealing | None = None) -> str:
    """What to know about an export: who can read it, whose notes it holds, and about links in them."""
    told = f"{sealing or NOT_SEALED} {whose(journal, notes)}"
    return f"{told} {MAY_HOLD_LINKS}" if any(note.author != journal.me.id for note in notes) else told
