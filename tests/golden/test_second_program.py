"""What this program writes another one reads, and the other way round: one made from crypto/FORMAT.md."""

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from mnemonic import Mnemonic

from kapjournal.domain.findings import FindingKind
from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.signing import AddendumKind, Signer
from kapjournal.journal import FLOOR, NewNote, NoteChange, doors, recover, unlock
from kapjournal.journal import join as join_by_the_product

from .both_programs import (
    CODES,
    KAP,
    PASSPHRASES,
    Changing,
    Copies,
    all_rows,
    parts,
    refresh,
    rows,
    sha256_of,
    texts,
    unite,
)
from .second_formulas_2 import purpose
from .second_reader_2 import Person, read
from .second_writer_2 import Member, create, join
from .what_a_member_reads import what_a_member_reads

# What the product wrote


def test_codes_that_were_taken_back_open_nothing(story: Path) -> None:
    for code in ("cancelled", "used"):
        with pytest.raises(AssertionError, match="nothing opens"):
            join(story, CODES[code], "Noor", PASSPHRASES["Noor"])


def test_what_the_product_signs_and_seals_with_new_keys_today(couple: Path, copies: Copies) -> None:
    with copies.opened(couple, "Dr Löwe") as journal:
        seen = journal.notes.add(NewNote("Both laughed.", "Seen", share="all")).id
        journal.signing.sign(seen, Signer("Löwe", "MD"))
        journal.signing.add(seen, AddendumKind.AMENDMENT, "Not Ben.", "A slip.", Signer("Löwe", "MD"))
    with copies.opened(couple, "Ana") as journal:
        journal.keys.replace(door := "ana has a new door", None, strength=FLOOR)
    with copies.opened(couple, "Dr Löwe") as journal:
        journal.notes.withdraw(seen, "Ben")
    copies.opened(couple, "Ben").close()  # sends a key to her new identity, as the keeper's program did
    unlock(couple, label="Ana", passphrase=door, record_folder=copies.memory()).close()
    reads = read(couple, "Ana", door)
    (note,) = reads["notes"]
    assert [one["signer"] for one in note["signed"]["signatures"]] == ["Dr Löwe"]
    assert [(one["what"], one["body"]) for one in note["signed"]["addenda"]] == [("amendment", "Not Ben.")]
    assert copies.both_read(couple, "Dr Löwe")["notes"][0]["signed"] == note["signed"]
    assert copies.both_read(couple, "Ben")["notes"] == []


def test_the_second_program_goes_on_where_somebody_has_new_keys(story: Path, copies: Copies) -> None:
    ana = Member(story, "Ana", PASSPHRASES["Ana"])
    ana.add("To all", "By new keys.", "page", ["Dr Löwe", "Kim"])
    ana.edit(ana.named_note("Separators"), "Both at once.")
    Member(story, "Kim", PASSPHRASES["Kim"]).add("Back", "To new keys.", "observation", ["Ana"])
    readers = ["Ana", "Dr Löwe", "Kim"]
    assert ("To all", "By new keys.", readers) in texts(copies.both_read(story, "Kim"))
    assert ("To all", "By new keys.", readers) in texts(copies.both_read(story, "Dr Löwe"))
    reads = copies.both_read(story, "Ana")
    assert ("Back", "To new keys.", ["Ana", "Kim"]) in texts(reads)
    assert [note["body"] for note in reads["notes"] if note["title"] == "Separators"] == ["Both at once."]


def test_the_second_program_joins_with_a_code_of_the_product(story: Path, copies: Copies) -> None:
    path = story
    join(path, CODES["open"].upper(), "Noor", PASSPHRASES["Noor"])
    for label in ("Dr Löwe", "Ana"):
        with copies.opened(path, label) as journal:
            journal.refresh()
    refresh(path, "Noor")
    with copies.opened(path, "Ana") as journal:
        journal.notes.add(NewNote("Welcome.", "To Noor", NoteKind.PAGE, share="Noor"))
    copies.opened(path, "Noor").close()  # notes how many rows were on channels whose keys were replaced
    reads = copies.both_read(path, "Noor")
    assert texts(reads) == [("To Noor", "Welcome.", ["Ana", "Noor"])] and reads["title"]
    assert set(reads["people"]) == {"Dr Löwe", "Ana", "Kim", "Noor"}  # who was removed is not met
    copies.opened(path, "Dr Löwe").close()  # her certificate lies under the newest key too now
    assert "Noor" in doors(path) and copies.both_read(path, "Dr Löwe")["invited"] == []


