"""What is measured, each group in a process of its own, and the floors beside it in the same process."""

import itertools
import os
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from kapjournal.crypto.primitives import mac, purpose
from kapjournal.crypto.row import STANDING
from kapjournal.exchange import export_folder
from kapjournal.journal import Journal, NoteChange
from kapjournal.journal.vault.opening import open_on
from tests.benchmarks.corpus import RARE, notes, vocabulary
from tests.internals import vault_of
from tests.shared_journal import SharedJournal

SEARCHES = {
    "a rare word": RARE,
    "the commonest word": vocabulary()[0],
    "two letters": vocabulary()[40][:2],
    "one letter": vocabulary()[40][:1],
    "two words, one begun": f"{vocabulary()[60]} {vocabulary()[200][:3]}",
}


@dataclass(frozen=True)
class Figure:
    """One line of the table: seconds or bytes, and the floor it stands beside, if there is one."""

    name: str
    value: float
    floor: float | None = None
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return self.value / self.floor if self.floor else None


def seconds(work: Callable[[], object]) -> float:
    """How long something takes once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def side_by_side(
    work: Callable[[], object],
    floor: Callable[[], object],
    times: int,
    after: Callable[[], object] = lambda: None,
) -> tuple[float, float]:
    """The medians of both, taken in turns so that a busy machine slows both; `after` each work comes what is
    not measured."""
    taken = []
    for _ in range(times):
        one = seconds(work)
        after()
        taken.append((one, seconds(floor)))
    return statistics.median(one for one, _ in taken), statistics.median(other for _, other in taken)


def opening(shared: SharedJournal, label: str) -> list[Figure]:
    """From unlocked secrets to the list of notes, beside reading the file and opening the same bodies."""

    listed: list[Journal] = []

    def to_list() -> None:
        listed.append(shared.open(label))
        listed[0].notes.all()

    def close() -> None:
        listed.pop().close()

    cold = seconds(to_list)
    close()
    floor = _read_and_open(shared, label)
    warm, least = side_by_side(to_list, floor, 7, close)
    return [
        Figure(f"open to list ({label})", warm, least),
        Figure(f"open to list ({label}), first time in a process", cold, least),
    ]


def _read_and_open(shared: SharedJournal, label: str) -> Callable[[], None]:
    """The floor for a journal that is closed."""
    with shared.open(label) as journal:
        return read_and_open_of(journal)


def read_and_open_of(journal: Journal) -> Callable[[], None]:
    """The floor: every row through bare sqlite3, and AEAD over each body this person can read."""
    bodies, path = _bodies(journal), journal.path

    def read_and_open() -> None:
        with closing(sqlite3.connect(path)) as database:
            for row_id, sealed in database.execute("SELECT id, sealed FROM envelope"):
                if row_id in bodies:
                    key, ciphertext, bound = bodies[row_id]
                    ChaCha20Poly1305(key).decrypt(bytes(12), sealed[-ciphertext:], bound)

    return read_and_open


def _bodies(journal: Journal) -> dict[bytes, tuple[bytes, int, bytes]]:
    """By row: the key of its body, how long the ciphertext is, and what is bound to it."""
    channels = [
        vault_of(journal).envelopes.channels.own.key,
        *(channel.key for channel in vault_of(journal).envelopes.channels.incoming.values()),
    ]
    found: dict[bytes, tuple[bytes, int, bytes]] = {}
    with closing(sqlite3.connect(journal.path)) as database:
        for row_id, sealed in database.execute("SELECT id, sealed FROM envelope"):
            for channel in channels:
                opened = open_on(channel, row_id, sealed)
                if opened is not None and opened.body is not None:
                    row, note_key = opened.row, opened.wrap.key or b""
                    key = mac(note_key, purpose("body") + row.envelope)[:32]
                    bound = STANDING + row.envelope + row.commitment
                    found[row_id] = key, len(row.ciphertext), bound
    return found


def finding(shared: SharedJournal, label: str) -> list[Figure]:
    """Building the index, then searches of several kinds."""
    floor = _read_and_open(shared, label)
    least = statistics.median(seconds(floor) for _ in range(5))
    with shared.open(label) as journal:
        figures = [Figure("build the index", seconds(journal.search.build_index), least)]
        for name, query in SEARCHES.items():
            search = partial(journal.search, query)
            taken = statistics.median(seconds(search) for _ in range(9))
            figures.append(Figure(f"search for {name} ({len(search())} shown)", taken, least))
    return figures


def writing(shared: SharedJournal, label: str) -> list[Figure]:
    """Saving one note and one edit, beside one insert of as many bytes into a bare copy of the file."""
    folder = Path(tempfile.mkdtemp(dir=shared.path.parent))
    copy = shared.copied(folder / "written")
    insert = _bare_insert(shutil.copy(shared.path, folder / "bare.kap"))
    with copy.open(label) as journal:
        ids = itertools.cycle([note.id for note in journal.notes.all() if note.author == journal.me.id][:50])
        fresh = notes(1000, seed=99)
        added, least = side_by_side(lambda: journal.notes.add(next(fresh)), insert, 60)
        edited, beside = side_by_side(
            lambda: journal.notes.edit(next(ids), NoteChange(body=next(fresh).body)), insert, 40
        )
        checked = seconds(journal.check)
    shutil.rmtree(folder)
    floor = statistics.median(seconds(_read_and_open(shared, label)) for _ in range(3))
    return [
        Figure("write one note", added, least),
        Figure("edit one note", edited, beside),
        Figure("check", checked, floor),
    ]


def _bare_insert(path: str | Path) -> Callable[[], None]:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    (length,) = database.execute("SELECT min(length(sealed)) FROM envelope").fetchone()

    def insert() -> None:
        database.execute("INSERT INTO envelope VALUES (?, ?)", (os.urandom(16), os.urandom(length)))

    return insert


def exporting(shared: SharedJournal, label: str) -> list[Figure]:
    """The markdown export of one's own notes into a folder."""
    least = statistics.median(seconds(_read_and_open(shared, label)) for _ in range(3))
    with tempfile.TemporaryDirectory(dir=shared.path.parent) as folder, shared.open(label) as journal:
        own = [note for note in journal.notes.all() if note.author == journal.me.id]
        taken = seconds(lambda: export_folder(journal, Path(folder) / "out", own))
    return [Figure(f"export {len(own):,} notes to a folder", taken, least)]


def sizes(shared: SharedJournal, label: str) -> list[Figure]:
    """The file, and the most memory this process ever used: with the program alone, the list, the index."""
    size = shared.path.stat().st_size
    words = 0
    idle = peak_memory()
    with shared.open(label) as journal:
        for note in journal.notes.all():
            words += len(note.text.body.encode())
        listed = peak_memory()
        journal.search.build_index()
        journal.search(RARE)
        indexed = peak_memory()
    return [
        Figure("file, beside the words one reads in it", size, words, "B"),
        Figure("peak memory of the program alone", idle, size, "B"),
        Figure("peak memory with the list, beside the file", listed, size, "B"),
        Figure("peak memory with the index, beside the file", indexed, size, "B"),
    ]


def peak_memory() -> int:
    """In bytes. Linux hands `ru_maxrss` on from the parent process, so its own count comes first."""
    status = Path("/proc/self/status")
    if status.exists():
        return 1024 * int(status.read_text().split("VmHWM:")[1].split()[0])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def building(
    make: Callable[[Path, int], SharedJournal], folder: Path, count: int
) -> tuple[SharedJournal, float]:
    """Make a journal to measure; returns it with the seconds it took."""
    start = time.perf_counter()
    return make(folder, count), time.perf_counter() - start
