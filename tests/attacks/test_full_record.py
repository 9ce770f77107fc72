"""What a computer notes of a journal has one size. A member who fills it must not hide another's words."""

import secrets

import pytest

from kapjournal.crypto.envelope import Stamp, draw, seal
from kapjournal.crypto.identity import Identity
from kapjournal.journal import NewNote
from kapjournal.journal.trust.certificates import MAX_SUCCESSORS, sign_successor
from kapjournal.journal.vault.rollback_codec import fit, from_bytes
from kapjournal.journal.vault.rollback_record import ChannelMemory, RollbackRecord, new_replica
from tests.attacks.attacked_journal import AttackedJournal
from tests.attacks.test_people import told
from tests.internals import vault_of


def remembered(channels: dict[str, ChannelMemory], newest: frozenset[str]) -> RollbackRecord:
    return RollbackRecord({"here": new_replica()}, "here", channels, newest=newest)


def channel_of(computers: int) -> ChannelMemory:
    numbers = {secrets.token_bytes(8): number for number in range(1, computers + 1)}
    return ChannelMemory(numbers, computers, 1, {one: secrets.token_bytes(8) for one in numbers})


def test_who_writes_as_hundreds_of_computers_shortens_their_own_channel_alone() -> None:
    """Of theirs the counts stay, and the computers with the highest numbers."""
    small, flooded = channel_of(3), channel_of(2_000)
    record = remembered({"small": small, "flooded": flooded}, frozenset({"small", "flooded"}))
    plain, is_whole = fit(record)
    kept = from_bytes(plain)
    assert not is_whole
    assert kept.channels["small"] == small
    flood = kept.channels["flooded"]
    assert (flood.rows, flood.drops) == (2_000, 1)
    assert len(flood.complete) > 100
    assert min(flood.complete.values()) == 2_001 - len(flood.complete)


def test_channels_of_replaced_keys_go_before_those_of_the_newest() -> None:
    """Of hundreds of sets of keys, the newest channels of everybody stay, computers and all, and so does who
    was removed."""
    old = {f"old {number:012}": channel_of(2) for number in range(1_000)}
    new = {f"new {number}": channel_of(1) for number in range(15)}
    record = remembered({**new, **old}, frozenset(new))
    plain, is_whole = fit(record)
    kept = from_bytes(plain)
    assert not is_whole
    assert {name: kept.channels[name] for name in new} == new
    assert len(kept.channels) > 200
    assert kept.replicas == record.replicas


def test_what_fits_is_whole() -> None:
    record = remembered({"small": channel_of(3)}, frozenset({"small"}))
    plain, is_whole = fit(record)
    assert is_whole
    assert from_bytes(plain).channels == record.channels


@pytest.mark.parametrize("computers", [0, 350])
def test_a_flood_of_computers_hides_no_older_state_of_anothers(
    attacked: AttackedJournal, computers: int
) -> None:
    """Ben writes each row to Ana as another computer. In place of Lee's last note another of Lee's
    comes: only which computer's number Ana's noted can tell."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        vault = vault_of(ben)
        channel, own = vault.envelopes.channel_to(ana.me.id), vault.envelopes.channels.own.key
        for _ in range(computers):
            stamp = Stamp(secrets.token_bytes(8), 1, 0, 0)
            row = seal(own, draw(own), b"", [(channel.key, stamp)])
            attacked.insert(row.id, row.sealed)
        aside = attacked.copy()
        lee.notes.add(NewNote("the last", share="Ana"))
        ana.refresh()
    attacked.path.write_bytes(aside.read_bytes())
    with attacked.acting("Lee", remembering=False) as (lee,):
        lee.notes.add(NewNote("another", share="Ana"))
    with attacked.acting("Ana") as (ana,):
        assert "older state of what Lee shares with you" in told(ana)
        assert ("could not note all" in told(ana)) is bool(computers)


def test_more_new_keys_than_anybody_needs_are_not_believed(attacked: AttackedJournal) -> None:
    """Each set of keys of Ben's would bring new channels to note. The others take some, and are told."""
    journal_id = attacked.journal_id()
    with attacked.acting("Ben") as (ben,):
        ben_id, before = ben.me.id, vault_of(ben).identity
    for number in range(1, MAX_SUCCESSORS + 3):
        new = Identity(secrets.token_bytes(32), journal_id)
        attacked.put_shared(sign_successor(before, new, journal_id, ben_id, number).to_bytes())
        before = new
        with attacked.acting("Ana") as (ana,):
            pin = vault_of(ana).membership.book.pins[ben_id]
            assert len(pin.successors) == min(number, MAX_SUCCESSORS)
            assert ("Two different sets of new keys" in told(ana)) is (number > MAX_SUCCESSORS)
