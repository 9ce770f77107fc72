"""A practice will against whoever has one share, shares that were replaced, the file, or keys that were."""

import os
import secrets
import signal
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kapjournal.crypto import shares as crypto
from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.keyring import will_channel
from kapjournal.crypto.row import DROPPED, DROPPED_BYTES, SIZES, front_of
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.members import Role
from kapjournal.errors import CannotSave, UnlockFailed
from kapjournal.journal import (
    FLOOR,
    Journal,
    NewNote,
    check_shares,
    generated_recovery_words,
    generated_shares,
    recover_with_shares,
)
from kapjournal.journal.documents.keys import KEYS
from kapjournal.journal.vault.opening import bodies_on
from kapjournal.store import JournalFile, Transaction
from tests.attacks.attacked_journal import AttackedJournal
from tests.attacks.test_locked import reached
from tests.cast import PASSPHRASES, meet
from tests.internals import finding_sentences, vault_of
from tests.journal.practices import LEE, Practice
from tests.journal.practices import practice as made

NEW = "quite another passphrase"
Shares = tuple[str, ...]


@pytest.fixture
def attacked(practice: Practice) -> AttackedJournal:
    """The same file, as somebody has it who can write to it."""
    return AttackedJournal(practice.folder, practice.path)


def willed(journal: Journal, custodian: str = "Kim") -> Shares:
    shares = generated_shares()
    journal.will.make(shares, custodian)
    return shares


def opens(path: Path, shares: Shares) -> bool:
    """Whether two shares open a door, tried on a copy of the file by a fresh computer; what a check of the
    shares says is the same."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.kap"
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        try:
            check_shares(copy, shares[:2])
            is_said = True
        except UnlockFailed:
            is_said = False
        try:
            recover_with_shares(
                copy, shares=shares[1:], passphrase=NEW, strength=FLOOR, record_folder=Path(folder)
            ).close()
        except UnlockFailed:
            assert not is_said
            return False
        assert is_said
        return True


def keys_row(journal: Journal) -> bytes:
    [stored] = vault_of(journal).envelopes.standing(journal.me.id, KEYS)
    return stored.row


def unlocked(practice: Practice, folder: str = "memory") -> Journal:
    """Dr Lee's program, opened anew."""
    held = vault_of(practice.lee).secrets
    practice.lee.close()
    practice.lee = Journal(JournalFile(practice.path), held, practice.folder / folder)
    return practice.lee


# who has a share, or two that do not fit


def test_one_share_is_found_nowhere_in_the_file_and_makes_no_key_that_finds_anything(
    practice: Practice, attacked: AttackedJournal
) -> None:
    """Whatever of it somebody takes for a secret: its bytes, its words, its number of a will."""
    share = willed(practice.lee)[0]
    read = crypto.read(share, "first")
    raw = b"".join(attacked.rows().values()) + practice.path.read_bytes()
    words = share.encode()
    assert read.value not in raw and words not in raw and read.value.hex().encode() not in raw
    journal_id = attacked.journal_id()
    tried = [read.value, words[:32], read.value[::-1], read.identifier.to_bytes(32, "big")]
    fronts = [front for sealed in attacked.rows().values() if (front := front_of(sealed))]
    for secret in tried:
        channels = will_channel(secret, journal_id), ChannelKey(secret)
        assert not any(channel.find(front) for channel in channels for front in fronts)


def test_shares_of_another_will_open_nothing_alone_or_beside_one_that_does(practice: Practice) -> None:
    mine, other = willed(practice.lee), generated_shares()
    for given in (other[:2], (mine[0], other[1]), (other[0], mine[1])):
        with pytest.raises(UnlockFailed):
            check_shares(practice.path, given)
    assert opens(practice.path, mine) and not opens(practice.path, other)


def test_shares_of_another_practice_open_nothing_here(practice: Practice, tmp_path: Path) -> None:
    """Not even the same shares: the journal's id is part of the channel."""
    (tmp_path / "other").mkdir()
    other = made(tmp_path / "other")
    shares = willed(other.lee)
    other.lee.close()
    willed(practice.lee)
    assert opens(other.path, shares) and not opens(practice.path, shares)


# a stranger with the file


