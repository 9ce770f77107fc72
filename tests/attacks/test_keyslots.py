"""Rows of keyslots struck, altered, put back or planted: the person is told, and can mend it."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest

from kapjournal.crypto import kdf
from kapjournal.crypto.kdf import KdfStrength
from kapjournal.crypto.keyslot import SEALED_BYTES
from kapjournal.errors import CannotSave, Damaged, UnlockFailed
from kapjournal.journal import FLOOR, Journal, NewNote, generated_recovery_words, unlock
from kapjournal.store import Transaction
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal
from tests.attacks.test_recovery import opens, renewed, slots, words_row
from tests.internals import finding_sentences, vault_of

NEW = "a wholly new passphrase"
STRANGE_DOOR = "A door under your label was put into the file"
NO_DOOR = "Your door was taken out of the file"
ALTERED_DOOR = "Your door was altered in the file"
NO_WORDS = "Your recovery words open nothing any more: somebody took them out of the file. Make new ones."
OLD_WORDS = (
    "Older recovery words of yours, or shares of an older will, were put back. Make new ones, and only those "
    "open your door."
)
OLDER_NOTES = (
    "This file holds an older state of your own notes than this computer has seen, as after going back to a "
    "backup."
)
ABSENT_NOTES = (
    "Something you wrote is not in this file: it was taken out, or is still on its way from another copy."
)


def told(journal: Journal) -> list[str]:
    """What the person is told, which a check says as well."""
    found = finding_sentences(journal)
    assert [sentence for sentence in finding_sentences(journal, journal.check().findings)] == found
    return found


def only(attacked: AttackedJournal, kind: str, label: str = "") -> tuple[Any, ...]:
    """The one row of a kind and label, id first."""
    [row] = [(i, *row) for i, row in slots(attacked.path).items() if row[:2] == (kind, label)]
    return row


def put(attacked: AttackedJournal, row: tuple[Any, ...]) -> None:
    attacked.run(f"INSERT INTO keyslot VALUES ({', '.join('?' * 8)})", *row)


def strike(attacked: AttackedJournal, row: tuple[Any, ...]) -> None:
    attacked.run("DELETE FROM keyslot WHERE id = ?", row[0])


def strange(strength: KdfStrength, first: int = 0, kind: str = "passphrase") -> tuple[Any, ...]:
    """A sound row that opens to nothing."""
    slot_id = bytes([first]) + secrets.token_bytes(15)
    numbers = (strength.memory_kib, strength.time, strength.lanes)
    label = "Ana" if kind == "passphrase" else ""
    return (slot_id, kind, label, *numbers, secrets.token_bytes(16), secrets.token_bytes(SEALED_BYTES))


def test_ones_own_rows_as_they_should_be_say_nothing(attacked: AttackedJournal) -> None:
    for name in attacked.everybody():
        renewed(attacked, name)
    renewed(attacked, "Ana")
    with attacked.acting("Ana", "Ana", "Ben") as (ana, elsewhere, ben):
        ana.keys.change_passphrase(NEW, strength=FLOOR)
        elsewhere.refresh()
        ben.refresh()
        assert told(ana) == told(elsewhere) == told(ben) == []
        elsewhere.keys.change_passphrase(PASSPHRASE, strength=FLOOR)
        ana.refresh()
        assert told(ana) == told(elsewhere) == []
    with attacked.acting("Ana", remembering=False) as (ana,):
        assert told(ana) == []


def test_a_change_on_another_computer_is_nobodys_attack(attacked: AttackedJournal) -> None:
    renewed(attacked, "Ana")
    with attacked.acting("Ana") as (ana,):
        assert told(ana) == []
    with attacked.acting("Ana", remembering=False) as (elsewhere,):
        elsewhere.keys.change_passphrase(NEW, strength=FLOOR)
        elsewhere.keys.renew_recovery_words(generated_recovery_words())
    with attacked.acting("Ana") as (ana,):
        assert told(ana) == []


def test_struck_recovery_words_are_told(attacked: AttackedJournal) -> None:
    """The row holds all of Ana's keys: it is missed as anything else she wrote, until she lets it go."""
    renewed(attacked, "Ana")
    renewed(attacked, "Ben")
    attacked.delete(words_row(attacked, "Ana"))
    with attacked.acting("Ana", "Ben") as (ana, ben):
        said = told(ana)
        assert NO_WORDS in said and OLDER_NOTES in said and told(ben) == []
    renewed(attacked, "Ana")
    with attacked.acting("Ana") as (ana,):
        assert told(ana) == [OLDER_NOTES]
        assert ana.let_go()
        assert told(ana) == []


