"""New words: old ones open nothing, whose they are stays hidden, and no kill leaves a door without."""

import os
import random
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kapjournal.crypto import keyslot, words
from kapjournal.crypto.keyslot import SlotKind
from kapjournal.errors import CannotSave, UnlockFailed
from kapjournal.journal import FLOOR, NewNote, generated_recovery_words, recover
from kapjournal.journal.trust.keyslots import keyslots_of, open_first, to_row
from kapjournal.store import JournalFile, Transaction
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal, bodies

Slots = dict[bytes, tuple[Any, ...]]


def slots(path: Path) -> Slots:
    """Every keyslot as anybody sees it who has the file."""
    with closing(sqlite3.connect(path)) as database:
        return {row[0]: row[1:] for row in database.execute("SELECT * FROM keyslot").fetchall()}


def opens(path: Path, recovery: str) -> bool:
    """Whether these words open a door of the file; nothing is written."""
    file = JournalFile(path)
    try:
        with file.reading() as snapshot:
            found = keyslots_of(snapshot, SlotKind.RECOVERY)
        return open_first(file.journal_id, found, words.recovery_entropy(recovery)) is not None
    finally:
        file.close()


def renewed(attacked: AttackedJournal, name: str) -> str:
    """Give somebody new words."""
    fresh = generated_recovery_words()
    with attacked.acting(name) as (journal,):
        journal.keys.renew_recovery_words(fresh)
    return fresh


def test_old_words_open_nothing_and_new_ones_everything(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("only mine"))
        first, second = generated_recovery_words(), generated_recovery_words()
        assert not ana.keys.renew_recovery_words(first), "she had none"
        assert ana.keys.renew_recovery_words(second)
    assert not opens(attacked.path, first)
    with pytest.raises(UnlockFailed, match="opened nothing"):
        recover(attacked.path, words=first, passphrase="a new passphrase", strength=FLOOR)
    back = recover(attacked.path, words=second, passphrase="a new passphrase", strength=FLOOR)
    with back:
        assert back.me.label == "Ana" and bodies(back) == {"only mine"} and back.check().is_clean
    assert opens(attacked.path, second), "recovering leaves the words as they are"


def test_nothing_of_the_old_slot_stays_in_the_file(attacked: AttackedJournal) -> None:
    renewed(attacked, "Ana")
    [old] = [one for one in slots(attacked.path).items() if one[1][0] == "recovery"]
    renewed(attacked, "Ana")
    data = attacked.path.read_bytes()
    assert old[0] not in data and old[1][-1] not in data
    assert not attacked.path.with_name(attacked.path.name + "-wal").exists()


def test_an_older_copy_still_opens_with_the_older_words(attacked: AttackedJournal) -> None:
    """The keys below do not change. The program and the README say so."""
    first = renewed(attacked, "Ana")
    older = attacked.copy()
    renewed(attacked, "Ana")
    assert opens(older, first) and not opens(attacked.path, first)


def test_an_old_slot_put_back_is_taken_away_with_the_next_words(attacked: AttackedJournal) -> None:
    first = renewed(attacked, "Ana")
    [(old_id, old)] = [one for one in slots(attacked.path).items() if one[1][0] == "recovery"]
    second = renewed(attacked, "Ana")
    attacked.run(f"INSERT INTO keyslot VALUES ({', '.join('?' * 8)})", old_id, *old)
    assert opens(attacked.path, first)
    third = renewed(attacked, "Ana")
    assert [opens(attacked.path, one) for one in (first, second, third)] == [False, False, True]


def test_nobody_elses_words_are_touched(attacked: AttackedJournal) -> None:
    anas, bens = renewed(attacked, "Ana"), renewed(attacked, "Ben")
    before = slots(attacked.path)
    lees = renewed(attacked, "Lee")
    again = renewed(attacked, "Ana")
    after = slots(attacked.path)
    assert [opens(attacked.path, one) for one in (anas, bens, lees, again)] == [False, True, True, True]
    gone = [row for slot_id, row in before.items() if slot_id not in after]
    assert [row[0] for row in gone] == ["recovery"]


def test_a_stranger_sees_one_slot_go_and_one_come_and_nothing_of_whose_it_is(
    attacked: AttackedJournal,
) -> None:
    for name in attacked.everybody():
        renewed(attacked, name)
    before, envelopes = slots(attacked.path), attacked.rows()
    renewed(attacked, "Ben")
    after = slots(attacked.path)
    [gone], [come] = before.keys() - after.keys(), after.keys() - before.keys()
    assert attacked.rows() == envelopes, "no sealed piece comes or goes"
    assert sorted(row[:2] for row in before.values()) == sorted(row[:2] for row in after.values())
    for row in (before[gone], after[come]):
        assert row[:5] == ("recovery", "", 0, 0, 0) and len(row[5]) == 16 and len(row[6]) == 144
    assert {row[:5] for row in after.values() if row[0] == "recovery"} == {("recovery", "", 0, 0, 0)}


