"""Attacks on what a member's program writes by itself and, where its own papers are gone, believes."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal.crypto.envelope import UNNUMBERED, draw, seal
from kapjournal.crypto.keyslot import SlotKind
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import GrantKey, KeyslotId, MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.notes import new_draft
from kapjournal.journal import FLOOR, NewNote, NoteChange, create, join, recover
from kapjournal.journal.documents.address_book import ADDRESS_BOOK
from kapjournal.journal.journal import Journal
from kapjournal.journal.strict_encoding import MAX_LISTED_IDS
from kapjournal.journal.trust.certificates import InvitationGrant, MemberCertificate
from kapjournal.journal.trust.shared_records import shared_record_from
from kapjournal.store import JournalFile
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal
from tests.internals import finding_sentences, row_of, vault_of

OLDER = (
    "This file holds an older state of your own notes than this computer has seen, as after going back to a "
    "backup."
)
ABSENT = "Something you wrote is not in this file"


def put_first(attacked: AttackedJournal, body: bytes) -> None:
    """Put a body on the shared channel in a row that is read before every other."""
    key = attacked.shared_key()
    while (row := seal(key, draw(key), body, [(key, UNNUMBERED)])).id[0]:
        pass
    attacked.insert(row.id, row.sealed)


@pytest.mark.parametrize("victim", ["Lee", "Ana"])
def test_a_card_nobody_signed_is_not_taken_for_ones_own(attacked: AttackedJournal, victim: str) -> None:
    """Ben deletes the papers of another and lays a card beside with their keys and words of his choice."""
    with attacked.acting(victim, "Ben") as (journal, ben):
        vault, me = vault_of(journal), journal.me
        papers = vault.envelopes.current[vault.me, ADDRESS_BOOK].row
        removed = next(member.id for member in ben.members.all() if member.label not in (victim, "Ben"))
        grant = InvitationGrant(GrantKey(bytes(32)), KeyslotId(bytes(16)), "Ben", Role.THERAPIST, (removed,))
        forged = MemberCertificate(vault.identity.public, "Ben", Role.THERAPIST, grant)
    attacked.delete(papers)
    put_first(attacked, forged.to_bytes())
    put_first(attacked, replace(forged, grant=None).to_bytes())
    with attacked.acting(victim) as (journal,):
        assert journal.me == me
        journal.notes.add(NewNote("goes on"))
    for name in attacked.everybody():
        with attacked.acting(name) as (journal,):
            assert not any(member.removed for member in journal.members.all())


def test_a_ticket_with_more_names_than_papers_can_hold_is_not_of_its_form() -> None:
    gone = tuple(MemberId(secrets.token_bytes(32)) for _ in range(MAX_LISTED_IDS + 1))
    grant = InvitationGrant(GrantKey(bytes(32)), KeyslotId(bytes(16)), "Sue", Role.SUPERVISOR, gone)
    with pytest.raises(NotGenuine):
        shared_record_from(grant.to_bytes())
    assert shared_record_from(replace(grant, revoked=gone[1:]).to_bytes()) == replace(grant, revoked=gone[1:])


def test_papers_stay_within_what_can_be_read_again(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        book = vault_of(ana).membership.book
        halves = [
            frozenset(MemberId(secrets.token_bytes(32)) for _ in range(MAX_LISTED_IDS)) for _ in range(2)
        ]
        one, other = (replace(book, revoked=half) for half in halves)
        assert len(one.joined(other).revoked) == MAX_LISTED_IDS
        assert one.joined(other).revoked == other.joined(one).revoked


def newcomer(attacked: AttackedJournal, label: str) -> None:
    """Let somebody join, so that everybody's program has something to write by itself."""
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite(label, Role.PRESCRIBER, strength=FLOOR)
    join(
        attacked.path,
        code=code,
        label=label,
        passphrase=PASSPHRASE,
        with_recovery=False,
        strength=FLOOR,
        record_folder=attacked.folder / f"memory-{label}",
    )[0].close()


def discards_a_draft(ana: Journal) -> None:
    ana.drafts.discard(ana.drafts.all()[0].id)


def changes_the_passphrase(ana: Journal) -> None:
    ana.keys.change_passphrase(PASSPHRASE, strength=FLOOR)


def changes_nothing(ana: Journal) -> None:
    ana.notes.edit(ana.notes.all()[0].id, NoteChange())


def changes_a_note(ana: Journal) -> None:
    ana.notes.edit(ana.notes.all()[0].id, NoteChange(body="goes on"))


def writes_more_than_was_lost(ana: Journal) -> None:
    ana.notes.add_many([NewNote(f"more {n}") for n in range(9)])


