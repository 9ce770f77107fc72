"""What somebody who could write the old file did to it: what is whole still comes, and the rest is said."""

import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.errors import Damaged, UnlockFailed
from kapjournal.journal import Journal, TakenOver

from .format1 import PASSPHRASES, PEOPLE, OldFile, note_data, own_notes
from .todays_journal import enter

ANAS = len(own_notes("Ana"))


@pytest.fixture
def old(old_file: Path) -> OldFile:
    return OldFile(old_file, "Ana")


@pytest.fixture
def ana(today: Path, memory: Path) -> Iterator[Journal]:
    with closing(enter(today, "Ana", memory)) as journal:
        yield journal
        assert journal.check().is_clean


def take(ana: Journal, old: OldFile) -> TakenOver:
    before = old.path.read_bytes()
    try:
        return ana.take_over(old.path, passphrase=PASSPHRASES["Ana"])
    finally:
        assert old.path.read_bytes() == before


def bodies(journal: Journal) -> dict[str, str]:
    return {note.text.title: note.text.body for note in journal.notes.all()}


@pytest.mark.parametrize("at", [0, 1, 33, 161, 737, 4000])
def test_an_altered_note_is_left_out_and_the_rest_comes(at: int, ana: Journal, old: OldFile) -> None:
    """Its first byte, the commitment, the tags, the wraps, the ciphertext: a bit of it is enough."""
    (row,) = old.rows("note", "Much.")
    slot = row.slot(old.own)
    assert slot
    place = at + {33: 16 * slot[0], 161: 72 * slot[0]}.get(at, 0)
    old.alter(row, place)
    report = take(ana, old)
    assert (report.notes, report.is_whole) == (ANAS - 1, False)
    assert report.unreadable == (at not in (0, 33))  # without its mark or its tag nobody knows whose it was
    assert "Tags" not in bodies(ana)


def test_a_note_that_was_taken_out_is_missed(ana: Journal, old: OldFile) -> None:
    old.drop(old.rows("note", "Much.")[0])
    report = take(ana, old)
    assert (report.notes, report.unreadable, report.is_whole) == (ANAS - 1, 0, False)


def test_a_whole_copy_brings_what_the_first_one_had_lost(ana: Journal, old: OldFile, tmp_path: Path) -> None:
    whole = OldFile(tmp_path / "whole.kap", "Ana")
    shutil.copy(old.path, whole.path)
    old.drop(old.rows("note", "Much.")[0])
    take(ana, old)
    report = take(ana, whole)
    assert (report.notes, report.is_whole) == (1, True) and "Tags" in bodies(ana)


def test_of_a_note_whose_last_version_is_gone_the_one_before_comes(ana: Journal, old: OldFile) -> None:
    (last,) = [row for row in old.rows("note", "Tabs, once more") if b"later" in _body(old, row)]
    old.drop(last)
    report = take(ana, old)
    assert (report.notes, report.is_whole) == (ANAS, False)
    (note,) = [note for note in ana.notes.all() if note.text.title == "Tabs, once more"]
    assert len(ana.notes.history(note.id)) == report.earlier + 1 == 3


def test_an_older_version_put_back_beside_the_last_does_not_become_the_note(
    ana: Journal, old: OldFile
) -> None:
    document = old.write("note", note_data("Twice"), "As it is now.", writes=900)
    old.write("note", note_data("Twice"), "As it was.", document=document, writes=800)
    take(ana, old)
    assert bodies(ana)["Twice"] == "As it is now."


@pytest.mark.parametrize(
    "data",
    [
        {},
        {**note_data("Odd"), "kind": "sonnet"},
        {**note_data("Odd"), "tags": "one"},
        {**note_data("Odd"), "date": "the third"},
        {**note_data("Odd"), "written": 7},
        {**note_data("Odd"), "session": ["x", 1]},
        {**note_data("Odd\u001b[2J")},
    ],
)
def test_a_note_of_no_form_is_counted_and_left_out(
    data: dict[str, object], ana: Journal, old: OldFile
) -> None:
    old.write("note", data, "Words.")
    report = take(ana, old)
    assert (report.notes, report.unreadable, report.is_whole) == (ANAS, 1, True)


@pytest.mark.parametrize("body", [b"", b"\xff" * 75, bytes(76), b"\xff" * 76, b"\x07" * 5000])
def test_a_body_of_no_form_is_counted_and_left_out(body: bytes, ana: Journal, old: OldFile) -> None:
    old.put(body)
    report = take(ana, old)
    assert (report.notes, report.unreadable) == (ANAS, 1)


def test_words_that_no_note_may_hold_are_not_brought(ana: Journal, old: OldFile) -> None:
    old.write("note", note_data("Screen"), "\x1b[2J")
    assert take(ana, old).unreadable == 1 and "Screen" not in bodies(ana)


