"""Tickets and places: what the keeper signed, what was taken back, and who comes first."""

import secrets
import sys
from dataclasses import replace
from typing import Any

import pytest

from kapjournal import clock
from kapjournal.crypto.identity import Identity, public_of_seed, sign_with_seed
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import GrantKey, JournalId, KeyslotId, MemberId
from kapjournal.domain.members import Role
from kapjournal.errors import Refused
from kapjournal.journal import FLOOR, Invitation, NewNote, doors, join
from kapjournal.journal.documents.journal_info import JournalInfo
from kapjournal.journal.journal import Journal
from kapjournal.journal.trust.certificates import (
    MemberCertificate,
    check_certificate,
    check_grant,
    sign_certificate,
    sign_grant,
)
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal
from tests.attacks.test_cards import EVERYBODY, is_refused, newcomer, ticket_for_sue
from tests.attacks.test_people import card_of, labels, told
from tests.internals import vault_of

join_module = sys.modules["kapjournal.journal.join"]


def card_for(
    attacked: AttackedJournal, lee: Journal, label: str = "Sue"
) -> tuple[MemberCertificate, bytes, Identity]:
    """The card of somebody the keeper invited, with the ticket's seed and the private keys."""
    seed, keys = secrets.token_bytes(32), newcomer(attacked)
    ticket = ticket_for_sue(lee, seed)
    return sign_certificate(keys, attacked.journal_id(), label, ticket.role, ticket, seed), seed, keys


def cancel(lee: Journal, ticket: GrantKey) -> None:
    """Let the keeper say that a ticket no longer counts."""
    everybody = frozenset(member.id for member in lee.members.all())
    info = JournalInfo(lee.title, frozenset({ticket}), members=everybody)
    with vault_of(lee).unit_of_work() as unit:
        unit.put(vault_of(lee).membership.papers.info_change(info))
    lee.refresh()


def test_a_cancelled_ticket_makes_nobody_a_member_not_even_a_former_one(attacked: AttackedJournal) -> None:
    """The code was used in an older copy; whoever did was never here, and is on nobody's list."""
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        card, seed, _ = card_for(attacked, lee)
        cancel(lee, public_of_seed(seed))
        for journal in (ana, ben):
            journal.refresh()
        attacked.put_shared(card.to_bytes())
        for journal in (lee, ana, ben):
            assert told(journal) == ""
            assert labels(journal) == EVERYBODY


def test_somebody_met_before_their_ticket_was_cancelled_keeps_no_place(attacked: AttackedJournal) -> None:
    """The two copies come together late: Sue was greeted, then her ticket turns out to be taken back. She
    gets nothing more, and the next Sue finds the label free, in doubt until the digits are compared."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        card, seed, _ = card_for(attacked, lee)
        attacked.put_shared(card.to_bytes())
        assert labels(ana) == {*EVERYBODY, "Sue"}
        cancel(lee, public_of_seed(seed))
        assert told(ana) == ""
        assert [member.id for member in ana.members.all() if member.removed] == [card.member]
        note = ana.notes.add(NewNote("for all who are here", share="all"))
        assert card.member not in note.readers
        second, _, _ = card_for(attacked, lee)
        attacked.put_shared(second.to_bytes())
        assert "can be taken for “Sue”, who is or was here" in told(ana)
        assert ana.members.get("Sue").id == second.member
        assert not ana.members.get("Sue").removed
        ana.members.mark_verified("Sue")
        assert told(ana) == ""


@pytest.mark.parametrize("label", ["Sue", "Sam"])
def test_a_thief_with_the_ticket_of_somebody_known_takes_that_card_away(
    attacked: AttackedJournal, label: str
) -> None:
    """Only the thief's card is left in the file; whoever met the first one goes on believing it."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        card, seed, _ = card_for(attacked, lee)
        at = attacked.put_shared(card.to_bytes())
        assert told(ana) == ""
        thief = newcomer(attacked)
        attacked.delete(at)
        stolen = sign_certificate(thief, attacked.journal_id(), label, card.role, card.grant, seed)
        attacked.put_shared(stolen.to_bytes())
        assert "same invitation" in told(ana)
        assert labels(ana) == {*EVERYBODY, "Sue"}
        assert ana.members.get("Sue").id == card.member


