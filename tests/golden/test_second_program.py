"""What this program writes another one reads, and the other way round: one made from crypto/FORMAT.md."""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from mnemonic import Mnemonic

from kapjournal.domain.findings import FindingKind
from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.signing import AddendumKind, Signer
from kapjournal.journal import FLOOR, Journal, NewNote, NoteChange, doors, recover, unlock
from kapjournal.journal import join as join_by_the_product

from .second_formulas_2 import Row, h, purpose
from .second_reader_2 import Person, read
from .second_signing_2 import add, cosign, sign
from .second_writer_2 import Member, create, join
from .test_golden_2 import CODES, KAP, PEOPLE
from .what_a_member_reads import what_a_member_reads

Said = dict[str, Any]
PASSPHRASES = {label: one["passphrase"] for label, one in PEOPLE.items()} | {"Noor": "noor opens this door"}


class Copies:
    """Opens files with the product, on a computer that never saw any of them before."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._made = folder, 0

    def new(self, of: Path | None = None) -> Path:
        self._made += 1
        path = self.folder / f"{self._made}.kap"
        return Path(shutil.copy(of, path)) if of else path

    def memory(self) -> Path:
        self._made += 1
        (memory := self.folder / f"memory {self._made}").mkdir()
        return memory

    def opened(self, path: Path, label: str) -> Journal:
        return unlock(path, label=label, passphrase=PASSPHRASES[label], record_folder=self.memory())

    def both_read(self, path: Path, label: str) -> Said:
        """What somebody reads with either program; the product finds nothing wrong and mends nothing."""
        before = all_rows(path)
        with self.opened(path, label) as journal:
            assert journal.check().is_clean
            reads = what_a_member_reads(journal)
        assert all_rows(path) == before
        again = read(path, label, PASSPHRASES[label])
        assert {**again, "earlier": []} == {**reads, "earlier": []}
        # where two versions stood beside each other, the page does not say which was the earlier one
        assert sorted(map(repr, map(sorted_items, again["earlier"]))) == sorted(
            map(repr, map(sorted_items, reads["earlier"]))
        )
        return reads


def sorted_items(said: Said) -> list[tuple[str, Any]]:
    return sorted(said.items())


class Changing:
    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)

    def __enter__(self) -> sqlite3.Connection:
        return self._database

    def __exit__(self, *_: object) -> None:
        self._database.close()


def rows(database: sqlite3.Connection, table: str = "envelope") -> dict[bytes, bytes]:
    return dict(database.execute(f"SELECT id, sealed FROM {table}").fetchall())


def all_rows(path: Path) -> list[dict[bytes, bytes]]:
    with Changing(path) as database:
        return [rows(database, table) for table in ("envelope", "part")]


def unite(path: Path, other: Path) -> None:
    """Take every row of another copy; of two states under one id the dropped one counts."""
    for table, there in zip(("envelope", "part"), all_rows(other), strict=True):
        with Changing(path) as database:
            here = rows(database, table)
            for id_, sealed in there.items():
                Row(id_, sealed)
                if id_ not in here:
                    database.execute(f"INSERT INTO {table} VALUES (?, ?)", (id_, sealed))
                elif sealed[0] == 3:
                    database.execute(f"UPDATE {table} SET sealed = ? WHERE id = ?", (sealed, id_))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal that the second program made for a therapist and a couple."""
    path = tmp_path_factory.mktemp("second") / "made.kap"
    create(path, "Dr Löwe", "therapist", PASSPHRASES["Dr Löwe"], "Ours, by another program")
    for label in ("Ana", "Ben"):
        code = Member(path, "Dr Löwe", PASSPHRASES["Dr Löwe"]).invite(label, "partner")
        join(path, code, label, PASSPHRASES[label])
    refresh(path, "Dr Löwe", "Ana", "Ben", "Dr Löwe")
    return path


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


@pytest.fixture
def story(copies: Copies) -> Path:
    """A copy of the golden file, which the product wrote."""
    return copies.new(KAP)


@pytest.fixture
def couple(copies: Copies, made: Path) -> Path:
    return copies.new(made)


def refresh(path: Path, *labels: str) -> None:
    for label in labels:
        Member(path, label, PASSPHRASES[label]).refresh()


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def parts(path: Path) -> list[bytes]:
    return [*all_rows(path)[1].values()]


