"""New words: old ones open nothing, whose they are stays hidden, and no kill leaves a door without."""

import os
import random
import signal
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kapjournal.crypto import words
from kapjournal.crypto.keyring import recovery_channel
from kapjournal.crypto.row import DROPPED, DROPPED_BYTES, SIZES, front_of
from kapjournal.errors import CannotSave, UnlockFailed
from kapjournal.journal import FLOOR, NewNote, generated_recovery_words, recover
from kapjournal.journal.documents.keys import KEYS
from kapjournal.store import Transaction
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal, bodies
from tests.internals import vault_of

Slots = dict[bytes, tuple[Any, ...]]


def slots(path: Path) -> Slots:
    """Every keyslot as anybody sees it who has the file."""
    with closing(sqlite3.connect(path)) as database:
        return {row[0]: row[1:] for row in database.execute("SELECT * FROM keyslot").fetchall()}


def opens(path: Path, recovery: str) -> bool:
    """Whether these words open the door of somebody, tried on a copy of the file by a fresh computer."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.kap"
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        try:
            recover(
                copy,
                words=recovery,
                passphrase="a wholly new passphrase",
                strength=FLOOR,
                record_folder=Path(folder),
            ).close()
        except UnlockFailed:
            return False
        return True


def words_row(attacked: AttackedJournal, name: str) -> bytes:
    """The row of somebody's keys, in which their recovery words have a place."""
    with attacked.acting(name) as (journal,):
        [stored] = vault_of(journal).envelopes.standing(journal.me.id, KEYS)
        return stored.row


def renewed(attacked: AttackedJournal, name: str, *, remembering: bool = True) -> str:
    """Give somebody new words."""
    fresh = generated_recovery_words()
    with attacked.acting(name, remembering=remembering) as (journal,):
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
        recover(attacked.path, words=first, passphrase="quite a new passphrase", strength=FLOOR)
    back = recover(attacked.path, words=second, passphrase="quite a new passphrase", strength=FLOOR)
    with back:
        assert back.me.label == "Ana" and bodies(back) == {"only mine"} and back.check().is_clean
    assert opens(attacked.path, second), "recovering leaves the words as they are"


def test_of_the_old_words_nothing_stays_in_the_file_that_opens_anything(attacked: AttackedJournal) -> None:
    first = renewed(attacked, "Ana")
    key = recovery_channel(words.recovery_entropy(first), attacked.journal_id())
    old = words_row(attacked, "Ana")
    before = attacked.rows()[old]
    renewed(attacked, "Ana")
    after = attacked.rows()[old]
    front = front_of(after)
    assert (after[:1], len(after)) == (DROPPED, DROPPED_BYTES)
    assert front is not None and key.find(front), "whose old words these were, they alone can tell"
    assert before[-4000:] not in attacked.path.read_bytes()
    assert not attacked.path.with_name(attacked.path.name + "-wal").exists()


@pytest.mark.parametrize("open_first", [True, False])
def test_old_words_whose_row_is_put_back_open_nothing(attacked: AttackedJournal, open_first: bool) -> None:
    """Neither before nor after their owner's program has dropped the row again."""
    first = renewed(attacked, "Ana")
    old = words_row(attacked, "Ana")
    sealed = attacked.rows()[old]
    second = renewed(attacked, "Ana")
    dropped = attacked.rows()
    attacked.insert(old, sealed)
    if open_first:
        with attacked.acting("Ana"):
            assert attacked.rows() == dropped
    assert [opens(attacked.path, one) for one in (first, second)] == [False, True]
    third = renewed(attacked, "Ana")
    attacked.insert(old, sealed)
    assert [opens(attacked.path, one) for one in (first, second, third)] == [False, False, True]


def test_nobody_elses_words_are_touched(attacked: AttackedJournal) -> None:
    anas, bens = renewed(attacked, "Ana"), renewed(attacked, "Ben")
    rows = {name: words_row(attacked, name) for name in attacked.everybody()}
    before = attacked.rows()
    lees = renewed(attacked, "Lee")
    again = renewed(attacked, "Ana")
    after = attacked.rows()
    assert [opens(attacked.path, one) for one in (anas, bens, lees, again)] == [False, True, True, True]
    assert {i for i, sealed in before.items() if after[i] != sealed} == {rows["Ana"], rows["Lee"]}


