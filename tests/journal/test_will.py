"""A practice will: two of three shares open the practice; and a rehearsal, new keys, another will."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal import clock
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.members import Role
from kapjournal.domain.will import Will
from kapjournal.errors import Refused, UnlockFailed, UsageError
from kapjournal.journal import (
    FLOOR,
    Journal,
    NewNote,
    NewRecord,
    check_shares,
    generated_recovery_words,
    generated_shares,
    recover,
    recover_with_shares,
    unlock,
)
from kapjournal.journal.documents.keys import _LAST as LAST_MOMENT
from kapjournal.journal.documents.keys import KEYS, SealedWill, closed, decided_last
from kapjournal.store import JournalFile
from tests.attacks.attacked_journal import AttackedJournal
from tests.cast import PASSPHRASES, meet
from tests.internals import vault_of
from tests.journal.practices import LEE, Practice

NEW = "quite another passphrase"
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def willed(practice: Practice, custodian: str = "Kim") -> tuple[str, ...]:
    """The shares of a new will."""
    shares = generated_shares()
    practice.lee.will.make(shares, custodian, "her office, 555 0100")
    return shares


def opened(practice: Practice, shares: tuple[str, ...]) -> Journal:
    """The practice as a custodian opens it, on a computer of their own."""
    return recover_with_shares(
        practice.path,
        shares=shares,
        passphrase=NEW,
        strength=FLOOR,
        record_folder=practice.folder / "custodian",
    )


def test_two_shares_open_the_record_and_the_couples_and_give_the_door_a_new_passphrase(
    practice: Practice,
) -> None:
    path = practice.folder / "ours.kap"
    held = meet(path, practice.folder / "memory")
    lee = practice.lee
    couple = lee.couples.add("Ana and Ben", path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
    lee.records.add(NewRecord(RecordKind.PROGRESS, couple.case, {"plan": "A walk."}))
    shares = willed(practice)
    lee.close()
    with Journal(JournalFile(path), held["Ana"], practice.folder / "memory") as ana:
        ana.notes.add(NewNote("mine alone"))
        ana.notes.add(NewNote("for Lee", share="Dr Lee"))
    for two in (shares[:2], shares[1:]):
        with opened(practice, two) as custodian:
            assert custodian.me.label == "Dr Lee" and custodian.check().is_clean
            assert [one.text.fields for one in custodian.records.all()] == [{"plan": "A walk."}]
            with custodian.open_couple(couple.case) as theirs:
                assert [note.text.body for note in theirs.notes.all()] == ["for Lee"]
    with pytest.raises(UnlockFailed):
        unlock(practice.path, label="Dr Lee", passphrase=LEE)
    unlock(practice.path, label="Dr Lee", passphrase=NEW, record_folder=practice.folder / "memory").close()


def test_a_will_says_for_whom_it_is_and_when_it_was_made(practice: Practice) -> None:
    assert practice.lee.will.standing() is None
    with clock.at(NOON):
        shares = generated_shares()
        assert practice.lee.will.make(shares, " Kim ", "her office") is False
    will = practice.lee.will.standing()
    assert will and (will.custodian, will.beside, will.made) == ("Kim", "her office", NOON)
    assert will.rehearsed is None
    with practice.copy(practice.folder / "other.kap") as other:
        assert other.will.standing() == will
    assert practice.lee.will.make(generated_shares(), "Noor") is True


@pytest.mark.parametrize(
    ("custodian", "beside", "said"),
    [
        ("", "", "Say who the custodian is"),
        ("a\nb", "", "one line"),
        ("K" * 61, "", "at most 60"),
        ("Kim", "x" * 121, "at most 120"),
    ],
)
def test_a_custodian_is_somebody(practice: Practice, custodian: str, beside: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        practice.lee.will.make(generated_shares(), custodian, beside)
    assert practice.lee.will.standing() is None


def test_shares_that_are_not_of_one_will_make_none(practice: Practice) -> None:
    one, other = generated_shares(), generated_shares()
    for typed in (one[:2], (*one[:2], other[2]), (*one[:2], one[1]), ()):
        with pytest.raises(UnlockFailed):
            practice.lee.will.make(typed, "Kim")
    assert practice.lee.will.standing() is None


def test_a_rehearsal_notes_the_day_and_opens_nothing(practice: Practice) -> None:
    shares = willed(practice)
    with clock.at(NOON + dt.timedelta(days=300)):
        assert practice.lee.will.rehearse([shares[2], shares[0]]).rehearsed == dt.date(2026, 12, 27)
        attacked = AttackedJournal(practice.folder, practice.path)
        before = attacked.rows()
        practice.lee.will.rehearse(shares[:2])
        assert attacked.rows() == before, "the same day is not noted twice"
    will = practice.lee.will.standing()
    assert will and will.rehearsed == dt.date(2026, 12, 27)
    opened(practice, shares[:2]).close()


@pytest.mark.parametrize("wrong", ["another will", "one twice", "one"])
def test_a_rehearsal_that_fails_says_why_and_notes_nothing(practice: Practice, wrong: str) -> None:
    shares = willed(practice)
    typed = {
        "another will": generated_shares()[:2],
        "one twice": (shares[0], shares[0]),
        "one": shares[:1],
    }[wrong]
    with pytest.raises(UnlockFailed):
        practice.lee.will.rehearse(typed)
    assert (will := practice.lee.will.standing()) and will.rehearsed is None


def test_after_a_year_without_one_a_rehearsal_is_due(practice: Practice) -> None:
    with clock.at(NOON):
        shares = willed(practice)
    will = practice.lee.will.standing()
    assert will and not will.is_due(dt.date(2027, 3, 1)) and will.is_due(dt.date(2027, 3, 2))
    with clock.at(NOON + dt.timedelta(days=200)):
        will = practice.lee.will.rehearse(shares[:2])
    assert not will.is_due(dt.date(2027, 9, 17)) and will.is_due(dt.date(2027, 9, 18))


def test_a_custodian_checks_a_file_without_a_passphrase_and_nothing_is_written(practice: Practice) -> None:
    shares, strange = willed(practice), generated_shares()
    practice.lee.close()
    before = {one.name: one.read_bytes() for one in practice.folder.iterdir() if one.is_file()}
    check_shares(practice.path, shares[1:])
    for typed in (strange[:2], (shares[0], strange[0]), shares[:1]):
        with pytest.raises(UnlockFailed):
            check_shares(practice.path, typed)
    assert {one.name: one.read_bytes() for one in practice.folder.iterdir() if one.is_file()} == before


def test_a_new_will_closes_the_shares_before_and_a_revoked_one_all(practice: Practice) -> None:
    first, second = willed(practice), willed(practice, "Noor")
    assert (will := practice.lee.will.standing()) and will.custodian == "Noor"
    for typed in (first[:2], (first[0], second[1])):
        with pytest.raises(UnlockFailed):
            opened(practice, typed)
        with pytest.raises(UnlockFailed):
            practice.lee.will.rehearse(typed)
    check_shares(practice.path, second[:2])
    assert practice.lee.will.revoke().custodian == "Noor"
    assert practice.lee.will.standing() is None
    with pytest.raises(UnlockFailed, match="opened nothing here"):
        check_shares(practice.path, second[:2])
    for again in (practice.lee.will.revoke, lambda: practice.lee.will.rehearse(second[:2])):
        with pytest.raises(Refused, match="no will"):
            again()


def test_recovery_words_and_a_will_leave_each_other_alone(practice: Practice) -> None:
    shares, words = willed(practice), generated_recovery_words()
    assert not practice.lee.keys.renew_recovery_words(words)
    check_shares(practice.path, shares[:2])
    willed(practice)
    with recover(
        practice.path,
        words=words,
        passphrase=NEW,
        strength=FLOOR,
        record_folder=practice.folder / "memory",
    ) as again:
        assert again.will.standing()


def test_a_removal_and_another_passphrase_carry_the_will_on(practice: Practice) -> None:
    shares = willed(practice)
    practice.joins("Sue", Role.SUPERVISOR)
    practice.lee.members.remove("Sue")
    practice.lee.keys.change_passphrase(NEW, strength=FLOOR)
    check_shares(practice.path, shares[:2])
    practice.lee.will.rehearse(shares[:2])


def test_new_keys_close_the_will(practice: Practice) -> None:
    shares = willed(practice)
    practice.lee.keys.replace(NEW, None, strength=FLOOR)
    assert practice.lee.will.standing() is None
    with pytest.raises(UnlockFailed):
        check_shares(practice.path, shares[:2])
    after = willed(practice)
    check_shares(practice.path, after[:2])


def test_each_member_of_the_staff_has_a_will_of_their_own(practice: Practice) -> None:
    kim = practice.joins("Kim", Role.CO_THERAPIST)
    lees, kims = willed(practice), generated_shares()
    kim.will.make(kims, "Lee")
    practice.look()
    with opened(practice, kims[:2]) as opens:
        assert opens.me.label == "Kim"
    check_shares(practice.path, lees[:2])


def test_in_a_couples_journal_there_is_no_will(tmp_path: Path) -> None:
    held = meet(path := tmp_path / "ours.kap", tmp_path / "memory")
    with Journal(JournalFile(path), held["Dr Lee"], tmp_path / "memory") as lee:
        for use in (
            lee.will.standing,
            lee.will.check_may_be_made,
            lee.will.revoke,
            lambda: lee.will.make(generated_shares(), "Kim"),
            lambda: lee.will.rehearse(generated_shares()[:2]),
        ):
            with pytest.raises(Refused, match="made in a practice"):
                use()
        [stored] = vault_of(lee).envelopes.standing(lee.me.id, KEYS)
        assert b"will" not in stored.version.data


@pytest.mark.parametrize("year", [1900, 2500])
def test_a_clock_that_is_far_off_loses_no_keys(practice: Practice, year: int) -> None:
    with clock.at(NOON.replace(year=year)):
        first = willed(practice)
    second = willed(practice)
    with practice.copy(practice.folder / "other.kap") as other:
        assert other.will.standing() == practice.lee.will.standing()
    check_shares(practice.path, second[:2])
    with pytest.raises(UnlockFailed):
        check_shares(practice.path, first[:2])


moments = st.sampled_from([NOON, NOON + dt.timedelta(milliseconds=1)])
decisions = st.none() | st.builds(
    SealedWill,
    st.sampled_from([b"", b"k" * 32, b"l" * 32]),
    st.builds(Will, st.sampled_from(["", "Kim"]), st.just(""), moments, st.none() | st.just(NOON.date())),
)


@given(decisions, decisions, decisions)
def test_copies_that_meet_in_whatever_order_end_with_one_decision(
    one: SealedWill | None, two: SealedWill | None, three: SealedWill | None
) -> None:
    assert decided_last(one, two) == decided_last(two, one)
    assert decided_last(one, one) == one
    assert decided_last(decided_last(one, two), three) == decided_last(one, decided_last(two, three))
    if one:
        later = closed(one)
        assert later and later.will.made > one.will.made and decided_last(later, one) == later


@pytest.mark.parametrize("key", [b"k" * 32, b"\xff" * 32])
def test_a_will_that_was_closed_at_its_own_moment_stays_closed(key: bytes) -> None:
    """The last moment that can be written has none after it."""
    will = SealedWill(key, Will("Kim", "", LAST_MOMENT))
    shut = closed(will)
    assert shut and shut.will.made == LAST_MOMENT and decided_last(will, shut) == shut