def test_nobody_can_tell_whether_there_is_a_will(practice: Practice, attacked: AttackedJournal) -> None:
    """Making one, trying one and closing one look like any change of one's own: a row is dropped, one of the
    same size comes, with as many tags and wraps, and nothing else moves."""
    shares = generated_shares()
    steps = [
        lambda: practice.lee.keys.renew_recovery_words(generated_recovery_words()),
        lambda: practice.lee.will.make(shares, "K" * 60, "x" * 120),
        lambda: practice.lee.will.rehearse(shares[:2]),
        practice.lee.will.revoke,
    ]
    for step in steps:
        before = attacked.rows()
        step()
        after = attacked.rows()
        [come] = after.keys() - before.keys()
        [dropped] = [i for i, sealed in before.items() if after[i] != sealed]
        assert len(after[come]) == len(before[dropped]) == min(SIZES)
        assert (after[dropped][:1], len(after[dropped])) == (DROPPED, DROPPED_BYTES)


def test_a_replaced_will_put_back_into_the_file_opens_nothing(
    practice: Practice, attacked: AttackedJournal
) -> None:
    first = willed(practice.lee)
    row = keys_row(practice.lee)
    sealed = attacked.rows()[row]
    second = willed(practice.lee)
    dropped = attacked.rows()
    practice.lee.close()
    attacked.insert(row, sealed)
    assert not opens(practice.path, first) and opens(practice.path, second)
    with Journal(JournalFile(practice.path), held(practice), practice.folder / "memory") as lee:
        assert "shares of an older will" in " ".join(finding_sentences(lee))
    assert attacked.rows() == dropped


def held(practice: Practice) -> Any:
    """What Dr Lee's door holds, by its passphrase."""
    from kapjournal.journal.open_file import open_file, secrets_behind  # noqa: PLC0415

    with open_file(practice.path) as file:
        return secrets_behind(file, "Dr Lee", LEE)


def test_a_revoked_will_put_back_opens_nothing(practice: Practice, attacked: AttackedJournal) -> None:
    shares = willed(practice.lee)
    row = keys_row(practice.lee)
    sealed = attacked.rows()[row]
    practice.lee.will.revoke()
    attacked.insert(row, sealed)
    assert not opens(practice.path, shares)
    unlocked(practice, "fresh")
    assert not opens(practice.path, shares) and practice.lee.will.standing() is None


def test_a_struck_will_is_told_and_opens_again_where_a_good_copy_has_it(
    practice: Practice, attacked: AttackedJournal
) -> None:
    shares = willed(practice.lee)
    good = attacked.copy()
    attacked.delete(keys_row(practice.lee))
    lee = unlocked(practice)
    kinds = {finding.kind for finding in lee.findings}
    assert {FindingKind.WILL_MISSING, FindingKind.RECOVERY_WORDS_MISSING} <= kinds
    assert "its shares open nothing any more" in " ".join(finding_sentences(lee))
    assert lee.will.standing() is None and not opens(practice.path, shares)
    lee = unlocked(practice)
    lee.copies.merge(good)
    assert (will := lee.will.standing()) and will.custodian == "Kim"
    assert opens(practice.path, shares) and opens(good, shares)


def test_a_program_that_stays_open_puts_a_struck_will_back(
    practice: Practice, attacked: AttackedJournal
) -> None:
    shares = willed(practice.lee)
    attacked.delete(keys_row(practice.lee))
    with Journal(JournalFile(practice.path), held(practice), practice.folder / "fresh"):
        assert not opens(practice.path, shares)
    practice.look()
    assert opens(practice.path, shares)


# several copies, several programs


def test_a_new_will_closes_the_old_shares_in_every_copy_it_reaches(
    practice: Practice, attacked: AttackedJournal
) -> None:
    first = willed(practice.lee)
    elsewhere = attacked.copy()
    second = willed(practice.lee)
    assert [opens(elsewhere, one) for one in (first, second)] == [True, False]
    practice.lee.copies.merge(elsewhere)
    for path in (practice.path, elsewhere):
        assert [opens(path, one) for one in (first, second)] == [False, True]


