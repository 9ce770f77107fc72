"""One text, or what else is whole, as one file outside the journal."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import staging
from kapjournal.errors import Refused
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.destination import already_there, errors_in_words, refuse_journal_files
from kapjournal.paths import write_private

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def write_file(
    journal: "Journal",
    dest: Path,
    content: str | bytes,
    *,
    force: bool = False,
    sealing: Sealing | None = None,
    before: Callable[[], object] = lambda: None,
) -> Path:
    """Write a text in UTF-8, or bytes as they are, to a file (mode 0600), wholly or not at all, and return
    its path: `dest`, or what `age.place` makes of it.

    With `sealing` nothing but the sealed bytes comes to the disk. `Refused` for what is there already without
    `force`, for a folder and for a journal's own files. `before` is called once the file is whole, before it
    has its name; whatever it raises, there is no new file then."""
    dest = check_place(journal, dest, force=force, sealing=sealing)
    data = content.encode() if isinstance(content, str) else content
    if sealing is not None:
        data = age.sealed(data, sealing, armored=age.is_armored(dest))
    with journal.writing_unsealed(dest.parent), errors_in_words(dest):
        if force:
            with staging.folder_beside(dest) as beside:
                whole = beside / "file"
                write_private(whole, data, replace=True)
                before()
                whole.replace(dest)
            return dest
        with staging.new_file(dest) as whole:
            whole.write_bytes(data)
            before()
    return dest


def check_place(
    journal: "Journal", dest: Path, *, force: bool = False, sealing: Sealing | None = None
) -> Path:
    """Where such a file would go, if it may go there (`UsageError`, `Refused`)."""
    dest = age.place(dest, sealing)
    refuse_journal_files(journal, dest)
    if dest.is_dir():
        raise Refused(f"{dest} is a folder; name a file.")
    if os.path.lexists(dest) and not force:
        raise already_there(dest)
    return dest
