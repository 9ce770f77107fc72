"""Format 1 is frozen: what it held on that day is read for good, by this program and by any other."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind
from kapjournal.errors import UnlockFailed
from kapjournal.journal import FLOOR, NewNote, doors, generated_recovery_words, join, recover, unlock

from . import make_golden_file
from .second_reader import read
from .what_a_member_reads import what_a_member_reads

KAP = Path(__file__).with_name("format-1.kap")
SAID: dict[str, Any] = json.loads(Path(__file__).with_name("format-1.json").read_text("utf-8"))
PEOPLE: dict[str, Any] = SAID["people"]
SHA256 = "475d6930a4659af6554f2b477fae490284a7aa7a5ee8584eb1e839059a9071d1"
ALL = {"After Kim", "No words", "Separators", "Tags"}
TITLES = {
    "Dr Löwe": ALL | {"", "Seen", "Supervised", "Tabs, once more", "Withdrawn"},
    "Ana": ALL
    | {"", "Decomposed", "Emoji with joiners 👩‍🚀", "First", "Over 4 KiB", "Tabs, once more", "שלום Ana"},
    "Ben": ALL
    | {"Decomposed", "First", "Looks like JSON", "Over 4 KiB", "Tabs, once more", "Withdrawn", "שלום Ana"},
    "Kim": {"", "Supervised"},
}


def read_by_passphrase(path: Path, label: str) -> dict[str, Any]:
    return read(path, "passphrase", label, PEOPLE[label]["passphrase"])


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    """No test writes to the golden file, and nobody makes it anew without saying so here."""
    yield
    assert hashlib.sha256(KAP.read_bytes()).hexdigest() == SHA256
    assert not list(KAP.parent.glob("format-1.kap-*"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(KAP, tmp_path)
    return tmp_path / KAP.name


@pytest.mark.parametrize("label", PEOPLE)
def test_each_person_reads_what_they_read_then_and_writes_on(label: str, copy: Path, memory: Path) -> None:
    with unlock(copy, label=label, passphrase=PEOPLE[label]["passphrase"], record_folder=memory) as journal:
        assert what_a_member_reads(journal) == PEOPLE[label]["reads"]
        assert journal.check().is_clean
        written = journal.notes.add(NewNote("Years later."))
    with unlock(copy, label=label, passphrase=PEOPLE[label]["passphrase"], record_folder=memory) as journal:
        assert journal.notes.get(written.id).text.body == "Years later." and journal.check().is_clean
        journal.notes.delete(written.id)
        assert what_a_member_reads(journal) == PEOPLE[label]["reads"]
    assert read_by_passphrase(copy, label) == PEOPLE[label]["reads"]


@pytest.mark.parametrize("label", PEOPLE)
def test_a_second_reader_made_from_the_page_reads_the_same(label: str, copy: Path) -> None:
    assert read_by_passphrase(copy, label) == PEOPLE[label]["reads"]


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
    assert {note["kind"] for note in notes} == set(NoteKind)
    texts = {note["title"]: note["body"] for note in notes}
    for given in (*make_golden_file.ANAS, *make_golden_file.BENS):
        if given.title not in ("Tabs", "Deleted"):
            assert texts[given.title] == given.body
    assert max(len(note["tags"]) for note in notes) == 32
    assert {len(note["readers"]) for note in notes} == {1, 2, 3}


def test_recovery_words_still_open(copy: Path, memory: Path) -> None:
    words = PEOPLE["Ana"]["recovery"]
    assert read(copy, "recovery", "", words) == PEOPLE["Ana"]["reads"]
    with recover(
        copy, words=words, passphrase="another for this door", strength=FLOOR, record_folder=memory
    ) as journal:
        assert what_a_member_reads(journal) == PEOPLE["Ana"]["reads"]
    with pytest.raises(UnlockFailed):
        unlock(copy, label="Ana", passphrase=PEOPLE["Ana"]["passphrase"], record_folder=memory)


def test_recovery_words_from_then_can_be_replaced(copy: Path, memory: Path) -> None:
    old, fresh = PEOPLE["Ana"]["recovery"], generated_recovery_words()
    with recover(
        copy, words=old, passphrase="another for this door", strength=FLOOR, record_folder=memory
    ) as ana:
        assert read(copy, "recovery", "", old) == PEOPLE["Ana"]["reads"]
        assert ana.keys.renew_recovery_words(fresh)
    assert read(copy, "recovery", "", fresh) == PEOPLE["Ana"]["reads"]
    with pytest.raises(UnlockFailed):
        recover(copy, words=old, passphrase="another for this door", strength=FLOOR, record_folder=memory)


def test_words_from_then_take_nothing_from_newer_ones(copy: Path, memory: Path) -> None:
    old, fresh = PEOPLE["Ana"]["recovery"], generated_recovery_words()
    last = generated_recovery_words()
    with unlock(copy, label="Ana", passphrase=PEOPLE["Ana"]["passphrase"], record_folder=memory) as ana:
        assert not ana.keys.renew_recovery_words(fresh)  # those from then are not recognised yet
    with recover(
        copy, words=old, passphrase="another for this door", strength=FLOOR, record_folder=memory
    ) as ana:
        assert read(copy, "recovery", "", fresh) == PEOPLE["Ana"]["reads"]
        assert ana.keys.renew_recovery_words(last)
    assert read(copy, "recovery", "", last) == PEOPLE["Ana"]["reads"]
    for words in (old, fresh):
        with pytest.raises(UnlockFailed):
            recover(
                copy, words=words, passphrase="another for this door", strength=FLOOR, record_folder=memory
            )


def test_the_open_code_still_lets_a_newcomer_in_and_no_other_does(copy: Path, memory: Path) -> None:
    def enter(code: str) -> None:
        joined, _ = join(
            copy,
            code=code,
            label="Noor",
            passphrase="noor opens this door",
            with_recovery=False,
            strength=FLOOR,
            record_folder=memory,
        )
        with joined:
            assert joined.me.role is Role.PRESCRIBER and joined.check().is_clean
            assert {m.label for m in joined.members.all()} == {"Dr Löwe", "Ana", "Ben", "Noor"}

    for code in (SAID["codes"]["cancelled"], SAID["codes"]["used"]):
        with pytest.raises(UnlockFailed):
            enter(code)
    enter(SAID["codes"]["open"])
    with unlock(copy, label="Ana", passphrase=PEOPLE["Ana"]["passphrase"], record_folder=memory) as ana:
        shared = ana.notes.add(NewNote("Welcome.", share="Noor"))
    with unlock(copy, label="Noor", passphrase="noor opens this door", record_folder=memory) as noor:
        assert noor.notes.get(shared.id).text.body == "Welcome."
        assert noor.title == ""  # until the keeper looks
    newcomers = read(copy, "passphrase", "Noor", "noor opens this door")
    assert [note["body"] for note in newcomers["notes"]] == ["Welcome."]


def test_tables_and_header_are_as_the_page_says(copy: Path) -> None:
    header = copy.read_bytes()[:100]
    assert header[:18] == b"SQLite format 3\0\x10\x00"
    assert header[18:20] == b"\x02\x02"  # WAL
    assert int.from_bytes(header[40:44], "big") == 1  # the schema's counter, put back
    assert len(KAP.read_bytes()) < 400_000 and b"Ana" in KAP.read_bytes()
    database = sqlite3.connect(copy)
    master = database.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master").fetchall()
    assert [(*row[:4], " ".join(row[4].split())) for row in master] == [
        (
            "table",
            "journal",
            "journal",
            2,
            "CREATE TABLE journal ( one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL, "
            "journal_id BLOB NOT NULL )",
        ),
        (
            "table",
            "keyslot",
            "keyslot",
            3,
            "CREATE TABLE keyslot ( id BLOB NOT NULL PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, "
            "memory_kib INTEGER NOT NULL, time INTEGER NOT NULL, lanes INTEGER NOT NULL, "
            "salt BLOB NOT NULL, sealed_secret BLOB NOT NULL ) WITHOUT ROWID",
        ),
        (
            "table",
            "envelope",
            "envelope",
            4,
            "CREATE TABLE envelope ( id BLOB NOT NULL PRIMARY KEY, sealed BLOB NOT NULL ) WITHOUT ROWID",
        ),
    ]
    slots = database.execute("SELECT kind, label, memory_kib, time, lanes FROM keyslot").fetchall()
    sealed = [(len(id_), len(value), value[0]) for id_, value in database.execute("SELECT * FROM envelope")]
    database.close()
    assert sorted(slots) == [
        ("invitation", "", 65536, 3, 1),
        *(("passphrase", label, 65536, 3, 1) for label in sorted(PEOPLE)),
        ("recovery", "", 0, 0, 0),
    ]
    assert set(sealed) == {(16, 753 + 4096, 1), (16, 753 + 8192, 1)}
    assert doors(copy) == ["Ana", "Ben", "Dr Löwe", "Kim"]


def test_what_is_written_today_is_read_by_the_second_reader_in_full(tmp_path: Path) -> None:
    making = make_golden_file.Making(tmp_path)
    make_golden_file.the_story(making)
    for label in PEOPLE:
        reads = making.do(label, what_a_member_reads)
        assert read_by_passphrase(making.path, label) == reads
        assert _without_names(reads) == _without_names(PEOPLE[label]["reads"])


def _without_names(reads: dict[str, Any]) -> Any:
    """What does not change when the same story is written again: names of documents do, and order by them."""
    told = json.loads(json.dumps(reads))
    for note in (*told["notes"], *told["earlier"], *told["drafts"]):
        note.pop("name", None)
        note["of"] = bool(note.get("of"))
    return {
        key: sorted(map(repr, value)) if key in ("notes", "earlier") else value for key, value in told.items()
    }
