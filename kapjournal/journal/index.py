"""The search index: every readable note in an SQLite FTS5 table that exists only in memory."""

import re
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass

from kapjournal.domain.notes import Note

_BEGIN, _END = "\x02", "\x03"
"""Around a match. No note can hold them: its text was checked on the way in."""

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Marked:
    """Where a note fits: runs of its title and of an excerpt, each with whether it is a match."""

    note_id: str
    title: tuple[tuple[str, bool], ...]
    excerpt: tuple[tuple[str, bool], ...]


class Index:
    """Finds words by their beginnings. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._closed = False
        self._rows: dict[str, tuple[int, Note]] = {}
        self._database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA temp_store = MEMORY")
        self._database.execute(
            "CREATE VIRTUAL TABLE words USING fts5"
            "(title, body, tags, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
        )

    def keep(self, notes: Iterable[Note]) -> None:
        """Let the index hold exactly these; only what is new or changed costs time."""
        with self._lock:
            if self._closed:
                return
            wanted = {note.id: note for note in notes}
            stale = [i for i, (_, note) in self._rows.items() if wanted.get(i) is not note]
            self._database.execute("BEGIN")
            self._database.executemany(
                "DELETE FROM words WHERE rowid = ?", [(self._rows.pop(i)[0],) for i in stale]
            )
            fresh = [note for i, note in wanted.items() if i not in self._rows]
            first = max((row for row, _ in self._rows.values()), default=0) + 1
            self._database.executemany(
                "INSERT INTO words (rowid, title, body, tags) VALUES (?, ?, ?, ?)",
                (
                    (row, note.text.title, note.text.body, " ".join(note.text.tags))
                    for row, note in enumerate(fresh, first)
                ),
            )
            self._database.execute("COMMIT")
            self._rows.update((note.id, (row, note)) for row, note in enumerate(fresh, first))

    def find(self, query: str, among: set[str] | None, limit: int) -> list[Marked]:
        """The notes in which every word of `query` begins some word, best first; `among` narrows them."""
        words = [word for word in query.split() if _WORD.search(word)]
        if not words:
            return []
        match = " ".join('"' + word.replace('"', '""') + '"*' for word in words)
        with self._lock:
            if self._closed:
                return []
            by_row = {row: note_id for note_id, (row, _) in self._rows.items()}
            ranked = self._database.execute(
                "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank", (match,)
            )
            rows = []
            for (row,) in ranked:
                if among is None or by_row[row] in among:
                    rows.append(row)
                    if len(rows) == limit:
                        break
            return [self._marked(match, row, by_row[row]) for row in rows]

    def close(self) -> None:
        """Let go of every word."""
        with self._lock:
            self._closed = True
            self._rows.clear()
            self._database.close()

    def _marked(self, match: str, row: int, note_id: str) -> Marked:
        title, body, tags = self._database.execute(
            "SELECT highlight(words, 0, ?1, ?2), snippet(words, 1, ?1, ?2, '…', 24), "
            "highlight(words, 2, ?1, ?2) FROM words WHERE words MATCH ?3 AND rowid = ?4",
            (_BEGIN, _END, match, row),
        ).fetchone()
        excerpt = body if _BEGIN in body or _BEGIN not in tags else f"#{tags.replace(' ', ' #')}  {body}"
        return Marked(note_id, _runs(title), _runs(excerpt))


def _runs(marked: str) -> tuple[tuple[str, bool], ...]:
    runs = []
    for part in marked.split(_BEGIN):
        match, found, rest = part.partition(_END)
        if found:
            runs += [(match, True), (rest, False)]
        else:
            runs.append((part, False))
    return tuple(run for run in runs if run[0])
