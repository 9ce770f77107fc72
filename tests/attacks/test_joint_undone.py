"""What two approved narrowed something: nobody brings the wider one back by what they do to the words."""

import datetime as dt
from collections.abc import Callable

import pytest

from kapjournal import clock
from kapjournal.domain.joint import Joint, JointKind, JointText, Narrowing, Standing
from kapjournal.journal import Journal
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.joint import NarrowedWords, Proposal
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange
from kapjournal.presentation.agreed import pad_lines, read_agreed
from kapjournal.presentation.kept_dialogues import kept
from tests.attacks.attacked_journal import AttackedJournal
from tests.attacks.test_joint import TODAY, agreed, answers, approval_by, named, standings, words
from tests.attacks.test_old_keys import renewed
from tests.internals import vault_of


def stored_words(journal: Journal, joint: Joint) -> StoredVersion:
    return next(one.stored for one in vault_of(journal).joints.all() if one.joint.id == joint.id)


def deletes_the_words(attacked: AttackedJournal, ana: Journal, joint: Joint) -> None:
    with vault_of(ana).unit_of_work() as unit:
        unit.delete([stored_words(ana, joint)], [])


def writes_other_words(attacked: AttackedJournal, ana: Journal, joint: Joint) -> None:
    stored = stored_words(ana, joint)
    content = registry.JOINT.encode(Proposal(words("hands, and more"), joint.written), None)
    readers = frozenset(stored.version.readers)
    with vault_of(ana).unit_of_work() as unit:
        unit.put(DocumentChange.again(stored.version, readers, [stored], content=content))


def keeps_the_words_from_the_others(attacked: AttackedJournal, ana: Journal, joint: Joint) -> None:
    stored = stored_words(ana, joint)
    with vault_of(ana).unit_of_work() as unit:
        unit.put(DocumentChange.again(stored.version, frozenset({ana.me.id}), [stored]))


def strikes_the_words(attacked: AttackedJournal, ana: Journal, joint: Joint) -> None:
    attacked.delete(stored_words(ana, joint).row)


@pytest.mark.parametrize(
    "undo",
    [deletes_the_words, writes_other_words, keeps_the_words_from_the_others, strikes_the_words],
)
def test_who_wrote_the_narrower_one_down_brings_nothing_back_by_taking_its_words_away(
    attacked: AttackedJournal, undo: Callable[[AttackedJournal, Journal, Joint], None]
) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        agreed("anywhere", ana, ben, lee)
        narrow = agreed("hands", ana, ben, lee)
        undo(attacked, ana, narrow)
    with attacked.acting("Ben", "Lee") as others:
        for one in others:
            one.refresh()
            assert ("anywhere", Standing.REPLACED) in standings(one)


def test_an_answer_by_old_keys_makes_none_later(attacked: AttackedJournal) -> None:
    """Who is the one partner and knows the old passphrase of the other brings no wider agreement back."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        wide = agreed("anywhere", ana, ben, lee)
        agreed("hands", ana, ben, lee)
        of, everybody = named(ana, wide), sorted(one.me.id for one in (ana, ben, lee))
        ben_id = ben.me.id
    thief = renewed(attacked, "Ben")
    later = clock.now() + dt.timedelta(hours=2)
    thief.writes(approval_by(ben_id, of, everybody, written=later, held=True), everybody)
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        answers(ana, wide, written=later)
        for one in (ben, lee):
            one.refresh()
            assert ("anywhere", Standing.REPLACED) in standings(one)


def test_who_need_not_approve_is_shown_nothing_by_old_keys(attacked: AttackedJournal) -> None:
    """A therapist is not shown that words hold which the other partner never approved."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        text = JointText(JointKind.CLOSING, (("took", "all of it"),), TODAY, for_therapists=True)
        joint = ana.joints.propose(text)
        of, everybody = named(ana, joint), sorted(one.me.id for one in (ana, ben, lee))
        ben_id = ben.me.id
    thief = renewed(attacked, "Ben")
    thief.writes(approval_by(ben_id, of, everybody, JointKind.CLOSING, held=True), everybody)
    with attacked.acting("Ana", "Lee") as (ana, lee):
        stored = stored_words(ana, joint)
        with vault_of(ana).unit_of_work() as unit:
            unit.put(DocumentChange.again(stored.version, frozenset(everybody), [stored]))
        [own] = vault_of(ana).joints.own_answers(of)
        with vault_of(ana).unit_of_work() as unit:
            unit.put(DocumentChange.again(own.stored.version, frozenset(everybody), [own.stored]))
        lee.refresh()
        assert [one.standing for one in lee.joints.all()] != [Standing.HOLDS]


def test_one_alone_keeps_no_dialogue_and_says_of_none_that_it_held(attacked: AttackedJournal) -> None:
    """Words that one puts into the other's mouth are among what the two kept for nobody."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        said = (("topic", "Sundays"), ("sender", "Ben"), ("summary-first", "I hit her"))
        joint = ana.joints.propose(JointText(JointKind.DIALOGUE, said, TODAY, for_therapists=True))
        for claims in (False, True):
            answers(ana, joint, held=claims)
            everybody = frozenset(one.me.id for one in (ana, ben, lee))
            [own] = vault_of(ana).joints.own_answers(named(ana, joint))
            for stored in (stored_words(ana, joint), own.stored):
                with vault_of(ana).unit_of_work() as unit:
                    unit.put(DocumentChange.again(stored.version, everybody, [stored]))
            for one in (ben, lee):
                one.refresh()
                assert [found.standing for found in one.joints.all()] == [Standing.PROPOSED]
                assert kept(one) == []


def test_what_somebody_else_says_held_goes_with_its_author_all_the_same(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, _):
        joint = ana.joints.propose(words("anywhere"))
        ben.refresh()
        ben.joints.approve(joint.id)
        answers(ben, joint, held=True)
        ana.refresh()
        assert ana.joints.take_back(joint.id) is None
        ben.refresh()
        assert ben.joints.all() == []


def test_no_number_of_lines_puts_the_others_less_out_of_sight(attacked: AttackedJournal) -> None:
    """On the dose pad, where there is room for a line: by lines of one's own, dated ahead."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        joint = agreed("hands", ana, ben, lee)
        ben.joints.narrow(joint.id, "No hands today")
        for _ in range(5):
            said = Narrowing(ana.me.id, "x" * 200, clock.now() + dt.timedelta(days=9))
            content = registry.NARROWING.encode(NarrowedWords(named(ana, joint), said), None)
            readers = frozenset(one.me.id for one in (ana, ben, lee))
            with vault_of(ana).unit_of_work() as unit:
                unit.put(DocumentChange(new_document_id(), "narrowing", readers, content))
        lee.refresh()
        assert any("Ben: No hands today" in line for line in pad_lines(read_agreed(lee), []))
