"""Format 1 is frozen: what it held on that day is read for good, by a reader made from its page alone, and
this program takes over from it what each person wrote."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kapjournal.domain.notes import NoteKind
from kapjournal.errors import Damaged
from kapjournal.journal import FLOOR, doors, join, recover, unlock

from .format1 import KAP, PEOPLE, SAID, SHA256, OldFile, note_data
from .second_reader import read
from .tricky_texts import ANAS, BENS, KINDS_SINCE

ALL = {"After Kim", "No words", "Separators", "Tags"}
TITLES = {
    "Dr Löwe": ALL | {"", "Seen", "Supervised", "Tabs, once more", "Withdrawn"},
    "Ana": ALL
    | {"", "Decomposed", "Emoji with joiners 👩‍🚀", "First", "Over 4 KiB", "Tabs, once more", "שלום Ana"},
    "Ben": ALL
    | {"Decomposed", "First", "Looks like JSON", "Over 4 KiB", "Tabs, once more", "Withdrawn", "שלום Ana"},
    "Kim": {"", "Supervised"},
}
TABLES = [
    (
        "journal",
        "CREATE TABLE journal ( one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL, "
        "journal_id BLOB NOT NULL )",
    ),
    (
        "keyslot",
        "CREATE TABLE keyslot ( id BLOB NOT NULL PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, "
        "memory_kib INTEGER NOT NULL, time INTEGER NOT NULL, lanes INTEGER NOT NULL, "
        "salt BLOB NOT NULL, sealed_secret BLOB NOT NULL ) WITHOUT ROWID",
    ),
    (
        "envelope",
        "CREATE TABLE envelope ( id BLOB NOT NULL PRIMARY KEY, sealed BLOB NOT NULL ) WITHOUT ROWID",
    ),
]


def read_by_passphrase(path: Path, label: str) -> dict[str, Any]:
    return read(path, "passphrase", label, PEOPLE[label]["passphrase"])


def tables_of(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        master = database.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master").fetchall()
    return [(*row[:4], " ".join(row[4].split())) for row in master]


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    """No test writes to the golden file, and nobody makes it anew without saying so here."""
    yield
    assert hashlib.sha256(KAP.read_bytes()).hexdigest() == SHA256
    assert not list(KAP.parent.glob("format-1.kap-*"))


@pytest.mark.parametrize("label", PEOPLE)
def test_a_second_reader_made_from_the_page_reads_the_same(label: str, old_file: Path) -> None:
    assert read_by_passphrase(old_file, label) == PEOPLE[label]["reads"]


def test_the_second_reader_reads_with_recovery_words(old_file: Path) -> None:
    assert read(old_file, "recovery", "", PEOPLE["Ana"]["recovery"]) == PEOPLE["Ana"]["reads"]


def test_the_second_reader_reads_what_the_tests_write_as_format_1(old_file: Path) -> None:
    """A check of the tests' own writer, with which others of them go on in the old journal."""
    old = OldFile(old_file, "Ben")
    old.write("note", note_data("Later", "values"), "Once more.")
    titles = {note["title"] for note in read_notes_without_noise(old)}
    assert titles == {*(n["title"] for n in PEOPLE["Ben"]["reads"]["notes"] if n["author"] == "Ben"), "Later"}


def read_notes_without_noise(old: OldFile) -> list[dict[str, Any]]:
    person = old.person.__class__(old.path, "passphrase", old.label, PEOPLE[old.label]["passphrase"])
    bodies = person.bodies_on(old.own, person.me, "note session about papers earlier")
    return [body.data for body in bodies if body.kind == "note" and body.data]


