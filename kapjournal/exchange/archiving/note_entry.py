"""A note as an archive has it: its fields, and its body to the letter.

In the folder, the fields stand above the body as front matter and everything else that is said of the note is
among them; below the line that ends them comes the body, with nothing before or after it. Each field is one
line that begins with its name, so the first line `---` ends them: what a body looks like does not matter.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kapjournal.domain.notes import Note
from kapjournal.exchange.attached_files import ExportedFile
from kapjournal.exchange.json_fields import Value, file_fields, note_fields
from kapjournal.exchange.markdown import block_of

if TYPE_CHECKING:
    from kapjournal.journal import Journal

CHANGED = "Its fields were changed by another program, so that it cannot be told what they mean."

_RULE = "---\n"
FILES = "files/"
"""Where attached files lie, from the top of the archive; their paths begin with it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of a note: its fields, and its body."""

    fields: Mapping[str, object]
    body: str


def entries(journal: "Journal", note: Note, files: Sequence[ExportedFile]) -> Iterator[Entry]:
    """The text of a note; then, as an entry each, what stands beside it from another computer.

    The names are those of `note_fields`. A file also has its `path` in the archive, or what kept it from
    being taken along; a closed letter or decision has the day on which it `opens`, and no words."""
    fields: dict[str, Value] = note_fields(journal, note, body=False)
    if files:
        fields["files"] = [_file(number, file) for number, file in enumerate(files, 1)]
    if note.opens:
        fields["opens"] = note.opens.isoformat()
    yield Entry(fields, note.text.body)
    for number, text in enumerate(note.beside, 2):
        session = text.session.number if text.session else None
        other = replace(note, id=f"{note.id}-{number}", text=text, session=session, files=())
        yield Entry({**note_fields(journal, other, body=False), "beside": note.id}, text.body)


def as_page(entry: Entry, links: Mapping[str, Sequence[str]]) -> str:
    """An entry as a page. `links` are paths from there, under the names of their fields."""
    return block_of(entry.fields, links) + entry.body


def from_page(page: str) -> Entry:
    """The entry on a page (`ValueError` where that is none, or where another program wrote its fields anew).

    Another program may have changed the line ends of the page: no body has any but newlines."""
    page = page.replace("\r\n", "\n")
    begin, rule, rest = page.partition(_RULE)
    if begin or not rule:
        raise ValueError("It does not begin with its fields.")
    lines, rule, body = rest.partition("\n" + _RULE)
    if not rule:
        raise ValueError("Its fields have no end.")
    fields: dict[str, object] = {}
    for line in lines.split("\n"):
        name, _, value = line.partition(": ")
        try:
            fields[name] = json.loads(value)
        except (ValueError, RecursionError):
            raise ValueError(CHANGED) from None
    return Entry(fields, body)


def _file(number: int, file: ExportedFile) -> dict[str, str | int]:
    fields = file_fields(number, file.attachment)
    return fields | ({"not_taken": file.why_not} if file.why_not else {"path": FILES + file.name})
