"""What was struck or put back, and a program of the author's own that writes on: nobody stays untold."""

import datetime as dt
import itertools
import secrets
from contextlib import closing
from dataclasses import replace

import pytest

from kapjournal.crypto.identity import Identity, public_of_seed
from kapjournal.crypto.keyslot import SlotKind
from kapjournal.domain.ids import GrantKey, IdentityId, MemberId, ReplicaId
from kapjournal.domain.members import Role
from kapjournal.errors import KapjournalError
from kapjournal.journal import FLOOR, NewNote, NoteChange, join
from kapjournal.journal.documents.journal_info import JournalInfo
from kapjournal.journal.journal import Journal
from kapjournal.journal.trust.address_book import AddressBook
from kapjournal.journal.trust.certificates import check_certificate, sign_certificate
from kapjournal.journal.trust.keyslots import keyslots_of, open_first
from kapjournal.journal.trust.pin import Pin
from kapjournal.journal.vault.rollback_codec import fit, from_bytes
from kapjournal.journal.vault.rollback_record import ChannelMemory, RollbackRecord
from kapjournal.store import JournalFile
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal, bodies
from tests.internals import finding_sentences, row_of, vault_of

WENT_BACK = "than this computer has seen, as after going back to a backup."
ROLLED_BACK = {
    "Lee": {
        f"This file holds an older state of your own notes {WENT_BACK}",
        f"This file holds an older state of what you share with Ana {WENT_BACK}",
    },
    "Ana": {f"This file holds an older state of what Lee shares with you {WENT_BACK}"},
}


def joins(attacked: AttackedJournal, name: str, role: Role, code: str) -> Journal:
    journal, _ = join(
        attacked.path,
        code=code,
        label=name,
        passphrase=PASSPHRASE,
        with_recovery=False,
        strength=FLOOR,
        record_folder=attacked.folder / f"memory-{name}",
    )
    return journal


def seed_behind(attacked: AttackedJournal, code: str) -> bytes:
    """What whoever has the code of an invitation can take out of it."""
    file = JournalFile(attacked.path)
    with closing(file), file.reading() as snapshot:
        opened = open_first(file.journal_id, keyslots_of(snapshot, SlotKind.INVITATION), code)
    assert opened is not None
    return opened[1].first


