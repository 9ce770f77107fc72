"""Where in an archive each page and each file lies, as a path from its top. Folders lie in no folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from kapjournal.domain.course import Course
from kapjournal.exchange.archiving.contents import Contents
from kapjournal.exchange.attached_files import Exported, names_of
from kapjournal.exchange.file_names import slug, unlike
from kapjournal.exchange.markdown import SUFFIX, file_names

INDEX, OVER_TIME = "README.md", "over-time.md"
NOTES, SHARED, SIGNED, SESSIONS, CHARTS = "notes", "shared", "signed", "sessions", "charts"


@dataclass(frozen=True, slots=True)
class Names:
    """The paths of notes and sessions by their ids, of the pages for reading by sort and id, and the session
    in which a note stands, by the note's id. `files` have their names in the folder of files."""

    notes: Mapping[str, str]
    sessions: Mapping[str, str]
    pages: Mapping[tuple[str, str], str]
    session_of: Mapping[str, str]
    files: Exported


def names_for(contents: Contents) -> Names:
    """A path for everything; no two that some disk would take for one."""
    own, shared = file_names(contents.own), file_names(contents.shared)
    notes = {one: f"{NOTES}/{name}" for one, name in own.items()}
    notes |= {one: f"{SHARED}/{name}" for one, name in shared.items()}
    width = max(2, len(str(max((one.number for one in contents.sessions), default=0))))
    stems = [f"{one.number:0{width}}-{one.kind.value}" for one in contents.sessions]
    called = zip(contents.sessions, unlike(stems, SUFFIX, ()), strict=True)
    course = Course(contents.sessions)
    stretches = ((note.id, course.stretch_of(note).session) for note in contents.notes)
    return Names(
        notes=notes,
        sessions={one.id: f"{SESSIONS}/{name}" for one, name in called},
        pages=_pages(contents),
        session_of={note_id: session.id for note_id, session in stretches if session},
        files=names_of(contents.notes, lambda note: stem_of(notes[note.id])),
    )


def stem_of(path: str) -> str:
    """The name of a page without its folder and its ending."""
    return PurePosixPath(path).stem


def from_a_page(path: str) -> str:
    """A path as it leads there from a page in a folder."""
    return f"../{path}"


def for_obsidian(path: str) -> str:
    """The same as Obsidian writes it between its brackets: without the ending that its notes have."""
    return from_a_page(path).removesuffix(SUFFIX)


def _pages(contents: Contents) -> dict[tuple[str, str], str]:
    stems = [f"{one.date.isoformat()}-{slug(one.title)}-{slug(one.id)}" for one in contents.pages]
    named = zip(contents.pages, unlike(stems, SUFFIX, ()), strict=True)
    return {(one.sort, one.id): f"{one.sort}/{name}" for one, name in named}
