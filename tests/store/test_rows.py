"""Rows of a file: put, listed, replaced in their place, deleted, and what of them is left on the disk."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.domain.ids import RowId
from kapjournal.errors import CannotSave
from kapjournal.sealed import Sealed
from kapjournal.store import JournalFile, Snapshot, Table, Transaction

from .sample_files import DROPPED_BYTES, STANDING_BYTES, make_file, read_all, sealed, some_rows

ROW = RowId(bytes(range(16, 32)))
NOTHING = RowId(bytes(16))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ours.kap"
    make_file(path, some_rows(3))
    return path


def run(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(statement, values)
        database.commit()


def test_a_row_is_replaced_in_its_place(path: Path) -> None:
    before = read_all(path)
    row_id, dropped = next(iter(before)), sealed(DROPPED_BYTES)
    file = JournalFile(path)
    with file.writing() as transaction:
        transaction.replace(row_id, dropped)
        assert transaction.row(row_id) == dropped
    with file.reading() as snapshot:
        assert snapshot.lengths() == {i: DROPPED_BYTES if i == row_id else STANDING_BYTES for i in before}
    file.close()
    assert read_all(path) == before | {row_id: dropped}


def test_what_is_not_there_is_neither_replaced_nor_deleted(path: Path) -> None:
    before = read_all(path)
    file = JournalFile(path)
    with file.writing() as transaction:
        transaction.replace(NOTHING, sealed())
        transaction.delete([NOTHING, RowId(b"short"), RowId(b"")])
    file.close()
    assert read_all(path) == before


def test_a_row_is_not_put_over_another(path: Path) -> None:
    """Whoever wants to say something else under an id says that they replace it."""
    before = read_all(path)
    file = JournalFile(path)
    for row_id in before:
        with pytest.raises(CannotSave), file.writing() as transaction:
            transaction.put(row_id, sealed())
    file.close()
    assert read_all(path) == before


def test_others_see_at_once_which_row_became_shorter(path: Path) -> None:
    one, other = JournalFile(path), JournalFile(path)
    with other.reading() as snapshot:
        before = snapshot.lengths()
    row_id = min(before)
    with one.writing() as transaction:
        transaction.replace(row_id, sealed(DROPPED_BYTES))
    assert other.changed_by_others()
    with other.reading() as snapshot:
        after = snapshot.lengths()
    assert {i for i in before if before[i] != after[i]} == {row_id}
    one.close()
    other.close()


ENDINGS: dict[str, Callable[[Transaction], None]] = {
    "deleted": lambda transaction: transaction.delete([ROW]),
    "dropped": lambda transaction: transaction.replace(ROW, sealed(DROPPED_BYTES)),
}


@pytest.mark.parametrize("size", [785, STANDING_BYTES, 40_000, 2_000_000])
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("tidied", [True, False], ids=["tidied", "not tidied"])
def test_what_goes_leaves_no_byte(
    path: Path, ending: str, size: int, tidied: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where the tidying never comes: what stood in a place is overwritten as soon as it goes."""
    if not tidied:
        monkeypatch.setattr("kapjournal.store.file.compact", lambda _: None)
    words = b"these bytes must go away entirely."
    file = JournalFile(path)
    with file.writing() as transaction:
        transaction.put(ROW, Sealed((words * (size // len(words) + 1))[:size]))
    file.close()
    assert words in path.read_bytes(), "the control"
    file = JournalFile(path)
    with file.writing() as transaction:
        ENDINGS[ending](transaction)
    file.close()
    left = b"".join(beside.read_bytes() for beside in path.parent.iterdir())
    assert not any(words[at : at + 12] in left for at in range(len(words) - 11))
    assert [beside.name for beside in path.parent.iterdir()] == ["ours.kap"]


def test_every_row_has_the_length_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ours.kap"
    sizes = [0, 1, 785, 2000, 4881, 4096 * 3, 1_000_000]
    rows = [row for size in sizes for row in some_rows(2, size)]
    make_file(path, rows)
    file = JournalFile(path)
    with file.reading() as snapshot:
        assert snapshot.lengths() == {row_id: len(value) for row_id, value in rows}
        assert dict(snapshot.rows()) == dict(rows) == dict(snapshot.rows_of(dict(rows)))
    file.close()


@pytest.mark.parametrize("value", ["text instead of a row", 7, 2.5, b""])
def test_a_row_that_cannot_be_read_has_no_length(path: Path, value: object) -> None:
    row_id = next(iter(read_all(path)))
    run(path, "UPDATE envelope SET sealed = ? WHERE id = ?", value, row_id)
    file = JournalFile(path)
    with file.reading() as snapshot:
        assert snapshot.lengths()[row_id] == 0 and len(snapshot.lengths()) == 3
        assert not snapshot.row(row_id) and not dict(snapshot.rows_of([row_id]))[row_id]
    file.close()


@pytest.mark.parametrize("odd", ["sixteen letters!", bytes(15), bytes(17), b"", 16, 1.5])
@pytest.mark.parametrize("table", Table)
def test_a_row_under_an_odd_id_is_counted_and_passed_over(path: Path, odd: object, table: Table) -> None:
    before = read_all(path)
    run(path, f"INSERT INTO {table} VALUES (?, ?)", odd, sealed())
    file = JournalFile(path)
    with file.reading() as snapshot:
        assert snapshot.odd_rows() == 1
        assert snapshot.lengths().keys() == before.keys() == dict(snapshot.rows()).keys()
        assert not snapshot.lengths(Table.PART) and not dict(snapshot.rows(Table.PART))
    file.close()


def test_parts_of_attachments_lie_in_a_table_of_their_own(path: Path) -> None:
    """One id in both tables is two rows, and whatever is done to one leaves the other."""
    before = read_all(path)
    row_id = min(before)
    part, dropped = sealed(40_000), sealed(DROPPED_BYTES)
    file = JournalFile(path)
    with file.writing() as transaction:
        transaction.put(row_id, part, Table.PART)
        transaction.replace(ROW, sealed())
        transaction.replace(ROW, sealed(), Table.PART)
    with file.reading() as snapshot:
        assert snapshot.row(row_id, Table.PART) == part and snapshot.row(row_id) == before[row_id]
        assert snapshot.lengths(Table.PART) == {row_id: 40_000} and snapshot.row(ROW, Table.PART) is None
        assert dict(snapshot.rows(Table.PART)) == {row_id: part} and dict(snapshot.rows()) == before
    with file.writing() as transaction:
        transaction.replace(row_id, dropped, Table.PART)
        transaction.delete(before)
    file.copy_to(path.with_name("copy.kap"))
    with file.reading() as snapshot:
        assert dict(snapshot.rows(Table.PART)) == {row_id: dropped} and not snapshot.lengths()
    with file.writing() as transaction:
        transaction.delete([row_id], Table.PART)
        assert not transaction.lengths(Table.PART)
    file.close()
    with closing(sqlite3.connect(path.with_name("copy.kap"))) as database:
        assert database.execute("SELECT id, sealed FROM part").fetchall() == [(row_id, dropped)]


def test_the_size_of_a_table_is_that_of_all_its_rows(path: Path) -> None:
    """Odd rows too: it only says how far somebody is."""
    whole = sum(len(sealed or b"") for sealed in read_all(path).values())
    run(path, "INSERT INTO part VALUES (?, ?)", b"odd", "words")
    file = JournalFile(path)
    with file.reading() as snapshot:
        assert snapshot.size(Table.ENVELOPE) == whole and snapshot.size(*Table) == whole + len("words")
        assert snapshot.size() == 0
    file.close()


def test_a_mark_changes_nothing_and_makes_every_other_program_look(path: Path) -> None:
    before = read_all(path)
    one, other = JournalFile(path), JournalFile(path)
    with one.writing() as transaction:
        transaction.mark()
    assert other.changed_by_others() and not one.changed_by_others()
    one.close()
    other.close()
    assert read_all(path) == before


def test_a_snapshot_reads_only_and_there_are_six_ways_to_write() -> None:
    assert {name for name in vars(Snapshot) if not name.startswith("_")} == {
        "slots",
        "lengths",
        "size",
        "odd_rows",
        "rows",
        "rows_of",
        "row",
    }
    assert {name for name in vars(Transaction) if not name.startswith("_")} == {
        "put",
        "replace",
        "delete",
        "mark",
        "put_slot",
        "drop_slot",
    }
