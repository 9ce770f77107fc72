"""Rows of keyslots struck, altered, put back or planted: the person is told, and can mend it."""

import json
import secrets
from collections.abc import Callable
from typing import Any

import pytest

import kapjournal.journal.vault.rollback_record
from kapjournal.crypto import kdf
from kapjournal.crypto.kdf import KdfStrength
from kapjournal.crypto.keyslot import SEALED_BYTES
from kapjournal.errors import CannotSave, Damaged, UnlockFailed
from kapjournal.journal import FLOOR, Journal, generated_recovery_words, unlock
from kapjournal.journal.vault.rollback_record import RollbackRecord
from kapjournal.store import Transaction
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal
from tests.attacks.test_recovery import renewed, slots
from tests.internals import finding_sentences, vault_of

NEW = "a wholly new passphrase"
STRANGE_DOOR = "A door under your label was put into the file"
NO_DOOR = "Your door was taken out of the file"
ALTERED_DOOR = "Your door was altered in the file"
NO_WORDS = "Your recovery words open nothing any more"
OLD_WORDS = "Older recovery words of yours were put back"


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


def test_struck_recovery_words_are_told_until_there_are_new_ones(attacked: AttackedJournal) -> None:
    renewed(attacked, "Ana")
    renewed(attacked, "Ben")
    with attacked.acting("Ana", "Ben") as (ana, ben):
        words = {mark[:16] for mark in vault_of(ana).own_keyslots.recoveries}
        assert len(words) == 1 and words.isdisjoint(
            mark[:16] for mark in vault_of(ben).own_keyslots.recoveries
        )
    attacked.run("DELETE FROM keyslot WHERE id = ?", *words)
    for _ in range(2):
        with attacked.acting("Ana", "Ben") as (ana, ben):
            [sentence] = told(ana)
            assert sentence.startswith(NO_WORDS) and told(ben) == []
    renewed(attacked, "Ana")
    with attacked.acting("Ana") as (ana,):
        assert told(ana) == []


def test_recovery_words_struck_while_the_journal_is_open(attacked: AttackedJournal) -> None:
    renewed(attacked, "Ana")
    with attacked.acting("Ana") as (ana,):
        strike(attacked, only(attacked, "recovery"))
        ana.refresh()
        assert [sentence[: len(NO_WORDS)] for sentence in told(ana)] == [NO_WORDS]


def test_a_recovery_row_that_was_altered_opens_nothing(attacked: AttackedJournal) -> None:
    renewed(attacked, "Ana")
    attacked.run("UPDATE keyslot SET sealed_secret = ? WHERE kind = 'recovery'", bytes(SEALED_BYTES))
    with attacked.acting("Ana") as (ana,):
        assert [sentence[: len(NO_WORDS)] for sentence in told(ana)] == [NO_WORDS]


@pytest.mark.parametrize("beside", [True, False], ids=["beside", "instead"])
def test_older_recovery_words_put_back(attacked: AttackedJournal, beside: bool) -> None:
    renewed(attacked, "Ana")
    old = only(attacked, "recovery")
    renewed(attacked, "Ana")
    if not beside:
        strike(attacked, only(attacked, "recovery"))
    put(attacked, old)
    for _ in range(2):
        with attacked.acting("Ana") as (ana,):
            assert [sentence[: len(OLD_WORDS)] for sentence in told(ana)] == [OLD_WORDS]
    renewed(attacked, "Ana")
    with attacked.acting("Ana") as (ana,):
        assert told(ana) == []


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


@pytest.mark.parametrize("change", [_change, _renew])
@pytest.mark.parametrize("what", ["drop_slot", "put_slot"])
def test_a_change_the_file_did_not_take_is_not_acknowledged(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch, change: Callable[[Journal], None], what: str
) -> None:
    renewed(attacked, "Ana")
    before = slots(attacked.path)
    with attacked.acting("Ana") as (ana,):
        with monkeypatch.context() as patch:
            patch.setattr(Transaction, what, lambda *_: True)
            with pytest.raises(CannotSave, match="What opened it before still does"):
                change(ana)
        assert slots(attacked.path) == before and told(ana) == []


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


def test_a_memory_from_before_slots_were_remembered_is_read(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def older(memory: RollbackRecord) -> bytes:
        fields = json.loads(to_bytes(memory))
        del fields["slots"], fields["retired"]
        return json.dumps(fields).encode().ljust(16 * 1024 - 32)

    to_bytes = kapjournal.journal.vault.rollback_record._to_bytes
    with attacked.acting("Ana") as (ana,), monkeypatch.context() as patch:
        patch.setattr("kapjournal.journal.vault.rollback_record._to_bytes", older)
        vault_of(ana).save_record()
        heads = vault_of(ana).record.heads
    with attacked.acting("Ana") as (ana,):
        assert (
            told(ana) == []
            and set(vault_of(ana).record.slots) == {"door"}
            and vault_of(ana).record.heads == heads
        )
