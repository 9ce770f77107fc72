"""Somebody has the keeper's old keys and strikes from the file that there are newer ones."""

import secrets
import sys

import pytest

from kapjournal import clock
from kapjournal.crypto.identity import Identity, public_of_seed
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.ids import KeyslotId
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, NewNote, join
from kapjournal.journal.trust.certificates import (
    InvitationGrant,
    SharedRecord,
    sign_certificate,
    sign_grant,
    sign_removal,
)
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal
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


def test_a_newcomer_with_the_very_label_of_who_was_removed_stands_in_doubt(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.members.remove("Ben")
        code = lee.members.invite("Carl", Role.PARTNER, strength=FLOOR)
    monkeypatch.setattr(sys.modules["kapjournal.journal.join"]._OpenInvitation, "check_free", lambda *_: None)
    joined, _ = join(
        attacked.path,
        code=code,
        label="Ben",
        passphrase=PASSPHRASE,
        strength=FLOOR,
        record_folder=attacked.folder / "forger",
    )
    joined.close()
    with attacked.acting("Ana") as (ana,):
        ana.refresh()
        assert FindingKind.LABEL_CONFUSABLE in {finding.kind for finding in ana.findings}
