"""What a computer remembers outside the file: older states, forks, and two programs at once."""

import secrets
from pathlib import Path

import pytest

from kapjournal.crypto.envelope import ChannelHead
from kapjournal.domain.ids import JournalId, ReplicaId
from kapjournal.journal import NewNote
from kapjournal.journal.vault.rollback_record import RollbackRecord, RollbackRecordFile
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.attacks.test_people import told
from tests.internals import vault_of

HERE = "channel to here"
THERE = "channel to there"


def head(writes: int, root: int) -> ChannelHead:
    return ChannelHead(b"repl", writes, bytes([root]) * 16)


def test_a_fork_of_the_file_with_as_many_writes_is_named(attacked: AttackedJournal) -> None:
    """Lee writes once in each of two copies. Ana saw the one; the other counts as far."""
    aside = attacked.copy()
    with attacked.acting("Lee", "Ana") as (lee, ana):
        lee.notes.add(NewNote("in the one", share="Ana"))
        assert told(ana) == ""
        seen = vault_of(ana).envelopes.incoming[lee.me.id].head
    attacked.path.write_bytes(aside.read_bytes())
    with attacked.acting("Lee", remembering=False) as (lee,):
        lee.notes.add(NewNote("in the other", share="Ana"))
    with attacked.acting("Ana") as (ana,):
        forked = vault_of(ana).envelopes.incoming[ana.members.get("Lee").id].head
        assert seen and forked
        assert seen.writes == forked.writes
        assert bodies(ana) == {"in the other"}
        assert "older state of what Lee shares with you" in told(ana)


@pytest.mark.parametrize(
    ("found", "behind"),
    [
        (head(7, 1), False),
        (head(8, 2), False),
        (head(6, 1), True),
        (head(7, 2), True),
        (None, True),
    ],
)
def test_a_head_is_behind_if_it_is_older_or_another_of_the_same_count(
    found: ChannelHead | None, behind: bool
) -> None:
    memory = RollbackRecord(ReplicaId(bytes(16)), "", {HERE: (7, bytes([1]) * 16)})
    assert memory.is_behind(HERE, found) is behind
    assert not memory.is_behind(THERE, found)


def test_a_fork_does_not_take_the_place_of_what_is_remembered() -> None:
    memory = RollbackRecord(ReplicaId(bytes(16)), "", {HERE: (7, bytes([1]) * 16)})
    assert not memory.observe(HERE, head(7, 2))
    assert not memory.observe(HERE, head(6, 2))
    assert memory.heads[HERE] == (7, bytes([1]) * 16)
    assert memory.observe(HERE, head(8, 2))


@pytest.mark.parametrize("second_has_more", [True, False])
def test_two_programs_of_one_person_keep_the_higher_count_of_both(
    tmp_path: Path, second_has_more: bool
) -> None:
    """Each saves without having seen what the other saw; neither takes a channel back to an older count."""
    place, key = tmp_path / "journal.kap", secrets.token_bytes(32)
    file = RollbackRecordFile(tmp_path, JournalId(bytes(16)), key)
    start = file.load(place)
    start.observe(HERE, head(5, 1))
    file.save(start)
    one, other = file.load(place), file.load(place)
    one.observe(HERE, head(9, 9) if not second_has_more else head(6, 6))
    one.observe(THERE, head(3, 3))
    other.observe(HERE, head(6, 6) if not second_has_more else head(9, 9))
    file.save(one)
    file.save(other)
    for memory in (file.load(place), other):
        assert memory.heads == {HERE: (9, bytes([9]) * 16), THERE: (3, bytes([3]) * 16)}
    assert RollbackRecordFile(tmp_path, JournalId(bytes(16)), secrets.token_bytes(32)).load(place).heads == {}


def test_a_program_that_was_idle_does_not_make_the_computer_forget_what_another_saw(
    attacked: AttackedJournal,
) -> None:
    """Ana's first program saw Lee's note; her second, which did not, saves last. Then the file goes back."""
    aside = attacked.copy()
    with attacked.acting("Lee", "Ana", "Ana") as (lee, first, second):
        lee.notes.add(NewNote("seen by the first", share="Ana"))
        assert told(first) == ""
        vault_of(second).save_record()
    attacked.path.write_bytes(aside.read_bytes())
    with attacked.acting("Ana") as (ana,):
        assert bodies(ana) == set()
        assert "older state of what Lee shares with you" in told(ana)
