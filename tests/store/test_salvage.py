"""A file with torn pages: what is whole is listed, what is not is left out or named, writing goes on."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.errors import KapjournalError
from kapjournal.store import JournalFile

from .sample_files import ids, make_file, read_all, sealed, some_rows

PAGE = 4096
BRANCH, LEAF = 2, 10
"""How the pages of a `WITHOUT ROWID` table begin."""
FIRST = 5
"""The first page after those every file has: SQLite's own and the roots of four tables."""


def tear(path: Path, page: int, with_bytes: bytes = b"\xff" * PAGE) -> None:
    with path.open("rb+") as file:
        file.seek(page * PAGE)
        file.write(with_bytes)


def pages(path: Path) -> int:
    return path.stat().st_size // PAGE


def test_a_torn_page_loses_no_more_than_what_hangs_from_it(tmp_path: Path) -> None:
    path = tmp_path / "ours.kap"
    rows = dict(some_rows(250))
    make_file(path, list(rows.items()))
    whole = path.read_bytes()
    branches = {page for page in range(pages(path)) if whole[page * PAGE] == BRANCH}
    leaves = {page for page in range(FIRST, pages(path)) if whole[page * PAGE] == LEAF}
    most_lost = {page: 0 for page in range(FIRST, pages(path), 3)} | dict.fromkeys(leaves, 8)
    assert len(leaves) > 30 and len(branches) < len(leaves)
    for page in sorted(most_lost.keys() - branches):
        path.write_bytes(whole)
        tear(path, page)
        found = read_all(path)
        lost = [i for i, value in rows.items() if found.get(i) != value]
        assert len(lost) <= max(1, most_lost[page]), page


@pytest.mark.parametrize(
    "torn",
    [b"\x00" * PAGE, b"\xff" * PAGE, random.Random(1).randbytes(PAGE)],
    ids=["zeros", "ones", "noise"],
)
def test_a_page_torn_in_the_middle_leaves_the_rest(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "ours.kap"
    rows = dict(some_rows(200))
    make_file(path, list(rows.items()))
    tear(path, pages(path) // 2, torn)
    found = read_all(path)
    right = [i for i, value in found.items() if rows.get(i) == value]
    assert len(right) >= 195


@pytest.mark.parametrize("size", [4881, 8977, 17_000])
def test_what_is_torn_in_a_long_row_costs_that_row_alone(tmp_path: Path, size: int) -> None:
    """SQLite reads such a row too where it only passes by, on its way to another."""
    path = tmp_path / "ours.kap"
    rows = dict(some_rows(50, size))
    make_file(path, list(rows.items()))
    whole = path.read_bytes()
    torn = [page for page in range(FIRST, pages(path)) if whole[page * PAGE] not in (BRANCH, LEAF)]
    assert len(torn) >= 50
    for page in torn[::2]:
        path.write_bytes(whole)
        tear(path, page)
        file = JournalFile(path)
        with file.reading() as snapshot:
            listed, asked = dict(snapshot.rows()), dict(snapshot.rows_of(rows))
            (lost,) = (row_id for row_id in rows if listed.get(row_id) != rows[row_id])
            assert {row_id for row_id in rows if asked[row_id] != rows[row_id]} == {lost}
        file.close()


def test_a_row_whose_bytes_are_lost_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ours.kap"
    rows = dict(some_rows(3, 17_000))
    make_file(path, list(rows.items()))
    whole = path.read_bytes()
    named = 0
    for page in range(FIRST, pages(path)):
        path.write_bytes(whole)
        tear(path, page, bytes(PAGE))
        found = read_all(path)
        named += any(value is None for value in found.values())
    assert named > 0


@pytest.mark.parametrize("size", [2000, 17_000])
def test_lengths_are_told_of_what_can_be_listed_and_are_those_of_what_is_read(
    tmp_path: Path, size: int
) -> None:
    path = tmp_path / "ours.kap"
    rows = dict(some_rows(40, size))
    make_file(path, list(rows.items()))
    whole = path.read_bytes()
    told = 0
    few = range(FIRST - 2, pages(path), 3)
    for page in few:
        path.write_bytes(whole)
        tear(path, page)
        file = JournalFile(path)
        with file.reading() as snapshot:
            lengths, found = snapshot.lengths(), dict(snapshot.rows())
            again = dict(snapshot.rows_of(lengths))
        file.close()
        assert all(lengths[row_id] == size for row_id, value in found.items() if value is not None)
        assert set(lengths.values()) <= {0, size} and lengths.keys() >= found.keys() - {b""}
        assert {i for i, value in again.items() if value} == {i for i, value in found.items() if value}
        told += len(lengths)
    assert told > 30 * len(few)


def test_writing_goes_on_beside_a_torn_page(tmp_path: Path) -> None:
    path = tmp_path / "ours.kap"
    make_file(path, some_rows(200))
    tear(path, pages(path) // 2)
    new = some_rows(5)
    file = JournalFile(path)
    written = []
    for row_id, value in new:
        try:
            with file.writing() as transaction:
                transaction.put(row_id, value)
        except KapjournalError:
            continue
        written.append(row_id)
    assert len(written) >= 4
    with file.reading() as snapshot:
        assert set(written) <= ids(snapshot)
        assert all(snapshot.row(i) == value for i, value in new if i in written)
    file.close()
    assert set(written) <= set(read_all(path))


@pytest.mark.parametrize("value", ["text instead of a row", 7, 2.5, b""])
def test_a_row_of_the_wrong_type_is_named_and_not_read(tmp_path: Path, value: object) -> None:
    path = tmp_path / "ours.kap"
    ((row_id, _), *others) = rows = some_rows(3)
    make_file(path, rows)
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE envelope SET sealed = ? WHERE id = ?", (value, row_id))
        database.commit()
    found = read_all(path)
    assert found[row_id] == (b"" if value == b"" else None)
    assert {i: found[i] for i, _ in others} == dict(others)


def test_a_row_longer_than_any_can_be_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "ours.kap"
    huge, fits = some_rows(1)[0][0], some_rows(1)[0][0]
    make_file(path, [(huge, sealed(17 * 1024 * 1024 + 1)), (fits, sealed(17 * 1024 * 1024))])
    found = read_all(path)
    assert found[huge] is None and found[fits] is not None
