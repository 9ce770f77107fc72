"""What two approve together: nothing holds before both said yes, and less is always possible."""

import datetime as dt
from collections.abc import Callable

import pytest

from kapjournal import clock
from kapjournal.domain import joint as rules
from kapjournal.domain.joint import Joint, JointKind, JointText, Standing
from kapjournal.domain.joint_standing import lacking
from kapjournal.domain.members import Role
from kapjournal.domain.partners import OF_PARTNERS, TWO_PARTNERS
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import FLOOR, Journal
from kapjournal.journal.documents.registry import DocumentSpec
from kapjournal.journal.vault.joint_repository import JointRepository
from kapjournal.presentation import joint as saying
from tests.internals import vault_of

from .open_journals import OpenJournals

TODAY = dt.date(2026, 3, 2)


def agreement(touch: str = "Hands, if asked") -> JointText:
    return JointText(JointKind.AGREEMENT, (("touch", touch), ("stop", "Red")), TODAY)


def practice(**more: object) -> JointText:
    return JointText(JointKind.PRACTICE, (("sentence", "Tea at nine"),), TODAY, **more)  # type: ignore[arg-type]


def agreed(three: OpenJournals, text: JointText) -> Joint:
    """Words that everybody approved, one after the other."""
    joint = three.ana.joints.propose(text)
    three.look()
    three.ben.joints.approve(joint.id)
    three.look()
    three.lee.joints.approve(joint.id)
    three.look()
    return three.ana.joints.get(joint.id)


def standings(journal: Journal) -> list[Standing]:
    return [one.standing for one in journal.joints.all()]


def test_an_agreement_holds_once_both_and_the_therapist_said_yes(three: OpenJournals) -> None:
    joint = three.ana.joints.propose(agreement())
    assert joint.standing is Standing.PROPOSED
    for one in (three.ben, three.lee):
        one.refresh()
        [seen] = one.joints.all()
        assert (seen.id, seen.author, seen.text) == (joint.id, three.ana.me.id, agreement())
        assert [member.label for member in lacking(seen, one.members.all())] == ["Ben", "Dr Lee"]
    assert three.ben.joints.approve(joint.id[:6]).standing is Standing.PROPOSED
    three.lee.refresh()
    assert three.lee.joints.approve(joint.id).standing is Standing.HOLDS
    three.look()
    for one in three.journals:
        assert standings(one) == [Standing.HOLDS]
        assert one.joints.holding(JointKind.AGREEMENT) == one.joints.get(joint.id)
        assert one.check().is_clean


def test_of_what_is_between_the_two_a_therapist_reads_nothing_unless_both_said_so(
    three: OpenJournals,
) -> None:
    hidden = three.ana.joints.propose(JointText(JointKind.DIALOGUE, (("topic", "Sundays"),), TODAY))
    shown = three.ana.joints.propose(practice(for_therapists=True))
    three.look()
    assert three.lee.joints.all() == []
    three.ben.joints.approve(shown.id)
    three.look()
    assert [one.id for one in three.lee.joints.all()] == [shown.id]
    assert standings(three.lee) == [Standing.HOLDS]
    three.ben.joints.approve(hidden.id)
    three.look()
    assert [one.id for one in three.lee.joints.all()] == [shown.id]
    with pytest.raises(Refused, match=rules.NOT_YOURS_TO_APPROVE):
        three.lee.joints.approve(shown.id)


def test_at_one_keyboard_both_approve_in_one_step(three: OpenJournals) -> None:
    text = practice(for_therapists=True, review=dt.date(2026, 3, 9))
    joint = three.ana.joints.together(three.ben.joints, text)
    assert joint.standing is Standing.HOLDS and joint.text == text
    assert joint.approved_by == {three.ana.me.id, three.ben.me.id}
    three.lee.refresh()
    for one in three.journals:
        assert standings(one) == [Standing.HOLDS]
        assert rules.due(one.joints.all(), dt.date(2026, 3, 8)) == []
        assert rules.due(one.joints.all(), dt.date(2026, 3, 9)) == one.joints.all()


