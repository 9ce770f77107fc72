"""Writing an archive, for commands and screens alike: in one of its forms, wholly or not at all."""

import datetime as dt
import os
from collections.abc import Callable
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import clock, staging
from kapjournal.errors import NotFound
from kapjournal.exchange import age, export_notes
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.archiving.contents import Contents, contents_of
from kapjournal.exchange.archiving.folder import new_folder, packed, write_into
from kapjournal.exchange.archiving.json_archive import write_json
from kapjournal.exchange.destination import already_there, errors_in_words, refuse_journal_files
from kapjournal.exchange.follow import Follow
from kapjournal.exchange.markdown import NOT_SEALED
from kapjournal.exchange.one_file import check_place, write_file
from kapjournal.exchange.sealed_notes import zipped
from kapjournal.exchange.zip_in_memory import ZipInMemory, check_size
from kapjournal.paths import free_in_home
from kapjournal.presentation import archive as saying
from kapjournal.progress import Progress, in_silence

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from kapjournal.journal import Journal


class Form(StrEnum):
    """What an archive is written as. `ICS` has the sessions alone, as appointments that say nothing else."""

    FOLDER = "folder"
    JSON = "json"
    ICS = "ics"


def suggested(form: Form, today: dt.date) -> Path:
    """A free path in the home folder, whose name does not say whom it is about."""
    if form is Form.ICS:
        return free_in_home(f"appointments-{today.isoformat()}.ics")
    return free_in_home(f"journal-archive-{today.isoformat()}{'.json' if form is Form.JSON else ''}")


def place_of(dest: Path, form: Form, sealing: Sealing | None = None) -> Path:
    """Where such an archive lies once it is written (`UsageError` for a name that will not do)."""
    place = age.place(dest, sealing)
    return zipped(place) if sealing is not None and form is Form.FOLDER else place


def warning(journal: "Journal", form: Form, sealing: Sealing | None = None) -> str:
    """What to know about an archive: who can open it, and what of whom it holds."""
    if form is Form.ICS:
        return f"{sealing or NOT_SEALED} {saying.APPOINTMENTS}"
    if journal.is_practice:
        return f"{sealing or NOT_SEALED} {saying.HOLDS_RECORDS}"
    notes = journal.notes.all()
    told = [export_notes.warning(journal, notes, sealing)]
    if closed := sum(note.opens is not None for note in notes):
        told.append(saying.closed(closed))
    if form is Form.FOLDER and (live := [note for note in notes if saying.is_live(note.text.body)]):
        told.append(saying.live(live))
    return " ".join(told)


def write_archive(
    journal: "Journal",
    dest: Path,
    form: Form = Form.FOLDER,
    *,
    process_notes: bool = False,
    sealing: Sealing | None = None,
    tell: Callable[[str], object] = str,
    progress: Progress = in_silence,
) -> Path:
    """Write all that this member can read to `dest`, and return where that is. With `sealing` it is one
    sealed file, made in memory, and a folder is one sealed archive whose name ends in .zip.age.

    It appears whole, in one step, or not at all; what is there already is never touched (`Refused`,
    `CannotSave`). Only this user of the computer can open it. `tell` hears of each attached file that could
    not be taken along, `progress` of how far it is: what that raises ends the work, and nothing is left."""
    place = place_of(dest, form, sealing)
    if form is Form.ICS:
        sessions = journal.sessions.all()
        if not sessions:
            raise NotFound("There is no session to write.")
        from kapjournal.exchange.archiving.appointments import calendar_of  # noqa: PLC0415 - seldom wanted

        return write_file(journal, place, calendar_of(sessions, clock.now()), sealing=sealing)
    if form is Form.JSON or sealing is not None:
        check_place(journal, place, sealing=sealing)
    refuse_journal_files(journal, place)
    if os.path.lexists(place):
        raise already_there(place)
    contents = contents_of(journal, process_notes=process_notes)
    follow = Follow.of(progress, contents.notes)
    if sealing is not None:
        whole = _in_memory(journal, age.bare(place).stem, form, contents, follow, tell)
        return write_file(journal, place, whole, sealing=sealing)
    beside = place.resolve()
    with journal.writing_unsealed(beside.parent), errors_in_words(place):
        if form is Form.JSON:
            with staging.new_file(beside) as file, file.open("wb") as into:
                write_json(into, journal, contents, follow, tell)
        else:
            with staging.folder_beside(beside) as folder:
                write_into(new_folder(folder), journal, contents, follow, tell)
                staging.named(folder, beside)
    return place


def _in_memory(
    journal: "Journal",
    name: str,
    form: Form,
    contents: Contents,
    follow: Follow,
    tell: Callable[[str], object],
) -> bytes:
    if form is Form.JSON:
        into = _Capped()
        write_json(into, journal, contents, follow, tell)
        return into.getvalue()
    archive = ZipInMemory(name, saying.TOO_LARGE)
    write_into(packed(archive), journal, contents, follow, tell)
    return archive.whole()


class _Capped(BytesIO):
    """A file in memory that is refused once it is too large to be sealed."""

    def write(self, data: "ReadableBuffer") -> int:
        """Write some bytes (`Refused`)."""
        written = super().write(data)
        check_size(self.tell(), saying.TOO_LARGE)
        return written