def test_the_greeting_of_a_newcomer_does_not_hide_a_struck_note(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        mine = row_of(ana, ana.notes.add(NewNote("only mine")))
        ana.notes.add(NewNote("another of mine"))
        hers = row_of(lee, lee.notes.add(NewNote("for Ana", share="Ana")))
        code = lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    joins(attacked, "Sue", Role.SUPERVISOR, code).close()
    for row_id in (mine, hers):
        attacked.delete(row_id)
    for name in ("Lee", "Ana", "Lee", "Ana"):
        with attacked.acting(name) as (journal,):
            assert journal.findings
            assert journal.members.doubted_authors


def test_an_older_wording_put_back_is_told_to_its_reader_although_somebody_joined(
    attacked: AttackedJournal,
) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        note = lee.notes.add(NewNote("as it was first", share="Ana"))
        old = row_of(lee, note)
        sealed, before = attacked.rows()[old], set(attacked.rows())
        lee.notes.edit(note.id, NoteChange(body="as it is"))
        new = set(attacked.rows()) - before
        ana.refresh()
        assert bodies(ana) == {"as it is"}
        code = lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
        newest = set(attacked.rows()) - before - new
    joins(attacked, "Sue", Role.SUPERVISOR, code).close()
    for row_id in new:
        attacked.delete(row_id)
    attacked.insert(old, sealed)
    assert newest & set(attacked.rows()), "Lee wrote since: his newest stamps are not among what was struck"
    for name in ("Lee", "Ana", "Lee", "Ana"):
        with attacked.acting(name) as (journal,):
            told = set(finding_sentences(journal))
            assert told >= ROLLED_BACK[name]
            assert journal.members.get("Lee").id in journal.members.doubted_authors


def test_a_row_struck_from_an_open_journal_is_told_although_its_author_writes_first(
    attacked: AttackedJournal,
) -> None:
    with attacked.acting("Ana") as (ana,):
        struck = row_of(ana, ana.notes.add(NewNote("struck", share="Ben")))
        ana.notes.add(NewNote("stays", share="Ben"))
        attacked.delete(struck)
        ana.notes.add(NewNote("written before looking", share="Ben"))
        assert any("older state of your own notes" in sentence for sentence in finding_sentences(ana))
        assert ana.me.id in ana.members.doubted_authors
        assert not ana.check().is_clean


def test_somebody_removed_does_not_come_back_with_their_old_ticket(attacked: AttackedJournal) -> None:
    """Sue's program still holds the seed of her ticket: no other keys of hers are met with it."""
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
        seed = seed_behind(attacked, code)
    with joins(attacked, "Sue", Role.SUPERVISOR, code) as sue, attacked.acting("Lee", "Ana") as (lee, ana):
        ticket = vault_of(sue).membership.book.certificate.grant
        assert ticket is not None
        assert ticket.key == public_of_seed(seed)
        lee.members.remove("Sue")
        code = lee.members.invite("Zed", Role.CO_THERAPIST, strength=FLOOR)
        [card_row] = [
            i for i, card in vault_of(lee).envelopes.shared.certificates.items() if card.label == "Sue"
        ]
    attacked.delete(card_row)
    ghost = Identity(secrets.token_bytes(32), attacked.journal_id())
    card = sign_certificate(ghost, attacked.journal_id(), "Ghost", Role.SUPERVISOR, ticket, seed)
    keeper = Identity(attacked.held["Lee"].first, attacked.journal_id())
    check_certificate(
        card, attacked.journal_id(), MemberId(keeper.hash), [keeper.public]
    )  # it is as genuine as hers was
    attacked.put_shared(card.to_bytes())
    with joins(attacked, "Zed", Role.CO_THERAPIST, code) as zed, attacked.acting("Lee", "Ana") as (lee, ana):
        for journal in (lee, ana, zed):
            journal.refresh()
            assert ticket.key in vault_of(journal).membership.book.revoked
            assert MemberId(ghost.hash) not in {member.id for member in journal.members.all()}
            assert not vault_of(journal).membership.alarms


def takes_back(attacked: AttackedJournal, how_many: int) -> None:
    """The keeper's program, changed by the keeper, says that so many are gone."""
    with attacked.acting("Lee") as (lee,):
        everybody = frozenset(member.id for member in lee.members.all())
        gone = frozenset(MemberId(secrets.token_bytes(32)) for _ in range(how_many))
        info = JournalInfo("Ours", gone, members=everybody)
        with vault_of(lee).unit_of_work() as unit:
            unit.put(vault_of(lee).membership.papers.info_change(info))


def test_a_keeper_who_takes_back_thousands_locks_nobody_out(attacked: AttackedJournal) -> None:
    takes_back(attacked, 3000)
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("goes on"))
        assert bodies(ana) == {"goes on"}
        assert not vault_of(ana).membership.book.revoked
        assert vault_of(ana).membership.info == JournalInfo()


def test_a_keeper_who_takes_back_many_again_and_again_locks_nobody_out(attacked: AttackedJournal) -> None:
    for _ in range(3):
        takes_back(attacked, 700)
        with attacked.acting("Ana") as (ana,):
            ana.notes.add(NewNote("goes on"))
            assert len(vault_of(ana).membership.book.revoked) == 700
            told = finding_sentences(ana)
    assert "The keeper takes back more people than there can have been." in told


