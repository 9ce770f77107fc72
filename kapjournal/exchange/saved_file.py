"""An attached file, taken out of the journal as it is or sealed for somebody else."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.domain.attachments import Chosen, place_of
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.one_file import check_place, write_file
from kapjournal.progress import Progress

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def save_file(
    journal: "Journal",
    note_id: str,
    which: str | Chosen,
    dest: Path,
    progress: Progress,
    sealing: Sealing | None = None,
) -> Path:
    """Write a file of a note the member can read to a new file and return its path; `dest` may be a folder
    (`NotFound`, `Refused`, `CannotSave`, `Damaged`). With `sealing` the whole file, 64 MiB at most, is sealed
    in memory."""
    attachments = journal.attachments
    if sealing is None:
        return attachments.save(note_id, which, dest, progress)
    from kapjournal.journal.outside_files import place_for  # noqa: PLC0415 - the journal is open by now

    files = attachments.of(note_id)
    place = place_for(files[place_of(files, which)].name, dest)
    if dest.is_dir():  # a name that ends in .age is what was attached, sealed or not
        place = place.with_name(place.name + age.ENDING)
    place = check_place(journal, place, sealing=sealing)
    whole = BytesIO()
    attachments.write(note_id, which, whole, progress)
    return write_file(journal, place, whole.getvalue(), sealing=sealing)
