"""Cards that are right in all but one thing, and whoever speaks in the keeper's place."""

import datetime as dt
import secrets
import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from kapjournal import clock
from kapjournal.crypto.identity import Identity, public_of_seed, sign_with_seed
from kapjournal.crypto.keyslot import SlotKind
from kapjournal.domain.ids import KeyslotId
from kapjournal.domain.members import Role
from kapjournal.errors import UnlockFailed
from kapjournal.journal import FLOOR, NewNote, doors, join
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.journal_info import JOURNAL_INFO, JournalInfo
from kapjournal.journal.documents.version import DocumentType
from kapjournal.journal.journal import Journal
from kapjournal.journal.trust.certificates import (
    InvitationGrant,
    MemberCertificate,
    sign_certificate,
    sign_grant,
)
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal, bodies, forge
from tests.attacks.test_forged import note_version
from tests.attacks.test_people import card_of, labels, told
from tests.internals import vault_of

join_module = sys.modules["kapjournal.journal.join"]
EVERYBODY = {"Lee", "Ana", "Ben"}


def newcomer(attacked: AttackedJournal) -> Identity:
    return Identity(secrets.token_bytes(32), attacked.journal_id())


def ticket_for_sue(lee: Journal, seed: bytes, role: Role = Role.SUPERVISOR) -> InvitationGrant:
    """A genuine ticket of the keeper's."""
    return sign_grant(
        vault_of(lee).identity,
        vault_of(lee).file.journal_id,
        InvitationGrant(public_of_seed(seed), KeyslotId(bytes(16)), "Sue", role),
    )


def is_refused(journals: Iterable[Journal], label: str) -> None:
    for journal in journals:
        assert f"a card for “{label}”" in told(journal)
        assert labels(journal) == EVERYBODY