def test_a_record_with_too_much_in_it_stays_one_part_long() -> None:
    def written(place: str, channels: dict[str, ChannelMemory]) -> RollbackRecord:
        plain, _ = fit(RollbackRecord({place: ReplicaId(bytes(16))}, place, channels, gone))
        assert len(plain) == 16 * 1024 - 32
        return from_bytes(plain)

    def channels_of(computers: int) -> dict[str, ChannelMemory]:
        complete = {secrets.token_bytes(8): n for n in range(computers)}
        return {secrets.token_hex(8): ChannelMemory(complete, n, n // 2) for n in range(15)}

    gone = frozenset(MemberId(secrets.token_bytes(32)) for _ in range(300))
    few, many = channels_of(4), channels_of(80)
    assert set() < written("/home/ana", few).revoked < gone
    for place in ("/home/ana", "/" + "ж" * 1900, "x" * 40_000):
        assert written(place, few).channels == few
        for name, memory in written(place, many).channels.items():
            assert (memory.rows, memory.drops) == (many[name].rows, many[name].drops)
            assert 4 <= len(memory.complete) < 80
        assert len(written(place, many).channels) == len(many)
    assert written("/home/ana", {secrets.token_hex(8): ChannelMemory() for _ in range(900)}).channels == {}


def test_two_programs_that_met_somebody_differently_agree(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        card = vault_of(ana).membership.book.certificate
    met = MemberId(b"i" * 32)
    pair = IdentityId(met), card.keys.hash
    sue = Pin("Sue", Role.SUPERVISOR, "Sue", GrantKey(b"t" * 32), {pair: b"1" * 32})
    sam = Pin("Sam", Role.SUPERVISOR, "Sue", GrantKey(b"t" * 32), {pair: b"2" * 32}, verified=True)
    one, other = AddressBook(card, {met: sue}), AddressBook(card, {met: sam})
    assert one.joined(other) == other.joined(one)
    assert one.joined(other).joined(other) == one.joined(other)


def test_two_programs_that_met_new_keys_differently_agree(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        card = vault_of(ana).membership.book.certificate
    sue = MemberId(b"i" * 32)
    new, newer = IdentityId(b"n" * 32), IdentityId(b"o" * 32)
    early, late = dt.datetime(2026, 3, 3, tzinfo=dt.UTC), dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
    met = Pin("Sue", Role.SUPERVISOR, "Sue", GrantKey(b"t" * 32))
    pins = (
        replace(met, verified=True),
        replace(met, successors=(new,), renewed=late),
        replace(met, successors=(new,), renewed=early),
        replace(met, successors=(new, newer), renewed=late),
        replace(met, successors=(new, newer), verified=True, was_verified=True),
        *(
            replace(met, refuted=frozenset(IdentityId(bytes([at, n] * 16)) for n in range(15)))
            for at in range(2)
        ),
    )
    for one, other in itertools.product((AddressBook(card, {sue: pin}) for pin in pins), repeat=2):
        assert one.joined(other) == other.joined(one)
        assert one.joined(other).joined(other) == one.joined(other)

    def joined(at: int, other: int) -> Pin:
        return AddressBook(card, {sue: pins[at]}).joined(AddressBook(card, {sue: pins[other]})).pins[sue]

    assert joined(0, 1) == replace(pins[1], was_verified=True)
    assert joined(1, 2).renewed == early and joined(1, 3) == pins[3]


def test_cards_no_keeper_signed_take_no_label(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    forger = Identity(secrets.token_bytes(32), attacked.journal_id())
    attacked.put_shared(
        sign_certificate(forger, attacked.journal_id(), "Sue", Role.THERAPIST, None, None).to_bytes()
    )
    with joins(attacked, "Sue", Role.SUPERVISOR, code) as sue:
        assert sue.me.label == "Sue"
        sue_id = sue.me.id
        assert MemberId(forger.hash) not in {member.id for member in sue.members.all()}
    with attacked.acting("Ana") as (ana,):
        assert MemberId(forger.hash) not in {member.id for member in ana.members.all()}
        assert ana.members.get("Sue").id == sue_id
        with pytest.raises(KapjournalError):
            ana.members.get("nobody")
