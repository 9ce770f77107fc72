"""Somebody has the keeper's old keys and strikes from the file that there are newer ones."""

import secrets

import pytest

from kapjournal import clock
from kapjournal.crypto.identity import Identity, public_of_seed
from kapjournal.domain.ids import KeyslotId
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, NewNote
from kapjournal.journal.trust.certificates import (
    InvitationGrant,
    SharedRecord,
    sign_certificate,
    sign_grant,
    sign_removal,
)
from tests.attacks.attacked_journal import AttackedJournal
from tests.internals import vault_of


@pytest.fixture
def thief(attacked: AttackedJournal) -> Identity:
    """The identity Lee had before new ones, which everybody has met."""
    old = Identity(attacked.held["Lee"].first, attacked.journal_id())
    with attacked.acting("Lee") as (lee,):
        lee.keys.replace("quite another passphrase", None, strength=FLOOR)
        attacked.held["Lee"] = vault_of(lee).secrets
    for name in ("Ana", "Ben", "Lee", "Ana"):
        with attacked.acting(name) as (journal,):
            journal.refresh()
    return old


def strike_and_put(attacked: AttackedJournal, record: SharedRecord) -> None:
    with attacked.acting("Ana") as (ana,):
        successors = list(vault_of(ana).envelopes.shared.successors)
    for row in successors:
        attacked.delete(row)
    attacked.put_shared(record.to_bytes())


def test_nobody_is_removed_by_keys_the_keeper_had_before(attacked: AttackedJournal, thief: Identity) -> None:
    with attacked.acting("Ana") as (ana,):
        me = ana.me.id
    strike_and_put(attacked, sign_removal(thief, attacked.journal_id(), me))
    for name in ("Ana", "Lee", "Ana"):
        with attacked.acting(name) as (journal,):
            journal.refresh()
            assert not journal.me.removed
    with attacked.acting("Ana") as (ana,):
        assert len(ana.notes.add(NewNote("still heard", share="Lee")).readers) == 2


def test_nobody_is_let_in_by_keys_the_keeper_had_before(attacked: AttackedJournal, thief: Identity) -> None:
    journal_id, seed = attacked.journal_id(), secrets.token_bytes(32)
    unsigned = InvitationGrant(
        public_of_seed(seed), KeyslotId(secrets.token_bytes(16)), "Eve", Role.SUPERVISOR, made=clock.today()
    )
    grant = sign_grant(thief, journal_id, unsigned)
    eve = Identity(secrets.token_bytes(32), journal_id)
    strike_and_put(attacked, sign_certificate(eve, journal_id, "Eve", Role.SUPERVISOR, grant, seed))
    for name in ("Ana", "Lee", "Ana"):
        with attacked.acting(name) as (journal,):
            journal.refresh()
            assert "Eve" not in [member.label for member in journal.members.all()]


def test_what_a_removed_member_wrote_is_not_new_for_ever(attacked: AttackedJournal) -> None:
    with attacked.acting("Ben") as (ben,):
        ben.notes.add(NewNote("from Ben", share="Ana"))
    with attacked.acting("Lee") as (lee,):
        lee.members.remove("Ben")
    for _ in range(3):
        with attacked.acting("Ana") as (ana,):
            ana.refresh()
            seen = [(note, ana.notes.is_new(note)) for note in ana.notes.all()]
            for note, _ in seen:
                ana.notes.looked_at(note)
    assert not any(is_new for _, is_new in seen)
