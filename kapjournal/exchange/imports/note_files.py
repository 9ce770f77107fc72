"""Files of words as notes: what stands above the words counts, then the name of the file, then when it was
changed."""

import re

from kapjournal import clock
from kapjournal.domain.incoming import IncomingFile, IncomingNote
from kapjournal.domain.notes import NoteKind
from kapjournal.exchange.imports.entries import Entry
from kapjournal.exchange.imports.front_matter import FrontMatter
from kapjournal.exchange.imports.moments import day_from, day_of, in_name, moment_from
from kapjournal.text import MAX_BODY_BYTES

MOST = MAX_BODY_BYTES + 64 * 1024
"""So much of a file is read that a note with more above it can still be said to be too long."""

_DAYS = ("date", "created", "updated", "modified", "written", "revised")
_KNOWN = frozenset(
    {
        *("title", "tags", "tag", "kind", "session", "cssclass", "cssclasses", "publish", "permalink"),
        *_DAYS,
    }
)
_KINDS = {kind.value: kind for kind in NoteKind}
_TAG = re.compile(r"(?<![^\s(])#(?=[\w/-]{0,60}[^\W\d])([\w/-]{1,60})")
_CODE = re.compile(r"^(```|~~~)[^\n]*\n.*?^\1|`[^`\n]{1,1000}`", re.MULTILINE | re.DOTALL)


def note_of(
    entry: Entry, body: str, above: FrontMatter | None = None, files: tuple[IncomingFile, ...] = ()
) -> IncomingNote:
    """The note of a file, of whose words some may stand `above` the others."""
    above = above or FrontMatter()
    in_its_name, title = in_name(entry.stem)
    created = above.first("created", "written", "date")
    written = moment_from(created) or entry.modified
    day = day_from(above.first("date", "created", "written")) or in_its_name
    kind, session = _KINDS.get(above.first("kind")), above.first("session")
    tags = tags_of(above, body)
    number = int(session) if session.isascii() and session.isdecimal() and len(session) < 5 else None
    placed = _KNOWN - {name for name, has in (("kind", kind), ("session", number)) if has is None}
    placed -= {name for name in _DAYS if not _is_a_day(above.first(name))}
    if others := above.unread or "\n".join(line for line in above.others(placed) if line.strip()):
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", others)), default=0))
        words = body.rstrip("\n")
        body = f"{words}\n\n" if words else ""
        body += f"{fence}yaml\n{others}\n{fence}\n"
    return IncomingNote(
        where=entry.path,
        body=body,
        date=day or (day_of(written) if written else clock.today()),
        title=above.first("title") or title,
        kind=kind,
        tags=tags,
        session=number,
        written=written,
        revised=moment_from(above.first("updated", "modified", "revised")) or entry.modified,
        files=files,
    )


def _is_a_day(said: str) -> bool:
    return not said or day_from(said) is not None or moment_from(said) is not None


def tags_of(above: FrontMatter, body: str) -> tuple[str, ...]:
    """The tags above a text, and those in it but for code."""
    said = above.all("tags", "tag")
    if len(said) == 1:
        said = re.split(r"[,\s]+", said[0])
    inside = _TAG.findall(_CODE.sub("", body)) if "#" in body else []
    return tuple(dict.fromkeys(tag.strip().lstrip("#@") for tag in (*said, *inside) if tag.strip("#@ ")))