def test_a_stranger_sees_one_row_dropped_and_one_come_and_nothing_of_whose_it_is(
    attacked: AttackedJournal,
) -> None:
    """It looks as when somebody notes that digits were compared, or saves a page in the place of another."""
    for name in attacked.everybody():
        renewed(attacked, name)
    before, doors = attacked.rows(), slots(attacked.path)
    renewed(attacked, "Ben")
    after = attacked.rows()
    assert slots(attacked.path) == doors, "no door and no invitation comes or goes"
    [come] = after.keys() - before.keys()
    [dropped] = [i for i, sealed in before.items() if after[i] != sealed]
    assert len(after[come]) == len(before[dropped]) == min(SIZES)
    assert len(after[dropped]) == DROPPED_BYTES


def test_only_the_owner_knows_the_row_of_their_words_again(attacked: AttackedJournal) -> None:
    """No other member finds a place in it, not even with the keys that all share."""
    for name in attacked.everybody():
        renewed(attacked, name)
    rows = {name: words_row(attacked, name) for name in attacked.everybody()}
    for name in attacked.everybody():
        with attacked.acting(name) as (journal,):
            envelopes = vault_of(journal).envelopes
            keys = [channel.key for channel in envelopes.channels.all()]
            keys += [*envelopes.channels.shared_keys.values(), *envelopes.channels.drafts_keys]
            sealed = attacked.rows()
            fronts = {whose: front_of(sealed[row_id]) for whose, row_id in rows.items()}
            found = {w for w, front in fronts.items() if front and any(key.find(front) for key in keys)}
            assert found == {name}


def test_only_the_passphrase_of_the_open_door_will_do(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        ben.keys.change_passphrase("ben has another one by now", strength=FLOOR)
        ana.keys.confirm_passphrase(PASSPHRASE)
        for wrong in ("ben has another one by now", "", PASSPHRASE + " "):
            with pytest.raises(UnlockFailed, match="not the passphrase of your door"):
                ana.keys.confirm_passphrase(wrong)


def test_a_door_of_somebody_else_relabelled_does_not_answer_for_ones_own(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        ben.keys.change_passphrase("ben has another one by now", strength=FLOOR)
        attacked.run("UPDATE keyslot SET label = 'Ana' WHERE label = 'Ben'")
        with pytest.raises(UnlockFailed):
            ana.keys.confirm_passphrase("ben has another one by now")


def test_words_that_are_none_change_nothing(attacked: AttackedJournal) -> None:
    first = renewed(attacked, "Ana")
    before = attacked.rows()
    with attacked.acting("Ana") as (ana,):
        for wrong in ("", "abandon " * 24, first + " abandon"):
            with pytest.raises(UnlockFailed):
                ana.keys.renew_recovery_words(wrong)
    assert attacked.rows() == before and opens(attacked.path, first)


@pytest.mark.parametrize("moment", ["put", "replace"])
def test_a_save_that_fails_leaves_the_old_words(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    first, second = renewed(attacked, "Ana"), generated_recovery_words()

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with attacked.acting("Ana") as (ana,):
        with monkeypatch.context() as patch:
            patch.setattr(Transaction, moment, full)
            with pytest.raises(CannotSave):
                ana.keys.renew_recovery_words(second)
        assert opens(attacked.path, first) and not opens(attacked.path, second)
        assert ana.keys.renew_recovery_words(second)
    assert opens(attacked.path, second) and not opens(attacked.path, first)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.parametrize("moment", ["put", "replace"])
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
    for turn in range(15):
        told = attacked.folder / f"told-{turn}"
        if (child := os.fork()) == 0:
            with attacked.acting("Ana") as (ana,), told.open("w", buffering=1) as out:
                while True:
                    fresh = generated_recovery_words()
                    out.write(f"{fresh}\n")
                    ana.keys.renew_recovery_words(fresh)
        while not (told.exists() and told.read_text()):
            time.sleep(0.002)
        time.sleep(rng.uniform(0.0, 0.1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        tried = told.read_text().splitlines()
        now = [one for one in (sealed, *tried[-2:]) if opens(attacked.path, one)]
        assert len(now) == 1, "never neither, never both"
        kept += now == [sealed]
        sealed = now[0]
    assert kept < 15
