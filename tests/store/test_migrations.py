"""A file of an older format is carried forward whole, or stays what it was."""

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.domain.ids import RowId
from kapjournal.errors import CannotSave, Damaged, UnlockFailed
from kapjournal.sealed import Sealed
from kapjournal.store import JournalFile, Transaction
from kapjournal.store.migrations import Step, migrate

from .sample_files import JOURNAL, make_file, read_all, some_envelopes

MANY = 60


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A made-up format 1: the tables of today, and values that begin with another byte."""
    path = tmp_path / "ours.kap"
    make_file(path, [(id_, Sealed(b"\0" + value)) for id_, value in some_envelopes(MANY, 40_000)])
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE journal SET format = 1")
        database.commit()
    return path


def seal_anew(rows: Transaction) -> None:
    """Give every row an id and a value of today: what a step with keys does, without keys."""
    for envelope_id, value in list(rows.rows()):
        assert value is not None
        rows.put(RowId(b"new" + envelope_id[3:]), Sealed(b"\1" + value[:0:-1]))
        rows.delete([envelope_id])


STEPS = {1: Step(seal_anew)}


def rows_of(path: Path) -> dict[bytes, bytes]:
    """What lies in a file of any format, as SQLite reads it."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return dict(database.execute("SELECT id, sealed FROM envelope"))


def format_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT format FROM journal").fetchone()[0])


def anew(rows: dict[bytes, bytes]) -> dict[bytes, bytes]:
    return {b"new" + id_[3:]: b"\1" + value[:0:-1] for id_, value in rows.items()}


def names(path: Path) -> list[str]:
    return sorted(beside.name for beside in path.parent.iterdir())


def test_every_row_arrives_and_the_older_file_is_kept_beside(path: Path) -> None:
    before = rows_of(path)
    kept = migrate(path, STEPS)
    assert kept == path.with_name("ours.kap.format-1") and rows_of(kept) == before
    assert names(path) == ["ours.kap", "ours.kap.format-1"] and kept.stat().st_mode & 0o777 == 0o600
    assert read_all(path) == anew(before) and len(before) == MANY
    file = JournalFile(path)
    assert file.journal_id == JOURNAL
    with file.reading() as snapshot:
        assert [slot.label for slot in snapshot.slots()] == ["Kim"]
    file.close()
    assert path.read_bytes()[40:44] == bytes([0, 0, 0, 1])  # the schema's counter tells nothing
    assert next(iter(before.values()))[:2000] not in path.read_bytes()
    assert migrate(path, STEPS) is None and migrate(path) is None and len(names(path)) == 2


