"""The pages of an archive that is a folder, but for its index."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import Session
from kapjournal.exchange.archiving.contents import Contents
from kapjournal.exchange.archiving.for_reading import ForReading
from kapjournal.exchange.archiving.names import (
    CHARTS,
    NOTES,
    SIGNED,
    Names,
    for_obsidian,
    from_a_page,
    stem_of,
)
from kapjournal.exchange.archiving.note_entry import FILES, as_page, entries
from kapjournal.exchange.archiving.tables import Numbers
from kapjournal.exchange.attached_files import ExportedFile, links
from kapjournal.exchange.json_fields import note_fields
from kapjournal.exchange.markdown import SUFFIX, block_of, escaped, heading, in_index, shared_by
from kapjournal.exchange.quoting import quoted
from kapjournal.exchange.texts import on_its_own_page
from kapjournal.presentation import charts
from kapjournal.presentation.days import long_day, of_session
from kapjournal.presentation.sessions import about_dose

if TYPE_CHECKING:
    from kapjournal.journal import Journal

FOR_READING = "This page is for reading. It does not come back when the archive is read in."

Page = tuple[str, str]
"""The path of a page in the archive, and its words."""


def of_own_note(
    journal: "Journal", note: Note, files: Sequence[ExportedFile], contents: Contents, names: Names
) -> Iterator[Page]:
    """A note of the member's to the letter, a page for each text that stands; if it is signed, a page for
    reading with what is known of the signatures."""
    path = names.notes[note.id]
    leads_to = _session_link(names, note)
    if kept := [file for file in files if not file.why_not]:
        leads_to["attached"] = [from_a_page(FILES + file.name) for file in kept]
    signed, signed_path = contents.signed.get(note.id), f"{SIGNED}/{stem_of(path)}{SUFFIX}"
    if signed:
        leads_to["signed_page"] = [for_obsidian(signed_path)]
    for number, entry in enumerate(entries(journal, note, files), 1):
        if number == 1:
            yield path, as_page(entry, leads_to)
        else:
            beside = {**leads_to, "beside_page": [for_obsidian(path)]}
            yield f"{NOTES}/{stem_of(path)}-beside-{number}{SUFFIX}", as_page(entry, beside)
    if signed:
        top = f"# {heading(note)}\n\n*{FOR_READING}* [The note itself]({quote(from_a_page(path))})\n\n"
        yield signed_path, top + on_its_own_page(journal, note, signed)


def of_shared_note(
    journal: "Journal", note: Note, files: Sequence[ExportedFile], contents: Contents, names: Names
) -> Page:
    """Somebody else's note, quoted as in every export."""
    words = [
        block_of(note_fields(journal, note, body=False), _session_link(names, note)),
        "\n",
        *links(files, from_a_page(FILES.rstrip("/"))),
        f"{shared_by(journal, note)}\n\n",
        on_its_own_page(journal, note, contents.signed.get(note.id)),
    ]
    return names.notes[note.id], "".join(words)


def of_a_session(
    journal: "Journal",
    session: Session,
    notes: tuple[Sequence[Note], Sequence[Note]],
    contents: Contents,
    names: Names,
) -> Page:
    """What is known of a session, with links to its notes, those of the days after it, and other pages."""
    return names.sessions[session.id], "".join(_session(journal, session, notes, contents, names))


def _session(
    journal: "Journal",
    session: Session,
    notes: tuple[Sequence[Note], Sequence[Note]],
    contents: Contents,
    names: Names,
) -> Iterator[str]:
    yield block_of(session_fields(journal, session))
    yield f"# {escaped(session.name)}\n\n"
    about = [of_session(session), *about_dose(journal, session, journal.sessions.doses)]
    yield f"{escaped(' · '.join(about))}\n\n*{FOR_READING}*\n"
    for title, found in zip(("Notes", "In the days after"), notes, strict=True):
        if found:
            yield f"\n## {title}\n\n"
            yield from (in_index(journal, note, from_a_page(names.notes[note.id])) for note in found)
    if beside := [page for page in contents.pages if page.session == session.number]:
        yield "\n## Also\n\n"
        yield from (reading_link(page, from_a_page(names.pages[page.sort, page.id])) for page in beside)


def session_fields(journal: "Journal", session: Session) -> dict[str, object]:
    """A session under fixed names."""
    return {
        "number": session.number,
        "kind": session.kind.value,
        "date": session.date.isoformat(),
        "time": f"{session.time:%H:%M}" if session.time else None,
        "title": session.title,
        "dosing": sorted(journal.members.label_of(one) for one in session.dosing),
        "added_by": journal.members.label_of(session.author),
    }


def reading_link(page: ForReading, target: str) -> str:
    """The line of a page for reading in an index."""
    return f"- {long_day(page.date)} · [{escaped(page.title)}]({quote(target)}) · {escaped(page.whose)}\n"


def of_reading(page: ForReading, contents: Contents, names: Names) -> Page:
    """A page for reading: what it is, and each thing said under its label."""
    path = names.pages[page.sort, page.id]
    session = next((one for one in contents.sessions if one.number == page.session), None)
    leads_to = {"session_page": [for_obsidian(names.sessions[session.id])]} if session else {}
    words = [
        block_of(reading_fields(page), leads_to),
        f"# {escaped(page.title)}\n\n",
        f"{long_day(page.date)} · {escaped(page.whose)}\n\n*{FOR_READING}*\n\n",
        *(_said(label, text) for label, text in page.lines),
    ]
    return path, "".join(words)


def reading_fields(page: ForReading) -> dict[str, object]:
    """What a page for reading is, under fixed names."""
    return {
        "sort": page.sort,
        "id": page.id,
        "title": page.title,
        "date": page.date.isoformat(),
        "whose": page.whose,
        "session": page.session,
    }


def over_time(numbers: Sequence[Numbers]) -> str:
    """The page that shows every chart, and leads to the tables."""
    return "".join(_over_time(numbers))


def _over_time(numbers: Sequence[Numbers]) -> Iterator[str]:
    yield "# Over time\n"
    for one in numbers:
        if one.measures or one.check_ins:
            yield f"\n## {escaped(one.label)}\n\n"
        for name, has_rows in (
            (f"measures{one.suffix}.csv", one.measures),
            (f"check-ins{one.suffix}.csv", one.check_ins),
        ):
            if has_rows:
                yield f"- [{escaped(name)}]({quote(name)})\n"
        for name, series in one.charts.items():
            path = f"{CHARTS}/{name}.svg"
            yield f"\n![{escaped(charts.title(series))}]({quote(path)})\n"


def _session_link(names: Names, note: Note) -> dict[str, list[str]]:
    session = names.session_of.get(note.id)
    return {"session_page": [for_obsidian(names.sessions[session])]} if session else {}


def _said(label: str, text: str) -> str:
    if "\n" not in text:
        return f"- **{escaped(label)}:** {escaped(text)}\n"
    return f"\n**{escaped(label)}**\n\n{quoted(text)}\n"