def test_strange_rows_and_strange_doors_keep_nobody_out(ana: Journal, old: OldFile) -> None:
    old.run("INSERT INTO envelope VALUES ('text', 7)")
    old.run("INSERT INTO envelope VALUES (?, zeroblob(40000000))", secrets.token_bytes(16))
    old.run("INSERT INTO envelope VALUES (?, ?)", secrets.token_bytes(16), b"\x01" + bytes(752 + 4096))
    for memory in (-1, 1, 2**40):
        columns = secrets.token_bytes(16), "passphrase", "Ana", memory, 3, 1, bytes(16), bytes(144)
        old.run("INSERT INTO keyslot VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *columns)
        columns = secrets.token_bytes(16), "recovery", "", memory, 2**40, -1, bytes(16), bytes(3)
        old.run("INSERT INTO keyslot VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *columns)
    report = take(ana, old)
    assert (report.notes, report.unreadable, report.is_whole) == (ANAS, 0, True)
    again = ana.take_over_with_recovery_words(old.path, PEOPLE["Ana"]["recovery"])
    assert again.already_here == report.notes + report.drafts


def test_a_door_made_cheaper_or_dearer_is_named(ana: Journal, old: OldFile) -> None:
    for memory in (8, 2**30):
        old.run("UPDATE keyslot SET memory_kib = ?", memory)
        with pytest.raises(Damaged, match="outside the safe range"):
            take(ana, old)


def test_a_door_under_another_label_does_not_open(ana: Journal, old: OldFile) -> None:
    old.run("DELETE FROM keyslot WHERE label = 'Ana'")
    old.run("UPDATE keyslot SET label = 'Ana' WHERE label = 'Ben'")
    with pytest.raises(UnlockFailed):
        ana.take_over(old.path, passphrase=PASSPHRASES["Ben"])
    assert ana.notes.all() == []


def test_a_journal_beside_the_old_file_is_refused_before_anything_is_opened(
    ana: Journal, old: OldFile
) -> None:
    planted = old.path.with_name(old.path.name + "-journal")
    planted.write_bytes(os.urandom(512))
    with pytest.raises(Damaged, match="which kapjournal never makes"):
        take(ana, old)
    assert planted.exists() and ana.notes.all() == []


def test_a_trigger_in_the_old_file_is_refused(ana: Journal, old: OldFile) -> None:
    old.run("CREATE TRIGGER keep AFTER DELETE ON envelope BEGIN DELETE FROM keyslot; END")
    with pytest.raises(Damaged, match="changed its tables"):
        take(ana, old)


@pytest.mark.parametrize("page", range(5, 60, 9))
def test_pages_of_noise_cost_no_more_than_what_stood_on_them(page: int, ana: Journal, old: OldFile) -> None:
    with old.path.open("r+b") as file:
        file.seek(4096 * page)
        file.write(os.urandom(4096))
    try:
        report = take(ana, old)
    except Damaged:
        assert ana.notes.all() == []
        return
    assert report.notes >= ANAS - 3


def test_what_an_older_program_left_in_a_log_is_read_and_stays_there(
    ana: Journal, old: OldFile, tmp_path: Path
) -> None:
    """It was killed before it had tidied up: the last words lie in the log alone."""
    (killed := tmp_path / "killed").mkdir()
    with closing(sqlite3.connect(old.path)) as keeps_the_log:
        keeps_the_log.execute("SELECT * FROM journal").fetchall()
        with closing(sqlite3.connect(old.path)) as writer:
            row = old.rows("note", "Much.")[0]
            writer.execute("DELETE FROM envelope WHERE id = ?", (row.id,))
            writer.commit()
        for path in old.path.parent.iterdir():
            shutil.copy(path, killed)
    (killed / f"{old.path.name}-shm").unlink()
    log = (killed / f"{old.path.name}-wal").read_bytes()
    left = OldFile(killed / old.path.name, "Ana")
    assert log and take(ana, left).notes == ANAS - 1
    assert (killed / f"{old.path.name}-wal").read_bytes() == log


def test_a_huge_old_file_takes_its_time_and_no_more(ana: Journal, old: OldFile) -> None:
    """Rows that are nobody's, as many as somebody likes: each is looked at and let go."""
    rows = ((secrets.token_bytes(16), b"\x01" + os.urandom(752 + 4096)) for _ in range(3000))
    with closing(sqlite3.connect(old.path)) as database:
        database.executemany("INSERT INTO envelope VALUES (?, ?)", rows)
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    report = take(ana, old)
    assert (report.notes, report.unreadable, report.is_whole) == (ANAS, 0, True)


def test_many_notes_with_a_long_one_among_them_come_in_one_go(ana: Journal, old: OldFile) -> None:
    for number in range(60):
        old.write("note", note_data(f"Note {number}"), "x" * (1_000_000 if number == 7 else 10))
    assert take(ana, old).notes == ANAS + 60


def _body(old: OldFile, row: object) -> bytes:
    slot = row.slot(old.own)  # type: ignore[attr-defined]
    return bytes(row.body(slot[1]))  # type: ignore[attr-defined]