def test_who_reads_what() -> None:
    """By hand, so that the JSON is not only the program's own word."""
    titles = {label: {n["title"] for n in one["reads"]["notes"]} for label, one in PEOPLE.items()}
    assert titles == TITLES
    anas, bens = PEOPLE["Ana"]["reads"], PEOPLE["Ben"]["reads"]
    assert [(one["title"], one["readers"]) for one in anas["earlier"]] == [
        ("Tabs", ["Ana", "Ben"]),
        ("Tabs, once more", ["Ana", "Ben"]),
        ("Tabs, once more", ["Ana", "Ben"]),
    ]
    assert [(one["title"], one["readers"]) for one in bens["earlier"]] == [
        ("Withdrawn", ["Ana", "Ben", "Dr Löwe"])
    ]
    assert [(one["readers"], one["cursor"]) for one in anas["drafts"]] == [(["Ben"], [1, 3])]
    assert anas["verified"] == ["Ben"] and anas["gone"] == ["Kim"]
    untitled = {label: [n for n in PEOPLE[label]["reads"]["notes"] if not n["title"]] for label in PEOPLE}
    assert {label: [note["session"] for note in notes] for label, notes in untitled.items()} == {
        "Dr Löwe": [12],
        "Ana": [12],
        "Ben": [],
        "Kim": [2],  # who does not read the sessions has the number the note was written with
    }


def test_every_kind_and_every_tricky_text_is_there() -> None:
    notes = {n["name"]: n for one in PEOPLE.values() for n in one["reads"]["notes"]}.values()
    assert {note["kind"] for note in notes} == set(NoteKind) - KINDS_SINCE
    texts = {note["title"]: note["body"] for note in notes}
    for given in (*ANAS, *BENS):
        if given.title not in ("Tabs", "Deleted"):
            assert texts[given.title] == given.body
    assert max(len(note["tags"]) for note in notes) == 32
    assert {len(note["readers"]) for note in notes} == {1, 2, 3}


def test_the_program_opens_no_file_of_format_1_and_says_what_to_do(old_file: Path, memory: Path) -> None:
    before = {path.name: path.read_bytes() for path in old_file.parent.iterdir() if path.is_file()}
    ana, words = PEOPLE["Ana"]["passphrase"], PEOPLE["Ana"]["recovery"]
    sentence = r"older kapjournal \(format 1\).*take over into it.*: kapjournal take-over format-1\.kap\.$"
    with pytest.raises(Damaged, match=sentence):
        doors(old_file)
    with pytest.raises(Damaged, match=sentence):
        unlock(old_file, label="Ana", passphrase=ana, record_folder=memory)
    with pytest.raises(Damaged, match=sentence):
        recover(old_file, words=words, passphrase="another for this door", record_folder=memory)
    with pytest.raises(Damaged, match=sentence):
        join(
            old_file,
            code=SAID["codes"]["open"],
            label="Noor",
            passphrase="noor opens this door",
            strength=FLOOR,
            record_folder=memory,
        )
    assert {path.name: path.read_bytes() for path in old_file.parent.iterdir() if path.is_file()} == before


def test_tables_and_header_are_as_the_page_says(old_file: Path) -> None:
    header = old_file.read_bytes()[:100]
    assert header[:18] == b"SQLite format 3\0\x10\x00"
    assert header[18:20] == b"\x02\x02"  # WAL
    assert int.from_bytes(header[40:44], "big") == 1  # the schema's counter, put back
    assert len(KAP.read_bytes()) < 400_000 and b"Ana" in KAP.read_bytes()
    assert tables_of(old_file) == [
        ("table", name, name, page, sql) for page, (name, sql) in enumerate(TABLES, start=2)
    ]
    database = sqlite3.connect(old_file)
    slots = database.execute("SELECT kind, label, memory_kib, time, lanes FROM keyslot").fetchall()
    sealed = [(len(id_), len(value), value[0]) for id_, value in database.execute("SELECT * FROM envelope")]
    database.close()
    assert sorted(slots) == [
        ("invitation", "", 65536, 3, 1),
        *(("passphrase", label, 65536, 3, 1) for label in sorted(PEOPLE)),
        ("recovery", "", 0, 0, 0),
    ]
    assert set(sealed) == {(16, 753 + 4096, 1), (16, 753 + 8192, 1)}


def test_a_program_of_format_1_sees_in_the_first_table_that_todays_file_is_newer(today: Path) -> None:
    """It refuses a larger `format` as newer if the first table is as it knows it."""
    assert tables_of(today)[0] == ("table", *(TABLES[0][0],) * 2, 2, TABLES[0][1])
    with closing(sqlite3.connect(today)) as database:
        assert database.execute("SELECT one, format FROM journal").fetchall() == [(1, 2)]
