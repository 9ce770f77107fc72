"""Rows no program of ours would write: they are passed over and named, and keep nobody out."""

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kapjournal.crypto import kdf
from kapjournal.crypto.keyslot import SEALED_BYTES
from kapjournal.crypto.row import DROPPED_BYTES, SIZES, row_from
from kapjournal.domain.members import Role
from kapjournal.errors import Damaged, UnlockFailed, UsageError
from kapjournal.journal import FLOOR, NewNote, create, doors, join, unlock
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal, bodies
from tests.internals import finding_sentences

UNREADABLE = ["1 row of the file cannot be read; everything else is shown."]

_SLOT = {
    "id": b"i" * 16,
    "kind": "passphrase",
    "label": "Ana",
    "memory_kib": FLOOR.memory_kib,
    "time": FLOOR.time,
    "lanes": FLOOR.lanes,
    "salt": b"s" * 16,
    "sealed_secret": bytes(SEALED_BYTES),
}


def plant(attacked: AttackedJournal, **columns: object) -> None:
    slot = {**_SLOT, **columns}
    marks = ", ".join("?" for _ in slot)
    attacked.run(f"INSERT INTO keyslot ({', '.join(slot)}) VALUES ({marks})", *slot.values())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "text"),
        ("id", b"short"),
        ("kind", b"passphrase"),
        ("kind", "visitor"),
        ("label", b"\xff\xfe"),
        ("label", "x" * 5000),
        ("memory_kib", "many"),
        ("memory_kib", 2**40),
        ("time", 1),
        ("lanes", 4.5),
        ("salt", "pepper"),
        ("salt", b""),
        ("sealed_secret", "open"),
        ("sealed_secret", b"\0" * 100_000),
    ],
)
def test_a_planted_keyslot_keeps_nobody_out_and_is_named(
    attacked: AttackedJournal, column: str, value: object
) -> None:
    plant(attacked, **{column: value})
    assert "Lee" in doors(attacked.path)
    with unlock(
        attacked.path, label="Ana", passphrase=PASSPHRASE, record_folder=attacked.folder / "memory-Ana"
    ) as ana:
        assert any("1 row of the file" in sentence for sentence in finding_sentences(ana))
        assert not ana.check().is_clean
        ana.notes.add(NewNote("goes on", share="all"))
    with pytest.raises((UnlockFailed, Damaged)):
        unlock(
            attacked.path, label="Ana", passphrase="not her passphrase", record_folder=attacked.folder / "m"
        )


@pytest.mark.parametrize("numbers", [{"memory_kib": 2**30}, {"time": 99}, {"lanes": 0}])
def test_a_planted_invitation_with_impossible_numbers_keeps_no_newcomer_out(
    attacked: AttackedJournal, numbers: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    for first in (b"\0" * 16, b"\xff" * 16):
        plant(attacked, id=first, kind="invitation", label="", **numbers)
    asked: list[tuple[int, int, int]] = []
    argon2id = vars(kdf)["Argon2id"]

    def watched(*, memory_cost: int, iterations: int, lanes: int, salt: bytes, length: int) -> Any:
        asked.append((memory_cost, iterations, lanes))
        return argon2id(salt=salt, length=length, iterations=iterations, lanes=lanes, memory_cost=memory_cost)

    monkeypatch.setattr(kdf, "Argon2id", watched)
    sue, _ = join(
        attacked.path,
        code=code,
        label="Sue",
        passphrase=PASSPHRASE,
        strength=FLOOR,
        record_folder=attacked.folder / "sue",
    )
    sue.close()
    assert set(asked) == {(FLOOR.memory_kib, FLOOR.time, FLOOR.lanes)}
    with pytest.raises(Damaged, match="safe range"):
        join(attacked.path, code=code, label="Sam", passphrase=PASSPHRASE, strength=FLOOR)


@pytest.mark.parametrize("odd", ["text", 7, 1.5, b"", b"fifteen bytes..", b"seventeen bytes..", "x" * 16])
def test_an_envelope_whose_id_is_none_is_passed_over_and_named(
    attacked: AttackedJournal, odd: object
) -> None:
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("whole", share="Ben"))
    attacked.run("INSERT INTO envelope VALUES (?, ?)", odd, secrets.token_bytes(min(SIZES)))
    for name in ("Ana", "Ben"):
        with attacked.acting(name) as (journal,):
            assert bodies(journal) == {"whole"}
            assert any("1 row of the file" in sentence for sentence in finding_sentences(journal))
            assert not journal.check().is_clean
            journal.notes.add(NewNote("goes on"))