def texts(reads: Said) -> list[tuple[str, str, list[str]]]:
    return sorted((note["title"], note["body"], note["readers"]) for note in reads["notes"])


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
    reads = copies.both_read(path, "Noor")
    assert texts(reads) == [("To Noor", "Welcome.", ["Ana", "Noor"])] and reads["title"]
    assert set(reads["people"]) == {"Dr Löwe", "Ana", "Kim", "Noor"}  # who was removed is not met
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


# Signatures


def test_the_product_verifies_what_the_second_program_signed(couple: Path, copies: Copies) -> None:
    code = Member(couple, "Dr Löwe", PASSPHRASES["Dr Löwe"]).invite("Kim", "supervisor")
    join(couple, code, "Kim", PASSPHRASES["Kim"])
    refresh(couple, "Dr Löwe", "Ana", "Ben", "Kim")
    keeper, loewe = Member(couple, "Dr Löwe", PASSPHRASES["Dr Löwe"]), ("Löwe", "MD")
    seen = keeper.add("Seen", "Ana laughed.", "observation", ["Ana", "Kim"])
    sign(keeper, seen, loewe)
    for what, words, reason in (
        ("addendum", "Ben, too.", "Forgotten."),
        ("late entry", "Outside.", "Later."),
    ):
        add(Member(couple, "Dr Löwe", PASSPHRASES["Dr Löwe"]), seen, what, words, reason, loewe)
    cosign(Member(couple, "Kim", PASSPHRASES["Kim"]), seen, ("Kim", "LMFT"))
    for label in ("Ana", "Kim"):
        (note,) = copies.both_read(couple, label)["notes"]
        assert [one["signer"] for one in note["signed"]["signatures"]] == ["Dr Löwe", "Kim"]
        assert [one["body"] for one in note["signed"]["addenda"]] == ["Ben, too.", "Outside."]
    copies.opened(couple, "Dr Löwe").close()  # takes the second signature to the first
    with copies.opened(couple, "Dr Löwe") as journal:
        journal.notes.share(seen, "Ben")
    for label in ("Dr Löwe", "Ben", "Kim"):
        (note,) = copies.both_read(couple, label)["notes"]
        assert [one["signer"] for one in note["signed"]["signatures"]] == ["Dr Löwe", "Kim"]


def test_both_programs_see_a_signature_under_other_words(couple: Path, copies: Copies) -> None:
    keeper = Member(couple, "Dr Löwe", PASSPHRASES["Dr Löwe"])
    seen = keeper.add("Seen", "Ana laughed.", "observation", ["Ana"])
    sign(keeper, seen, ("Löwe", "MD"))
    keeper.edit(seen, "Ana cried.")
    with copies.opened(couple, "Ana") as journal:
        kinds = {one.kind for one in journal.check().findings}
        assert FindingKind.SIGNATURE_BROKEN in kinds
    with pytest.raises(AssertionError, match="signed by no key"):
        read(couple, "Ana", PASSPHRASES["Ana"])


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


# Two copies of one file


def test_what_two_computers_wrote_is_united_by_either(couple: Path, copies: Copies) -> None:
    other = copies.new(couple)
    Member(couple, "Ana", PASSPHRASES["Ana"]).add("One", "Here.", "page", ["Ben"])
    with copies.opened(other, "Ana") as journal:
        journal.notes.add(NewNote("There.", "Two", NoteKind.PAGE, share="Ben"))
    Member(other, "Ben", PASSPHRASES["Ben"]).add("Three", "There, too.", "page", ["Ana"])
    both, same = copies.new(couple), copies.new(other)
    unite(both, other)
    unite(same, couple)
    unite(same, both)
    with Changing(both) as one, Changing(same) as another:
        assert rows(one) == rows(another)
    for label in ("Ana", "Ben"):
        assert [title for title, *_ in texts(copies.both_read(both, label))] == ["One", "Three", "Two"]
    assert texts(copies.both_read(both, "Dr Löwe")) == []


