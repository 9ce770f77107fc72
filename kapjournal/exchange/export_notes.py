"""Writing an export as a document or a folder, for commands and screens alike."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.domain.notes import Note
from kapjournal.exchange.markdown import NOT_SEALED
from kapjournal.exchange.markdown_document import export_document
from kapjournal.exchange.markdown_folder import export_folder
from kapjournal.exchange.selection import whose

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
) -> None:
    """Write `notes` to `dest`: one document, or a folder with a file for each note. `tell` hears of each
    attached file that could not be taken along."""
    write = export_document if one_document else export_folder
    beside = dest if one_document else dest.resolve()
    with journal.writing_unsealed(beside.parent):
        write(journal, dest, notes, force=force, tell=tell)


def warning(journal: "Journal", notes: Sequence[Note]) -> str:
    """What to know about an export: that it is not sealed, whose notes it holds, and about links in them."""
    told = f"{NOT_SEALED} {whose(journal, notes)}"
    return f"{told} {MAY_HOLD_LINKS}" if any(note.author != journal.me.id for note in notes) else told