def test_a_revoked_will_is_closed_in_every_copy_even_where_the_keys_were_written_since(
    practice: Practice,
) -> None:
    """The other computer gets new recovery words, knowing only the will."""
    shares = willed(practice.lee)
    with practice.copy(practice.folder / "other.kap") as other:
        practice.lee.will.revoke()
        other.keys.renew_recovery_words(generated_recovery_words())
        other.will.rehearse(shares[:2])
        practice.lee.copies.merge(other.path)
        practice.look()
        assert other.will.standing() is None is practice.lee.will.standing()
        for path in (practice.path, other.path):
            assert not opens(path, shares)


def test_of_two_wills_made_at_once_the_later_opens_in_both_copies(practice: Practice) -> None:
    with practice.copy(practice.folder / "other.kap") as other:
        sets = [willed(practice.lee), willed(other, "Noor")]
        practice.lee.copies.merge(other.path)
        practice.look()
        for journal in (practice.lee, other):
            assert (will := journal.will.standing()) and will.custodian == "Noor"
            assert [opens(journal.path, one) for one in sets] == [False, True]


def test_a_will_is_not_undone_by_a_program_that_knew_of_none(practice: Practice) -> None:
    with Journal(JournalFile(practice.path), held(practice), practice.folder / "memory") as other:
        first, second = willed(practice.lee), willed(practice.lee)
        other.keys.renew_recovery_words(generated_recovery_words())
        practice.look()
        other.refresh()
        assert [opens(practice.path, one) for one in (first, second)] == [False, True]
        practice.lee.will.revoke()
        other.keys.renew_recovery_words(generated_recovery_words())
        practice.look()
        assert not opens(practice.path, second)


# new keys, and who has the old ones


def test_new_keys_close_the_will_also_after_an_older_copy_was_merged(
    practice: Practice, attacked: AttackedJournal
) -> None:
    shares = willed(practice.lee)
    older = attacked.copy()
    practice.lee.keys.replace(NEW, None, strength=FLOOR)
    practice.lee.copies.merge(older)
    unlocked(practice, "fresh")
    assert not opens(practice.path, shares) and not opens(older, shares)
    assert practice.lee.will.standing() is None


@pytest.mark.parametrize("made_later", [True, False])
def test_a_thief_with_the_old_door_keeps_no_will_alive(
    practice: Practice, attacked: AttackedJournal, made_later: bool
) -> None:
    """They open an older copy with the old passphrase, make a will there, and hand that copy in."""
    willed(practice.lee)
    copy = attacked.copy()
    old = held(practice)

    def thieves() -> Shares:
        with Journal(JournalFile(copy), old, practice.folder / "thief") as thief:
            return willed(thief, "the thief")

    early = thieves()
    practice.lee.keys.replace(NEW, None, strength=FLOOR)
    late = thieves() if made_later else early
    practice.lee.copies.merge(copy)
    for _ in range(2):
        unlocked(practice).notes.add(NewNote("not for the thief"))
        assert practice.lee.will.standing() is None
        assert not opens(practice.path, early) and not opens(practice.path, late)


# what a will opens