def test_two_at_one_keyboard_are_the_two_partners(three: OpenJournals) -> None:
    with pytest.raises(Refused, match=OF_PARTNERS):
        three.ana.joints.together(three.lee.joints, practice())
    with pytest.raises(Refused, match=OF_PARTNERS):
        three.ana.joints.together(three.open("Ana").joints, practice())
    with pytest.raises(Refused, match=rules.PARTNERS_WRITE):
        three.lee.joints.together(three.ana.joints, practice())
    assert all(one.joints.all() == [] for one in three.journals)


def test_where_the_words_cannot_be_written_after_the_first_yes_nothing_is_shown_to_anybody(
    three: OpenJournals, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: object, **more: object) -> None:
        raise OSError

    monkeypatch.setattr("kapjournal.journal.joint._propose", fails)
    with pytest.raises(OSError):
        three.ana.joints.together(three.ben.joints, practice())
    three.look()
    assert all(one.joints.all() == [] for one in three.journals)
    monkeypatch.undo()
    three.ana.joints.together(three.ben.joints, practice())
    assert standings(three.ben) == [Standing.HOLDS]


def test_two_computers_that_approve_at_once_both_hold(three: OpenJournals, tmp_path: object) -> None:
    joint = three.ana.joints.propose(agreement())
    three.look()
    first, second = three.ben, three.open("Ben", memory=three.folder / "other")
    copy = three.folder / "copy.kap"
    second.copies.for_own_computer(copy)
    away = three.open("Ben", path=copy, memory=three.folder / "away")
    first.joints.approve(joint.id)
    away.joints.approve(joint.id)
    first.copies.merge(copy)
    three.look()
    three.lee.joints.approve(joint.id)
    three.look()
    away.copies.merge(three.path)
    for one in (*three.journals, away):
        assert standings(one) == [Standing.HOLDS]
        assert one.check().is_clean


def test_less_is_always_possible_and_brings_nothing_earlier_back(three: OpenJournals) -> None:
    wide = agreed(three, agreement("Anywhere"))
    narrow = agreed(three, agreement("Hands"))
    assert standings(three.ben) == [Standing.REPLACED, Standing.HOLDS]
    ended = three.ben.joints.take_back(narrow.id)
    assert ended is not None and ended.standing is Standing.ENDED
    three.look()
    for one in three.journals:
        assert standings(one) == [Standing.REPLACED, Standing.ENDED]
        assert one.joints.holding(JointKind.AGREEMENT) is None
    for gone in (wide, narrow):
        with pytest.raises(Refused, match=rules.NOT_OPEN):
            three.ben.joints.approve(gone.id)


def test_what_its_author_takes_back_before_it_held_is_gone(three: OpenJournals) -> None:
    joint = three.ana.joints.propose(agreement("not kept"))
    three.look()
    assert three.ana.joints.take_back(joint.id) is None
    three.look()
    assert all(one.joints.all() == [] for one in three.journals)
    with pytest.raises(NotFound):
        three.ben.joints.approve(joint.id)


def test_a_no_leaves_the_words_to_both_until_somebody_writes_others(three: OpenJournals) -> None:
    joint = three.ana.joints.propose(agreement())
    three.look()
    three.ben.joints.take_back(joint.id)
    three.look()
    assert standings(three.ana) == [Standing.DECLINED]
    assert three.ben.joints.approve(joint.id).standing is Standing.PROPOSED


def test_a_proposal_from_before_what_holds_is_not_approved_afterwards(three: OpenJournals) -> None:
    old = three.ana.joints.propose(agreement("Anywhere"))
    agreed(three, agreement("Hands"))
    with pytest.raises(Refused, match=rules.SOMETHING_LATER):
        three.ben.joints.approve(old.id)


def test_narrowing_counts_at_once_and_is_read_by_all_three(three: OpenJournals) -> None:
    joint = agreed(three, agreement())
    three.ben.joints.narrow(joint.id, "No hands today")
    three.look()
    for one in three.journals:
        [line] = one.joints.get(joint.id).narrowings
        assert (line.author, line.line) == (three.ben.me.id, "No hands today")
    with pytest.raises(Refused, match=rules.PARTNERS_NARROW):
        three.lee.joints.narrow(joint.id, "mine")
    with pytest.raises(UsageError):
        three.ben.joints.narrow(joint.id, " ")


