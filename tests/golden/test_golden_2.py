"""What a file of format 2 held on the day it was made is read by this program, by a reader made from the page
alone, and by a person who looks here."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.domain.notes import NoteKind
from kapjournal.errors import KapjournalError
from kapjournal.journal import FLOOR, Journal, doors, join, recover, unlock

from .both_programs import CODES, KAP, PEOPLE, SAID
from .make_golden_file_2 import FILES
from .second_formulas_2 import TABLES
from .second_reader_2 import read
from .second_transaction_2 import Transaction
from .tricky_texts import ANAS, BENS, KINDS_SINCE
from .what_a_member_reads import what_a_member_reads

WITH_WORDS = [label for label, one in PEOPLE.items() if one["recovery"]]
KEEPER = PEOPLE["Dr Löwe"]["passphrase"]
SHA256 = "7dc8ea1de7985eda4f95ce4615e1f5d8bdadc0786279c692ea47ccabb53605d3"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A copy to work with; nobody writes to the golden file, or makes it anew without saying so here."""
    (path := tmp_path / KAP.name).write_bytes(KAP.read_bytes())
    yield path
    assert hashlib.sha256(KAP.read_bytes()).hexdigest() == SHA256
    assert not list(KAP.parent.glob("format-2.kap-*"))


def met(journal: Journal) -> set[str]:
    return {member.label for member in journal.members.all()}


def rows_of(path: Path) -> list[tuple[bytes, bytes]]:
    with closing(sqlite3.connect(path)) as database:
        return [row for name in ("envelope", "part") for row in database.execute(f"SELECT * FROM {name}")]


@pytest.mark.parametrize("label", PEOPLE)
def test_both_programs_read_what_each_member_read_on_that_day(label: str, file: Path, memory: Path) -> None:
    passphrase = PEOPLE[label]["passphrase"]
    assert read(file, label, passphrase) == PEOPLE[label]["reads"]
    before = rows_of(file)
    with unlock(file, label=label, passphrase=passphrase, record_folder=memory) as journal:
        assert journal.check().is_clean and not journal.findings
        assert what_a_member_reads(journal) == PEOPLE[label]["reads"]
    assert rows_of(file) == before


@pytest.mark.parametrize("label", WITH_WORDS)
def test_both_programs_read_it_with_recovery_words(label: str, file: Path, memory: Path) -> None:
    words = PEOPLE[label]["recovery"]
    assert read(file, "", words) == PEOPLE[label]["reads"]
    door = "another for this door"
    with recover(file, words=words, passphrase=door, strength=FLOOR, record_folder=memory) as journal:
        assert journal.me.label == label and journal.check().is_clean
        assert what_a_member_reads(journal) == PEOPLE[label]["reads"]
    assert read(file, label, door) == PEOPLE[label]["reads"]


def test_an_open_code_still_lets_somebody_in(file: Path, memory: Path) -> None:
    joined, _ = join(
        file,
        code=CODES["open"],
        label="Noor",
        passphrase="noor opens this door",
        with_recovery=False,
        strength=FLOOR,
        record_folder=memory,
    )
    with joined:
        assert joined.check().is_clean
        assert met(joined) == {"Noor", "Dr Löwe", "Ana"}  # Kim came after the code was given out
        with unlock(file, label="Dr Löwe", passphrase=KEEPER, record_folder=memory) as keeper:
            assert "Noor" in met(keeper)
        joined.refresh()
        assert met(joined) == {"Noor", "Dr Löwe", "Ana", "Kim"} and joined.check().is_clean


def test_what_was_replaced_or_taken_back_opens_nothing(file: Path, memory: Path) -> None:
    first, words = CODES["Ana's first passphrase"], CODES["replaced words"]
    for label, secret in (("Ana", first), ("", words)):
        with pytest.raises((AssertionError, ValueError)):
            read(file, label, secret)
    with pytest.raises(KapjournalError):
        unlock(file, label="Ana", passphrase=first, record_folder=memory)
    with pytest.raises(KapjournalError):
        recover(file, words=words, passphrase="another for this door", strength=FLOOR, record_folder=memory)
    for code in ("cancelled", "used"):
        with pytest.raises(KapjournalError):
            join(
                file, code=CODES[code], label="Noor", passphrase="noor opens this door", record_folder=memory
            )


