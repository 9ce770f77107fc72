"""The search index: every readable note in an SQLite FTS5 table that exists only in memory."""

import json
import re
import sqlite3
import threading
from collections.abc import Collection
from dataclasses import dataclass

from kapjournal.domain.notes import Note
from kapjournal.text import without_controls

_BEGIN, _END = "\x02", "\x03"
"""They stand around a match. No note can hold them: its text was checked on the way in."""

_WORD = re.compile(r"\w")


_SCRATCH_BYTES = 16 * 1024 * 1024
"""How much FTS5 gathers before it writes a piece of the index; with its own 1 MiB, building takes longer."""

_MAX_RANKED = 3000
"""Ranking reads every match, 3 µs each. A word in more notes than this says little about which are meant."""

_FIND = (
    "SELECT rowid, highlight(words, 0, ?1, ?2), snippet(words, 1, ?1, ?2, '…', 24), "
    "highlight(words, 2, ?1, ?2) FROM words "
    "WHERE words MATCH ?3 AND (?4 IS NULL OR rowid IN (SELECT value FROM json_each(?4)))"
)
_FIND_BEST = _FIND + " ORDER BY rank LIMIT ?5"
_FIND_LATEST = _FIND + " ORDER BY rowid DESC LIMIT ?5"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A note that fits a query: runs of its title and of an excerpt, each with whether it is a match."""

    note: Note
    title: tuple[tuple[str, bool], ...]
    excerpt: tuple[tuple[str, bool], ...]


class SearchIndex:
    """Finds words by their beginnings. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._closed = False
        self._rows: dict[str, int] = {}
        self._notes: dict[int, Note] = {}
        self._kept: list[Note] = []
        self._database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA temp_store = MEMORY")
        self._database.execute(
            "CREATE VIRTUAL TABLE words USING fts5"
            "(title, body, tags, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')"
        )
        self._database.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (_SCRATCH_BYTES,))

    def keep(self, notes: list[Note]) -> None:
        """Let the index hold exactly these; only what is new or changed costs time."""
        with self._lock:
            if self._closed or notes == self._kept:
                return
            wanted = {note.id: note for note in notes}
            stale = {i for i, row in self._rows.items() if not _same(wanted.get(i), self._notes[row])}
            fresh = [note for i, note in wanted.items() if i not in self._rows or i in stale]
            fresh.sort(key=lambda note: (note.text.date, note.written))
            first = max(self._notes, default=0) + 1
            self._database.execute("BEGIN")
            self._database.executemany("DELETE FROM words WHERE rowid = ?", [(self._rows[i],) for i in stale])
            self._database.executemany(
                "INSERT INTO words (rowid, title, body, tags) VALUES (?, ?, ?, ?)",
                (
                    (row, note.text.title, note.words, " ".join(note.text.tags))
                    for row, note in enumerate(fresh, first)
                ),
            )
            self._database.execute("COMMIT")
            self._rows = {i: row for i, row in self._rows.items() if i in wanted}
            self._rows.update((note.id, row) for row, note in enumerate(fresh, first))
            self._notes = {row: wanted[i] for i, row in self._rows.items()}
            self._kept = notes

    def find(self, query: str, among: Collection[str] | None, limit: int) -> list[SearchHit]:
        """The notes in which every word of `query` begins some word; `among` narrows them. The best come
        first or, where very many fit, the latest."""
        words = [word for word in without_controls(query)[0].split() if _WORD.search(word)]
        if not words:
            return []
        match = " ".join('"' + word.replace('"', '""') + '"*' for word in words)
        with self._lock:
            if self._closed:
                return []
            (count,) = self._database.execute(
                "SELECT count(*) FROM words WHERE words MATCH ?", (match,)
            ).fetchone()
            rows = None
            if among is not None:
                rows = json.dumps([self._rows[note_id] for note_id in among if note_id in self._rows])
            find = _FIND_BEST if count <= _MAX_RANKED else _FIND_LATEST
            found = self._database.execute(find, (_BEGIN, _END, match, rows, limit))
            return [self._marked(*row) for row in found]

    def close(self) -> None:
        """Let go of every word."""
        with self._lock:
            self._closed = True
            self._rows.clear()
            self._notes.clear()
            self._kept = []
            self._database.close()

    def _marked(self, row: int, title: str, body: str, tags: str) -> SearchHit:
        excerpt = body if _BEGIN in body or _BEGIN not in tags else f"#{tags.replace(' ', ' #')}  {body}"
        return SearchHit(self._notes[row], _runs(title), _runs(excerpt))


def _same(wanted: Note | None, held: Note) -> bool:
    return wanted is held or (wanted is not None and (wanted.text, wanted.beside) == (held.text, held.beside))


def _runs(marked: str) -> tuple[tuple[str, bool], ...]:
    runs = []
    for part in marked.split(_BEGIN):
        match, found, rest = part.partition(_END)
        if found:
            runs += [(match, True), (rest, False)]
        else:
            runs.append((part, False))
    return tuple(run for run in runs if run[0])
