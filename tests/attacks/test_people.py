"""Tickets, cards, letters and doors: who is a member, and who only says so."""

import secrets
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal.crypto import kdf
from kapjournal.crypto.identity import Identity, public_of_seed
from kapjournal.domain.ids import IdentityId, KeyslotId, MemberId
from kapjournal.domain.members import Role
from kapjournal.errors import Damaged, UnlockFailed
from kapjournal.journal import FLOOR, KdfStrength, NewNote, doors, join, unlock
from kapjournal.journal.documents.address_book import ADDRESS_BOOK
from kapjournal.journal.journal import Journal
from kapjournal.journal.trust.certificates import (
    ChannelKeyMessage,
    InvitationGrant,
    MemberCertificate,
    sign_certificate,
    sign_grant,
)
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal, bodies
from tests.internals import finding_sentences, vault_of


def told(journal: Journal) -> str:
    journal.refresh()
    return " ".join(finding_sentences(journal))


def labels(journal: Journal) -> set[str]:
    journal.refresh()
    return {member.label for member in journal.members.all()}


def card_of(journal: Journal, label: str) -> tuple[bytes, MemberCertificate]:
    return next(
        (i, card)
        for i, card in vault_of(journal).envelopes.shared.certificates.items()
        if card.label == label
    )


def ticket_by(signer: Journal, seed: bytes, name: str) -> InvitationGrant:
    unsigned = InvitationGrant(public_of_seed(seed), KeyslotId(bytes(16)), name, Role.SUPERVISOR)
    return sign_grant(vault_of(signer).identity, vault_of(signer).file.journal_id, unsigned)


def test_a_phantom_member_whom_a_member_invites(attacked: AttackedJournal) -> None:
    """Ben signs a ticket himself; nobody believes the card that rests on it."""
    with attacked.acting("Ben", "Ana", "Lee") as (ben, ana, lee):
        seed = secrets.token_bytes(32)
        ticket = ticket_by(ben, seed, "Mallory")
        mallory = Identity(secrets.token_bytes(32), attacked.journal_id())
        card = sign_certificate(mallory, attacked.journal_id(), "Mallory", Role.SUPERVISOR, ticket, seed)
        attacked.put_shared(card.to_bytes())
        for journal in (ana, lee):
            assert "Mallory" in told(journal)
            assert labels(journal) == {"Lee", "Ana", "Ben"}