def test_who_reads_what() -> None:
    """By hand, so that the JSON is not only the program's own word."""
    reads = {label: one["reads"] for label, one in PEOPLE.items()}
    titles = {label: {note["title"] for note in one["notes"]} for label, one in reads.items()}
    of_couple = {"First", "שלום Ana", "Over 4 KiB", "Decomposed", "Tabs", "No words"}
    of_keeper = {"", "Tabs", "Tags", "Separators", "No words", "Seen"}
    assert titles == {
        "Dr Löwe": of_keeper,
        "Ana": of_couple | of_keeper | {"Emoji with joiners 👩‍🚀"},
        "Ben": of_couple | {"Looks like JSON"},
        "Kim": {"Seen"},
    }
    assert {label: one["gone"] for label, one in reads.items()} == {
        "Dr Löwe": ["Ben"],
        "Ana": ["Ben"],
        "Ben": ["Ben"],  # the keeper's word reached him
        "Kim": [],  # who was removed is not met
    }
    assert {label: one["verified"] for label, one in reads.items()} == {
        "Dr Löwe": [],  # nobody has compared the digits of Ana's new keys
        "Ana": ["Ben", "Dr Löwe"],
        "Ben": [],
        "Kim": [],
    }
    assert reads["Dr Löwe"]["invited"] == ["Noor"]
    earlier = {
        label: [(one["title"], one["readers"]) for one in each["earlier"]] for label, each in reads.items()
    }
    assert sorted(earlier["Ana"]) == [
        ("Separators", ["Ana", "Ben", "Dr Löwe"]),
        ("Separators", ["Ana", "Ben", "Dr Löwe"]),
        ("Tabs", ["Ana", "Ben"]),
        ("Tags", ["Ana", "Ben", "Dr Löwe"]),
    ]
    assert earlier["Dr Löwe"] == [("Seen", ["Ana", "Dr Löwe", "Kim"])] * 2
    assert earlier["Ben"] == [("First", ["Ana", "Ben"])] and earlier["Kim"] == []
    drafts = {"Ana": (None, ["Ben"], [1, 3]), "Ben": ("First", ["Ana"], [0, 13])}
    for label, (of, readers, cursor) in drafts.items():
        (draft,) = reads[label]["drafts"]
        names = {note["name"]: note["title"] for note in reads[label]["notes"]}
        assert (names.get(draft["of"]), draft["readers"], draft["cursor"]) == (of, readers, cursor)
    untitled = [note for note in reads["Ana"]["notes"] if not note["title"]]
    assert [note["session"] for note in untitled] == [12]  # as it is numbered now; it was the second


def test_what_was_signed_attached_and_written_at_once() -> None:
    notes = {note["title"]: note for one in PEOPLE.values() for note in one["reads"]["notes"]}
    signed = notes["Seen"]["signed"]
    signers = [(one["signer"], one["as"], one["name"], one["credentials"]) for one in signed["signatures"]]
    assert signers == [
        ("Dr Löwe", "author", "Dr. med. Löwe", ""),
        ("Kim", "co-signer", "Kim Sánchez", "LMFT"),
    ]
    assert [(one["what"], one["body"]) for one in signed["addenda"]] == [("late entry", "And she laughed.\n")]
    (name, whole), _ = FILES.items()
    described = {"name": name, "size": len(whole), "sha256": hashlib.sha256(whole).hexdigest()}
    assert {title: note["files"] for title, note in notes.items() if "files" in note} == {
        "First": [described]
    }
    both = {*notes["Separators"]["tags"], *(tag for one in notes["Separators"]["beside"] for tag in one[2:])}
    assert both == {"here", "there"}
    assert [title for title, note in notes.items() if "beside" in note] == ["Separators"]


def test_every_kind_and_every_tricky_text_is_there() -> None:
    notes = {n["name"]: n for one in PEOPLE.values() for n in one["reads"]["notes"]}.values()
    assert {note["kind"] for note in notes} == {*NoteKind} - KINDS_SINCE - {NoteKind.PAGE}
    texts = {note["title"]: note["body"] for note in notes}
    for given in (*ANAS, *BENS):
        if given.title not in ("Withdrawn", "Deleted"):
            assert texts[given.title] == given.body
    assert "Nobody reads this again." not in json.dumps(SAID["people"])
    assert max(len(note["tags"]) for note in notes) == 32
    assert {len(note["readers"]) for note in notes} == {1, 2, 3}


def test_tables_and_header_are_as_the_page_says(file: Path) -> None:
    header = file.read_bytes()[:100]
    assert header[:20] == b"SQLite format 3\0\x10\x00\x02\x02"  # WAL
    assert int.from_bytes(header[40:44], "big") == 1  # the schema's counter, put back
    assert int.from_bytes(header[36:40], "big") == 0  # no page is left over
    assert len(KAP.read_bytes()) < 500_000 and doors(file) == ["Ana", "Ben", "Dr Löwe", "Kim"]
    with closing(sqlite3.connect(file)) as database:
        assert [sql for (sql,) in database.execute("SELECT sql FROM sqlite_master")] == [*TABLES.values()]
        slots = database.execute("SELECT kind, label, memory_kib, time, lanes FROM keyslot").fetchall()
        parts = [(len(sealed), sealed[0]) for (sealed,) in database.execute("SELECT sealed FROM part")]
    assert sorted(slots) == [
        ("invitation", "", 65536, 3, 1),
        *(("passphrase", label, 65536, 3, 1) for label in sorted(PEOPLE)),
    ]
    sizes = {(785, 3), *((785 + (4096 << doubled), 2) for doubled in range(3))}
    assert {(len(sealed), sealed[0]) for _, sealed in rows_of(file)} == sizes
    assert sorted(parts) == [(785, 3), (785 + 4096, 2)]


@pytest.mark.parametrize("label", [label for label in PEOPLE if label != "Ana"])
def test_stamps_say_exactly_what_is_there(label: str, file: Path) -> None:
    """Not Ana's: of two computers neither knew what the other wrote. Nor those to who was removed."""
    person = Transaction(file, label, PEOPLE[label]["passphrase"])
    gone = PEOPLE[label]["reads"]["gone"]
    cards = person.people().cards
    here = [key for who, key in person.to_others.items() if cards[who]["label"] not in gone]
    for slots in filter(None, map(person.on, (person.own, *here))):
        assert max(slot.rows for slot in slots) == len(slots)
        assert max(slot.drops for slot in slots) == sum(slot.row.dropped for slot in slots)