def test_nothing_of_a_partners_own_follows_from_the_secret_of_a_will(practice: Practice) -> None:
    """From the raw secret to every key it leads to: none of them finds a row of Ana's to herself, or of Ben's
    and hers, in the couple's journal; the ones that are Dr Lee's to read they do find."""
    path = practice.folder / "ours.kap"
    doors = meet(path, practice.folder / "memory", with_recovery=True)
    lee = practice.lee
    couple = lee.couples.add("Ana and Ben", path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
    with Journal(JournalFile(path), doors["Ana"], practice.folder / "memory") as ana:
        private = ana.notes.add(NewNote("mine alone"))
        between = ana.notes.add(NewNote("ours", share="Ben"))
        given = ana.notes.add(NewNote("for Lee", share="Dr Lee"))
        vault = vault_of(ana)
        rows = {one.version.text: one.row for one in vault.envelopes.current.values() if one.version.text}
        hidden = [row for row in (rows["mine alone"], rows["ours"])] + list(vault.envelopes.drafts)
        hidden += [one.row for one in vault.envelopes.standing(ana.me.id, KEYS)]
        assert private and between and given
    shares = willed(lee)
    with recover_with_shares(
        practice.path, shares=shares[:2], passphrase=NEW, strength=FLOOR, record_folder=practice.folder / "k"
    ) as custodian:
        secret = crypto.united(shares[:2])
        theirs = custodian.open_couple(couple.case)
        keys = every_key(secret, custodian, theirs)
        theirs.close()
    sealed = AttackedJournal(practice.folder, path).rows()
    fronts = {row_id: front for row_id in sealed if (front := front_of(sealed[row_id]))}
    assert any(key.find(fronts[rows["for Lee"]]) for key in keys), "the control"
    for row_id in hidden:
        assert not any(key.find(fronts[row_id]) for key in keys)


def every_key(secret: bytes, *journals: Journal) -> list[ChannelKey]:
    """Each channel that the secret, the practice and the couple's journal behind it lead to, and each bare
    secret of them taken for a channel."""
    found = []
    for journal in journals:
        vault = vault_of(journal)
        channels = vault.envelopes.channels
        found += [channel.key for channel in channels.all()]
        found += [*channels.shared_keys.values(), *channels.drafts_keys]
        own_keys = vault.membership.own_keys
        bare = (secret, *own_keys.masters, *own_keys.journal_keys, vault.secrets.first)
        found += [ChannelKey(one) for one in bare]
        found += [will_channel(one, vault.journal_id) for one in bare]
    return found


def test_a_will_of_a_colleague_opens_no_record_that_was_not_shared_with_them(practice: Practice) -> None:
    kim = practice.joins("Kim", Role.CO_THERAPIST)
    shares = willed(kim, "Noor")
    practice.lee.notes.add(NewNote("Lee's own"))
    practice.look()
    with recover_with_shares(
        practice.path, shares=shares[:2], passphrase=NEW, strength=FLOOR, record_folder=practice.folder / "n"
    ) as noor:
        assert noor.me.label == "Kim" and noor.notes.all() == []


# a disk that fails, a lock


@pytest.mark.parametrize("moment", ["put", "replace"])
def test_a_save_that_fails_leaves_the_will_before(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    first, second = willed(practice.lee), generated_shares()

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    for change in (lambda: practice.lee.will.make(second, "Noor"), practice.lee.will.revoke):
        with monkeypatch.context() as patch:
            patch.setattr(Transaction, moment, full)
            with pytest.raises(CannotSave):
                change()
        assert opens(practice.path, first) and not opens(practice.path, second)
        assert (will := practice.lee.will.standing()) and will.custodian == "Kim"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_killed_between_taking_and_giving(practice: Practice) -> None:
    first, second = willed(practice.lee), generated_shares()
    door = held(practice)
    practice.lee.close()
    if (child := os.fork()) == 0:
        with Journal(JournalFile(practice.path), door, practice.folder / "memory") as lee:
            real = Transaction.replace

            def dies(*given: Any) -> None:
                real(*given)
                os.kill(os.getpid(), signal.SIGKILL)

            setattr(Transaction, "replace", dies)  # noqa: B010 - for the child alone
            lee.will.make(second, "Noor")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert opens(practice.path, first) and not opens(practice.path, second)


def test_a_closed_practice_leads_to_no_key_of_the_will(practice: Practice) -> None:
    shares = willed(practice.lee, "somebody called Kim")
    practice.lee.will.rehearse(shares[:2])
    ours = {will_channel(crypto.united(shares[:2]), vault_of(practice.lee).journal_id).raw}
    everything = list(reached(vars(practice.lee)))
    assert ours <= {one for one in everything if isinstance(one, bytes)}, "the control"
    practice.lee.close()
    left = list(reached(vars(practice.lee)))
    assert not ours & {one for one in left if isinstance(one, bytes)}
    assert not [one for one in left if isinstance(one, str) and "somebody called Kim" in one]


def test_the_row_that_shares_find_is_that_of_the_keys_alone(
    practice: Practice, attacked: AttackedJournal
) -> None:
    shares = willed(practice.lee)
    channel = will_channel(crypto.united(shares[:2]), attacked.journal_id())
    found = [row_id for row_id, _ in bodies_on(channel, attacked.rows().items())]  # type: ignore[arg-type]
    assert found == [keys_row(practice.lee)]
    strange = will_channel(secrets.token_bytes(32), attacked.journal_id())
    assert not [row_id for row_id, _ in bodies_on(strange, attacked.rows().items())]  # type: ignore[arg-type]