def test_steps_follow_one_another(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE journal SET format = 0")
        database.commit()
    ran: list[int] = []
    steps = {number: Step(lambda _, number=number: ran.append(number)) for number in (1, 0)}  # type: ignore[misc]
    assert migrate(path, steps) and ran == [0, 1]


def test_tables_may_change_on_the_way(path: Path) -> None:
    """Those of the older format are known to the letter, those of the newer are where a new file has them."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE more (x)")
        database.execute("INSERT INTO more VALUES (7)")
        database.commit()
        tables = tuple(database.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master"))

    def drop(rows: Transaction) -> None:
        rows._connection.exec_driver_sql("DROP TABLE more")

    with pytest.raises(Damaged, match="changed its tables"):
        migrate(path, {1: Step(drop)})
    assert migrate(path, {1: Step(drop, tables)}) and len(read_all(path)) == MANY


@pytest.mark.parametrize("steps", [{}, {2: Step(seal_anew)}, {0: Step(seal_anew)}])
def test_without_a_road_it_is_refused_as_ever(path: Path, steps: dict[int, Step]) -> None:
    before = path.read_bytes()
    for refuse in (lambda: JournalFile(path), lambda: migrate(path, steps)):
        with pytest.raises(Damaged, match=r"older kapjournal \(format 1\).*left as it is\.$"):
            refuse()
    assert path.read_bytes() == before and names(path) == ["ours.kap"]


def test_a_newer_format_and_strange_tables_are_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TRIGGER keep BEFORE DELETE ON envelope BEGIN SELECT RAISE(IGNORE); END")
        database.commit()
        with pytest.raises(Damaged, match="changed its tables"):
            migrate(path, STEPS)
        database.execute("DROP TRIGGER keep")
        database.execute("UPDATE journal SET format = 3")
        database.commit()
    with pytest.raises(Damaged, match=r"newer kapjournal \(format 3"):
        migrate(path, STEPS)


def fail(rows: Transaction) -> None:
    """The passphrase was wrong, say, after half of the rows."""
    for envelope_id in list(rows.lengths().keys())[: MANY // 2]:
        rows.delete([envelope_id])
    raise UnlockFailed("It did not open.")


def leave_a_table(rows: Transaction) -> None:
    rows._connection.exec_driver_sql("CREATE TABLE attic (id BLOB, sealed BLOB)")


@pytest.mark.parametrize(("step", "error"), [(fail, UnlockFailed), (leave_a_table, Damaged)])
def test_a_step_that_fails_leaves_the_file_as_it_was(
    path: Path, step: Callable[[Transaction], None], error: type[Exception]
) -> None:
    before = path.read_bytes()
    with pytest.raises(error):
        migrate(path, {1: Step(step)})
    assert path.read_bytes() == before and names(path) == ["ours.kap"]
    assert migrate(path, STEPS)


def test_no_other_program_is_in_the_file_meanwhile(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kapjournal.store.connection._BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT * FROM envelope").fetchone()
        with pytest.raises(CannotSave, match="Another program is holding"):
            migrate(path, STEPS)

    def look(rows: Transaction) -> None:
        with closing(sqlite3.connect(path, timeout=0.1)) as other, pytest.raises(sqlite3.OperationalError):
            other.execute("SELECT * FROM envelope").fetchone()
        seal_anew(rows)

    assert migrate(path, {1: Step(look)}) and len(read_all(path)) == MANY


def test_a_place_that_cannot_be_written_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    may = os.access
    monkeypatch.setattr(os, "access", lambda where, how: how != os.W_OK and may(where, how))
    with pytest.raises(CannotSave, match="read-only"):
        migrate(path, STEPS)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.parametrize("moment", ["step", *range(0, 24, 2)])
def test_a_kill_leaves_the_older_file_or_the_newer(path: Path, moment: str | int) -> None:
    """In the midst of a step, or so many milliseconds after the older file was kept."""
    before = rows_of(path)

    def end(rows: Transaction) -> None:
        seal_anew(rows)
        os._exit(0)

    if (child := os.fork()) == 0:
        try:
            migrate(path, {1: Step(end if moment == "step" else seal_anew)})
        finally:
            os._exit(0)
    if isinstance(moment, int):
        while not path.with_name("ours.kap.format-1").exists() and os.waitpid(child, os.WNOHANG) == (0, 0):
            time.sleep(0.0005)
        time.sleep(moment / 1000)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    older = format_of(path) == 1
    assert rows_of(path) == (before if older else anew(before))
    assert bool(migrate(path, STEPS)) is older
    assert read_all(path) == anew(before)
    assert all(rows_of(beside) == before for beside in path.parent.glob("*.format-1*"))


def test_a_disk_that_is_full_for_the_tidying_takes_nothing_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sys.modules[migrate.__module__], "compact", full)
    assert migrate(path, STEPS) and len(read_all(path)) == MANY


def test_keeping_goes_over_nothing(path: Path) -> None:
    first = path.with_name("ours.kap.format-1")
    first.write_text("of another day")
    assert migrate(path, STEPS) == path.with_name("ours.kap.format-1-1")
    assert first.read_text() == "of another day"


def test_a_link_is_followed(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "mine.kap"
    link.symlink_to(path)
    assert migrate(link, STEPS) == path.with_name("ours.kap.format-1") and link.is_symlink()
