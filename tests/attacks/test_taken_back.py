"""Taking people and invitations back, against somebody who strikes rows of the file or puts old ones back."""

from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal.crypto.row import DROPPED
from kapjournal.domain.ids import DocumentId, RowId
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.errors import KapjournalError, NotFound, Refused
from kapjournal.journal import FLOOR, NewNote, join
from kapjournal.journal.documents.address_book import ADDRESS_BOOK
from kapjournal.journal.documents.journal_info import JOURNAL_INFO
from kapjournal.journal.journal import Journal
from kapjournal.journal.trust.certificates import Removal, sign_removal
from kapjournal.presentation import people
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal, bodies, build
from tests.internals import row_of, vault_of


def gone(journal: Journal) -> set[str]:
    journal.refresh()
    return {member.label for member in journal.members.all() if member.removed}


def rows_of(journal: Journal, document: DocumentId) -> list[bytes]:
    """Where the keeper's word, or one's own address book, lies."""
    standing = vault_of(journal).envelopes.versions.standing
    return [one.row for (_, name), several in standing.items() if name == document for one in several]


def remove_ben(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        lee.members.remove("Ben")
        assert gone(ana) == {"Ben"}


@pytest.mark.parametrize("remembering", [True, False])
@pytest.mark.parametrize("how", ["struck", "put back"])
def test_a_removal_stands_although_the_keepers_word_is_struck_or_put_back(
    attacked: AttackedJournal, how: str, remembering: bool
) -> None:
    with attacked.acting("Lee") as (lee,):
        old = {i: attacked.rows()[i] for i in rows_of(lee, JOURNAL_INFO)}
    remove_ben(attacked)
    with attacked.acting("Lee") as (lee,):
        new = rows_of(lee, JOURNAL_INFO)
    for row_id in new:
        attacked.delete(row_id)
    if how == "put back":
        for row_id, sealed in old.items():
            attacked.insert(row_id, sealed)
    with attacked.acting("Ana", remembering=remembering) as (ana,):
        assert gone(ana) == {"Ben"}
        assert ana.findings or (how == "struck" and not remembering)
        with pytest.raises(KapjournalError):
            ana.notes.add(NewNote("not for him", share="Ben"))
        assert ana.notes.add(NewNote("for all", share="all")).readers == {
            ana.me.id,
            vault_of(ana).secrets.keeper,
        }
    with attacked.acting("Lee", "Ana", remembering=remembering) as (lee, ana):
        assert gone(lee) == {"Ben"}
        assert gone(ana) == {"Ben"}
        lee.notes.add(NewNote("the keeper, who was told, goes on", share="Ana"))
        lee.refresh()
        ana.refresh()
        assert lee.members.get("Ben").id in vault_of(lee).membership.info.revoked
        assert vault_of(lee).membership.info.revoked == vault_of(ana).membership.info.revoked


@pytest.mark.parametrize("name", ["Ana", "Lee"])
def test_a_removal_stands_on_a_computer_that_saw_it_whatever_is_put_back(
    attacked: AttackedJournal, name: str
) -> None:
    """The keeper's word and one's own papers are both put back to before the removal."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        old = {
            i: attacked.rows()[i]
            for j in (lee, ana)
            for kind in (JOURNAL_INFO, ADDRESS_BOOK)
            for i in rows_of(j, kind)
        }
    remove_ben(attacked)
    with attacked.acting("Lee", "Ana") as (lee, ana):
        new = {i for j in (lee, ana) for kind in (JOURNAL_INFO, ADDRESS_BOOK) for i in rows_of(j, kind)}
    for row_id in new - old.keys():
        attacked.delete(row_id)
    for row_id, sealed in old.items():
        attacked.insert(row_id, sealed)
    with attacked.acting(name) as (journal,):
        assert gone(journal) == {"Ben"}
        assert journal.notes.add(NewNote("for all", share="all")).readers == {
            member.id for member in journal.members.all() if not member.removed
        }


def test_an_older_ticket_beside_the_newer_brings_nobody_back(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Sue", Role.CO_THERAPIST, strength=FLOOR)
        older = {i: attacked.rows()[i] for i in vault_of(lee).envelopes.shared.grants}
        lee.members.remove("Ben")
    for row_id, sealed in older.items():
        attacked.insert(row_id, sealed)
    sue, _ = join(
        attacked.path,
        code=code,
        label="Sue",
        passphrase=PASSPHRASE,
        strength=FLOOR,
        record_folder=attacked.folder / "sue",
    )
    with sue:
        assert "Ben" not in {member.label for member in sue.members.all()}
    with attacked.acting("Lee") as (lee,):
        assert "Sue" in {member.label for member in lee.members.all()}
    assert {attacked.rows()[row_id][:1] for row_id in older} == {DROPPED}


def test_an_invitation_whose_ticket_is_struck_is_listed_cancelled_and_good_again(
    attacked: AttackedJournal,
) -> None:
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
        tickets = list(vault_of(lee).envelopes.shared.grants)
    aside = attacked.copy()
    for row_id in tickets:
        attacked.delete(row_id)
    with attacked.acting("Lee") as (lee,):
        assert [invitation.name for invitation in lee.members.invitations()] == ["Sue"]
        assert len(vault_of(lee).envelopes.shared.grants) == 1
        lee.members.cancel_invitation("Sue")
        assert lee.members.invitations() == []
        with pytest.raises(NotFound):
            lee.members.cancel_invitation("Sue")
    sue, _ = join(
        aside,
        code=code,
        label="Sue",
        passphrase=PASSPHRASE,
        strength=FLOOR,
        record_folder=attacked.folder / "sue",
    )
    card = vault_of(sue).membership.book.certificate
    sue.close()
    attacked.put_shared(card.to_bytes())
    for name in attacked.everybody():
        with attacked.acting(name) as (journal,):
            assert "Sue" not in {member.label for member in journal.members.all()}


def test_an_old_note_put_back_beside_a_struck_one_is_shown_in_doubt(attacked: AttackedJournal) -> None:
    """Nothing in the file can tell which of the notes it is, so every note of that author says so."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        first = ana.notes.add(NewNote("as it was", share="Ben"))
        other = ana.notes.add(NewNote("another", share="Ben"))
        ana.notes.add(NewNote("the last", share="Ben"))
        old = {i: s for i, s in attacked.rows().items() if i in _row(ana, first)}
        ana.notes.withdraw(first.id, "Ben")
        ana.notes.add(NewNote("later still", share="Ben"))
        struck = _row(ana, other)
        ben.refresh()
        assert not ben.members.doubted_authors
    for row_id in struck:
        attacked.delete(row_id)
    for row_id, sealed in old.items():
        attacked.insert(row_id, sealed)
    with attacked.acting("Ben", remembering=False) as (ben,):
        mine = ben.notes.add(NewNote("by Ben himself"))
        assert ben.findings
        for note in ben.notes.all():
            assert (note.author in ben.members.doubted_authors) == (note.id != mine.id)


def test_no_note_is_in_doubt_where_all_is_well_or_an_intruder_was_found(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("withdrawn", share="Ben"))
        ana.notes.add(NewNote("stays", share="Ben"))
        old = {i: s for i, s in attacked.rows().items() if i in _row(ana, note)}
        ana.notes.delete(note.id)
    with attacked.acting("Ben") as (ben,):
        assert not ben.members.doubted_authors
    for row_id, sealed in old.items():
        attacked.insert(row_id, sealed)
    with attacked.acting("Ben", remembering=False) as (ben,):
        assert bodies(ben) == {"stays"}
        assert ben.findings
        assert not ben.members.doubted_authors


def _row(journal: Journal, note: Note) -> set[bytes]:
    return {row_of(journal, note)}


def is_told(journal: Journal) -> bool:
    journal.refresh()
    return journal.me.removed and people.notices(journal) == [people.YOU_WERE_REMOVED]


def removals(journal: Journal) -> list[RowId]:
    return list(vault_of(journal).envelopes.shared.removals)


@pytest.mark.parametrize("how", ["struck", "the file put back"])
def test_who_was_told_of_their_removal_stays_so_whatever_is_put_back(
    attacked: AttackedJournal, how: str
) -> None:
    before = attacked.copy()
    remove_ben(attacked)
    with attacked.acting("Ben") as (ben,):
        assert is_told(ben)
        [row] = removals(ben)
    if how == "struck":
        attacked.delete(row)
        with attacked.acting("Ben", remembering=False) as (ben,):
            assert is_told(ben), "the address book holds it too"
    else:
        attacked.path.write_bytes(before.read_bytes())
    with attacked.acting("Ben") as (ben,):
        assert is_told(ben)
        with pytest.raises(Refused, match="You were removed"):
            ben.notes.add(NewNote("for her", share="Ana"))


def test_a_removal_signed_with_keys_the_keeper_replaced_is_signed_again(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.members.remove("Ben")
        lee.keys.replace("quite another passphrase", None, strength=FLOOR)
        [own] = vault_of(lee).membership.book.successors
        attacked.put_shared(own.to_bytes())  # as long as somebody here has the old journal key alone
        [_, _] = removals(lee)
    with attacked.acting("Ben") as (ben,):
        assert is_told(ben)


def test_a_removal_reaches_a_member_whose_card_was_struck_when_it_was_written(
    attacked: AttackedJournal,
) -> None:
    with attacked.acting("Lee", "Ben") as (lee, ben):
        shared = vault_of(lee).envelopes.shared
        for row_id in [i for i, card in shared.certificates.items() if card.member == ben.me.id]:
            attacked.delete(row_id)
        lee.members.remove("Ben")
        assert not is_told(ben), "it is not where they find it"
    with attacked.acting("Lee"), attacked.acting("Ben") as (ben,):
        assert is_told(ben)


def test_nobody_but_the_keeper_makes_a_member_believe_they_were_removed(
    attacked: AttackedJournal, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = build(tmp_path / "other")
    remove_ben(other)
    with other.acting("Lee") as (lee,):
        elsewhere = list(vault_of(lee).envelopes.shared.removals.values())
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        journal, victim = vault_of(ben).journal_id, ben.me.id
        by_ana = sign_removal(vault_of(ana).identity, journal, victim)
        of_ana = sign_removal(vault_of(lee).identity, journal, ana.me.id)
        signed_elsewhere = [replace(one, member=victim) for one in elsewhere]
        forged = [by_ana, replace(of_ana, member=victim), of_ana, Removal(victim), *signed_elsewhere]
        for removal in forged:
            attacked.put_shared(removal.to_bytes())
        assert not is_told(ben) and len(removals(ben)) == len(forged) == 5
        ben.notes.add(NewNote("for all", share="all"))


def test_who_has_the_keepers_old_keys_removes_nobody(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana", "Ben") as (lee, _, ben):
        thief = vault_of(lee).identity
        lee.keys.replace("quite another passphrase", None, strength=FLOOR)
        ben.refresh()
        attacked.put_shared(sign_removal(thief, vault_of(ben).journal_id, ben.me.id).to_bytes())
        assert not is_told(ben) and removals(ben)
        lee.refresh()
        lee.members.remove("Ben")
        assert is_told(ben)


def test_a_struck_word_of_the_keeper_beside_an_old_notice_is_no_removal(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ben") as (lee, ben):
        note = lee.notes.add(NewNote("for him", share="Ben"))
        lee.notes.withdraw(note.id, "Ben")
        lee.sessions.plan(8)
        [word] = rows_of(lee, JOURNAL_INFO)
    attacked.delete(word)
    with attacked.acting("Ben", remembering=False) as (ben,):
        assert not is_told(ben)