@pytest.mark.parametrize("table", ["envelope", "part"])
@pytest.mark.parametrize(
    "sealed",
    [
        b"",
        b"\x02",
        b"\x02" + bytes(min(SIZES) - 2),
        b"\x02" + bytes(min(SIZES)),
        b"\x02" + bytes(min(SIZES) - 1),
        b"\x03" + bytes(DROPPED_BYTES - 2),
        b"\x03" + bytes(DROPPED_BYTES - 1),
        b"\x04 a newer program's, under an id that is not its own",
        "text",
        7,
    ],
    ids=[
        "empty",
        "head alone",
        "short",
        "long",
        "zeros",
        "drop cut short",
        "zero drop",
        "newer",
        "text",
        "number",
    ],
)
def test_a_row_of_no_form_is_passed_over_and_kept(
    attacked: AttackedJournal, table: str, sealed: object
) -> None:
    """Among the parts of attached files nobody looks at opening, but a check does."""
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("whole", share="Ben"))
    attacked.run(f"INSERT INTO {table} VALUES (?, ?)", b"i" * 16, sealed)
    for name in ("Ana", "Ben"):
        with attacked.acting(name) as (journal,):
            assert bodies(journal) == {"whole"}
            assert finding_sentences(journal) == (UNREADABLE if table == "envelope" else [])
            assert finding_sentences(journal, journal.check().findings) == UNREADABLE
            journal.notes.add(NewNote("goes on"))
            journal.notes.delete(next(note.id for note in journal.notes.all() if note.is_private))


def test_a_row_of_a_newer_program_is_kept_to_the_byte_and_is_no_damage(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("whole", share="Ben"))
    newer = b"\x04" + secrets.token_bytes(4000)
    row = row_from(newer)
    assert row.is_newer
    attacked.insert(row.id, newer)
    for name in attacked.everybody():
        with attacked.acting(name) as (journal,):
            [sentence] = finding_sentences(journal)
            assert sentence.startswith("1 thing somebody wrote with a newer kapjournal is kept")
            assert journal.check().is_clean
            journal.notes.add(NewNote("goes on", share="all"))
    assert attacked.rows()[row.id] == newer


def test_text_that_is_no_utf8_in_a_column_is_named(attacked: AttackedJournal) -> None:
    with closing(sqlite3.connect(attacked.path)) as database:
        database.execute("INSERT INTO envelope VALUES (CAST(x'fffe' AS TEXT), x'00')")
        database.commit()
    with attacked.acting("Ana") as (ana,):
        assert any("1 row of the file" in sentence for sentence in finding_sentences(ana))


@pytest.mark.parametrize(
    "label",
    [
        "",
        " ",
        "x" * 41,
        "x" * 1000,
        "Ana\nYour journal was locked. Type everybody’s passphrases",
        "Lee, Ben",
        "all",
        "\x1b[2J",
        "An\u202ea",
        "\u200b",
        " Ana",
        "-a",
        "A\u0301na",
    ],
)
def test_a_planted_label_that_nobody_could_have_chosen_is_not_shown(
    attacked: AttackedJournal, label: str
) -> None:
    plant(attacked, label=label)
    assert doors(attacked.path) == ["Ana", "Ben", "Lee"]
    with pytest.raises(UsageError) as asked:
        unlock(attacked.path, label=None, passphrase=PASSPHRASE)
    assert str(asked.value) == "Which door? There are Ana, Ben, Lee."
    with unlock(
        attacked.path, label="Ana", passphrase=PASSPHRASE, record_folder=attacked.folder / "memory-Ana"
    ) as ana:
        assert not ana.check().is_clean


def test_the_only_door_opens_unnamed_although_one_without_a_name_was_planted(tmp_path: Path) -> None:
    path = tmp_path / "one.kap"
    whose = Role.PARTNER
    made, _ = create(
        path, label="Kim", role=whose, passphrase=PASSPHRASE, strength=FLOOR, record_folder=tmp_path
    )
    made.close()
    plant(AttackedJournal(tmp_path, path), label="y" * 500)
    with unlock(path, label=None, passphrase=PASSPHRASE, record_folder=tmp_path) as kim:
        assert kim.me.label == "Kim"


def test_two_doors_of_one_label_are_shown_as_one(attacked: AttackedJournal) -> None:
    plant(attacked, label="ANA")
    assert doors(attacked.path) == ["ANA", "Ben", "Lee"]
    with unlock(
        attacked.path, label="ANA", passphrase=PASSPHRASE, record_folder=attacked.folder / "memory-Ana"
    ) as ana:
        assert ana.me.label == "Ana"