def test_a_member_slips_a_ticket_among_those_the_keeper_signs_anew(attacked: AttackedJournal) -> None:
    """Every removal makes the keeper's program sign the open tickets again. Ben's own ticket names the slot
    of a true invitation; it must not come out of that with the keeper's signature."""
    with attacked.acting("Lee", "Ben") as (lee, ben):
        lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
        ben.refresh()
        (open_ticket,) = vault_of(ben).envelopes.shared.grants.values()
        seed = secrets.token_bytes(32)
        forged = replace(open_ticket, key=public_of_seed(seed), name="Mallory", role=Role.THERAPIST)
        attacked.put_shared(sign_grant(vault_of(ben).identity, attacked.journal_id(), forged).to_bytes())
        lee.refresh()
        assert lee.members.invitations() == [Invitation("Sue", Role.SUPERVISOR, clock.today())]
        lee.members.remove("Ben")
    with attacked.acting("Ana") as (ana,):
        _, keeper = card_of(ana, "Lee")
        for ticket in vault_of(ana).envelopes.shared.grants.values():
            if ticket.key == public_of_seed(seed):
                with pytest.raises(NotGenuine):
                    check_grant(ticket, attacked.journal_id(), keeper.keys)
            else:
                check_grant(ticket, attacked.journal_id(), keeper.keys)


def test_a_newcomer_who_takes_the_keepers_label_is_not_met_before_the_keeper(
    attacked: AttackedJournal,
) -> None:
    """LEE comes before Lee in the alphabet; whoever joins later must still meet the keeper first."""
    with attacked.acting("Lee") as (lee,):
        card, _, _ = card_for(attacked, lee, "LEE")
        code = lee.members.invite("Sam", Role.PRESCRIBER, strength=FLOOR)
    attacked.put_shared(card.to_bytes())
    sam, _ = join(
        attacked.path,
        code=code,
        label="Sam",
        passphrase=PASSPHRASE,
        strength=FLOOR,
        record_folder=attacked.folder,
    )
    with sam:
        assert "“LEE” joined with a label or a place that is taken" in told(sam)
        assert labels(sam) == {*EVERYBODY, "Sam"}
        assert sam.members.get("Lee").is_keeper
        assert card.member not in {member.id for member in sam.members.all()}


