"""What Day One exports as JSON: a zip with a JSON for each journal, and the pictures and recordings beside
it."""

import re
from collections.abc import Iterator, Mapping

from kapjournal.domain.incoming import Incoming, IncomingFile, IncomingNote, Problem
from kapjournal.errors import KapjournalError
from kapjournal.exchange.imports.entries import Entries, Entry
from kapjournal.exchange.imports.json_list import items
from kapjournal.exchange.imports.moments import day_of, moment_from

_LISTED = {
    "photos": ("photos", "type", "jpeg", "photo"),
    "videos": ("videos", "type", "mov", "video"),
    "audios": ("audios", "format", "m4a", "audio"),
    "pdfAttachments": ("pdfs", "type", "pdf", "pdf"),
}
"""By where an entry lists its files: their folder, what their ending is called and is without one, and what a
file without a name is called here."""

_MOMENT = re.compile(r"!?\[[^\[\]\n]{0,200}\]\(dayone-moment:/{1,2}(?:\w{1,20}/)?([A-Za-z0-9-]{1,64})\)")
_HEADING = re.compile(r"\A# ([^\n]*)(?:\n+|\Z)")


def read(entries: Entries) -> Iterator[Incoming]:
    """Each entry of each journal."""
    found = [one for one in entries if one.suffix == ".json"]
    for journal in found:
        try:
            for number, item in enumerate(items(entries.words(journal), "entries"), 1):
                yield from _note(entries, journal, item, f"{journal.path}, entry {number:,}")
        except (KapjournalError, OSError) as error:
            yield Problem.of(journal.path, error)
    if not found:
        yield Problem(entries.name, "There is no journal of Day One in it: no file whose name ends in .json.")


def _note(entries: Entries, journal: Entry, item: object, where: str) -> Iterator[Incoming]:
    created = item.get("creationDate") if isinstance(item, dict) else None
    written = moment_from(created) if isinstance(created, str) else None
    if not isinstance(item, dict) or written is None:
        yield Problem(where, "It is no entry of Day One: it has no day.")
        return
    zone, changed, tags = item.get("timeZone"), item.get("modifiedDate"), item.get("tags")
    names, files, problems = _files(entries, journal, item, where)
    yield from problems
    text = item.get("text")
    body = _MOMENT.sub(lambda found: _shown(names, found), text) if isinstance(text, str) else ""
    heading = _HEADING.match(body)
    said = [one for one in tags if isinstance(one, str)] if isinstance(tags, list) else []
    yield IncomingNote(
        where=where,
        body=body[heading.end() :] if heading else body,
        date=day_of(written, zone if isinstance(zone, str) else ""),
        title=heading[1].strip() if heading else "",
        tags=(*said, *(["starred"] if item.get("starred") is True else [])),
        written=written,
        revised=moment_from(changed) if isinstance(changed, str) else None,
        files=tuple(files),
    )


def _shown(names: Mapping[str, str], found: "re.Match[str]") -> str:
    name = names.get(found[1])
    return f"![{name}](<{name}>)" if name else found[0]


def _files(
    entries: Entries, journal: Entry, item: Mapping[str, object], where: str
) -> tuple[dict[str, str], list[IncomingFile], list[Problem]]:
    """The files of an entry, the name that each identifier has here, and what of them is missing."""
    names: dict[str, str] = {}
    files, problems = list[IncomingFile](), list[Problem]()
    folder = journal.path.rpartition("/")[0]
    for kind, (beside, said, usual, called) in _LISTED.items():
        listed = item.get(kind)
        for number, one in enumerate(listed if isinstance(listed, list) else (), 1):
            if not isinstance(one, dict):
                continue
            ending = str(one.get(said) or usual)
            place = f"{beside}/{one.get('md5')}.{ending}"
            name = str(one.get("filename") or f"{called}-{number}.{ending}")
            entry = entries.get(f"{folder}/{place}" if folder else place)
            if entry is None:
                lost = one.get("filename") or place
                problems.append(Problem(f"{where}: {lost}", "The file is not in the export."))
            else:
                names[str(one.get("identifier"))] = name
                files.append(entry.as_file(name))
    return names, files, problems