def test_recovery_words_struck_while_the_journal_is_open_are_written_again(attacked: AttackedJournal) -> None:
    words = renewed(attacked, "Ana")
    row_id = words_row(attacked, "Ana")
    with attacked.acting("Ana") as (ana,):
        attacked.delete(row_id)
        ana.refresh()
        assert told(ana) == [OLDER_NOTES]
    assert opens(attacked.path, words)


@pytest.mark.parametrize("remembering", [True, False])
def test_a_recovery_row_that_was_altered_opens_nothing(attacked: AttackedJournal, remembering: bool) -> None:
    words = renewed(attacked, "Ana")
    row_id = words_row(attacked, "Ana")
    sealed = attacked.rows()[row_id]
    attacked.insert(row_id, sealed[:-1] + bytes([sealed[-1] ^ 1]))
    assert not opens(attacked.path, words)
    with attacked.acting("Ana", remembering=remembering) as (ana,):
        said = told(ana)
        assert NO_WORDS in said and "1 row of the file cannot be read; everything else is shown." in said


def test_older_recovery_words_put_back(attacked: AttackedJournal) -> None:
    """Her program drops the row again when it meets it, and says so that once."""
    renewed(attacked, "Ana")
    row_id = words_row(attacked, "Ana")
    old = attacked.rows()[row_id]
    renewed(attacked, "Ana")
    dropped = attacked.rows()
    attacked.insert(row_id, old)
    with attacked.acting("Ana") as (ana,):
        assert told(ana) == [OLD_WORDS]
    assert attacked.rows() == dropped
    with attacked.acting("Ana") as (ana,):
        assert told(ana) == []


@pytest.mark.parametrize("remembering", [True, False])
def test_older_recovery_words_put_back_in_the_place_of_the_newer(
    attacked: AttackedJournal, remembering: bool
) -> None:
    """Nothing in the file says which words are newer; that it is older than it was is told."""
    renewed(attacked, "Ana")
    row_id = words_row(attacked, "Ana")
    old = attacked.rows()[row_id]
    renewed(attacked, "Ana")
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("later"))
    newer = words_row(attacked, "Ana")
    attacked.delete(newer)
    attacked.insert(row_id, old)
    for _ in range(2):
        with attacked.acting("Ana", remembering=remembering) as (ana,):
            assert told(ana) == [OLDER_NOTES if remembering else ABSENT_NOTES]
    words = renewed(attacked, "Ana")
    assert opens(attacked.path, words)


@pytest.mark.parametrize("beside", [True, False], ids=["beside", "instead"])
def test_an_older_door_put_back(attacked: AttackedJournal, beside: bool) -> None:
    old = only(attacked, "passphrase", "Ana")
    with attacked.acting("Ana") as (ana,):
        ana.keys.change_passphrase(NEW, strength=FLOOR)
    if not beside:
        strike(attacked, only(attacked, "passphrase", "Ana"))
    put(attacked, old)
    memory = attacked.folder / "memory-Ana"
    with unlock(attacked.path, label="Ana", passphrase=PASSPHRASE, record_folder=memory) as ana:
        assert [sentence[: len(STRANGE_DOOR)] for sentence in told(ana)] == [STRANGE_DOOR]
        ana.keys.change_passphrase(NEW, strength=FLOOR)
        assert told(ana) == []
    with pytest.raises(UnlockFailed):
        unlock(attacked.path, label="Ana", passphrase=PASSPHRASE, record_folder=memory)


def test_a_second_door_is_seen_where_nothing_is_remembered(attacked: AttackedJournal) -> None:
    put(attacked, strange(FLOOR))
    with attacked.acting("Ana", remembering=False) as (ana,):
        assert [sentence[: len(STRANGE_DOOR)] for sentence in told(ana)] == [STRANGE_DOOR]


