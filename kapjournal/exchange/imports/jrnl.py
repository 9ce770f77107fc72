"""What jrnl keeps and exports: one JSON, a file of plain words with a day before each entry, or a folder of
such files, of markdown, or of what it calls YAML."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from kapjournal.domain.incoming import Incoming, IncomingNote, Problem
from kapjournal.errors import KapjournalError
from kapjournal.exchange.imports import front_matter
from kapjournal.exchange.imports.entries import Entries, Entry
from kapjournal.exchange.imports.json_list import items
from kapjournal.exchange.imports.linked import NOTES
from kapjournal.exchange.imports.moments import day_from, moment_from

_ENTRY = re.compile(r"^\[(\d{4}[-/]\d{2}[-/]\d{2}[^\]\n]{0,20})\] ?(.*)$", re.MULTILINE)
_HEADING = re.compile(r"\A\s*#+ (\d{4}[-/]\d{2}[-/]\d{2}[ \d:]*(?: [AP]M)?) (.*)$", re.MULTILINE)
_TAG = re.compile(r"(?<!\S)[@#]([^\W\d][\w-]*)")
_NONE = "There is no entry of jrnl in it: each begins with a day in brackets, [2024-03-02 09:30]."


def begins_so(text: str) -> bool:
    """Whether a text begins as jrnl's own files do."""
    return _ENTRY.match(text.lstrip()) is not None


def read(entries: Entries) -> Iterator[Incoming]:
    """Each entry of jrnl."""
    for entry in entries:
        try:
            text = entries.words(entry).replace("\r\n", "\n")
            if entry.suffix == ".json":
                yield from _json(text, entry)
            elif entry.suffix in NOTES:
                yield _markdown(text, entry)
            else:
                yield from _plain(text, entry)
        except (KapjournalError, OSError) as error:
            yield Problem.of(entry.path, error)


def _json(text: str, entry: Entry) -> Iterator[Incoming]:
    for number, item in enumerate(items(text, "entries"), 1):
        where = f"{entry.path}, entry {number:,}"
        said = item if isinstance(item, dict) else {}
        title, body, day, tags = (said.get(name) for name in ("title", "body", "date", "tags"))
        if isinstance(title, str) and isinstance(body, str) and isinstance(day, str):
            names = [one for one in tags if isinstance(one, str)] if isinstance(tags, list) else []
            yield _note(where, f"{day} {said.get('time', '')}", title, body, names, said)
        else:
            yield Problem(where, "It is no entry of jrnl: it has no title, body or date.")


def _note(
    where: str, moment: str, title: str, body: str, tags: list[str], said: Mapping[str, object]
) -> Incoming:
    day = day_from(moment)
    if day is None:
        return Problem(where, "Its day cannot be read.")
    star = ("starred",) if str(said.get("starred")).lower() == "true" else ()
    names = dict.fromkeys(tag.strip().lstrip("@#") for tag in tags if tag.strip("@# "))
    return IncomingNote(
        where, body, day, title.strip(), tags=(*names, *star), written=moment_from(moment.strip())
    )


def _markdown(text: str, entry: Entry) -> Incoming:
    above, rest = front_matter.split(text)
    if moment := above.first("date"):
        tags = [tag for line in above.all("tags") for tag in line.split(",")]
        body = above.first("body") or rest.strip("\n")
        return _note(
            entry.path, moment, above.first("title"), body, tags, {"starred": above.first("starred")}
        )
    found = _HEADING.match(rest)
    if found is None:
        return Problem(entry.path, "There is no entry of jrnl in it: its heading begins with no day.")
    body = rest[found.end() :].strip()
    return _note(entry.path, found[1], found[2], body, _TAG.findall(rest), {})


def _plain(text: str, entry: Entry) -> Iterator[Incoming]:
    found = list(_ENTRY.finditer(text))
    if not found:
        yield Problem(entry.path, _NONE)
        return
    if text[: found[0].start()].strip():
        yield Problem(entry.path, "What stands before its first entry has no day, and does not come.")
    ends = pairwise([*(one.start() for one in found), len(text)])
    for number, (one, (_, end)) in enumerate(zip(found, ends, strict=True), 1):
        title, body = one[2].strip(), text[one.end() : end].strip("\n").rstrip()
        starred = {"starred": title.endswith(" *")}
        where = entry.path if len(found) == 1 else f"{entry.path}, entry {number:,}"
        yield _note(where, one[1], title.removesuffix(" *"), body, _TAG.findall(f"{title}\n{body}"), starred)