@pytest.mark.parametrize(
    ("day", "time", "until"),
    [
        (-1, dt.time(9, 59), None),
        (-1, dt.time(10, 1), r"[A-Z][a-z]+day, \d+ [A-Z][a-z]+ \d{4}, 10:00"),
        (0, dt.time(11), "tomorrow, 10:00"),
        (1, dt.time(9, 59), "today, 10:00"),
        (1, dt.time(10), None),
    ],
)
def test_from_a_day_before_a_dose_until_the_pause_ends_only_less_counts(
    three: OpenJournals, day: int, time: dt.time, until: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = agreed(three, agreement())
    open_one = three.ana.joints.propose(agreement("More"))
    dose = clock.today() + dt.timedelta(days=30)
    three.lee.sessions.add(kind=SessionKind.DOSING, date=dose, time=dt.time(10))
    three.look()
    now = clock.moment_of(dose + dt.timedelta(days=day), time)
    monkeypatch.setattr(clock, "now", lambda: now)
    if until is None:
        three.ben.joints.approve(open_one.id)
        return
    sentence = rf"You may always ask for less\. More waits until {until}\."
    with pytest.raises(Refused, match=sentence):
        three.ben.joints.approve(open_one.id)
    with pytest.raises(Refused, match=sentence):
        three.ben.joints.propose(agreement("More still"))
    three.ben.joints.narrow(made.id, "Less")
    three.ben.joints.propose(practice())
    assert three.ben.joints.take_back(made.id) is not None


def test_words_that_cannot_be_stored_are_refused_whole(three: OpenJournals) -> None:
    for fields in ((), (("touch", " \u200b"),)):
        with pytest.raises(UsageError, match=rules.NOTHING_SAID):
            three.ana.joints.propose(JointText(JointKind.PRACTICE, fields, TODAY))
    with pytest.raises(UsageError, match="4,000"):
        three.ana.joints.propose(JointText(JointKind.PRACTICE, (("a", "x" * 4_001),), TODAY))
    with pytest.raises(Refused, match="line 1, column 1"):
        three.ana.joints.propose(JointText(JointKind.PRACTICE, (("a", "\x1b[2J"),), TODAY))
    assert three.ana.joints.all() == []


def test_new_keys_of_either_leave_what_held_as_it_was(three: OpenJournals) -> None:
    agreed(three, agreement())
    three.ana.joints.together(three.ben.joints, practice(for_therapists=True))
    three.look()
    for one in three.journals:
        one.keys.replace("another passphrase of mine", None, strength=FLOOR)
        three.look()
        three.look()
    for one in three.journals:
        assert standings(one) == [Standing.HOLDS, Standing.HOLDS]


def test_a_partner_who_left_ends_what_held_and_leaves_what_was(three: OpenJournals) -> None:
    agreed(three, agreement())
    three.ana.joints.together(three.ben.joints, JointText(JointKind.DIALOGUE, (("topic", "Sundays"),), TODAY))
    three.lee.members.remove("Ben")
    three.look()
    assert standings(three.ana) == [Standing.ENDED, Standing.HOLDS]
    with pytest.raises(Refused, match=TWO_PARTNERS):
        three.ana.joints.propose(practice())


def test_a_therapist_who_joins_later_approves_too(three: OpenJournals) -> None:
    joint = three.ana.joints.propose(agreement())
    three.look()
    three.ben.joints.approve(joint.id)
    co = three.join("Dr May", Role.CO_THERAPIST)
    assert co.joints.all() == []
    three.lee.refresh()
    assert three.lee.joints.approve(joint.id).standing is Standing.HOLDS


def test_once_the_two_went_apart_nothing_binds_them_and_what_was_said_stays(three: OpenJournals) -> None:
    made = agreed(three, agreement())
    said = JointText(JointKind.DIALOGUE, (("topic", "Sundays"),), TODAY)
    three.ana.joints.together(three.ben.joints, said)
    waiting = three.ana.joints.propose(agreement("More"))
    three.look()
    three.ben.apart.end()
    three.look()
    for one in three.journals:
        found = {joint.text.field("touch") or "said": joint.standing for joint in one.joints.all()}
        expected = {"Hands, if asked": Standing.ENDED, "More": Standing.PROPOSED, "said": Standing.HOLDS}
        assert found == {name: expected[name] for name in found}
        assert one.joints.holding(JointKind.AGREEMENT) is None
    refusals: list[Callable[[], object]] = [
        lambda: three.ana.joints.propose(practice()),
        lambda: three.ben.joints.approve(waiting.id),
        lambda: three.ana.joints.together(three.ben.joints, practice()),
    ]
    for refused in refusals:
        with pytest.raises(Refused, match="Sharing has ended"):
            refused()
    with pytest.raises(Refused, match=rules.NO_LONGER):
        three.ben.joints.narrow(made.id, "less")
    assert three.ana.joints.take_back(waiting.id) is None, "what holds nothing can be deleted"


def test_a_therapist_who_joins_later_reads_what_less_was_asked_for(three: OpenJournals) -> None:
    joint = agreed(three, agreement())
    three.ben.joints.narrow(joint.id, "No hands today")
    three.look()
    co = three.join("Dr May", Role.CO_THERAPIST)
    three.look()
    three.look()
    co.refresh()
    [seen] = co.joints.all()
    assert seen.standing is Standing.HOLDS
    assert [one.line for one in seen.narrowings] == ["No hands today"]


def test_who_comes_in_the_place_of_a_partner_reads_nothing_that_two_said_before(three: OpenJournals) -> None:
    said = JointText(JointKind.DIALOGUE, (("topic", "Sundays"),), TODAY)
    joint = three.ana.joints.together(three.ben.joints, said)
    three.lee.members.remove("Ben")
    three.look()
    cem = three.join("Cem", Role.PARTNER)
    three.look()
    three.look()
    cem.refresh()
    assert cem.joints.all() == []
    three.ana.joints.take_back(joint.id)
    cem.refresh()
    assert vault_of(cem).envelopes.of_type("approval") == []


def test_after_going_apart_a_yes_can_still_be_taken_back_and_nobody_is_said_to_have_left(
    three: OpenJournals,
) -> None:
    made = agreed(three, agreement())
    closing = three.ana.joints.together(
        three.ben.joints, JointText(JointKind.CLOSING, (("took", "all of it"),), TODAY)
    )
    three.look()
    three.ben.apart.end()
    three.look()
    every = three.ana.joints.all()
    [line] = saying.standing_lines(three.ana, three.ana.joints.get(made.id), every)
    assert line.startswith(saying.ENDED_WITH_SHARING)
    taken = three.ana.joints.take_back(closing.id)
    assert taken is not None and taken.standing is not Standing.HOLDS
    three.look()
    assert three.ben.joints.get(closing.id).standing is Standing.ENDED
    assert all(one.check().is_clean for one in three.journals)


def test_who_was_removed_takes_a_yes_back_too(three: OpenJournals) -> None:
    closing = three.ana.joints.together(
        three.ben.joints, JointText(JointKind.CLOSING, (("took", "all of it"),), TODAY)
    )
    three.lee.members.remove("Ben")
    three.look()
    three.ben.joints.take_back(closing.id)
    three.look()
    assert standings(three.ana) == [Standing.ENDED]


def test_a_dose_on_the_first_day_there_is_ends_nothing(three: OpenJournals) -> None:
    three.lee.sessions.add(kind=SessionKind.DOSING, date=dt.date.min)
    three.look()
    assert three.ana.joints.not_before() is None


def test_what_is_owed_is_found_in_one_pass_however_much_two_approved(
    three: OpenJournals, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes = list[str]()
    each = JointRepository._each

    def counted(self: JointRepository, spec: DocumentSpec[object]) -> object:
        passes.append(spec.type)
        return each(self, spec)

    monkeypatch.setattr(JointRepository, "_each", counted)
    seen = set[int]()
    for number in range(4):
        said = JointText(JointKind.DIALOGUE, (("topic", f"Sunday {number}"),), TODAY)
        three.ana.joints.together(three.ben.joints, said)
        passes.clear()
        assert list(vault_of(three.ana).joints.owed()) == []
        seen.add(len(passes))
    assert len(seen) == 1