def spoiled(database: sqlite3.Connection) -> list[tuple[str, tuple[bytes, ...]]]:
    """Every way in which these tests spoil a file."""
    (id_, raw), *_ = ((one, raw) for one, raw in rows(database).items() if raw[0] == 2)
    flipped = [raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :] for at in (1, 20, 40, 70, 500, 900)]
    put = "UPDATE envelope SET sealed = ? WHERE id = ?"
    return [
        *((put, (changed, id_)) for changed in (*flipped, raw[:-1], b"\3" + raw[1:785])),
        ("UPDATE part SET sealed = zeroblob(length(sealed))", ()),
        ("UPDATE journal SET format = 3", ()),
        ("CREATE VIEW more AS SELECT * FROM envelope", ()),
        ("UPDATE keyslot SET kind = 'invitation' WHERE label = 'Ana'", ()),
    ]


def test_the_second_reader_sees_every_change(story: Path, copies: Copies) -> None:
    with Changing(story) as database:
        ways = spoiled(database)
    for way in ways:
        path = copies.new(KAP)
        with Changing(path) as database:
            database.execute(*way)
        with pytest.raises(AssertionError):
            read(path, "Ana", PASSPHRASES["Ana"])


def test_the_second_reader_sees_every_row_of_ones_own_that_is_missing(story: Path) -> None:
    """But for the one row that no other speaks of: without a record the last can be struck unseen."""
    person = Person(story, "Dr Löwe", PASSPHRASES["Dr Löwe"])
    everything = person.rows
    slots = person.on(person.own)
    for gone in (slot for slot in slots if slot.rows < len(slots)):
        person.rows = [row for row in everything if row is not gone.row]
        with pytest.raises(AssertionError, match="missing"):
            person.check_numbers(person.on(person.own), person.me, person.me)
        channel = hashlib.sha256(purpose("rollback record channel", person.me, person.me)).digest()[:8].hex()
        let_go = {"through": {gone.replica.hex(): gone.number}, "rows": 1, "drops": int(gone.row.dropped)}
        person.book["let_go"] = {channel: let_go}
        person.check_numbers(person.on(person.own), person.me, person.me)
        person.book["let_go"] = {}


# What the second program wrote


def test_the_product_reads_what_the_second_program_wrote(couple: Path, copies: Copies) -> None:
    ana = Member(couple, "Ana", PASSPHRASES["Ana"])
    kept = ana.add("Kept", "First words.", "page", ["Ben", "Dr Löwe"])
    ana.edit(kept, "Second words: é 👩‍🚀 כתבתי.", title="Kept on")
    ana.withdraw(kept, "Ben")
    ana.edit(kept, "x" * 5000)
    assert texts(copies.both_read(couple, "Ben")) == []
    ana.share(kept, "Ben")
    gone = ana.add("Gone", "Nobody reads this again.", "page", ["Ben", "Dr Löwe"])
    ana.withdraw(gone, "Ben")
    ana.delete(gone)
    ana.add("Mine", "", "capture")
    kept_now = ("Kept on", "x" * 5000, ["Ana", "Ben", "Dr Löwe"])
    assert texts(copies.both_read(couple, "Ben")) == texts(copies.both_read(couple, "Dr Löwe")) == [kept_now]
    reads = copies.both_read(couple, "Ana")
    assert texts(reads) == [kept_now, ("Mine", "", ["Ana"])]
    assert [one["readers"] for one in reads["earlier"]] == [
        ["Ana", "Ben", "Dr Löwe"],
        ["Ana", "Ben", "Dr Löwe"],
        ["Ana", "Dr Löwe"],
        ["Ana", "Dr Löwe"],
    ]


def test_both_programs_write_on_in_turn(couple: Path, copies: Copies) -> None:
    name = Member(couple, "Ana", PASSPHRASES["Ana"]).add("One", "By the second.", "page", ["Ben"])
    with copies.opened(couple, "Ana") as journal:
        journal.notes.edit(name, NoteChange(body="By the first."))
        journal.notes.share(name, "Dr Löwe")
        other = journal.notes.add(NewNote("By the first, too.", "Two", NoteKind.PAGE, share="all")).id
    assert texts(copies.both_read(couple, "Ben"))[0][1] == "By the first."
    ana = Member(couple, "Ana", PASSPHRASES["Ana"])
    ana.edit(name, "By the second again.")
    ana.withdraw(other, "Dr Löwe")
    assert texts(copies.both_read(couple, "Dr Löwe")) == [
        ("One", "By the second again.", ["Ana", "Ben", "Dr Löwe"])
    ]
    with copies.opened(couple, "Ana") as journal:
        journal.notes.delete(name)
    Member(couple, "Ana", PASSPHRASES["Ana"]).delete(other)
    for label in ("Ana", "Ben", "Dr Löwe"):
        assert copies.both_read(couple, label)["notes"] == []


