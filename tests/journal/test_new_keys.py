"""New keys for the same member: what an old copy with the old passphrase opens, and what the others see."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.crypto.identity import Identity
from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.ids import IdentityId, JournalId
from kapjournal.domain.members import Role
from kapjournal.errors import Refused, UnlockFailed
from kapjournal.journal import (
    FLOOR,
    Journal,
    NewNote,
    NoteChange,
    generated_recovery_words,
    join,
    recover,
    unlock,
)
from kapjournal.journal.trust.certificates import sign_successor
from kapjournal.presentation import people
from kapjournal.store import JournalFile
from tests.internals import finding_sentences, vault_of
from tests.shared_journal import SharedJournal, meet

NEW = "quite another passphrase"


@pytest.fixture
def journal(tmp_path: Path) -> SharedJournal:
    return meet(tmp_path)


def renewed(journal: SharedJournal, label: str, words: str | None = None) -> SharedJournal:
    """The journal after somebody got new keys; `held` has them."""
    with journal.open(label) as opened:
        opened.keys.replace(NEW, words, strength=FLOOR)
        held = vault_of(opened).held()
    return replace(journal, held={**journal.held, label: held})


@contextmanager
def with_old_keys(journal: SharedJournal, held: Secrets, folder: Path) -> Iterator[Journal]:
    """What somebody opens who has the old passphrase, on a computer of their own."""
    with Journal(JournalFile(journal.path), held, folder) as opened:
        yield opened


def everybody_looks(journal: SharedJournal) -> None:
    for _ in range(2):
        for label in journal.held:
            journal.open(label).close()


def bodies(journal: Journal) -> set[str]:
    return {note.text.body for note in journal.notes.all()}


def test_the_old_passphrase_opens_nothing_that_is_written_later(
    journal: SharedJournal, tmp_path: Path
) -> None:
    before = journal.held["Ana"]
    with journal.open("Ana") as ana:
        ana.notes.add(NewNote("before, alone"))
        shared = ana.notes.add(NewNote("before, for Ben", share="Ben"))
    after = renewed(journal, "Ana")
    everybody_looks(after)
    with after.open("Ana") as ana:
        ana.notes.add(NewNote("after, alone"))
        ana.notes.edit(shared.id, NoteChange(body="after, for Ben"))
    with after.open("Ben") as ben:
        ben.notes.add(NewNote("after, from Ben", share="Ana"))
    with after.open("Ana") as ana:
        everything = {"before, alone", "after, alone", "after, for Ben", "after, from Ben"}
        assert bodies(ana) == everything and ana.check().is_clean
    with with_old_keys(after, before, tmp_path / "thief") as thief:
        assert bodies(thief) == {"before, alone"}
    with after.open("Ben") as ben:
        assert bodies(ben) == {"after, for Ben", "after, from Ben"} and ben.check().is_clean
    after.assert_whole()


def test_with_an_old_door_one_reads_and_is_told_and_writes_nothing(
    journal: SharedJournal, tmp_path: Path
) -> None:
    before = journal.held["Ana"]
    after = renewed(journal, "Ana")
    whole = after.path.read_bytes()
    with with_old_keys(after, before, tmp_path / "old") as old:
        assert any("were replaced" in said for said in finding_sentences(old))
        with pytest.raises(Refused, match="keys of this door were replaced"):
            old.notes.add(NewNote("too late"))
    assert after.path.read_bytes() == whole
    with pytest.raises(UnlockFailed):
        unlock(after.path, label="Ana", passphrase="ana opens this door", record_folder=tmp_path / "other")


def test_words_from_before_open_nothing_and_the_new_ones_everything(
    journal: SharedJournal, tmp_path: Path
) -> None:
    old, new = generated_recovery_words(), generated_recovery_words()
    with journal.open("Ana") as ana:
        ana.notes.add(NewNote("before"))
        ana.keys.renew_recovery_words(old)
    after = renewed(journal, "Ana", new)
    with after.open("Ana") as ana:
        ana.notes.add(NewNote("after"))
    with pytest.raises(UnlockFailed):
        recover(after.path, words=old, passphrase=NEW, strength=FLOOR, record_folder=tmp_path / "a")
    with recover(
        after.path, words=new, passphrase=NEW, strength=FLOOR, record_folder=tmp_path / "b"
    ) as recovered:
        assert bodies(recovered) == {"before", "after"} and recovered.me.label == "Ana"


def test_an_older_copy_does_not_find_the_new_words(journal: SharedJournal, tmp_path: Path) -> None:
    """What an old copy holds of the words' channel finds nothing in the newer file."""
    with journal.open("Ana") as ana:
        ana.keys.renew_recovery_words(generated_recovery_words())
        found_by = vault_of(ana).membership.own_keys.recovery
    after = renewed(journal, "Ana", generated_recovery_words())
    with after.open("Ana") as ana:
        assert vault_of(ana).membership.own_keys.recovery != found_by


