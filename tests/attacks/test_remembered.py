"""What a computer remembers outside the file: older states, forks, and two programs at once."""

import secrets
from pathlib import Path

import pytest

from kapjournal.domain.ids import JournalId
from kapjournal.journal import NewNote
from kapjournal.journal.vault.rollback_file import RollbackRecordFile
from kapjournal.journal.vault.rollback_record import ChannelMemory
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.attacks.test_people import told
from tests.internals import vault_of

HERE = "channel to here"
THERE = "channel to there"
DESK, PHONE = b"the desk", b"a phone "


def seen(desk: int, phone: int = 0, *, rows: int, drops: int = 0) -> ChannelMemory:
    """A channel on which all is there up to these numbers of two computers."""
    complete = {replica: number for replica, number in ((DESK, desk), (PHONE, phone)) if number}
    return ChannelMemory(complete, rows, drops)


def test_a_fork_of_the_file_with_as_many_writes_is_named(attacked: AttackedJournal) -> None:
    """Lee writes once in each of two copies. Ana saw the one; the other has as many rows."""
    aside = attacked.copy()
    with attacked.acting("Lee", "Ana") as (lee, ana):
        lee.notes.add(NewNote("in the one", share="Ana"))
        assert told(ana) == ""
        rows = vault_of(ana).envelopes.channels.incoming[lee.me.id].rows
    attacked.path.write_bytes(aside.read_bytes())
    with attacked.acting("Lee", remembering=False) as (lee,):
        lee.notes.add(NewNote("in the other", share="Ana"))
    with attacked.acting("Ana") as (ana,):
        assert vault_of(ana).envelopes.channels.incoming[ana.members.get("Lee").id].rows == rows
        assert bodies(ana) == {"in the other"}
        assert "older state of what Lee shares with you" in told(ana)


@pytest.mark.parametrize("writes", [2, 5, 20])
def test_a_longer_fork_hides_nothing(attacked: AttackedJournal, writes: int) -> None:
    """However much Lee writes in the other copy, what Ana saw in the first is still missed."""
    aside = attacked.copy()
    with attacked.acting("Lee", "Ana") as (lee, ana):
        lee.notes.add(NewNote("in the one", share="Ana"))
        assert told(ana) == ""
    attacked.path.write_bytes(aside.read_bytes())
    with attacked.acting("Lee") as (lee,):
        lee.notes.add_many([NewNote(f"in the other {n}", share="Ana") for n in range(writes)])
    for _ in range(2):
        with attacked.acting("Ana") as (ana,):
            assert bodies(ana) == {f"in the other {n}" for n in range(writes)}
            assert "older state of what Lee shares with you" in told(ana)


@pytest.mark.parametrize(
    ("found", "ahead"),
    [
        (seen(7, 2, rows=9, drops=3), False),
        (seen(8, 2, rows=10, drops=4), False),
        (seen(7, 3, rows=10, drops=3), False),
        (seen(6, 2, rows=8, drops=3), True),
        (seen(6, 3, rows=9, drops=3), True),
        (seen(7, rows=9, drops=3), True),
        (seen(7, 2, rows=8, drops=3), True),
        (seen(7, 2, rows=9, drops=2), True),
        (seen(6, 200, rows=206, drops=99), True),
        (ChannelMemory(), True),
    ],
)
def test_what_is_remembered_is_ahead_if_any_number_or_count_was_higher(
    found: ChannelMemory, ahead: bool
) -> None:
    assert seen(7, 2, rows=9, drops=3).is_ahead_of(found) is ahead
    assert not ChannelMemory().is_ahead_of(found)


def test_a_fork_does_not_take_the_place_of_what_is_remembered() -> None:
    memory = seen(7, 2, rows=9, drops=3)
    assert not memory.observe(seen(6, 2, rows=9, drops=3))
    assert not memory.observe(ChannelMemory())
    assert memory == seen(7, 2, rows=9, drops=3)
    assert memory.observe(seen(6, 5, rows=11, drops=1))
    assert memory == seen(7, 5, rows=11, drops=3)


@pytest.mark.parametrize("second_has_more", [True, False])
def test_two_programs_of_one_person_keep_the_higher_count_of_both(
    tmp_path: Path, second_has_more: bool
) -> None:
    """Each saves without having seen what the other saw; neither takes a channel back to an older count."""
    place, key = tmp_path / "journal.kap", secrets.token_bytes(32)
    file = RollbackRecordFile(tmp_path, JournalId(bytes(16)), key)
    start = file.load(place)
    start.observe(HERE, seen(5, rows=5))
    file.save(start)
    one, other = file.load(place), file.load(place)
    more, less = seen(9, rows=9, drops=1), seen(6, 2, rows=8, drops=2)
    one.observe(HERE, less if second_has_more else more)
    one.observe(THERE, seen(3, rows=3))
    other.observe(HERE, more if second_has_more else less)
    file.save(one)
    file.save(other)
    assert other.channels == {HERE: more if second_has_more else less}, "saving takes nothing in"
    file.refresh(other)
    for memory in (file.load(place), other):
        assert memory.channels == {HERE: seen(9, 2, rows=9, drops=2), THERE: seen(3, rows=3)}
        assert memory.replica == start.replica
    stranger = RollbackRecordFile(tmp_path, JournalId(bytes(16)), secrets.token_bytes(32)).load(place)
    assert stranger.channels == {} and stranger.replica != start.replica


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


def test_a_record_too_large_for_its_place_still_knows_every_count(tmp_path: Path) -> None:
    """Many computers on many channels, many who were removed: what the file knows as well is left out."""
    place, key = tmp_path / ("deep/" * 200 + "journal.kap"), secrets.token_bytes(32)
    file = RollbackRecordFile(tmp_path, JournalId(bytes(16)), key)
    record = file.load(place)
    for channel in range(15):
        complete = {secrets.token_bytes(8): number for number in range(1, 60)}
        record.observe(f"{channel:016x}", ChannelMemory(complete, 1000 + channel, 500 + channel))
    file.save(record)
    read = file.load(place)
    assert read.replica == record.replica
    assert {name: (memory.rows, memory.drops) for name, memory in read.channels.items()} == {
        f"{channel:016x}": (1000 + channel, 500 + channel) for channel in range(15)
    }