def test_the_product_joins_with_a_code_of_the_second_program(couple: Path, copies: Copies) -> None:
    code = Member(couple, "Dr Löwe", PASSPHRASES["Dr Löwe"]).invite("Kim", "supervisor")
    joined, _ = join_by_the_product(
        couple,
        code=code,
        label="Kim",
        passphrase=PASSPHRASES["Kim"],
        with_recovery=False,
        strength=FLOOR,
        record_folder=copies.memory(),
    )
    with joined:
        assert joined.me.role is Role.SUPERVISOR and joined.check().is_clean
    refresh(couple, "Dr Löwe", "Ana", "Ben")
    with copies.opened(couple, "Kim") as journal:
        journal.refresh()
    Member(couple, "Ana", PASSPHRASES["Ana"]).add("To Kim", "Hello.", "page", ["Kim"])
    assert texts(copies.both_read(couple, "Kim")) == [("To Kim", "Hello.", ["Ana", "Kim"])]
    assert copies.both_read(couple, "Dr Löwe")["invited"] == []


def test_the_product_recovers_with_words_of_the_second_program(copies: Copies) -> None:
    path, words = copies.new(), Mnemonic("english").generate(256)
    create(path, "Ana", "partner", PASSPHRASES["Ana"], "Mine", words).add("Note", "Words.", "page")
    assert read(path, "", words) == copies.both_read(path, "Ana")
    with recover(
        path, words=words, passphrase=PASSPHRASES["Ben"], strength=FLOOR, record_folder=copies.memory()
    ) as journal:
        assert journal.me.label == "Ana" and journal.check().is_clean
        reads = what_a_member_reads(journal)
    assert read(path, "Ana", PASSPHRASES["Ben"]) == read(path, "", words) == reads


def test_two_members_compare_the_same_digits(couple: Path, copies: Copies) -> None:
    ana, ben = (Person(couple, label, PASSPHRASES[label]).me for label in ("Ana", "Ben"))
    low, high = sorted((ana, ben))
    said = purpose("comparison", Person(couple, "Ana", PASSPHRASES["Ana"]).jid, low, high)
    for _ in range(5200):
        said = hashlib.sha512(said + low + high).digest()
    raw = hashlib.shake_256(said).digest(60)
    fives = [f"{int.from_bytes(raw[at : at + 5]) % 100_000:05}" for at in range(0, 60, 5)]
    with copies.opened(couple, "Ana") as journal:
        assert journal.members.comparison_number("Ben") == " ".join(fives)


# What a newer program wrote, and doors that are none


def test_what_a_newer_program_wrote_is_kept_and_not_read(couple: Path, copies: Copies) -> None:
    ana = Member(couple, "Ana", PASSPHRASES["Ana"])
    ana.add("Known", "Words.", "page", ["Ben"])
    data, to = dict(ana.mine("note")[0].data), ana.named(["Ben"])
    newer: list[tuple[str, dict[str, Any]]] = [
        ("note", {"layout": 2}),
        ("note", {"form": 2}),
        ("note", {"proofs": b"\0and more"}),
        ("scent", {}),
    ]
    for type_, how in newer:
        ana.save(type_, os.urandom(16), data, "From tomorrow.", readers=to, **how)
    ana.commit()
    row = b"\x04 as written tomorrow"
    with Changing(couple) as database:
        id_ = hashlib.sha256(purpose("newer row", row)).digest()[:16]
        database.execute("INSERT INTO envelope VALUES (?, ?)", (id_, row))
    before = all_rows(couple)
    for label in ("Ana", "Ben", "Dr Löwe"):
        with copies.opened(couple, label) as journal:
            found, reads = journal.check().findings, what_a_member_reads(journal)
        assert {one.kind for one in found} == {FindingKind.WRITTEN_BY_NEWER}
        assert read(couple, label, PASSPHRASES[label]) == reads
        assert texts(reads) == ([] if label == "Dr Löwe" else [("Known", "Words.", ["Ana", "Ben"])])
    assert all_rows(couple) == before


