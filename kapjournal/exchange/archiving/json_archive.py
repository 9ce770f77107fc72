"""An archive as one file of JSON. Its schema is `archive.schema.json` beside the package."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.resources import files as resources
from typing import TYPE_CHECKING, BinaryIO

from kapjournal.domain.administered import Administered
from kapjournal.domain.notes import Note
from kapjournal.domain.self_reports import CheckIn
from kapjournal.exchange.archiving.contents import Contents
from kapjournal.exchange.archiving.index import about
from kapjournal.exchange.archiving.json_layout import Layout
from kapjournal.exchange.archiving.names import Names, names_for
from kapjournal.exchange.archiving.note_entry import FILES, entries
from kapjournal.exchange.archiving.pages import reading_fields, session_fields
from kapjournal.exchange.archiving.tables import VITALS, Numbers, numbers_of, vitals_rows
from kapjournal.exchange.attached_files import Exported, left_out, put_each
from kapjournal.exchange.follow import Follow
from kapjournal.exchange.json_fields import signed_fields

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def schema() -> str:
    """The JSON Schema (draft 2020-12) of such a file."""
    return resources("kapjournal.exchange").joinpath("archive.schema.json").read_text("utf-8")


def write_json(
    into: BinaryIO, journal: "Journal", contents: Contents, follow: Follow, tell: Callable[[str], object]
) -> None:
    """Write all of it into an open file. `tell` hears of each attached file that could not be taken along."""
    names = names_for(contents)
    layout = Layout(into, about(journal, contents))
    exported = _files(layout, journal, contents, names, follow)
    for sentence in left_out(exported):
        tell(sentence)
    layout.section("sessions", (session_fields(journal, one) for one in contents.sessions))
    of = partial(_notes, journal, contents, exported, follow)
    layout.section("notes", of(contents.own))
    layout.section("shared", of(contents.shared))
    layout.section("pages", ({**reading_fields(one), "lines": _lines(one.lines)} for one in contents.pages))
    numbers = numbers_of(journal)
    layout.section("measures", (_measure(one, said) for one in numbers for said in one.measures))
    layout.section("check_ins", (_check_in(one, said) for one in numbers for said in one.check_ins))
    layout.section("vitals", _vitals(journal, contents))
    layout.end()


def _files(layout: Layout, journal: "Journal", contents: Contents, names: Names, follow: Follow) -> Exported:
    sizes = {file.name: file.attachment.size for files in names.files.values() for file in files}
    layout.begin_files()
    exported = put_each(
        journal,
        {note.id: names.files[note.id] for note in contents.notes},
        lambda name, give: layout.file(FILES + name, sizes[name], give),
        partial(follow.write_file, journal),
    )
    layout.end_files()
    return exported


def _notes(
    journal: "Journal", contents: Contents, exported: Exported, follow: Follow, notes: Sequence[Note]
) -> Iterator[dict[str, object]]:
    for note in notes:
        for entry in entries(journal, note, exported[note.id]):
            signed = contents.signed.get(note.id) if "beside" not in entry.fields else None
            signatures = {"signatures": signed_fields(signed)} if signed else {}
            yield {**entry.fields, **signatures, "body": entry.body}
        follow.wrote(note)


def _lines(lines: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"label": label, "words": words} for label, words in lines]


def _measure(one: Numbers, said: Administered) -> dict[str, object]:
    return {
        "of": one.label,
        "measure": said.measure.id,
        "date": said.date.isoformat(),
        "complete": said.score.is_complete,
        "total": said.score.total,
        "answers": list(said.answers),
    }


def _check_in(one: Numbers, said: CheckIn) -> dict[str, object]:
    return {
        "of": one.label,
        "date": said.date.isoformat(),
        "when": said.moment.value if said.moment else None,
        "session": said.session.number if said.session else None,
        "values": dict(said.values),
        "line": said.line,
    }


def _vitals(journal: "Journal", contents: Contents) -> Iterator[dict[str, object]]:
    if contents.records:
        couples = {couple.case: couple for couple in journal.couples.all()}
        for row in vitals_rows(contents.records, couples):
            yield dict(zip((name.replace(" ", "_") for name in VITALS), row, strict=True))