@pytest.mark.parametrize("field", ["label", "keys", "ticket", "own ticket", "journal"])
def test_a_card_altered_by_somebody_who_cannot_sign(attacked: AttackedJournal, field: str) -> None:
    """Ben, who can write the shared channel, changes Sue's card on it before the others have met her, or
    moves it to another ticket, even one whose code he holds."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        card, seed, keys = card_for(attacked, lee)
        altered = card
        if field == "label":
            altered = replace(card, label="Susan")
        elif field == "keys":
            swapped = replace(card.keys, x25519=newcomer(attacked).public.x25519)
            altered = replace(card, keys=swapped)
        elif field == "ticket":
            altered = replace(card, grant=ticket_for_sue(lee, secrets.token_bytes(32)))
        elif field == "own ticket":
            own_seed = secrets.token_bytes(32)
            altered = replace(card, grant=ticket_for_sue(lee, own_seed))
            altered = replace(
                altered, by_grant=sign_with_seed(own_seed, altered.message(attacked.journal_id()))
            )
        else:
            message = card.message(JournalId(bytes(16)))
            altered = replace(card, by_grant=sign_with_seed(seed, message), by_self=keys.sign(message))
        attacked.put_shared(altered.to_bytes())
        is_refused((ana, lee), altered.label)


def test_no_field_of_a_card_or_ticket_can_be_changed_without_its_signature(attacked: AttackedJournal) -> None:
    journal = attacked.journal_id()
    with attacked.acting("Lee") as (lee,):
        keeper, hashed = vault_of(lee).identity.public, lee.me.id
        card, _, _ = card_for(attacked, lee)
        own = card_of(lee, "Lee")[1]
    ticket = card.grant
    assert ticket
    check_certificate(card, journal, hashed, [keeper])
    check_certificate(own, journal, hashed, [keeper])
    for altered_ticket in (
        replace(ticket, key=GrantKey(secrets.token_bytes(32))),
        replace(ticket, slot=KeyslotId(secrets.token_bytes(16))),
        replace(ticket, name="Susan"),
        replace(ticket, role=Role.THERAPIST),
        replace(ticket, revoked=(MemberId(bytes(32)),)),
    ):
        with pytest.raises(NotGenuine):
            check_grant(altered_ticket, journal, keeper)
    with pytest.raises(NotGenuine):
        check_grant(ticket, JournalId(bytes(16)), keeper)
    for altered in (
        replace(own, label="Dr Lee"),
        replace(own, role=Role.PRESCRIBER),
        replace(card, label="Susan"),
        replace(card, keys=keeper),
    ):
        with pytest.raises(NotGenuine):
            check_certificate(altered, journal, hashed, [keeper])
    for one in (card, own):
        with pytest.raises(NotGenuine):
            check_certificate(one, JournalId(bytes(16)), hashed, [keeper])
    assert card.member != hashed


def test_the_keeper_on_a_ticket_is_no_keeper(attacked: AttackedJournal) -> None:
    """The keeper's card has no ticket; one with a ticket would show the keeper to newcomers as another."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        seed = secrets.token_bytes(32)
        ticket = ticket_for_sue(lee, seed)
        card = sign_certificate(
            vault_of(lee).identity, attacked.journal_id(), "Sue", ticket.role, ticket, seed
        )
        with pytest.raises(NotGenuine, match="does not fit"):
            check_certificate(card, attacked.journal_id(), lee.me.id, [vault_of(lee).identity.public])
        attacked.put_shared(card.to_bytes())
        assert told(ana) == ""
        assert labels(ana) == EVERYBODY


def test_two_with_codes_of_their_own_take_one_label_at_the_same_moment(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have seen the label free before either writes: the second is refused and keeps the code."""
    with attacked.acting("Lee") as (lee,):
        codes = [lee.members.invite(name, Role.SUPERVISOR, strength=FLOOR) for name in ("Sue", "Sam")]
    sign = sign_certificate

    def enter(code: str, label: str) -> None:
        joined, _ = join(
            attacked.path,
            code=code,
            label=label,
            passphrase=PASSPHRASE,
            strength=FLOOR,
            record_folder=attacked.folder,
        )
        joined.close()

    def overtaken(*args: Any) -> MemberCertificate:
        monkeypatch.setattr(join_module, "sign_certificate", sign)
        enter(codes[1], "SUE")
        return sign(*args)

    monkeypatch.setattr(join_module, "sign_certificate", overtaken)
    with pytest.raises(Refused, match="already"):
        enter(codes[0], "Sue")
    assert doors(attacked.path) == ["Ana", "Ben", "Lee", "SUE"]
    enter(codes[0], "Susan")
    assert doors(attacked.path) == ["Ana", "Ben", "Lee", "SUE", "Susan"]


def test_a_newcomer_does_not_get_the_label_of_somebody_whose_door_was_taken_away(
    attacked: AttackedJournal,
) -> None:
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    attacked.run("DELETE FROM keyslot WHERE label = 'Ben'")
    with pytest.raises(Refused, match="already"):
        join(
            attacked.path,
            code=code,
            label="ben",
            passphrase=PASSPHRASE,
            strength=FLOOR,
            record_folder=attacked.folder,
        )
