"""The files that a text of markdown names, found among those of its source."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from kapjournal.domain.incoming import IncomingFile, Problem
from kapjournal.exchange.imports.entries import Entries, Entry
from kapjournal.text import shown_line

NOTES = (".md", ".markdown")
"""How the names of files end that are notes themselves."""

_WIKI = re.compile(r"\[\[([^\[\]|#\n]{1,400})(?:[#|][^\[\]\n]{0,400})?\]\]")
_LINK = re.compile(r"\]\([ \t]*(?:<([^<>\n]{1,1000})>|((?:[^()<>\s]|\([^()<>\s]{0,200}\)){1,1000}))")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_OUTSIDE = re.compile(r"file:|[A-Za-z]:[/\\]", re.IGNORECASE)
_LEADS_OUT = "It is named there, and lies outside of what is imported: it is not opened, and does not come."
_NOT_HERE = "It is named there, and is not here."
_SUFFIX = re.compile(r"\.\w{1,12}\Z")


class Linked:
    """The files of a source that are no notes. Each is found from where a note lies, from the top, or by its
    name alone, as Obsidian writes it."""

    def __init__(self, entries: Entries) -> None:
        self._entries = {one.path: one for one in entries if one.suffix not in NOTES}
        self._by_name: dict[str, str] = {}
        for path in sorted(self._entries, key=lambda path: (path.count("/"), path)):
            self._by_name.setdefault(posixpath.basename(path).lower(), path)
        self._named: set[str] = set()

    def files_of(self, entry: Entry, body: str) -> tuple[tuple[IncomingFile, ...], list[Problem]]:
        """The files that a text names, each once, and what is to be said of those that are not here."""
        found: dict[str, IncomingFile] = {}
        problems: list[Problem] = []
        for target in _targets(body):
            near = posixpath.normpath(posixpath.join(posixpath.dirname(entry.path), target))
            path = self._path(near, target)
            if path is not None:
                self._named.add(path)
                found[path] = self._entries[path].as_file()
            elif near.startswith(("..", "/")) or "\\" in target or _OUTSIDE.match(target):
                problems.append(Problem(f"{entry.path}: {shown_line(target)}", _LEADS_OUT))
            elif not _is_note(target):
                problems.append(Problem(f"{entry.path}: {shown_line(target)}", _NOT_HERE, is_lost=False))
        return tuple(found.values()), problems

    def _path(self, near: str, target: str) -> str | None:
        for path in (near, posixpath.normpath(target)):
            if path in self._entries:
                return path
        is_inside = not near.startswith("..") and not target.startswith("/")
        return self._by_name.get(posixpath.basename(target).lower()) if is_inside else None

    def unnamed(self) -> Iterator[Problem]:
        """All files that no note names."""
        for path in self._entries:
            if path not in self._named:
                yield Problem(path, "No note names it, and it does not come.", is_lost=False)


def _targets(body: str) -> list[str]:
    """What a text names, as paths, in order, each once, but for web addresses; other notes, too."""
    met: dict[str, None] = {}
    for found in _WIKI.finditer(body) if "[[" in body else ():
        met[found[1].strip()] = None
    for found in _LINK.finditer(body) if "](" in body else ():
        target = unquote(found[1] or found[2]).partition("#")[0].strip()
        if _OUTSIDE.match(target) or not _SCHEME.match(target):
            met[target] = None
    return [target for target in met if target.isprintable() and _SUFFIX.search(target)]


def _is_note(target: str) -> bool:
    return target.lower().endswith(NOTES)