@pytest.mark.parametrize("remembering", [True, False])
@pytest.mark.parametrize(
    "deed",
    [discards_a_draft, changes_the_passphrase, changes_nothing, changes_a_note, writes_more_than_was_lost],
    ids=lambda deed: deed.__name__,
)
def test_a_loss_is_told_whatever_its_author_does_until_it_comes_back(
    attacked: AttackedJournal, deed: Callable[[Journal], None], remembering: bool
) -> None:
    with attacked.acting("Ana") as (ana,):
        gone = [row_of(ana, ana.notes.add(NewNote(f"note {n}"))) for n in range(4)]
        ana.notes.add(NewNote("stays"))
        empty = new_draft(ana.me.id, ana.me.role, dt.date(2026, 3, 2))
        ana.drafts.save(replace(empty, text=replace(empty.text, body="begun")))
    newcomer(attacked, "Pat")
    rows = attacked.rows()
    for row_id in gone:
        attacked.delete(row_id)
    with attacked.acting("Ana", remembering=remembering) as (ana,):
        deed(ana)
        ana.refresh()
    for _ in range(2):
        with attacked.acting("Ana", remembering=remembering) as (ana,):
            assert any(told == OLDER or ABSENT in told for told in finding_sentences(ana))
    for row_id in gone:
        attacked.insert(row_id, rows[row_id])
    with attacked.acting("Ana", remembering=remembering) as (ana,):
        assert not finding_sentences(ana)
        assert vault_of(ana).membership.book in vault_of(ana).membership.papers.books()


def test_recovering_a_door_hides_no_loss(tmp_path: Path) -> None:
    path, folder = tmp_path / "j.kap", tmp_path / "memory"
    lee, words = create(
        path, label="Lee", role=Role.THERAPIST, passphrase=PASSPHRASE, strength=FLOOR, record_folder=folder
    )
    attacked = AttackedJournal(tmp_path, path, {"Lee": vault_of(lee).secrets})
    gone = [row_of(lee, lee.notes.add(NewNote(f"note {n}"))) for n in range(4)]
    code = lee.members.invite("Ben", Role.PARTNER, strength=FLOOR)
    lee.close()
    join(
        path, code=code, label="Ben", passphrase=PASSPHRASE, strength=FLOOR, record_folder=tmp_path / "other"
    )[0].close()
    for row_id in gone:
        attacked.delete(row_id)
    assert words is not None
    with recover(path, words=words, passphrase=PASSPHRASE, strength=FLOOR, record_folder=folder) as lee:
        lee.refresh()
    with Journal(JournalFile(path), attacked.held["Lee"], folder) as lee:
        assert OLDER in finding_sentences(lee)
    with Journal(JournalFile(path), attacked.held["Lee"], tmp_path / "another computer") as lee:
        assert any(ABSENT in told for told in finding_sentences(lee))


def lets_go(journal: Journal) -> None:
    """Somebody says that what is missing now is lost and need not be told any more."""
    vault = vault_of(journal)
    with vault.unit_of_work() as unit:
        book = replace(vault.membership.book, let_go=vault.rollback.letting_go())
        unit.put(vault.membership.papers.book_change(book))
    vault.membership.reconcile()
    vault.detect_rollback()


@pytest.mark.parametrize("remembering", [True, False])
def test_a_second_loss_is_told_after_the_first_was_let_go(
    attacked: AttackedJournal, remembering: bool
) -> None:
    with attacked.acting("Ana") as (ana,):
        rows = [row_of(ana, ana.notes.add(NewNote(f"note {n}", share="Ben"))) for n in range(8)]
        for row_id in rows[:4]:
            attacked.delete(row_id)
        ana.refresh()
        assert finding_sentences(ana)
        lets_go(ana)
        assert not finding_sentences(ana)
        later = [row_of(ana, ana.notes.add(NewNote(f"later {n}", share="Ben"))) for n in range(3)]
        ana.refresh()
    newcomer(attacked, "Pat")
    with attacked.acting("Ana", remembering=remembering) as (ana,):
        assert not finding_sentences(ana)
    attacked.delete(later[0])
    for _ in range(2):
        with attacked.acting("Ana", remembering=remembering) as (ana,):
            assert any(told == OLDER or ABSENT in told for told in finding_sentences(ana))
            ana.notes.add(NewNote("goes on"))


def test_what_its_author_let_go_its_reader_still_misses(attacked: AttackedJournal) -> None:
    """Nobody lets go for another."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        gone = row_of(ana, ana.notes.add(NewNote("for Ben", share="Ben")))
        ana.notes.add(NewNote("for Ben too", share="Ben"))
        attacked.delete(gone)
        ana.refresh()
        lets_go(ana)
        assert not finding_sentences(ana)
        ana.notes.add(NewNote("goes on", share="Ben"))
        ben.refresh()
        assert ana.me.id in ben.members.doubted_authors


def test_words_that_were_replaced_leave_memory(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("first words"))
        ana.notes.edit(note.id, NoteChange(body="second words"))
        other = ana.notes.add(NewNote("other words"))
        ana.notes.delete(other.id)
        built = [note.text.body for note in vault_of(ana).notes._built.values() if note]
    assert built == ["second words"]


def test_a_label_with_a_nul_is_as_long_as_it_is(attacked: AttackedJournal) -> None:
    """SQLite measures a text up to its first NUL; a row of a gigabyte would be read to open any door."""
    attacked.run(
        "INSERT INTO keyslot VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        *(secrets.token_bytes(16), SlotKind.PASSPHRASE.value, "a\0" + "b" * 2000),
        *(65536, 3, 1, bytes(16), bytes(144)),
    )
    with attacked.acting("Ana") as (ana,), vault_of(ana).file.reading() as snapshot:
        assert {slot.label for slot in snapshot.slots()} == set(attacked.everybody())
        assert snapshot.odd_rows() == 1