def test_the_others_are_to_compare_digits_anew_and_she_is_still_ana(journal: SharedJournal) -> None:
    with journal.open("Ben") as ben:
        ben.members.mark_verified("Ana")
        digits = ben.members.comparison_number("Ana")
        name = ben.members.get("Ana").id
    after = renewed(journal, "Ana")
    with after.open("Ben") as ben:
        ana = ben.members.get("Ana")
        assert ana.id == name and not ana.verified and not finding_sentences(ben)
        assert ben.members.comparison_number("Ana") != digits
        seen = ben.members.comparison_number("Ana")
        ben.members.mark_verified("Ana")
    with after.open("Ana") as opened:
        assert opened.members.comparison_number("Ben") == seen
    with after.open("Ben") as ben:
        assert ben.members.get("Ana").verified


def test_who_had_compared_digits_is_told_until_they_compare_again(journal: SharedJournal) -> None:
    with journal.open("Ben") as ben:
        ben.members.mark_verified("Ana")
        assert people.notices(ben) == []
    after = renewed(journal, "Ana")
    met = dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC)
    with clock.at(met):
        after.open("Ben").close()
    for _ in range(2):  # also when it is opened again
        with after.open("Ben") as ben:
            [notice] = people.notices(ben)
            assert notice == (
                "Ana has new keys, known here since 3 March 2026; you had compared the digits of the old "
                "ones. Ask Ana by voice, and compare again."
            )
            assert ben.members.get("Ana").new_keys_since == met
            about = people.about(ben.members.get("Ana"), ben.me.id)
            assert notice in about and "not compared" not in about
            assert ben.check().is_clean and not ben.findings
            assert "new keys since 3 March 2026" in people.remarks(ben.members.get("Ana"), ben.me.id)
    with after.open("Ben") as ben:
        ben.members.mark_verified("Ana")
        assert people.notices(ben) == [] and people.remarks(ben.members.get("Ana"), ben.me.id) == ["verified"]
    again = renewed(after, "Ana")
    with again.open("Ben") as ben:
        assert len(people.notices(ben)) == 1


def test_who_had_not_compared_any_finds_it_beside_the_person_alone(journal: SharedJournal) -> None:
    after = renewed(journal, "Ana")
    with clock.at(dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC)), after.open("Ben") as ben:
        ana = ben.members.get("Ana")
        assert people.notices(ben) == []
        assert people.about(ana, ben.me.id).startswith(
            "Ana has new keys, known here since 3 March 2026. You and Ana have not compared the 60 digits "
        )
        assert people.about(ben.members.get("Dr Lee"), ben.me.id).startswith(
            "You and Dr Lee have not compared"
        )


def test_a_newcomer_knows_no_older_keys(journal: SharedJournal) -> None:
    after = renewed(journal, "Ana")
    everybody_looks(after)
    with after.open("Dr Lee") as lee:
        code = lee.members.invite("Pat", Role.PRESCRIBER, strength=FLOOR)
    pat, _ = join(
        after.path,
        code=code,
        label="Pat",
        passphrase="pat opens this door",
        with_recovery=False,
        strength=FLOOR,
        record_folder=after.memory,
    )
    with pat:
        everybody_looks(after)
        pat.refresh()
        assert people.remarks(pat.members.get("Ana"), pat.me.id) == []


def test_new_keys_again_and_again(journal: SharedJournal) -> None:
    for turn in range(3):
        with journal.open("Ana") as ana:
            ana.notes.add(NewNote(f"turn {turn}", share="Ben"))
        journal = renewed(journal, "Ana")
        everybody_looks(journal)
    with journal.open("Ana") as ana, journal.open("Ben") as ben:
        assert bodies(ana) == bodies(ben) == {"turn 0", "turn 1", "turn 2"}
    journal.assert_whole()


def test_two_sets_of_new_keys_are_an_alarm_and_the_one_met_first_counts(journal: SharedJournal) -> None:
    before = journal.held["Ana"]
    after = renewed(journal, "Ana")
    after.open("Ben").close()
    with after.open("Dr Lee") as lee:
        thief, victim = Identity(bytes(31) + b"x", id_of(lee)), Identity(before.first, id_of(lee))
        forged = sign_successor(victim, thief, id_of(lee), lee.members.get("Ana").id, 1)
        with vault_of(lee).unit_of_work() as unit:
            unit.put_shared(forged)
    with after.open("Ben") as ben:
        assert any("Two different sets of new keys" in said for said in finding_sentences(ben))
        real = Identity(after.held["Ana"].first, id_of(ben)).hash
        assert vault_of(ben).membership.identity_of(ben.members.get("Ana").id) == real


def put_rival(journal: SharedJournal, before: Secrets, at: str, name: bytes = b"x") -> None:
    """Somebody who has Ana's old keys claims new ones of their own for her."""
    with journal.open(at) as opened:
        thief, victim = Identity(bytes(31) + name, id_of(opened)), Identity(before.first, id_of(opened))
        forged = sign_successor(victim, thief, id_of(opened), opened.members.get("Ana").id, 1)
        with vault_of(opened).unit_of_work() as unit:
            unit.put_shared(forged)


