"""The markdown export as one document, session by session."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import staging
from kapjournal.domain.notes import Note
from kapjournal.errors import Refused
from kapjournal.exchange.destination import already_there, errors_in_words, refuse_journal_files
from kapjournal.exchange.markdown import (
    NOT_SEALED,
    by_stretch,
    ended,
    escaped,
    heading,
    shared_by,
)
from kapjournal.exchange.quoting import demote_headings, quoted
from kapjournal.paths import write_private
from kapjournal.presentation.days import long_day
from kapjournal.presentation.readers import in_words

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def export_document(journal: "Journal", dest: Path, notes: Sequence[Note], *, force: bool = False) -> Path:
    """Write `notes` to the one file `dest` (mode 0600), wholly or not at all; `Refused` if it exists."""
    refuse_journal_files(journal, dest)
    if dest.is_dir():
        raise Refused(f"{dest} is a folder; name a file for one document.")
    if os.path.lexists(dest) and not force:
        raise already_there(dest)
    with errors_in_words(dest), staging.folder_beside(dest) as beside:
        whole = beside / "document"
        write_private(whole, "".join(_pieces(journal, notes)).encode(), replace=True)
        if not force:
            os.close(os.open(dest, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        whole.replace(dest)
    return dest


def _pieces(journal: "Journal", notes: Sequence[Note]) -> Iterator[str]:
    yield f"# {escaped(journal.title) or 'Journal'}\n\n{NOT_SEALED}\n"
    for name, found in by_stretch(journal, notes):
        yield f"\n## {name}\n"
        for note in found:
            readers = in_words(note.readers, journal.members.all(), journal.me.id)
            yield f"\n### {heading(note)}\n\n"
            yield f"{long_day(note.text.date)} · {note.text.kind.value} · {escaped(readers)}\n\n"
            if sentence := shared_by(journal, note):
                yield f"{sentence}\n\n{quoted(note.words)}"
            else:
                yield ended(demote_headings(note.words))