def test_who_lost_a_version_on_one_computer_loses_what_the_other_wrote(couple: Path, copies: Copies) -> None:
    name = Member(couple, "Ana", PASSPHRASES["Ana"]).add("One", "For Ben.", "page", ["Ben", "Dr Löwe"])
    other = copies.new(couple)
    Member(couple, "Ana", PASSPHRASES["Ana"]).withdraw(name, "Ben")
    Member(other, "Ana", PASSPHRASES["Ana"]).edit(name, "Edited.")
    unite(couple, other)
    assert texts(copies.both_read(couple, "Ben")) == [("One", "Edited.", ["Ana", "Ben", "Dr Löwe"])]
    with copies.opened(couple, "Ana") as journal:
        assert journal.notes.get(name).readers == {journal.me.id, journal.members.get("Dr Löwe").id}
    assert copies.both_read(couple, "Ben")["notes"] == []
    ana = Member(couple, "Ana", PASSPHRASES["Ana"])
    assert {version.words for version in ana.versions(name)} == {"For Ben.", "Edited."}
    ana.edit(name, "Both at once.")
    assert texts(copies.both_read(couple, "Dr Löwe")) == [("One", "Both at once.", ["Ana", "Dr Löwe"])]
    assert copies.both_read(couple, "Ana")["notes"][0]["body"] == "Both at once."


def test_one_content_on_two_computers_becomes_one_version(couple: Path, copies: Copies) -> None:
    name = Member(couple, "Ana", PASSPHRASES["Ana"]).add("One", "Alone.", "page")
    other = copies.new(couple)
    Member(couple, "Ana", PASSPHRASES["Ana"]).share(name, "Ben")
    Member(other, "Ana", PASSPHRASES["Ana"]).share(name, "Dr Löwe")
    unite(couple, other)
    assert len(Member(couple, "Ana", PASSPHRASES["Ana"]).versions(name)) == 2
    with copies.opened(couple, "Ana"):
        pass
    (version,) = Member(couple, "Ana", PASSPHRASES["Ana"]).versions(name)
    assert len(version.readers) == 3
    for label in ("Ben", "Dr Löwe"):
        assert texts(copies.both_read(couple, label)) == [("One", "Alone.", ["Ana", "Ben", "Dr Löwe"])]


def test_a_dropped_row_put_back_stays_dropped(couple: Path, copies: Copies) -> None:
    ana = Member(couple, "Ana", PASSPHRASES["Ana"])
    name = ana.add("One", "Before.", "page", ["Ben"])
    before = copies.new(couple)
    ana.edit(name, "After.")
    unite(couple, before)
    unite(before, couple)
    for path in (couple, before):
        assert texts(copies.both_read(path, "Ben")) == [("One", "After.", ["Ana", "Ben"])]
    with Changing(couple) as database:
        dropped = [raw for raw in rows(database).values() if raw[0] == 3]
    assert all(h("00") * 16 not in raw[:81] and len(raw) == 785 for raw in dropped)


# What is told, and settled, of several


@pytest.mark.parametrize("last", [False, True])
def test_any_row_of_one_write_but_the_last_is_missed(couple: Path, copies: Copies, *, last: bool) -> None:
    with copies.opened(couple, "Ana") as journal:
        journal.notes.add_many([NewNote("Words.", title, NoteKind.PAGE, share="Ben") for title in "ABC"])
    ana = Person(couple, "Ana", PASSPHRASES["Ana"])
    three = sorted(ana.on(ana.own), key=lambda slot: (slot.rows, slot.number))[-3:]
    with Changing(couple) as database:
        database.execute("DELETE FROM envelope WHERE id = ?", (three[2 if last else 1].row.id,))
    with copies.opened(couple, "Ben") as journal:
        assert journal.check().is_clean is last


def test_two_withdrawals_on_two_computers_settle_at_once(couple: Path, copies: Copies) -> None:
    name = Member(couple, "Ana", PASSPHRASES["Ana"]).add("One", "Words.", "page", ["Ben", "Dr Löwe"])
    other = copies.new(couple)
    Member(couple, "Ana", PASSPHRASES["Ana"]).withdraw(name, "Ben")
    Member(other, "Ana", PASSPHRASES["Ana"]).withdraw(name, "Dr Löwe")
    unite(couple, other)
    with copies.opened(couple, "Ana") as journal:
        assert journal.notes.get(name).readers == {journal.me.id}
    for label in ("Ben", "Dr Löwe"):
        assert read(couple, label, PASSPHRASES[label])["notes"] == []
