"""What Joplin exports: a JEX archive, or the same unpacked (RAW). Markdown with front matter is read as
that."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kapjournal import clock
from kapjournal.domain.incoming import Incoming, IncomingFile, IncomingNote, Problem
from kapjournal.errors import KapjournalError
from kapjournal.exchange.imports import markdown
from kapjournal.exchange.imports.entries import Entries, Entry
from kapjournal.exchange.imports.moments import day_of, moment_from
from kapjournal.exchange.imports.note_files import MOST

_ITEM = re.compile(r"[0-9a-f]{32}\.md\Z")
_LINK = re.compile(r"(!?\[[^\[\]\n]{0,400}\])\(:/([0-9a-f]{32})(?:#[^)\s]{0,200})?\)")
_FIELD = re.compile(r"([a-z_]+): ?(.*)\Z")
_NOTE, _RESOURCE, _TAG, _NOTE_TAG = "1", "4", "5", "6"
_HTML = "It is kept as HTML, and comes so."
_SEALED = "It is sealed. Let Joplin decrypt it, then export it again."


@dataclass(slots=True)
class _Others:
    """What notes point to: names of tags, tags of notes, and the files of resources."""

    tags: dict[str, str] = field(default_factory=dict)
    tags_of: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    files: dict[str, IncomingFile] = field(default_factory=dict)


def is_item(name: str) -> bool:
    """Whether an item of Joplin's is called so."""
    return _ITEM.fullmatch(name) is not None


def read(entries: Entries) -> Iterator[Incoming]:
    """Each note, with its tags and files."""
    found = [one for one in entries if _ITEM.search(one.path)]
    if not found:
        yield from markdown.read(entries)
        return
    places = {one.stem: one for one in entries if "resources/" in one.path}
    others, notes = _Others(), list[Entry]()
    for entry in found:
        try:
            _, said = _split(entries.words(entry, MOST))
        except (KapjournalError, OSError) as error:
            yield Problem.of(entry.path, error)
            continue
        if said.get("type_") == _NOTE:
            notes.append(entry)
        elif said.get("type_"):
            _take(said, entries.words(entry, MOST), places, others)
        else:
            yield Problem(entry.path, "It is no item of Joplin: it does not say what it is.")
    for entry in notes:
        yield from _note(entries, entry, others)


def _split(text: str) -> tuple[str, dict[str, str]]:
    """The words of an item, and what stands below them."""
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    said: dict[str, str] = {}
    while lines:
        found = _FIELD.match(lines[-1])
        if found is None:
            break
        said[found[1]] = found[2]
        lines.pop()
    if lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines), said


def _take(said: dict[str, str], text: str, places: dict[str, Entry], others: _Others) -> None:
    title = text.partition("\n")[0].strip()
    own = said.get("id", "")
    if said["type_"] == _TAG:
        others.tags[own] = title
    elif said["type_"] == _NOTE_TAG:
        others.tags_of[said.get("note_id", "")].append(said.get("tag_id", ""))
    elif said["type_"] == _RESOURCE and own in places:
        ending = said.get("file_extension", "")
        name = title or said.get("filename", "")
        if ending and not name.lower().endswith(f".{ending.lower()}"):
            name = f"{name or own}.{ending}"
        others.files[own] = places[own].as_file(name.replace("/", "-").replace("\\", "-") or own)


def _note(entries: Entries, entry: Entry, others: _Others) -> Iterator[Incoming]:
    text, said = _split(entries.words(entry, MOST))
    if said.get("encryption_applied") == "1":
        yield Problem(entry.path, _SEALED)
        return
    if said.get("deleted_time", "0") not in ("", "0"):
        return  # it lies in the trash
    title, _, body = text.partition("\n")
    files: dict[str, IncomingFile] = {}
    for found in _LINK.finditer(body):
        if found[2] in others.files:
            files[found[2]] = others.files[found[2]]
    if said.get("markup_language") == "2":
        yield Problem(entry.path, _HTML, is_lost=False)
    written = moment_from(said.get("user_created_time") or said.get("created_time", "")) or entry.modified
    yield IncomingNote(
        where=f"{entry.path} ({title.strip()})" if title.strip() else entry.path,
        body=_LINK.sub(lambda found: _shown(files, found), body.removeprefix("\n")),
        date=day_of(written) if written else clock.today(),
        title=title.strip(),
        tags=tuple(others.tags[tag] for tag in others.tags_of[said.get("id", "")] if tag in others.tags),
        written=written,
        revised=moment_from(said.get("user_updated_time") or said.get("updated_time", "")),
        files=tuple(files.values()),
    )


def _shown(files: dict[str, IncomingFile], found: "re.Match[str]") -> str:
    return f"{found[1]}(<{files[found[2]].name}>)" if found[2] in files else found[0]
