"""What somebody who has the file, or two copies of it, learns from its shape: what the format says alone."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.crypto.row import DROPPED_BYTES, SIZES, SLOTS, STANDING, TAG_BYTES, WRAP_BYTES, front_of
from kapjournal.domain.notes import Draft, NoteText, default_kind
from kapjournal.journal import Journal, NewNote, NoteChange
from tests.cast import LABELS
from tests.privacy.conftest import plant
from tests.shared_journal import SharedJournal

Rows = dict[bytes, bytes]


def _rows(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as database:
        return dict(database.execute("SELECT id, sealed FROM envelope").fetchall())


def _header(path: Path, at: int) -> int:
    """A number of SQLite's file header (https://www.sqlite.org/fileformat.html#the_database_header)."""
    return int.from_bytes(path.read_bytes()[at : at + 4], "big")


def _digests(folder: Path) -> dict[str, str]:
    files = [path for path in folder.iterdir() if path.is_file()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("label", LABELS)
def test_reading_changes_no_byte(shared: SharedJournal, label: str) -> None:
    for writer in LABELS:
        with shared.open(writer) as journal:
            plant(journal)
    for everybody in LABELS:
        shared.open(everybody).close()
    before = _digests(shared.path.parent)
    with shared.open(label) as journal:
        assert journal.notes.all()
        assert journal.search("hallway") or journal.search("time")
        journal.refresh()
        journal.notes.history(next(note.id for note in journal.notes.all() if note.author == journal.me.id))
        assert journal.check().is_clean
    assert _digests(shared.path.parent) == before


def test_closing_leaves_no_trace_of_the_work(shared: SharedJournal, tmp_path: Path) -> None:
    for _ in range(3):
        with shared.open("Ana") as ana:
            note = ana.notes.add(NewNote("a word\n" * 5000))
            ana.notes.add(NewNote("another"))
            ana.notes.delete(note.id)
    anew = tmp_path / "anew.kap"
    with closing(sqlite3.connect(shared.path)) as database:
        database.execute("VACUUM INTO ?", (str(anew),))
    assert shared.path.read_bytes()[100:] == anew.read_bytes()[100:], (
        "all that lies in it follows from its rows"
    )
    assert [_header(shared.path, at) for at in (28, 32, 36)] == [_header(anew, at) for at in (28, 32, 36)]
    assert _header(shared.path, 40) == 1
    assert [path.name for path in shared.path.parent.iterdir() if path.is_file()] == [shared.path.name]


def test_page_order_says_nothing_about_the_order_of_writing(shared: SharedJournal) -> None:
    known: set[bytes] = set(_rows(shared.path))
    order: list[bytes] = []
    with shared.open("Ana") as ana:
        for number in range(250):
            ana.notes.add(NewNote(f"note {number}"))
            come = set(_rows(shared.path)) - known
            order += come
            known |= come
    data, rows = shared.path.read_bytes(), _rows(shared.path)
    places = [data.index(rows[row_id][-64:]) for row_id in order]
    assert abs(_rank_correlation(places)) < 0.25  # four standard deviations for 250 values


def _rank_correlation(values: list[int]) -> float:
    """Spearman's, of values with the order they stand in."""
    ranks = {value: rank for rank, value in enumerate(sorted(values))}
    n = len(values)
    return 1 - 6 * sum((at - ranks[value]) ** 2 for at, value in enumerate(values)) / (n * (n * n - 1))


def test_who_wrote_which_private_note_cannot_be_told(shared: SharedJournal, tmp_path: Path) -> None:
    """Two journals, alike but for who of the partners wrote the many and who the few."""
    shapes = []
    for number, (one, other) in enumerate([("Ana", "Ben"), ("Ben", "Ana")]):
        copy = shared.copied(tmp_path / f"copy{number}")
        for label, count in ((one, 7), (other, 3)):
            with copy.open(label) as journal:
                for at in range(count):
                    note = journal.notes.add(NewNote(f"{count}-{at} " + "word " * 100 * (1 + at * at)))
                    if at % 2:
                        journal.notes.edit(note.id, NoteChange(body="shorter"))
                kind = default_kind(journal.me.role)
                journal.drafts.save(Draft("", None, NoteText("so", kind, clock.today())))
        shapes.append(_shape(copy))
    assert shapes[0] == shapes[1]


def _shape(shared: SharedJournal) -> object:
    """All that can be counted or measured about a journal from outside.

    But for how many pages the rows fill: that follows from their lengths and the order of their random ids.
    """
    rows = _rows(shared.path)
    for sealed in rows.values():
        assert len(sealed) in (SIZES if sealed[:1] == STANDING else {DROPPED_BYTES})
        front = front_of(sealed)
        assert front is not None
        tags, wraps = front.slots[: SLOTS * TAG_BYTES], front.slots[SLOTS * TAG_BYTES :]
        assert len({tags[at : at + TAG_BYTES] for at in range(0, len(tags), TAG_BYTES)}) == SLOTS
        assert len({wraps[at : at + WRAP_BYTES] for at in range(0, len(wraps), WRAP_BYTES)}) == SLOTS
    with closing(sqlite3.connect(shared.path)) as database:
        slots = database.execute("SELECT * FROM keyslot").fetchall()
        schema_version = database.execute("PRAGMA schema_version").fetchone()
    header = shared.path.read_bytes()[:100]
    memory = [path.stat().st_size for path in shared.memory.iterdir()]
    return (
        sorted(len(sealed) for sealed in rows.values()),
        slots,
        schema_version,
        header[:24] + header[40:92],  # but for the counter of changes, which is looked at below
        memory,
    )


def test_the_counter_of_changes_is_the_same_for_both_partners(shared: SharedJournal, tmp_path: Path) -> None:
    counters = []
    for label in ("Ana", "Ben"):
        copy = shared.copied(tmp_path / label)
        with copy.open(label) as journal:
            journal.notes.add(NewNote("a word"))
        counters.append((_header(copy.path, 24), _header(copy.path, 92)))
    assert counters[0] == counters[1]


def _private(journal: Journal) -> str:
    return journal.notes.add(NewNote("a word")).id


def _shared(journal: Journal) -> str:
    return journal.notes.add(NewNote("a word", share="all")).id


CHANGES: dict[str, tuple[Callable[[Journal], str], Callable[[Journal, str], object]]] = {
    "edit a private note": (_private, lambda j, i: j.notes.edit(i, NoteChange(body="other words"))),
    "edit a shared note": (_shared, lambda j, i: j.notes.edit(i, NoteChange(body="other words"))),
    "change a tag": (_private, lambda j, i: j.notes.edit(i, NoteChange(tags=("one",)))),
    "share with all": (_private, lambda j, i: j.notes.share(i, "all")),
    "share with one": (_private, lambda j, i: j.notes.share(i, "Dr Lee")),
    "withdraw from all": (_shared, lambda j, i: j.notes.withdraw(i, "all")),
    "withdraw from one": (_shared, lambda j, i: j.notes.withdraw(i, "Ben")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_two_copies_compared_show_the_same_shape(shared: SharedJournal, change: str) -> None:
    """One row dropped and two come, of the first class: an edit, a share and a withdrawal look alike."""
    make, alter = CHANGES[change]
    with shared.open("Ana") as ana:
        note_id = make(ana)
    before = _rows(shared.path)
    with shared.open("Ana") as ana:
        alter(ana, note_id)
    after = _rows(shared.path)
    changed = {row_id for row_id in before if before[row_id] != after[row_id]}
    come = after.keys() - before.keys()
    assert (len(changed), len(come)) == (1, 2)
    assert (
        {len(before[row_id]) for row_id in changed} == {len(after[row_id]) for row_id in come} == {min(SIZES)}
    )
    assert {len(after[row_id]) for row_id in changed} == {DROPPED_BYTES}


def test_deleting_leaves_one_row_with_words_of_many(shared: SharedJournal) -> None:
    with shared.open("Ana") as ana:
        note = ana.notes.add(NewNote("a word", share="all"))
        for words in ("two", "three", "four"):
            ana.notes.edit(note.id, NoteChange(body=words))
    before = _rows(shared.path)
    with shared.open("Ana") as ana:
        ana.notes.delete(note.id)
    after = _rows(shared.path)
    changed = {row_id for row_id in before if before[row_id] != after[row_id]}
    assert (len(changed), len(after.keys() - before.keys())) == (4, 1)
    assert {len(after[row_id]) for row_id in changed} == {DROPPED_BYTES}
    assert not any(before[row_id][-2000:] in shared.path.read_bytes() for row_id in changed)
