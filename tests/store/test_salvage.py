"""A file with torn pages: what is whole is listed, what is not is left out or named, writing goes on."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.errors import KapjournalError
from kapjournal.store import JournalFile

from .sample_files import make_file, read_all, sealed, some_envelopes

PAGE = 4096
BRANCH, LEAF = 2, 10
"""How the pages of a `WITHOUT ROWID` table begin."""


def tear(path: Path, page: int, with_bytes: bytes = b"\xff" * PAGE) -> None:
    with path.open("rb+") as file:
        file.seek(page * PAGE)
        file.write(with_bytes)


def pages(path: Path) -> int:
    return path.stat().st_size // PAGE


def test_a_torn_page_loses_no_more_than_what_hangs_from_it(tmp_path: Path) -> None:
    path = tmp_path / "ours.kap"
    envelopes = dict(some_envelopes(250))
    make_file(path, list(envelopes.items()))
    whole = path.read_bytes()
    branches = {page for page in range(pages(path)) if whole[page * PAGE] == BRANCH}
    leaves = {page for page in range(4, pages(path)) if whole[page * PAGE] == LEAF}
    most_lost = {page: 0 for page in range(4, pages(path), 3)} | dict.fromkeys(leaves, 8)
    assert len(leaves) > 30 and len(branches) < len(leaves)
    for page in sorted(most_lost.keys() - branches):
        path.write_bytes(whole)
        tear(path, page)
        found = read_all(path)
        lost = [i for i, value in envelopes.items() if found.get(i) != value]
        assert len(lost) <= max(1, most_lost[page]), page


@pytest.mark.parametrize(
    "torn",
    [b"\x00" * PAGE, b"\xff" * PAGE, random.Random(1).randbytes(PAGE)],
    ids=["zeros", "ones", "noise"],
)
def test_a_page_torn_in_the_middle_leaves_the_rest(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "ours.kap"
    envelopes = dict(some_envelopes(200))
    make_file(path, list(envelopes.items()))
    tear(path, pages(path) // 2, torn)
    found = read_all(path)
    right = [i for i, value in found.items() if envelopes.get(i) == value]
    assert len(right) >= 195


def test_an_envelope_whose_bytes_are_lost_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ours.kap"
    envelopes = dict(some_envelopes(3, 17_000))
    make_file(path, list(envelopes.items()))
    whole = path.read_bytes()
    named = 0
    for page in range(4, pages(path)):
        path.write_bytes(whole)
        tear(path, page, bytes(PAGE))
        found = read_all(path)
        named += any(value is None for value in found.values())
    assert named > 0


def test_writing_goes_on_beside_a_torn_page(tmp_path: Path) -> None:
    path = tmp_path / "ours.kap"
    make_file(path, some_envelopes(200))
    tear(path, pages(path) // 2)
    new = some_envelopes(5)
    file = JournalFile(path)
    written = []
    for envelope_id, value in new:
        try:
            with file.writing() as transaction:
                transaction.put(envelope_id, value)
        except KapjournalError:
            continue
        written.append(envelope_id)
    assert len(written) >= 4
    with file.reading() as snapshot:
        assert set(written) <= snapshot.lengths().keys()
        assert all(snapshot.row(i) == value for i, value in new if i in written)
    file.close()
    assert set(written) <= set(read_all(path))


@pytest.mark.parametrize("value", ["text of an envelope", 7, 2.5, b""])
def test_a_row_of_the_wrong_type_is_named_and_not_read(tmp_path: Path, value: object) -> None:
    path = tmp_path / "ours.kap"
    ((envelope_id, _), *others) = envelopes = some_envelopes(3)
    make_file(path, envelopes)
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE envelope SET sealed = ? WHERE id = ?", (value, envelope_id))
        database.commit()
    found = read_all(path)
    assert found[envelope_id] == (b"" if value == b"" else None)
    assert {i: found[i] for i, _ in others} == dict(others)


def test_a_row_longer_than_any_envelope_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "ours.kap"
    huge, fits = some_envelopes(1)[0][0], some_envelopes(1)[0][0]
    make_file(path, [(huge, sealed(17 * 1024 * 1024 + 1)), (fits, sealed(17 * 1024 * 1024))])
    found = read_all(path)
    assert found[huge] is None and found[fits] is not None