def test_a_card_without_a_ticket(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        mallory = Identity(secrets.token_bytes(32), attacked.journal_id())
        card = sign_certificate(mallory, attacked.journal_id(), "Mallory", Role.THERAPIST, None, None)
        attacked.put_shared(card.to_bytes())
        assert "Mallory" in told(ana)
        assert "Mallory" not in labels(ana)


def test_a_role_raised_on_ones_own_card(attacked: AttackedJournal) -> None:
    """Ben makes himself a therapist: the ticket says otherwise, and the first card counts."""
    with attacked.acting("Ben", "Ana") as (ben, ana):
        _, card = card_of(ben, "Ben")
        raised = sign_certificate(
            vault_of(ben).identity, attacked.journal_id(), "Ben", Role.THERAPIST, card.grant, None
        )
        attacked.put_shared(raised.to_bytes())
        assert ana.members.get("Ben").role is Role.PARTNER
        told(ana)
        assert ana.members.get("Ben").role is Role.PARTNER


def test_a_ticket_with_another_role_or_name(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        seed = secrets.token_bytes(32)
        ticket = ticket_by(lee, seed, "Sue")
        sue = Identity(secrets.token_bytes(32), attacked.journal_id())
        for changed in (
            replace(ticket, role=Role.THERAPIST),
            replace(ticket, name="Dr Sue"),
            replace(ticket, revoked=(MemberId(bytes(32)),)),
        ):
            card = sign_certificate(sue, attacked.journal_id(), "Sue", changed.role, changed, seed)
            at = attacked.put_shared(card.to_bytes())
            assert "Sue" in told(ana)
            assert "Sue" not in labels(ana)
            attacked.delete(at)


def test_a_card_swapped_after_pinning(attacked: AttackedJournal) -> None:
    """Somebody who stole Ben's ticket seed puts their keys in the place of his card."""
    with attacked.acting("Ben", "Ana") as (ben, ana):
        at, card = card_of(ben, "Ben")
        thief = Identity(secrets.token_bytes(32), attacked.journal_id())
        swapped = sign_certificate(thief, attacked.journal_id(), "Ben", Role.PARTNER, card.grant, bytes(32))
        attacked.delete(at)
        attacked.put_shared(swapped.to_bytes())
        note = ana.notes.add(NewNote("for Ben", share="Ben"))
        assert told(ana)
        assert ana.members.get("Ben").id == ben.me.id
        assert swapped.member not in ana.notes.get(note.id).readers


def test_a_stripped_card_and_letters_come_back_by_themselves(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        gone = [*vault_of(ana).envelopes.shared.certificates, *vault_of(ana).envelopes.shared.key_messages]
    for row_id in gone:
        attacked.delete(row_id)
    with attacked.acting("Ana", "Ben") as (ana, ben):
        assert labels(ana) == {"Lee", "Ana", "Ben"}
        ana.notes.add(NewNote("still reaches you", share="Ben"))
        ben.refresh()
        assert bodies(ben) == {"still reaches you"}
    with attacked.acting("Lee", "Ana", "Ben", "Lee", "Ana") as journals:
        for journal in journals:
            journal.refresh()
        assert len(vault_of(journals[-1]).envelopes.shared.certificates) == 3
        senders = {
            (letter.sender, letter.receiver)
            for letter in vault_of(journals[-1]).envelopes.shared.key_messages.values()
        }
        assert len(senders) == 6


def test_two_cards_on_one_ticket(attacked: AttackedJournal) -> None:
    """The invited and somebody who also saw the code both join, from two copies of the file."""
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    aside = attacked.copy()
    memory = attacked.folder / "memory-Sue"
    for path in (attacked.path, aside):
        joined, _ = join(
            path,
            code=code,
            label="Sue",
            passphrase=PASSPHRASE,
            strength=FLOOR,
            with_recovery=False,
            record_folder=memory,
        )
        joined.close()
    for row_id, sealed in attacked.rows(aside).items() - attacked.rows().items():
        attacked.insert(row_id, sealed)
    with attacked.acting("Ana") as (ana,):
        assert "same invitation" in told(ana)
        assert "Sue" not in labels(ana)


def test_a_cancelled_invitation_used_from_an_older_copy(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
        aside = attacked.copy()
        lee.members.cancel_invitation("Sue")
    with pytest.raises(UnlockFailed):
        join(attacked.path, code=code, label="Sue", passphrase=PASSPHRASE, strength=FLOOR)
    joined, _ = join(aside, code=code, label="Sue", passphrase=PASSPHRASE, strength=FLOOR)
    joined.close()
    for row_id, sealed in attacked.rows(aside).items() - attacked.rows().items():
        attacked.insert(row_id, sealed)
    with attacked.acting("Lee", "Ana") as (lee, ana):
        for journal in (lee, ana):
            told(journal)
            assert all(member.removed for member in journal.members.all() if member.label == "Sue")


@pytest.mark.parametrize("invited_first", [True, False])
def test_a_newcomer_does_not_meet_whom_the_keeper_removed_before(
    attacked: AttackedJournal, invited_first: bool
) -> None:
    """Ben's card still lies in the file, and the keeper's program has not greeted the newcomer yet."""
    with attacked.acting("Lee") as (lee,):
        if not invited_first:
            lee.members.remove("Ben")
        code = lee.members.invite("Sue", Role.PRESCRIBER, strength=FLOOR)
        if invited_first:
            lee.members.remove("Ben")
    sue, _ = join(
        attacked.path,
        code=code,
        label="Sue",
        passphrase=PASSPHRASE,
        strength=FLOOR,
        record_folder=attacked.folder,
    )
    with sue:
        assert labels(sue) - {"Ana"} == {"Lee", "Sue"}
        assert invited_first <= ("Ana" in labels(sue)), "of an older key than hers she has not heard yet"
        assert sue.findings == ()
        with attacked.acting("Lee", "Ana") as (lee, ana):
            for journal in (lee, ana, lee):
                journal.refresh()
                assert journal.findings == ()
        assert labels(sue) == {"Lee", "Ana", "Sue"}
        assert sue.findings == ()


def test_newcomers_meet_each_other_without_waiting_for_the_keeper(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    sue, _ = join(
        attacked.path,
        code=code,
        label="Sue",
        passphrase=PASSPHRASE,
        strength=FLOOR,
        record_folder=attacked.folder,
    )
    with sue, attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("for the two of us", share="Sue"))
        sue.refresh()
        assert bodies(sue) == {"for the two of us"}


def test_another_channel_secret_on_a_known_channel(attacked: AttackedJournal) -> None:
    with attacked.acting("Ben", "Ana") as (ben, ana):
        keys = card_of(ben, "Ana")[1].keys
        sealed = vault_of(ben).identity.write_key_message(
            attacked.journal_id(), keys, secrets.token_bytes(32)
        )
        attacked.put_shared(
            ChannelKeyMessage(IdentityId(ben.me.id), IdentityId(ana.me.id), sealed).to_bytes()
        )
        assert "another channel key" in told(ana)
        ben.notes.add(NewNote("on the first channel", share="Ana"))
        ana.refresh()
        assert bodies(ana) == {"on the first channel"}


def test_a_letter_in_anothers_name(attacked: AttackedJournal) -> None:
    with attacked.acting("Ben", "Ana") as (ben, ana):
        keys = card_of(ben, "Ana")[1].keys
        sealed = vault_of(ben).identity.write_key_message(
            attacked.journal_id(), keys, secrets.token_bytes(32)
        )
        lee = IdentityId(ben.members.get("Lee").id)
        attacked.put_shared(ChannelKeyMessage(lee, IdentityId(ana.me.id), sealed).to_bytes())
        assert "A letter in the name of Lee" in told(ana)


def test_pins_lost_are_made_again_and_the_person_is_asked_to_compare(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        ana.members.mark_verified("Ben")
        ana.notes.add(NewNote("mine"))
        [book] = vault_of(ana).envelopes.standing(ana.me.id, ADDRESS_BOOK)
    attacked.delete(book.row)
    with attacked.acting("Ana") as (ana,):
        assert "compare the 60 digits" in told(ana)
        assert labels(ana) == {"Lee", "Ana", "Ben"}
        assert not ana.members.get("Ben").verified
        assert bodies(ana) == {"mine"}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("memory_kib", 1024),
        ("memory_kib", 2 * 1024 * 1024),
        ("time", 1),
        ("time", 1000),
        ("lanes", 0),
        ("lanes", 64),
        ("memory_kib", -1),
    ],
)
def test_kdf_downgrade_and_bomb_are_refused_before_any_work(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch, column: str, value: int
) -> None:
    def worked(**_: object) -> None:
        raise AssertionError("Argon2id was called")

    monkeypatch.setattr(kdf, "Argon2id", worked)
    attacked.run(f"UPDATE keyslot SET {column} = ?", value)
    with pytest.raises(Damaged):
        unlock(attacked.path, label="Ana", passphrase=PASSPHRASE, record_folder=attacked.folder)


def test_a_weaker_but_allowed_kdf_setting_does_not_open(attacked: AttackedJournal) -> None:
    attacked.run("UPDATE keyslot SET lanes = 2")
    with pytest.raises(UnlockFailed):
        unlock(attacked.path, label="Ana", passphrase=PASSPHRASE, record_folder=attacked.folder)


def test_doors_relabelled_and_transplanted(attacked: AttackedJournal) -> None:
    """Ana's secret behind Ben's label, or Ben's label on Ana's door: neither opens."""
    with closing(sqlite3.connect(attacked.path)) as database:
        slots = dict(database.execute("SELECT label, sealed_secret FROM keyslot").fetchall())
    attacked.run("UPDATE keyslot SET sealed_secret = ? WHERE label = 'Ben'", slots["Ana"])
    with pytest.raises(UnlockFailed):
        unlock(attacked.path, label="Ben", passphrase=PASSPHRASE, record_folder=attacked.folder)
    attacked.run("UPDATE keyslot SET label = 'Stranger' WHERE label = 'Ana'")
    assert "Stranger" in doors(attacked.path)
    with pytest.raises(UnlockFailed):
        unlock(attacked.path, label="Stranger", passphrase=PASSPHRASE, record_folder=attacked.folder)


def test_a_door_of_one_journal_in_another(attacked: AttackedJournal, tmp_path: Path) -> None:
    other = AttackedJournal(tmp_path / "other", tmp_path / "other.kap")
    other.path.write_bytes(attacked.path.read_bytes())
    other.run("UPDATE journal SET journal_id = ?", secrets.token_bytes(16))
    with pytest.raises(UnlockFailed):
        unlock(other.path, label="Ana", passphrase=PASSPHRASE, record_folder=tmp_path)


def test_the_floor_is_what_tests_use_and_it_is_in_range() -> None:
    kdf.check_bounds(FLOOR)
    with pytest.raises(Damaged):
        kdf.check_bounds(KdfStrength(FLOOR.memory_kib - 1, FLOOR.time, FLOOR.lanes))


def test_whose_book_was_struck_is_told_of_everybody_once_more(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        standing = vault_of(ana).envelopes.versions.standing
        books = [one.row for (_, name), all_ in standing.items() if name == ADDRESS_BOOK for one in all_]
        assert not any(member.is_announced for member in ana.members.all())
    for row_id in books:
        attacked.delete(row_id)
    with attacked.acting("Ana", remembering=False) as (ana,):
        assert {member.label for member in ana.members.all() if member.is_announced} == {"Lee", "Ben"}