def test_only_the_owner_knows_a_recovery_slot_again(attacked: AttackedJournal) -> None:
    """The salt is made from the master key: without it one salt is as random as another."""
    for name in attacked.everybody():
        renewed(attacked, name)
        renewed(attacked, name)
    file = JournalFile(attacked.path)
    with file.reading() as snapshot:
        found = keyslots_of(snapshot, SlotKind.RECOVERY)
    file.close()
    assert len({one.salt for one in found}) == len(found) == 3
    for held in attacked.held.values():
        assert sum(keyslot.is_recovery_of(held.first, file.journal_id, one) for one in found) == 1
        assert not any(keyslot.is_recovery_of(held.journal_key, file.journal_id, one) for one in found)


def test_words_from_before_slots_were_told_apart_can_be_replaced_by_whoever_has_them(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = generated_recovery_words()
    with monkeypatch.context() as patch:
        patch.setattr(keyslot, "_recovery_salt", lambda *_: os.urandom(16))
        held, file = attacked.held["Ana"], JournalFile(attacked.path)
        slot = keyslot.lock(file.journal_id, SlotKind.RECOVERY, "", words.recovery_entropy(old), held)
        with file.writing() as transaction:
            transaction.put_slot(to_row(slot))
        file.close()
    fresh = renewed(attacked, "Ana")
    assert opens(attacked.path, old) and opens(attacked.path, fresh), "whose the old slot is, nobody can know"
    recover(attacked.path, words=old, passphrase="a new passphrase", strength=FLOOR).close()
    assert opens(attacked.path, old) and opens(attacked.path, fresh), (
        "newer words are not lost by using older ones"
    )
    last = renewed(attacked, "Ana")
    assert opens(attacked.path, last) and not opens(attacked.path, old) and not opens(attacked.path, fresh)


def test_only_the_passphrase_of_the_open_door_will_do(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        ben.keys.change_passphrase("ben has another", strength=FLOOR)
        ana.keys.confirm_passphrase(PASSPHRASE)
        for wrong in ("ben has another", "", PASSPHRASE + " "):
            with pytest.raises(UnlockFailed, match="not the passphrase of your door"):
                ana.keys.confirm_passphrase(wrong)


def test_a_door_of_somebody_else_relabelled_does_not_answer_for_ones_own(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        ben.keys.change_passphrase("ben has another", strength=FLOOR)
        attacked.run("UPDATE keyslot SET label = 'Ana' WHERE label = 'Ben'")
        with pytest.raises(UnlockFailed):
            ana.keys.confirm_passphrase("ben has another")


def test_words_that_are_none_change_nothing(attacked: AttackedJournal) -> None:
    first = renewed(attacked, "Ana")
    before = slots(attacked.path)
    with attacked.acting("Ana") as (ana,):
        for wrong in ("", "abandon " * 24, first + " abandon"):
            with pytest.raises(UnlockFailed):
                ana.keys.renew_recovery_words(wrong)
    assert slots(attacked.path) == before and opens(attacked.path, first)


def test_a_save_that_fails_leaves_the_old_words(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = renewed(attacked, "Ana"), generated_recovery_words()

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with attacked.acting("Ana") as (ana,):
        with monkeypatch.context() as patch:
            patch.setattr(Transaction, "put_slot", full)
            with pytest.raises(CannotSave):
                ana.keys.renew_recovery_words(second)
        assert opens(attacked.path, first) and not opens(attacked.path, second)
        assert ana.keys.renew_recovery_words(second)
    assert opens(attacked.path, second) and not opens(attacked.path, first)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.parametrize("moment", ["drop_slot", "put_slot"])
def test_killed_between_taking_and_giving(attacked: AttackedJournal, moment: str) -> None:
    first, second = renewed(attacked, "Ana"), generated_recovery_words()
    if (child := os.fork()) == 0:
        with attacked.acting("Ana") as (ana,):
            real = getattr(Transaction, moment)

            def dies(*given: Any) -> None:
                real(*given)
                os.kill(os.getpid(), signal.SIGKILL)

            setattr(Transaction, moment, dies)
            ana.keys.renew_recovery_words(second)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert opens(attacked.path, first) and not opens(attacked.path, second)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_killed_at_any_moment_leaves_the_old_words_or_the_new(attacked: AttackedJournal) -> None:
    rng = random.Random(24)
    sealed = renewed(attacked, "Ana")
    kept = 0
    for turn in range(30):
        told = attacked.folder / f"told-{turn}"
        if (child := os.fork()) == 0:
            with attacked.acting("Ana") as (ana,), told.open("w", buffering=1) as out:
                while True:
                    fresh = generated_recovery_words()
                    out.write(f"{fresh}\n")
                    ana.keys.renew_recovery_words(fresh)
        while not (told.exists() and told.read_text()):
            time.sleep(0.002)
        time.sleep(rng.uniform(0.0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        tried = told.read_text().splitlines()
        now = [one for one in (sealed, *tried[-2:]) if opens(attacked.path, one)]
        assert len(now) == 1, "never neither, never both"
        kept += now == [sealed]
        sealed = now[0]
        assert sum(row[0] == "recovery" for row in slots(attacked.path).values()) == 1
    assert kept < 30


def test_a_copy_of_the_file_elsewhere_is_renewed_by_itself(attacked: AttackedJournal) -> None:
    first = renewed(attacked, "Ana")
    shutil.copy(attacked.path, attacked.folder / "other.kap")
    other = AttackedJournal(attacked.folder, attacked.folder / "other.kap", attacked.held)
    renewed(other, "Ana")
    assert opens(attacked.path, first) and not opens(other.path, first)
