"""One text, or what else is whole, as one file outside the journal."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import staging
from kapjournal.errors import Refused
from kapjournal.exchange.destination import already_there, errors_in_words, refuse_journal_files
from kapjournal.paths import write_private

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def write_file(journal: "Journal", dest: Path, content: str | bytes, *, force: bool = False) -> None:
    """Write a text in UTF-8, or bytes as they are, to `dest` (mode 0600), wholly or not at all; `Refused` for
    what is there already without `force`, for a folder and for a journal's own files."""
    data = content.encode() if isinstance(content, str) else content
    refuse_journal_files(journal, dest)
    if dest.is_dir():
        raise Refused(f"{dest} is a folder; name a file.")
    if os.path.lexists(dest) and not force:
        raise already_there(dest)
    with journal.writing_unsealed(dest.parent), errors_in_words(dest):
        if force:
            with staging.folder_beside(dest) as beside:
                whole = beside / "file"
                write_private(whole, data, replace=True)
                whole.replace(dest)
            return
        with staging.new_file(dest) as whole:
            whole.write_bytes(data)
