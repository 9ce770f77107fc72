"""Reading an archive of this program: a folder of markdown, that folder as a ZIP, or JSON.

Only the member's own notes come. What others shared is counted and left; the rest of an archive is for
reading.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import PurePosixPath

from kapjournal.domain.incoming import Incoming, IncomingFile, IncomingNote, Problem
from kapjournal.domain.notes import NoteKind
from kapjournal.errors import KapjournalError, Refused
from kapjournal.exchange.archiving.index import MARK, VERSION
from kapjournal.exchange.archiving.names import INDEX, NOTES, SHARED
from kapjournal.exchange.archiving.note_entry import CHANGED, FILES, from_page
from kapjournal.exchange.archiving.note_entry import Entry as PageEntry
from kapjournal.exchange.imports.archive_json import BOM, JsonArchive
from kapjournal.exchange.imports.entries import Entries, Entry
from kapjournal.presentation.days import long_day
from kapjournal.text import MAX_BODY_BYTES, shown_line

NOT_AN_ARCHIVE = "This is no archive of kapjournal: a folder, its ZIP, or its JSON."
OTHER_VERSION = "This archive was written by a newer kapjournal, and cannot be read here."

_IS_ONE = re.compile(rb'^[ \t\r]*+(?:\{\s*+)?"?%s"?\s*+:\s*+\d' % MARK.encode(), re.MULTILINE)
_WRITTEN = re.compile(rb'^written: "([^"]*)"', re.MULTILINE)
_HEAD = 16 * 1024
"""Bytes of a page in which this stands, unless it has very many files."""
_MAX_PAGE = MAX_BODY_BYTES + 1024 * 1024
FindFile = Callable[[str], Entry | None]
"""A file of the archive by its path; None where it is not there."""
_NO_FILE = "It belongs to the note, and is not in the archive."
_NOT_WHOLE = "It is not whole in the archive, and does not come."
_MAX_NAMED = 1000
"""So much of what a JSON has lost is named one by one; a damaged one may have it on every line."""
_MORE = "There is more in it that cannot come, and it is not named one by one."
_WHOSE = "It is not clear whose this is, and it does not come."


def is_archive(entries: Entries) -> bool:
    """Whether a source is one, by how its first page or its JSON begins."""
    top = _top(entries)
    first = entries.get(f"{top}{INDEX}") or _only(entries)
    if first is None:
        return False
    with first.open() as file:
        return _IS_ONE.search(file.read(64 * 1024)) is not None


def read(entries: Entries) -> Iterator[Incoming]:
    """The notes of an archive, by day and in the order in which they were written; what cannot come, and what
    comes changed, in their place (`Refused` for what is no archive). A file of a note can be opened until the
    next note is asked for."""
    only = _only(entries)
    if only is not None and _is_json(only):
        yield from _named(_from_json(only))
    else:
        yield from _from_folder(entries, _top(entries))


def _only(entries: Entries) -> Entry | None:
    """The one file that a source is, if it is one."""
    found = list(islice(entries, 2))
    return found[0] if len(found) == 1 else None


def _top(entries: Entries) -> str:
    """The one folder in which all of a source lies, as of a ZIP; empty where it lies at the top."""
    first = next(iter(entries), None)
    top = first.path.partition("/")[0] + "/" if first and "/" in first.path else ""
    return top if all(one.path.startswith(top) for one in entries) else ""


def _is_json(entry: Entry) -> bool:
    """Whether it begins as JSON does, whatever it is called."""
    with entry.open() as file:
        return file.read(64).removeprefix(BOM).lstrip()[:1] == b"{"


def _from_folder(entries: Entries, top: str) -> Iterator[Incoming]:
    places = {one.path.removeprefix(top): one for one in entries}
    try:
        about = from_page(_text(entries, places[INDEX])).fields if INDEX in places else {}
    except (ValueError, KapjournalError, OSError):
        about = {}
    _check_version(about)
    ours = [name for name in places if _folder_of(name) == NOTES]
    for name in sorted(ours, key=lambda one: (PurePosixPath(one).name[:10], _written(places[one]), one)):
        try:
            entry = from_page(_text(entries, places[name]))
        except (ValueError, KapjournalError, OSError) as error:
            yield Problem.of(name, error)
        else:
            yield from incoming(name, entry, places.get, about.get("by"))
    yield from _counted(about, len(ours), sum(_folder_of(name) == SHARED for name in places))


def _from_json(only: Entry) -> Iterator[Incoming]:
    archive = JsonArchive(only.open, only.size)
    _check_version(archive.about)
    yield from archive.problems
    number = 0
    for number, fields in enumerate(archive.notes(), 1):
        body = fields.pop("body", None)
        where = f"note {number}"
        if isinstance(body, str):
            yield from incoming(where, PageEntry(fields, body), archive.find, archive.about.get("by"))
        else:
            yield Problem(where, CHANGED)
    yield from _counted(archive.about, number, archive.shared)


def _named(found: Iterator[Incoming]) -> Iterator[Incoming]:
    """What there is, without the problems beyond those that are named."""
    lost = 0
    for one in found:
        is_lost = isinstance(one, Problem) and one.is_lost
        lost += is_lost
        if not is_lost or lost <= _MAX_NAMED:
            yield one
    if lost > _MAX_NAMED:
        yield Problem("the archive", _MORE)


def incoming(where: str, entry: PageEntry, find: FindFile, by: object) -> Iterator[Incoming]:
    """The note of an entry, and before it what is to be said of it. Where it stands does not make it the
    member's own, for what is damaged may have lost where others' notes begin: its author is who the archive
    is `by`, or it does not come."""
    fields = entry.fields
    if not isinstance(by, str) or fields.get("author") != by:
        yield Problem(where, _WHOSE)
        return
    try:
        if opens := fields.get("opens"):
            day = long_day(dt.date.fromisoformat(_str(opens)))
            yield Problem(where, f"It was closed until {day}, so its words are not in the archive.")
            return
        kind, said = _str(fields["kind"]), {one.value for one in NoteKind}
        session = fields.get("session")
        files, missing = _files(where, fields.get("files", []), find)
        note = IncomingNote(
            where=where,
            body=entry.body,
            date=dt.date.fromisoformat(_str(fields["date"])),
            title=_str(fields["title"]),
            kind=NoteKind(kind) if kind in said else None,
            tags=tuple(map(_str, _list(fields["tags"]))),
            session=session if isinstance(session, int) else None,
            written=_moment(fields["written"]),
            revised=_moment(fields["revised"]) if fields.get("revised") else None,
            files=files,
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        yield Problem(where, CHANGED)
        return
    if note.kind is None:
        yield Problem(where, f"“{shown_line(kind)}” is no kind of note here.", is_lost=False)
    yield from missing
    yield note


def _files(where: str, listed: object, find: FindFile) -> tuple[tuple[IncomingFile, ...], list[Problem]]:
    """The files that are there, and what is to be said of those that are not."""
    files, missing = [], list[Problem]()
    for one in _list(listed):
        if not isinstance(one, Mapping):
            raise TypeError
        name, size, path = _str(one["name"]), one["size"], _str(one.get("path", ""))
        is_ours = path.startswith(FILES) and "/" not in path.removeprefix(FILES)
        entry = find(path) if is_ours else None
        if entry and isinstance(size, int) and entry.size == size >= 0:
            files.append(entry.as_file(name))
        else:
            why = _NOT_WHOLE if entry else _NO_FILE
            missing.append(Problem(f"{where}: {shown_line(name)}", why, is_lost=bool(path)))
    return tuple(files), missing


def _counted(about: Mapping[str, object], found: int, shared: int) -> Iterator[Problem]:
    """What is to be said at the end: of others' notes, and of notes that are missing."""
    if shared:
        notes = "1 note was" if shared == 1 else f"{shared:,} notes were"
        why = f"{notes} shared by others. They stay theirs, and do not come."
        yield Problem(SHARED, why, is_lost=False)
    whole = about.get("notes_count")
    if isinstance(whole, int) and found < whole:
        yield Problem(NOTES, f"The archive had {whole:,} notes when it was written; {found:,} are there.")


def _check_version(about: Mapping[str, object]) -> None:
    version = about.get(MARK)
    if not isinstance(version, int):
        raise Refused(NOT_AN_ARCHIVE)
    if version != VERSION:
        raise Refused(OTHER_VERSION)


def _text(entries: Entries, entry: Entry) -> str:
    if entry.size > _MAX_PAGE:
        raise ValueError("It is longer than a note can be.")
    return entries.words(entry)


def _written(entry: Entry) -> bytes:
    """When a note was written, as it stands on its page: of one day, what was written first comes first."""
    try:
        with entry.open() as file:
            found = _WRITTEN.search(file.read(_HEAD))
    except (KapjournalError, OSError):
        return b""
    return found[1] if found else b""


def _folder_of(name: str) -> str:
    return str(PurePosixPath(name).parent)


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _moment(value: object) -> dt.datetime:
    moment = dt.datetime.fromisoformat(_str(value))
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(dt.UTC)