def test_a_card_right_in_everything_is_the_control(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        seed = secrets.token_bytes(32)
        ticket = ticket_for_sue(lee, seed)
        card = sign_certificate(
            newcomer(attacked), attacked.journal_id(), "Sue", Role.SUPERVISOR, ticket, seed
        )
        attacked.put_shared(card.to_bytes())
        assert told(ana) == ""
        assert labels(ana) == {*EVERYBODY, "Sue"}


@pytest.mark.parametrize("by_ticket", ["nothing", "another key", "the owner's key"])
def test_a_member_joins_again_on_a_ticket_seen_on_the_shared_channel(
    attacked: AttackedJournal, by_ticket: str
) -> None:
    """Ben reads Sue's open ticket, which is genuine, but he has no code and so not the ticket's key."""
    with attacked.acting("Lee") as (lee,):
        lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    with attacked.acting("Ben", "Ana", "Lee") as (ben, ana, lee):
        (ticket,) = vault_of(ben).envelopes.shared.grants.values()
        mallory = newcomer(attacked)
        card = sign_certificate(mallory, attacked.journal_id(), "Sue", ticket.role, ticket, None)
        message = card.message(attacked.journal_id())
        signed = {
            "nothing": b"",
            "another key": sign_with_seed(secrets.token_bytes(32), message),
            "the owner's key": mallory.sign(message),
        }
        attacked.put_shared(replace(card, by_grant=signed[by_ticket]).to_bytes())
        is_refused((ana, lee), "Sue")


@pytest.mark.parametrize("by_self", ["nothing", "another key", "the ticket's key"])
def test_the_holder_of_a_code_puts_keys_on_the_card_that_are_not_theirs(
    attacked: AttackedJournal, by_self: str
) -> None:
    """Whoever has the code would speak for somebody who never signed that they are here."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        seed = secrets.token_bytes(32)
        ticket = ticket_for_sue(lee, seed)
        absent = newcomer(attacked)
        card = sign_certificate(absent, attacked.journal_id(), "Sue", ticket.role, ticket, seed)
        message = card.message(attacked.journal_id())
        signed = {
            "nothing": b"",
            "another key": newcomer(attacked).sign(message),
            "the ticket's key": card.by_grant,
        }
        attacked.put_shared(replace(card, by_self=signed[by_self]).to_bytes())
        is_refused((ana, lee), "Sue")


@pytest.mark.parametrize("role", [Role.THERAPIST, Role.PRESCRIBER])
def test_the_holder_of_a_code_takes_a_role_the_keeper_did_not_give(
    attacked: AttackedJournal, role: Role
) -> None:
    """The ticket is genuine and both signatures hold; only the role on the card is another."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        seed = secrets.token_bytes(32)
        card = sign_certificate(
            newcomer(attacked), attacked.journal_id(), "Sue", role, ticket_for_sue(lee, seed), seed
        )
        attacked.put_shared(card.to_bytes())
        is_refused((ana, lee), "Sue")


@pytest.mark.parametrize("beside", [True, False])
@pytest.mark.parametrize("changed", ["label", "role", "ticket"])
def test_a_card_changed_and_signed_anew_after_the_others_met_it(
    attacked: AttackedJournal, changed: str, beside: bool
) -> None:
    """Sue kept her ticket's key, and for another role or ticket the keeper helps her: all signatures hold."""
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        seed, sue = secrets.token_bytes(32), newcomer(attacked)
        ticket = ticket_for_sue(lee, seed)
        card = sign_certificate(sue, attacked.journal_id(), "Sue", ticket.role, ticket, seed)
        at = attacked.put_shared(card.to_bytes())
        for journal in (ana, ben):
            assert told(journal) == ""
            assert labels(journal) == {*EVERYBODY, "Sue"}
        label, other_seed = "Sue", seed
        if changed == "label":
            label = "Susan"
        elif changed == "role":
            ticket = ticket_for_sue(lee, seed, Role.THERAPIST)
        else:
            other_seed = secrets.token_bytes(32)
            ticket = ticket_for_sue(lee, other_seed)
        other = sign_certificate(sue, attacked.journal_id(), label, ticket.role, ticket, other_seed)
        if not beside:
            attacked.delete(at)
        attacked.put_shared(other.to_bytes())
        for journal in (ana, ben):
            assert "The card of Sue was changed after you met" in told(journal)
            assert labels(journal) == {*EVERYBODY, "Sue"}
            met = journal.members.get("Sue")
            assert (met.id, met.role) == (sue.hash, Role.SUPERVISOR)
            assert vault_of(journal).membership.book.pins[sue.hash].grant == public_of_seed(seed)


def race(attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch, meanwhile: list[str]) -> None:
    """Join as Sue with Lee's code, while others who also read the file before go first."""
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    sign = sign_certificate

    def enter(label: str) -> None:
        joined, _ = join(
            attacked.path,
            code=code,
            label=label,
            passphrase=PASSPHRASE,
            strength=FLOOR,
            with_recovery=False,
            record_folder=attacked.folder,
        )
        joined.close()

    def overtaken(*args: Any) -> MemberCertificate:
        monkeypatch.setattr(join_module, "sign_certificate", sign)
        for label in meanwhile:
            enter(label)
        if not meanwhile:
            attacked.run("DELETE FROM keyslot WHERE kind = ?", SlotKind.INVITATION.value)
        return sign(*args)

    monkeypatch.setattr(join_module, "sign_certificate", overtaken)
    enter("Sue")


def test_two_who_saw_one_code_join_at_the_same_moment(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read the open invitation before either writes: the second writes nothing."""
    with pytest.raises(UnlockFailed, match="opens no invitation"):
        race(attacked, monkeypatch, ["Sam"])
    assert doors(attacked.path) == ["Ana", "Ben", "Lee", "Sam"]
    with attacked.acting("Ana") as (ana,):
        assert told(ana) == ""
        assert labels(ana) == {*EVERYBODY, "Sam"}


def test_an_invitation_taken_out_of_the_file_while_somebody_joins(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnlockFailed, match="opens no invitation"):
        race(attacked, monkeypatch, [])
    assert doors(attacked.path) == ["Ana", "Ben", "Lee"]
    with attacked.acting("Ana") as (ana,):
        assert labels(ana) == EVERYBODY


def test_a_member_speaks_in_the_keepers_place(attacked: AttackedJournal) -> None:
    """Ben sends the document in which the keeper names the journal and says who left."""
    with attacked.acting("Ben", "Ana", "Lee") as (ben, ana, lee):
        readers = (lee.me.id, ana.me.id, ben.me.id)
        info = JournalInfo("Ben's", frozenset({lee.me.id, ana.me.id}))
        data = registry.JOURNAL_INFO.encode(info, None).data
        version = note_version(
            ben.me.id, readers, "", document=JOURNAL_INFO, type=DocumentType.JOURNAL_INFO, data=data
        )
        version = version._replace(written=clock.now() + dt.timedelta(days=9))
        forge(attacked, ben, list(readers), version)
        for journal in (ana, lee, ben):
            journal.refresh()
    with attacked.acting("Ana", "Lee", "Ben") as journals:
        for journal in journals:
            assert journal.title == "Course"
            assert [member.label for member in journal.members.all() if member.removed] == []
        journals[0].notes.add(NewNote("still with Lee", share="Lee"))
        journals[1].refresh()
        assert bodies(journals[1]) == {"still with Lee"}


def test_a_card_in_the_keepers_name_without_their_keys(attacked: AttackedJournal) -> None:
    """Mallory's card says Lee and has no ticket, as only the keeper's may; the keeper is known by hash."""
    with attacked.acting("Ana") as (ana,):
        _, card = card_of(ana, "Lee")
        mallory = newcomer(attacked)
        forged = sign_certificate(mallory, attacked.journal_id(), "Lee", card.role, None, None)
        attacked.put_shared(forged.to_bytes())
        assert "a card for “Lee”" in told(ana)
        assert mallory.hash not in {member.id for member in ana.members.all()}
