"""Recovery words in several copies and several programs: what was replaced stays replaced everywhere."""

import shutil

import pytest

from kapjournal.crypto.envelope import ChannelKey
from kapjournal.journal import FLOOR, NewNote, generated_recovery_words
from tests.attacks.attacked_journal import AttackedJournal
from tests.attacks.test_recovery import opens, renewed, words_row
from tests.internals import finding_sentences, vault_of


def test_an_older_copy_still_opens_with_the_older_words(attacked: AttackedJournal) -> None:
    """The keys below do not change. The program and the README say so."""
    first = renewed(attacked, "Ana")
    older = attacked.copy()
    renewed(attacked, "Ana")
    assert opens(older, first) and not opens(attacked.path, first)


def test_new_words_reach_every_copy_and_close_the_old_ones_there(attacked: AttackedJournal) -> None:
    first = renewed(attacked, "Ana")
    elsewhere = attacked.copy()
    second = renewed(attacked, "Ana")
    assert [opens(elsewhere, one) for one in (first, second)] == [True, False]
    with attacked.acting("Ben") as (ben,):
        ben.copies.merge(elsewhere)
    assert [opens(elsewhere, one) for one in (first, second)] == [False, True]


def test_of_new_words_made_on_two_computers_at_once_one_set_opens_and_always_the_same(
    attacked: AttackedJournal,
) -> None:
    """Whichever copy is brought into which: it is the set that was made last."""
    renewed(attacked, "Ana")
    elsewhere = AttackedJournal(attacked.folder, attacked.copy(), attacked.held)
    sets = [renewed(attacked, "Ana"), renewed(elsewhere, "Ana", remembering=False)]
    with attacked.acting("Ana") as (ana,):
        ana.copies.merge(elsewhere.path)
    for path in (attacked.path, elsewhere.path):
        assert [opens(path, one) for one in sets] == [False, True]


@pytest.mark.parametrize("had_words", [True, False])
def test_new_words_are_not_undone_by_a_program_that_stays_open(
    attacked: AttackedJournal, had_words: bool
) -> None:
    """Ana's other program knew the words before, or of none."""
    first = renewed(attacked, "Ana") if had_words else generated_recovery_words()
    second = generated_recovery_words()
    with attacked.acting("Ana", "Ana") as (one, other):
        one.keys.renew_recovery_words(second)
        for _ in range(2):
            other.refresh()
            other.notes.add(NewNote("written with the other"))
            one.refresh()
    assert [opens(attacked.path, each) for each in (first, second)] == [False, True]


@pytest.mark.parametrize("made_later", [True, False])
def test_a_thief_with_the_old_door_gets_no_words_into_the_new_one(
    attacked: AttackedJournal, made_later: bool
) -> None:
    """They open an older copy with Ana's old passphrase, make words there, and hand that copy in."""
    renewed(attacked, "Ana")
    copy = AttackedJournal(attacked.folder, attacked.copy(), dict(attacked.held))
    early = renewed(copy, "Ana", remembering=False)
    with attacked.acting("Ana") as (ana,):
        ana.keys.replace("ana has quite new keys now", None, strength=FLOOR)
        attacked.held["Ana"] = vault_of(ana).secrets
    late = renewed(copy, "Ana", remembering=False) if made_later else early
    with attacked.acting("Ben") as (ben,):
        ben.copies.merge(copy.path)
    for _ in range(2):
        with attacked.acting("Ana") as (ana,):
            ana.notes.add(NewNote("not for the thief"))
            assert ana.keys.are_found_by(ChannelKey(b""))
    assert not opens(attacked.path, early) and not opens(attacked.path, late)


def test_words_whose_row_was_struck_open_again_where_a_good_copy_has_it(attacked: AttackedJournal) -> None:
    """Ana's program wrote her keys again meanwhile, without the words, which it could not know."""
    first = renewed(attacked, "Ana")
    good = attacked.copy()
    attacked.delete(words_row(attacked, "Ana"))
    with attacked.acting("Ana") as (ana,):
        assert "Your recovery words open nothing any more" in " ".join(finding_sentences(ana))
    assert not opens(attacked.path, first)
    with attacked.acting("Ana") as (ana,):
        ana.copies.merge(good)
        assert ana.findings == ()
    assert opens(attacked.path, first) and opens(good, first)


def test_a_copy_of_the_file_elsewhere_is_renewed_by_itself(attacked: AttackedJournal) -> None:
    first = renewed(attacked, "Ana")
    shutil.copy(attacked.path, attacked.folder / "other.kap")
    other = AttackedJournal(attacked.folder, attacked.folder / "other.kap", attacked.held)
    renewed(other, "Ana")
    assert opens(attacked.path, first) and not opens(other.path, first)