def test_a_door_struck_behind_ones_back_is_told_and_made_again(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        strike(attacked, only(attacked, "passphrase", "Ana"))
        ana.refresh()
        assert [sentence[: len(NO_DOOR)] for sentence in told(ana)] == [NO_DOOR]
        ana.keys.change_passphrase(NEW, strength=FLOOR)
        assert told(ana) == []
    unlock(attacked.path, label="Ana", passphrase=NEW, record_folder=attacked.folder / "memory-Ana").close()


def test_a_door_altered_behind_ones_back_is_told_and_made_again(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        attacked.run("UPDATE keyslot SET sealed_secret = ? WHERE label = 'Ana'", bytes(SEALED_BYTES))
        ana.refresh()
        assert [sentence[: len(ALTERED_DOOR)] for sentence in told(ana)] == [ALTERED_DOOR]
        ana.keys.change_passphrase(NEW, strength=FLOOR)
        assert told(ana) == []
    unlock(attacked.path, label="Ana", passphrase=NEW, record_folder=attacked.folder / "memory-Ana").close()


def _change(journal: Journal) -> None:
    journal.keys.change_passphrase(NEW, strength=FLOOR)


def _renew(journal: Journal) -> None:
    journal.keys.renew_recovery_words(generated_recovery_words())


@pytest.mark.parametrize(
    ("change", "what"),
    [(_change, "drop_slot"), (_change, "put_slot"), (_renew, "put"), (_renew, "replace")],
)
def test_a_change_the_file_did_not_take_is_not_acknowledged(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch, change: Callable[[Journal], None], what: str
) -> None:
    words = renewed(attacked, "Ana")
    before, rows = slots(attacked.path), attacked.rows()
    with attacked.acting("Ana") as (ana,):
        with monkeypatch.context() as patch:
            patch.setattr(Transaction, what, lambda *_: True)
            with pytest.raises(CannotSave, match="What opened it before still does"):
                change(ana)
        assert slots(attacked.path) == before and attacked.rows() == rows and told(ana) == []
        ana.notes.add(NewNote("goes on"))
    assert opens(attacked.path, words)


# --- planted rows that cost much ------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[KdfStrength]:
    """What is stretched; the dearest are not, for the sake of whoever waits for the tests."""
    asked: list[KdfStrength] = []
    real = kdf.stretch

    def watched(passphrase: str, salt: bytes, strength: KdfStrength) -> bytes:
        asked.append(strength)
        return real(passphrase, salt, FLOOR)

    monkeypatch.setattr("kapjournal.crypto.kdf.stretch", watched)
    return asked


BOMB = KdfStrength(1024 * 1024, 10, 1)


def test_expensive_rows_do_not_come_before_ones_own(
    attacked: AttackedJournal, asked: list[KdfStrength]
) -> None:
    for first in (*range(8), *range(248, 256)):
        put(attacked, strange(BOMB, first))
    memory = attacked.folder / "memory-Ana"
    with unlock(attacked.path, label="Ana", passphrase=PASSPHRASE, record_folder=memory) as ana:
        assert asked == [FLOOR]
        assert [sentence[: len(STRANGE_DOOR)] for sentence in told(ana)] == [STRANGE_DOOR]


def _work(strengths: list[KdfStrength]) -> int:
    return sum(strength.memory_kib * strength.time for strength in strengths)


def test_a_wrong_passphrase_costs_no_more_than_a_few_of_the_dearest_rows(
    attacked: AttackedJournal, asked: list[KdfStrength]
) -> None:
    for first in range(40):
        put(attacked, strange(BOMB, first))
    with pytest.raises(Damaged, match="too many to try"):
        unlock(attacked.path, label="Ana", passphrase=NEW, record_folder=attacked.folder / "m")
    assert len(asked) > 0 and _work(asked) <= 2 * _work([BOMB])


def test_one_row_of_the_dearest_kind_may_be_ones_own(
    attacked: AttackedJournal, asked: list[KdfStrength]
) -> None:
    with attacked.acting("Ana") as (ana,):
        ana.keys.change_passphrase(NEW, strength=BOMB)
    unlock(attacked.path, label="Ana", passphrase=NEW, record_folder=attacked.folder / "memory-Ana").close()
    assert asked == [BOMB, BOMB]


@pytest.mark.parametrize("harm", ["cut off", "flipped", "empty", "not there", "another's"])
def test_a_record_that_cannot_be_read_counts_as_none_and_is_made_anew(
    attacked: AttackedJournal, harm: str
) -> None:
    """Somebody who can write the folder makes the computer forget, and keeps nobody out."""
    [path] = (attacked.folder / "memory-Ana").iterdir()
    [other] = (attacked.folder / "memory-Ben").iterdir()
    with attacked.acting("Ana") as (ana,):
        replica = vault_of(ana).record.replica
    data = path.read_bytes()
    harmed = {"cut off": data[:-1], "flipped": data[:-1] + bytes([data[-1] ^ 1]), "empty": b""}
    path.write_bytes(harmed.get(harm, other.read_bytes()))
    if harm == "not there":
        path.unlink()
    with attacked.acting("Ana") as (ana,):
        assert told(ana) == []
        record = vault_of(ana).record
        assert record.replica != replica and record.door and record.channels
        ana.notes.add(NewNote("goes on", share="all"))
        replica = record.replica
    with attacked.acting("Ana", "Ben") as (ana, ben):
        assert told(ana) == told(ben) == []
        assert vault_of(ana).record.replica == replica