def test_the_doubt_ends_once_the_digits_are_compared_and_a_further_rival_brings_it_back(
    journal: SharedJournal,
) -> None:
    before = journal.held["Ana"]
    with journal.open("Ben") as ben:
        ben.members.mark_verified("Ana")
    after = renewed(journal, "Ana")
    everybody_looks(after)
    with after.open("Ben") as ben:
        ben.members.mark_verified("Ana")  # before anybody claimed anything
    put_rival(after, before, "Dr Lee")
    with after.open("Ben") as ben:
        [finding] = ben.findings
        assert finding.kind is FindingKind.SUCCESSOR_DISPUTED and not ben.check().is_clean
        doubt = people.doubts(ben)[ben.members.get("Ana").id]
        about = people.about(ben.members.get("Ana"), ben.me.id, doubt)
        assert "Two different sets" in about and "were the same" not in about
        assert "in doubt" in people.remarks(ben.members.get("Ana"), ben.me.id, people.doubts(ben))
        ben.members.mark_verified("Ana")
        assert ben.findings == () and ben.check().is_clean and people.doubts(ben) == {}
    with after.open("Ben") as ben:
        assert ben.findings == ()
    put_rival(after, before, "Dr Lee", b"y")
    with after.open("Ben") as ben:
        assert [finding.kind for finding in ben.findings] == [FindingKind.SUCCESSOR_DISPUTED]


def test_rival_keys_of_somebody_removed_are_not_told_of_any_more(journal: SharedJournal) -> None:
    before = journal.held["Ana"]
    put_rival(journal, before, "Dr Lee", b"y")
    put_rival(journal, before, "Dr Lee")
    with journal.open("Ben") as ben:
        [said] = finding_sentences(ben)
        assert "neither counts" in said and "when the keeper removes Ana" in said
        ana = ben.members.get("Ana")
        assert "nobody stands between you" not in people.about(ana, ben.me.id, people.doubts(ben)[ana.id])
    with journal.open("Dr Lee") as lee:
        assert lee.findings and not lee.check().is_clean
        lee.members.remove("Ana")
        assert lee.findings == () and lee.check().is_clean
    for label in ("Dr Lee", "Ben"):
        with journal.open(label) as opened:
            assert opened.findings == () and people.doubts(opened) == {}


def test_where_neither_was_met_neither_counts(journal: SharedJournal, tmp_path: Path) -> None:
    before = journal.held["Ana"]
    after = renewed(journal, "Ana")
    with after.open("Ana") as ana:
        thief, victim = Identity(bytes(31) + b"x", id_of(ana)), Identity(before.first, id_of(ana))
        with vault_of(ana).unit_of_work() as unit:
            unit.put_shared(sign_successor(victim, thief, id_of(ana), ana.me.id, 1))
    with after.open("Ben") as ben:
        ana_id = ben.members.get("Ana").id
        assert vault_of(ben).membership.identity_of(ana_id) == IdentityId(ana_id)
        assert any("Two different sets of new keys" in said for said in finding_sentences(ben))


def test_the_keeper_gets_new_keys_and_still_invites_and_removes(
    journal: SharedJournal, tmp_path: Path
) -> None:
    with journal.open("Dr Lee") as lee:
        open_code = lee.members.invite("Pat", Role.PRESCRIBER, strength=FLOOR)
    after = renewed(journal, "Dr Lee")
    everybody_looks(after)
    pat, _ = join(
        after.path,
        code=open_code,
        label="Pat",
        passphrase="pat opens this door",
        with_recovery=False,
        strength=FLOOR,
        record_folder=after.memory,
    )
    with pat:
        after.open("Dr Lee").close()
        pat.refresh()
        after.open("Dr Lee").close()
        pat.refresh()
        assert {member.label for member in pat.members.all()} == {"Dr Lee", "Ana", "Ben", "Pat"}
        assert not finding_sentences(pat)
    everybody_looks(after)
    with after.open("Dr Lee") as lee:
        lee.members.remove("Pat")
    everybody_looks(after)
    with after.open("Ana") as ana:
        assert ana.members.get("Pat").removed and not finding_sentences(ana)


def id_of(journal: Journal) -> JournalId:
    return vault_of(journal).journal_id


def test_what_was_written_with_earlier_keys_stays_when_another_copy_is_brought_in(
    journal: SharedJournal, tmp_path: Path
) -> None:
    """In the program that replaced the keys, which opens everything anew then."""
    with journal.open("Ana") as ana:
        ana.notes.add(NewNote("before"))
        other = journal.copied(tmp_path / "other")
        with other.open("Dr Lee") as lee:
            lee.notes.add(NewNote("meanwhile", share="Ana"))
        ana.keys.replace(NEW, None, strength=FLOOR)
        ana.copies.merge(other.path)
        assert {note.text.body for note in ana.notes.all()} == {"before", "meanwhile"}