def test_added_doors_keep_nobody_out(couple: Path, copies: Copies) -> None:
    with Changing(couple) as database:
        *_, salt, sealed = database.execute("SELECT * FROM keyslot WHERE label = 'Ana'").fetchone()
        for cost in ((1 << 30, 3, 1), (65536, 1, 1), (65536, 3, b"1"), (65536, 4, 1)):
            values = (os.urandom(16), "passphrase", "Ana", *cost, salt, sealed)
            database.execute("INSERT INTO keyslot VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    assert read(couple, "\uff41n\u200bA", PASSPHRASES["Ana"])["people"].keys() == {"Ana", "Ben", "Dr Löwe"}
    with unlock(
        couple, label="\uff41n\u200bA", passphrase=PASSPHRASES["Ana"], record_folder=copies.memory()
    ) as journal:
        assert journal.me.label == "Ana"


# Files that are attached


def test_files_that_either_program_attached_are_read_by_both(
    couple: Path, copies: Copies, tmp_path: Path
) -> None:
    (big := tmp_path / "big.bin").write_bytes(bytes(range(256)) * (5 << 10))  # in two pieces
    (small := tmp_path / "ein Brief.txt").write_bytes(b"x")
    ana = Member(couple, "Ana", PASSPHRASES["Ana"])
    name = ana.add("With files", "Look.", "page", ["Ben"])
    ana.attach(name, big)
    with copies.opened(couple, "Ana") as journal:
        journal.attachments.attach(name, small)
    whole = [
        {"name": path.name, "size": path.stat().st_size, "sha256": sha256_of(path)} for path in (big, small)
    ]
    for label in ("Ana", "Ben"):
        assert copies.both_read(couple, label)["notes"][0]["files"] == whole
    ana = Member(couple, "Ana", PASSPHRASES["Ana"])
    ana.share(name, "Dr Löwe")
    ana.withdraw(name, "Ben")
    assert copies.both_read(couple, "Dr Löwe")["notes"][0]["files"] == whole
    assert copies.both_read(couple, "Ben")["notes"] == [] and [row[0] for row in parts(couple)] == [2] * 3


def test_files_that_either_program_removed_are_gone_for_both(
    couple: Path, copies: Copies, tmp_path: Path
) -> None:
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    for path in (one, two, three):
        path.write_text(path.name)
    ana = Member(couple, "Ana", PASSPHRASES["Ana"])
    name = ana.add("With files", "Look.", "page", ["Ben"])
    for path in (one, two, three):
        ana.attach(name, path)
    ana.remove(name, "one")
    with copies.opened(couple, "Ana") as journal:
        journal.attachments.remove(name, "two")
    assert [file["name"] for file in copies.both_read(couple, "Ben")["notes"][0]["files"]] == ["three"]
    assert sorted(row[0] for row in parts(couple)) == [2, 3, 3]
    by_the_product = copies.new(couple)
    with copies.opened(by_the_product, "Ana") as journal:
        journal.notes.delete(name)
    Member(couple, "Ana", PASSPHRASES["Ana"]).delete(name)
    for path in (couple, by_the_product):
        assert [row[0] for row in parts(path)] == [3] * 3
        for label in ("Ana", "Ben"):
            assert copies.both_read(path, label)["notes"] == []


def test_a_piece_that_comes_after_its_file_was_removed_is_dropped(
    couple: Path, copies: Copies, tmp_path: Path
) -> None:
    (path := tmp_path / "one").write_text("one")
    ana = Member(couple, "Ana", PASSPHRASES["Ana"])
    name = ana.add("With a file", "Look.", "page", ["Ben"])
    ana.attach(name, path)
    other = copies.new(couple)
    with Changing(couple) as database:
        database.execute("DELETE FROM part")
    Member(couple, "Ana", PASSPHRASES["Ana"]).remove(name, "one")
    with copies.opened(couple, "Ana") as journal:
        journal.copies.merge(other)
    assert [row[0] for path in (couple, other) for row in parts(path)] == [3, 3]
    assert "files" not in copies.both_read(couple, "Ben")["notes"][0]


def test_two_computers_attach_to_one_note(couple: Path, copies: Copies, tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).write_text(name)
    note = Member(couple, "Ana", PASSPHRASES["Ana"]).add("With files", "Look.", "page", ["Ben"])
    other = copies.new(couple)
    Member(couple, "Ana", PASSPHRASES["Ana"]).attach(note, tmp_path / "here")
    with copies.opened(other, "Ana") as journal:
        journal.attachments.attach(note, tmp_path / "there")
    unite(couple, other)
    by_the_product = copies.new(couple)
    with copies.opened(by_the_product, "Ana") as journal:
        journal.notes.edit(note, NoteChange(body="Look again."))
    Member(couple, "Ana", PASSPHRASES["Ana"]).edit(note, "Look again.")
    for path in (couple, by_the_product):
        (reads,) = copies.both_read(path, "Ben")["notes"]
        assert sorted(file["name"] for file in reads["files"]) == ["here", "there"]
