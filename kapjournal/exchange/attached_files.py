"""The files of exported notes: they lie beside the markdown, and links lead to them."""

import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from kapjournal.domain.attachments import Attachment, Chosen, is_safe
from kapjournal.domain.notes import Note
from kapjournal.errors import Damaged, NotFound
from kapjournal.exchange.file_names import folded_name
from kapjournal.exchange.follow import Follow
from kapjournal.exchange.markdown import escaped
from kapjournal.exchange.zip_in_memory import ZipInMemory
from kapjournal.presentation.attachments import aloud

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_STEM_LENGTH, _ENDING_LENGTH = 60, 10


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of a note and the name it has in the export; `why_not` says why it could not be taken along."""

    attachment: Attachment
    name: str
    why_not: str = ""


Exported = dict[str, tuple[ExportedFile, ...]]
"""The files of each note, by the note's id."""

Give = Callable[[str, Chosen, BinaryIO], None]
"""Writes a file into an open one: the note's id, which of its files, and into what."""

Put = Callable[[str, Callable[[BinaryIO], None]], None]
"""Puts a file somewhere under a name; what it is called with writes the bytes. Of one that is not all here,
or damaged, nothing stays, and that is raised."""


def names_of(notes: Sequence[Note], before: Callable[[Note], str], taken: Collection[str] = ()) -> Exported:
    """A name for every file, of letters that any disk takes and none twice; `before` says what it begins
    with."""
    used = {folded_name(name) for name in taken}
    numbers: dict[str, int] = {}
    named: Exported = {}
    for note in notes:
        files = []
        begins = before(note)
        for attachment in note.files:
            stem, ending = _plain(attachment.name)
            name = _not_yet(f"{begins}-{stem}" if begins else stem, ending, used, numbers)
            files.append(ExportedFile(attachment, name))
        named[note.id] = tuple(files)
    return named


def write_files(journal: "Journal", exported: Exported, folder: Path, follow: Follow) -> Exported:
    """Write every file into a folder (mode 0600); what is not all here, or damaged, is left out and says
    so."""
    return put_each(journal, exported, into_folder(folder), partial(follow.write_file, journal))


def pack_files(journal: "Journal", exported: Exported, archive: ZipInMemory, follow: Follow) -> Exported:
    """The same into an archive in memory."""
    return put_each(journal, exported, into_zip(archive), partial(follow.write_file, journal))


def into_folder(folder: Path) -> Put:
    """What puts a file into a folder, mode 0600; of one that is not all here, or damaged, nothing stays."""

    def put(name: str, give: Callable[[BinaryIO], None]) -> None:
        path = folder / name
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as into:
                give(into)
        except (Damaged, NotFound):
            path.unlink(missing_ok=True)
            raise

    return put


def into_zip(archive: ZipInMemory) -> Put:
    """What puts a file into an archive in memory."""

    def put(name: str, give: Callable[[BinaryIO], None]) -> None:
        whole = BytesIO()
        give(whole)
        archive.add_as_it_is(name, whole.getbuffer())

    return put


def put_each(journal: "Journal", exported: Exported, put: Put, give: Give) -> Exported:
    """Put every file where `put` puts it; what is not all here, or damaged, is left out and says so. `give`
    writes a file of a note, as `Attachments.write` does."""
    written: Exported = {}
    for note_id, files in exported.items():
        done = []
        for place, file in enumerate(files):
            which = Chosen(place, file.attachment)  # its number could be the name of another
            try:
                put(file.name, partial(give, note_id, which))
                done.append(file)
            except (Damaged, NotFound) as error:
                done.append(replace(file, why_not=str(error)))
        written[note_id] = tuple(done)
    return written


def names_written(exported: Exported) -> list[str]:
    """The names of all files that were written."""
    return [file.name for files in exported.values() for file in files if not file.why_not]


def left_out(exported: Exported) -> list[str]:
    """Why files could not be taken along, a sentence each."""
    return [file.why_not for files in exported.values() for file in files if file.why_not]


def links(files: Sequence[ExportedFile], folder: str = "") -> Iterator[str]:
    """A list of the files of a note, with a link to each, relative to the page they stand on.

    A line ends it: without one, words that begin like an item, or indented, would go on with the list."""
    if not files:
        return
    yield "Files:\n\n"
    for file in files:
        words = escaped(aloud(file.attachment))
        if file.why_not:
            yield f"- {words} (not taken along: {escaped(file.why_not)})\n"
        else:
            yield f"- [{words}]({quote(os.fsencode(f'{folder}/{file.name}' if folder else file.name))})\n"
    yield "\n***\n\n"


def _not_yet(stem: str, ending: str, used: set[str], numbers: dict[str, int]) -> str:
    """A name that is not `used`, numbered if need be; `numbers` says how far the files of each name are, so
    that however many have the same none is looked for from the beginning."""
    name = f"{stem}{ending}"
    as_it_is = folded_name(name)
    number = numbers.get(as_it_is, 1)
    while folded_name(name) in used or not (number > 1 or is_safe(name)):
        number += 1
        name = f"{stem}-{number}{ending}"
    numbers[as_it_is] = number
    used.add(folded_name(name))
    return name


def _plain(name: str) -> tuple[str, str]:
    """The stem and the ending of a name, in plain ASCII letters, digits and hyphens."""
    stem, dot, ending = name.rpartition(".")
    if not stem or not dot:
        stem, ending = name, ""
    ending = _ascii(ending)[:_ENDING_LENGTH]
    return _ascii(stem)[:_STEM_LENGTH].strip("-") or "file", f".{ending}" if ending else ""


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[A-Za-z0-9]+", plain))
