"""The search index: every readable note in an SQLite FTS5 table that exists only in memory."""

import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from kapjournal.domain.folding import tokens
from kapjournal.domain.matching import Marker, Runs, opening, query_words
from kapjournal.domain.notes import Note
from kapjournal.errors import JournalLocked, SearchDropped
from kapjournal.progress import Progress, in_silence

_SCRATCH_BYTES = 16 * 1024 * 1024
"""How much FTS5 gathers before it writes a piece of the index; with its own 1 MiB, building takes longer."""

_MAX_RANKED = 3000
"""Ranking reads every match, 3 µs each. A word in more notes than this says little about which are meant."""

_LOOKED_THROUGH = 12 * 1024 * 1024
"""Characters of notes in which one search looks for its words, to show them: one note of the longest. Beyond
them a note is shown by how it begins."""

_COUNTED = 128 * 1024
"""Characters of notes in which one search counts its places, at 0.2 µs each; it counts none of more."""

_LOOK = 0.25
"""Seconds between two looks at how far another thread is that makes the index."""

_STEPS = 2000
"""Steps of the database, well under a millisecond, between two looks at whether a search is still wanted."""

_LATEST = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC"
_BEST = "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank"


def _never() -> bool:
    return False


class Indexed(NamedTuple):
    """A note, and the words of what was `added` to it since it was signed, by which it is found too."""

    note: Note
    added: str = ""

    @property
    def words(self) -> str:
        """All words but the title and the tags."""
        return f"{self.note.words}\n\n{self.added}" if self.added else self.note.words

    @property
    def texts(self) -> tuple[str, str, str]:
        """All it is found by: title, words and tags."""
        return self.note.text.title, self.words, " ".join(self.note.text.tags)

    def is_like(self, other: "Indexed") -> bool:
        """Whether both are found by the same words."""
        mine, its = self.note, other.note
        same_text = (mine.text, mine.beside, mine.is_signed) == (its.text, its.beside, its.is_signed)
        return mine is its or same_text if self.added == other.added else False


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A note that fits a query: runs of its title and of an excerpt, each with whether it is a match.

    `places` is how many there are in all of it; None where too much was found to count. `is_by_rank` says
    whether the best notes came first, not the latest."""

    note: Note
    title: Runs
    excerpt: Runs
    places: int | None
    is_by_rank: bool


class SearchIndex:
    """Finds words by their beginnings, and any part of what is written without spaces. Safe to use from
    several threads. The table keeps no words but those it finds notes by: the notes are elsewhere."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._closed = False
        self._is_dropped: Callable[[], bool] = _never
        self._rows: dict[str, int] = {}
        self._notes: dict[int, Indexed] = {}
        self._last = 0
        self._how_far = 0, 0
        self._is_made = threading.Event()
        self._is_made.set()
        self._waiting: dict[str, Indexed | None] = {}
        self._are_all = False
        self._waiting_lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA temp_store = MEMORY")
        self._database.execute(
            "CREATE VIRTUAL TABLE words USING fts5"
            "(title, body, tags, content = '', tokenize = 'ascii', prefix = '1 2 3')"
        )
        self._database.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (_SCRATCH_BYTES,))
        self._database.set_progress_handler(lambda: self._closed or self._is_dropped(), _STEPS)

    def expect(self, changed: Mapping[str, Indexed | None], are_all: bool) -> None:
        """Take note of what changed, by id, None for what is gone; of every note there is if these `are_all`.
        In the order of the changes: whoever makes them waits for each other, but not for the index."""
        with self._waiting_lock:
            if self._closed:
                return
            self._are_all = self._are_all or are_all
            self._waiting = {**({} if are_all else self._waiting), **changed}

    def catch_up(self, follow: Progress = in_silence, is_dropped: Callable[[], bool] = _never) -> None:
        """Let the index hold what is expected; only what is new or changed costs time (`JournalLocked`).

        `follow` hears of the characters of notes that are in it, also while another thread does it; then, and
        only then, it is given up once `is_dropped` says so (`SearchDropped`): what is made here is needed by
        the next search. What `follow` raises ends it."""
        while not self._is_made.wait(_LOOK):
            if is_dropped():
                raise SearchDropped
            follow(*self._how_far)
        with self._lock:
            with self._waiting_lock:
                waiting, are_all = self._waiting, self._are_all
                self._waiting, self._are_all = {}, False
            if self._closed or not (waiting or are_all):
                return
            gone = self._rows.keys() - waiting.keys() if are_all else ()
            known = {i: wanted for i, wanted in waiting.items() if i in self._rows}
            stale = [i for i, wanted in known.items() if not (wanted and wanted.is_like(self._held(i)))]
            changed = {*gone, *stale}
            fresh = [one for i, one in waiting.items() if one and (i not in self._rows or i in changed)]
            fresh.sort(key=lambda one: (one.note.text.date, one.note.written))
            with self._asking(_never):
                self._database.execute("BEGIN")
                try:
                    for note_id in changed:
                        self._take_out(note_id)
                    self._put_all_in(fresh, follow)
                except BaseException:
                    self._begin_anew({**{i: self._held(i) for i in self._rows if i not in gone}, **waiting})
                    raise
                self._database.execute("COMMIT")
            self._notes.update((self._rows[i], one) for i, one in waiting.items() if one)

    def _held(self, note_id: str) -> Indexed:
        return self._notes[self._rows[note_id]]

    def find(
        self,
        query: str,
        fits: Callable[[Note], object] | None,
        limit: int,
        is_dropped: Callable[[], bool] = _never,
    ) -> list[SearchHit]:
        """The notes in which every word of `query` begins some word, if they fit. The best come first or,
        where very many have the words, the latest (`SearchDropped`, `JournalLocked`)."""
        words = query_words(query)
        if not words or self._closed:
            return []
        match = " ".join(word.match for word in words)
        with self._lock, self._asking(is_dropped):
            rows, is_by_rank = self._rows_of(match)
            marker = Marker(words, self._check, _LOOKED_THROUGH)
            found = (one for one in map(self._notes.__getitem__, rows) if fits is None or fits(one.note))
            shown = list(islice(found, limit))
            counts = sum(len(one.words) for one in shown) <= _COUNTED
            return [marked(one, marker, counts=counts, is_by_rank=is_by_rank) for one in shown]

    def _rows_of(self, match: str) -> tuple[Iterator[int], bool]:
        """The rows, and whether the best come first, not the latest."""
        latest = (row for (row,) in self._database.execute(_LATEST, (match,)))
        found = list(islice(latest, _MAX_RANKED + 1))
        if len(found) > _MAX_RANKED or not found:
            return chain(found, latest), False
        return (row for (row,) in self._database.execute(_BEST, (match, found[-1], found[0]))), True

    def close(self) -> None:
        """Let go of every word; what is running stops before."""
        self._closed = True
        with self._lock:
            self._rows.clear()
            self._notes.clear()
            with self._waiting_lock:
                self._waiting = {}
            self._database.set_progress_handler(None, 0)
            self._database.close()
        re.purge()  # it keeps the patterns that words of queries were made to

    def _check(self) -> None:
        if self._closed:
            raise JournalLocked
        if self._is_dropped():
            raise SearchDropped

    @contextmanager
    def _asking(self, is_dropped: Callable[[], bool]) -> Iterator[None]:
        self._is_dropped = is_dropped
        try:
            self._check()
            yield
        except sqlite3.OperationalError:
            self._check()  # it was interrupted
            raise
        finally:
            self._is_dropped = _never

    def _begin_anew(self, wanted: dict[str, Indexed | None]) -> None:
        """What was to be written did not come through: nothing is indexed, and all of it is expected."""
        if self._database.in_transaction:  # interrupted, SQLite may have rolled back already
            self._database.execute("ROLLBACK")
        self._database.execute("INSERT INTO words (words) VALUES ('delete-all')")
        self._rows.clear()
        self._notes.clear()
        with self._waiting_lock:
            self._waiting = self._waiting if self._are_all else {**wanted, **self._waiting}
            self._are_all = True

    def _put_all_in(self, fresh: Sequence[Indexed], follow: Progress) -> None:
        done, whole = 0, sum(len(one.words) for one in fresh)
        self._how_far = done, whole
        self._is_made.clear()
        try:
            for one in fresh:
                self._put_in(one)
                done += len(one.words)
                self._how_far = done, whole
                follow(done, whole)
        finally:
            self._is_made.set()

    def _put_in(self, one: Indexed) -> None:
        self._last += 1
        self._rows[one.note.id], self._notes[self._last] = self._last, one
        self._database.execute(
            "INSERT INTO words (rowid, title, body, tags) VALUES (?, ?, ?, ?)", self._values(self._last, one)
        )

    def _take_out(self, note_id: str) -> None:
        """A table that keeps no words is told again which they were."""
        row = self._rows.pop(note_id)
        self._database.execute(
            "INSERT INTO words (words, rowid, title, body, tags) VALUES ('delete', ?, ?, ?, ?)",
            self._values(row, self._notes.pop(row)),
        )

    def _values(self, row: int, one: Indexed) -> tuple[int, str, str, str]:
        title, body, tags = (tokens(text, self._check) for text in one.texts)
        return row, title, body, tags


def marked(one: Indexed, marker: Marker, *, counts: bool, is_by_rank: bool) -> SearchHit:
    """A note with its words marked: in its body or, if none are there, in its tags."""
    note, words = one.note, one.words
    tags = marker.marked(" ".join(f"#{tag}" for tag in note.text.tags))
    excerpt = marker.excerpt(words)
    if excerpt is None:
        in_tags = (*tags, ("  ", False)) if any(found for _, found in tags) else ()
        excerpt = (*in_tags, *opening(words))
    places = sum(map(marker.count, one.texts)) if counts else None
    return SearchHit(note, marker.marked(note.text.title), excerpt, places, is_by_rank)
