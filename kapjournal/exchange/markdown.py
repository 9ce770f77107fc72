"""The parts of a note in markdown: front matter, headings, and a sentence for what others shared."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from kapjournal.domain.course import lay_out, stretches
from kapjournal.domain.notes import Note
from kapjournal.exchange.file_names import slug, unlike
from kapjournal.exchange.json_fields import as_json, note_fields
from kapjournal.presentation.days import long_day
from kapjournal.presentation.readers import in_words
from kapjournal.presentation.sentences import SIGNED_MARK
from kapjournal.presentation.sessions import about_dose
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NOT_SEALED = "This export is not sealed: whoever can open these files can read them."
"""Stands in every export, and is shown when one is made."""

SUFFIX = ".md"

_MARKS = re.compile(
    r"""[\\`*\[\]|]
    | (?<![^\W_])_ | _(?![^\W_])                      # inside a word it is a letter
    | ([=~])(?=\1) | (?<==)= | (?<=~)~                # two of them mark in some dialects
    | <(?=[A-Za-z/!?]) | &(?=\#?\w+;)
    | :(?=//) | (?<=\w)@(?=\w) | (?<=\w)\.(?=[^\W\d_]{2})   # addresses, which are made links of
    | ^\s*(?:[-+](?=\s|$|[-:]) | \#(?=\#{0,5}(?:\s|$)) | [>=] | :(?=-) | \d{1,9}[.)](?=\s|$))
    | (?<=\s)\#(?=\#*\s*$)                            # would close a heading
    """,
    re.VERBOSE,
)
"""What would be read as markup, by its place: with a backslash before its last sign it is that sign."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_LIVE = str.maketrans({"<": "\\u003c", "[": "\\u005b", "]": "\\u005d"})


def front_matter(journal: "Journal", note: Note) -> str:
    """The note's fields as a YAML block; every value is JSON, which YAML reads as the same value.

    A reader of markdown that knows no such blocks finds no HTML, link or image in it."""
    return block_of(note_fields(journal, note, body=False))


def block_of(fields: Mapping[str, object], links: Mapping[str, Sequence[str]] | None = None) -> str:
    """Fields as such a block, a line each: no value can end it. `links` are lists of paths of our own making
    to other pages, which Obsidian shows as links."""
    lines = [f"{name}: {_STRING.sub(_inactive, as_json(value))}\n" for name, value in fields.items()]
    for name, paths in (links or {}).items():
        lines.append(f"{name}: {as_json([f'[[{path}]]' for path in paths])}\n")
    return f"---\n{''.join(lines)}---\n"


def _inactive(found: re.Match[str]) -> str:
    return found[0].translate(_LIVE)


def heading(note: Note) -> str:
    """What the note is called: its title, or its kind."""
    return escaped(note.text.title or note.text.kind.value.capitalize())


def shared_by(journal: "Journal", note: Note) -> str:
    """A sentence that says whose note this is and that they shared it; empty for the reader's own note."""
    if note.author == journal.me.id:
        return ""
    whose = escaped(journal.members.label_of(note.author))
    return f"*This note is {whose}’s. {whose} shared it with you.*"


def in_index(journal: "Journal", note: Note, target: str) -> str:
    """The line of a note in an index: its day, its name that leads to its page, and who reads it."""
    readers = in_words(note.readers, journal.members.all(), journal.me.id)
    words = [long_day(note.text.date), f"[{heading(note)}]({quote(target)})", escaped(readers)]
    if note.is_signed:
        words.append(SIGNED_MARK)
    if sentence := shared_by(journal, note):
        words.append(sentence)
    return f"- {' · '.join(words)}\n"


def by_stretch(journal: "Journal", notes: Sequence[Note]) -> Iterator[tuple[str, list[Note]]]:
    """Each stretch of the course that has notes, under its heading, in order; below that of a dosing session
    stands what is said of its dose.

    A member who may not see the sessions gets one stretch, “Notes”.
    """
    sessions, doses = journal.sessions.all(), journal.sessions.doses
    if not sessions:
        yield "\n## Notes\n", list(notes)
        return
    laid = lay_out(notes, sessions)
    for stretch in stretches(sessions):
        if found := laid[stretch.key]:
            session = None if stretch.after else stretch.session
            about = " · ".join(about_dose(journal, session, doses)) if session else ""
            yield f"\n## {escaped(stretch.name)}\n" + (f"\n{escaped(about)}\n" if about else ""), found


def file_name(note: Note) -> str:
    """`date-slug-id.md`, of letters of any script, digits and hyphens, whatever the title holds."""
    called = slug(note.text.title) or note.text.kind.value
    return f"{note.text.date.isoformat()}-{called}-{re.sub('[^A-Za-z0-9]', '', note.id)}{SUFFIX}"


def file_names(notes: Sequence[Note], taken: Collection[str] = ()) -> dict[str, str]:
    """The name of the file of each note, by the note's id; no two that some disk would take for one."""
    stems = [file_name(note).removesuffix(SUFFIX) for note in notes]
    return dict(zip((note.id for note in notes), unlike(stems, SUFFIX, taken), strict=True))


def escaped(line: str) -> str:
    """A line of plain text as markdown that shows just this text, in the direction it is read, with a
    backslash before what would be markup there and nothing else."""
    return _MARKS.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", shown_line(line))


def as_typed(words: str) -> str:
    """Words that are no markdown as paragraphs of it, in which a line ends where it was ended."""
    lines = [escaped(line.strip()) for line in words.split("\n")]
    paragraphs = "\n".join(lines).split("\n\n")
    kept = (paragraph.strip("\n") for paragraph in paragraphs)
    return "\n\n".join(paragraph.replace("\n", "\\\n") for paragraph in kept if paragraph)
