"""The first page of an archive: what it is, what of it comes back when it is read in, and links to all."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from kapjournal import clock
from kapjournal.exchange.archiving.contents import Contents
from kapjournal.exchange.archiving.for_reading import SORTS, heading_of
from kapjournal.exchange.archiving.names import OVER_TIME, Names
from kapjournal.exchange.archiving.pages import reading_link
from kapjournal.exchange.head import head
from kapjournal.exchange.json_fields import iso_time
from kapjournal.exchange.markdown import block_of, by_stretch, escaped, in_index

if TYPE_CHECKING:
    from kapjournal.journal import Journal

VERSION = 1
"""Of the form of an archive, as a folder and as JSON. A reader of another version reads none of it."""

MARK = "kapjournal_archive"
"""The field of the first page by which a folder is known to be an archive, and which version it is."""

COMES_BACK = (
    "Your own notes come back when this archive is read in: their words to the letter, titles, days, kinds, "
    "tags, numbers of sessions, and their files. They are for you alone then, until you share them again."
)
FOR_READING = (
    "Everything else is for reading: what others shared with you stays theirs, and sessions, signatures, "
    "measures, check-ins, what was agreed and the readers of a note belong to the journal they were made in. "
    "A letter or a decision that is not open yet has no words here."
)
NOT_HERE = (
    "Not in an archive: earlier versions, drafts, the tray, your own prompts, and what others keep to "
    "themselves. A sealed copy of the whole journal is a backup."
)
IN_OBSIDIAN = (
    "Words stand here as they were written. Plugins of Obsidian can run code that stands in a note, so open "
    "this folder there without plugins (in restricted mode), unless you trust every word in it."
)
OF_A_PRACTICE = (
    "An archive of a practice is for reading: a record is made in the practice and nowhere else, so none "
    "comes back when this is read in."
)
NOT_HERE_OF_A_PRACTICE = (
    "Not in it: earlier versions, drafts, the journals of the couples, write-ups for supervision, which "
    "leave one by one, safety notes, and process notes unless their author asks for them. A sealed copy of "
    "the whole practice is a backup."
)


def about(journal: "Journal", contents: Contents) -> dict[str, object]:
    """What an archive says of itself, under fixed names."""
    return {
        MARK: VERSION,
        "journal": journal.title,
        "by": journal.me.label,
        "made": iso_time(clock.now()),
        "notes_count": sum(1 + len(note.beside) for note in contents.own),
    }


def index(journal: "Journal", contents: Contents, names: Names, *, has_numbers: bool) -> Iterator[str]:
    """The page, piece by piece."""
    yield block_of(about(journal, contents))
    yield from head(journal, contents.notes)
    said: tuple[str, ...] = (COMES_BACK, FOR_READING, NOT_HERE, IN_OBSIDIAN)
    if journal.is_practice:
        said = (OF_A_PRACTICE, NOT_HERE_OF_A_PRACTICE, IN_OBSIDIAN)
    yield "\n## What comes back\n" + "".join(f"\n{sentences}\n" for sentences in said)
    if contents.sessions:
        yield "\n## Sessions\n\n"
        for session in contents.sessions:
            yield f"- [{escaped(session.name)}]({quote(names.sessions[session.id])})\n"
    if has_numbers:
        yield f"\n[Over time]({OVER_TIME})\n"
    for stretch, found in by_stretch(journal, contents.notes):
        if found:
            yield f"{stretch}\n"
            yield from (in_index(journal, note, names.notes[note.id]) for note in found)
    for sort in SORTS:
        if pages := [page for page in contents.pages if page.sort == sort]:
            yield f"\n## {escaped(heading_of(journal, sort))}\n\n"
            yield from (reading_link(page, names.pages[page.sort, page.id]) for page in pages)
