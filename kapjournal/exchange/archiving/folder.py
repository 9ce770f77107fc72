"""An archive as a folder of markdown, as Obsidian and any other program for notes opens it.

Every link leads from where it stands to another page of the folder, so that the folder can lie anywhere.
Pages are written one by one, and a file piece by piece.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kapjournal.domain.course import lay_out
from kapjournal.exchange.archiving import pages
from kapjournal.exchange.archiving.contents import Contents
from kapjournal.exchange.archiving.index import index
from kapjournal.exchange.archiving.names import CHARTS, INDEX, OVER_TIME, names_for
from kapjournal.exchange.archiving.note_entry import FILES
from kapjournal.exchange.archiving.tables import Numbers, numbers_of, vitals_csv, vitals_rows
from kapjournal.exchange.attached_files import Put, into_folder, into_zip, left_out, put_each
from kapjournal.exchange.chart_svg import chart_svg
from kapjournal.exchange.check_ins_csv import check_ins_csv
from kapjournal.exchange.follow import Follow
from kapjournal.exchange.markdown_folder import write_new
from kapjournal.exchange.measures_csv import measures_csv
from kapjournal.exchange.zip_in_memory import ZipInMemory
from kapjournal.presentation.trends import names_in

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True)
class Target:
    """Where the pages and the files of an archive go, each under its path in it."""

    add: Callable[[str, str], None]
    put: Put


def new_folder(folder: Path) -> Target:
    """A folder that is there and empty; folders in it, mode 0700, are made as they are needed."""

    def place(name: str) -> Path:
        path = folder / name
        if path.parent != folder:
            path.parent.mkdir(mode=0o700, exist_ok=True)
        return path

    def add(name: str, text: str) -> None:
        write_new(place(name), text)

    def put(name: str, give: Callable[[BinaryIO], None]) -> None:
        path = place(FILES + name)
        into_folder(path.parent)(name, give)

    return Target(add, put)


def packed(archive: ZipInMemory) -> Target:
    """An archive in memory."""
    put = into_zip(archive)
    return Target(archive.add, lambda name, give: put(FILES + name, give))


def write_into(
    target: Target, journal: "Journal", contents: Contents, follow: Follow, tell: Callable[[str], object]
) -> None:
    """Write all of it. `tell` hears of each attached file that could not be taken along."""
    names, give = names_for(contents), partial(follow.write_file, journal)
    for note in contents.notes:
        files = put_each(journal, {note.id: names.files[note.id]}, target.put, give)
        for sentence in left_out(files):
            tell(sentence)
        if note.author == journal.me.id:
            for page in pages.of_own_note(journal, note, files[note.id], contents, names):
                target.add(*page)
        else:
            target.add(*pages.of_shared_note(journal, note, files[note.id], contents, names))
        follow.wrote(note)
    laid = lay_out(contents.notes, contents.sessions)
    for session in contents.sessions:
        of_session = laid[session.id, False], laid[session.id, True]
        target.add(*pages.of_a_session(journal, session, of_session, contents, names))
    for one in contents.pages:
        target.add(*pages.of_reading(one, contents, names))
    numbers = numbers_of(journal)
    for name, text in _tables(journal, contents, numbers):
        target.add(name, text)
    target.add(
        INDEX, "".join(index(journal, contents, names, has_numbers=any(one.charts for one in numbers)))
    )


def _tables(journal: "Journal", contents: Contents, numbers: Sequence[Numbers]) -> Iterator[tuple[str, str]]:
    for one in numbers:
        if one.measures:
            yield f"measures{one.suffix}.csv", measures_csv(one.measures)
        if one.check_ins:
            yield f"check-ins{one.suffix}.csv", check_ins_csv(one.check_ins, names_in(one.check_ins))
        for name, series in one.charts.items():
            yield f"{CHARTS}/{name}.svg", chart_svg(series)
    if any(one.charts for one in numbers):
        yield OVER_TIME, pages.over_time(numbers)
    if contents.records:
        couples = {couple.case: couple for couple in journal.couples.all()}
        if rows := list(vitals_rows(contents.records, couples)):
            yield "vitals.csv", vitals_csv(rows)
