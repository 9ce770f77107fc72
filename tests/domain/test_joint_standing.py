"""Whose yes words lack, who reads them, and when they held."""

from dataclasses import replace

import pytest

from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import Joint, JointKind, Standing
from kapjournal.domain.joint_standing import awaits, held_from, held_until, readers, standing, the_two
from kapjournal.domain.members import Member, Role
from tests.domain.test_joint import ALL, ANA, BEN, LEE, START, at, joint, says

MAY = Member(MemberId(b"m" * 32), "Dr May", Role.CO_THERAPIST, "Dr May")
ODE = Member(MemberId(b"o" * 32), "Ode", Role.SUPERVISOR, "Ode")


def waits_for(one: Joint, *others: Joint) -> list[str]:
    every = standing([one, *others], [*ALL, MAY])
    [judged] = [each for each in every if each.id == one.id]
    members = [*ALL, MAY, ODE]
    return [member.label for member in members if awaits(judged, member, members, every)]


def test_words_wait_for_each_who_has_to_approve_and_of_therapists_for_either() -> None:
    assert waits_for(joint("a", says(ANA, 1))) == ["Ben", "Dr Lee", "Dr May"]
    assert waits_for(joint("a", says(ANA, 1), says(LEE, 2))) == ["Ben"]
    assert waits_for(joint("a", says(ANA, 1), kind=JointKind.DIALOGUE)) == ["Ben"]
    assert waits_for(joint("a", says(ANA, 1), says(BEN, 2), says(MAY, 3))) == []


def test_words_that_nobody_stands_behind_or_that_something_later_passed_wait_for_nobody() -> None:
    assert waits_for(joint("a", says(ANA, 1), says(BEN, 2, approves=False))) == []
    later = joint("b", says(ANA, 3), says(BEN, 4), says(LEE, 5))
    assert waits_for(joint("a", says(ANA, 1)), later) == []


@pytest.mark.parametrize(
    ("kind", "for_them", "holds", "also_lee"),
    [
        (JointKind.AGREEMENT, False, False, True),
        (JointKind.LOOP, False, True, False),
        (JointKind.LOOP, True, False, False),
        (JointKind.LOOP, True, True, True),
    ],
)
def test_therapists_read_agreements_and_what_both_approved_for_them(
    kind: JointKind, for_them: bool, holds: bool, also_lee: bool
) -> None:
    text = replace(joint("a", kind=kind).text, for_therapists=for_them)
    expected = {ANA.id, BEN.id} | ({LEE.id} if also_lee else set())
    assert readers(text, [*ALL, ODE], holds=holds) == expected
    assert BEN.id not in readers(text, [ANA, replace(BEN, removed=True), LEE], holds=holds)


def test_when_it_held_is_from_the_last_yes_until_the_first_no_or_what_came_in_its_place() -> None:
    first, last = joint("a", says(ANA, 1), says(BEN, 2), says(LEE, 3)), joint("b", says(ANA, 5), says(BEN, 6))
    last = replace(last, responses=(*last.responses, says(LEE, 7)))
    every = standing([first, last], ALL)
    assert [one.standing for one in every] == [Standing.REPLACED, Standing.HOLDS]
    assert [(held_from(one), held_until(one, every)) for one in every] == [(at(3), at(7)), (at(7), None)]
    ended = joint("c", says(ANA, 1, held=True), says(BEN, 9, approves=False, held=True), says(LEE, 3))
    [judged] = standing([ended], ALL)
    assert judged.standing is Standing.ENDED
    assert (held_from(judged), held_until(judged, [judged])) == (at(3), at(9))


def test_the_two_are_in_one_order_for_both_whoever_wrote_it() -> None:
    for author in (ANA, BEN):
        mine = Joint("a", author.id, joint("a").text, START, (says(author, 1),))
        assert the_two(mine, ALL) == [ANA.id, BEN.id]
    ben_left = (ANA, replace(BEN, removed=True), LEE)
    carl = Member(MemberId(b"c" * 32), "Carl", Role.PARTNER, "Carl")
    assert the_two(joint("a", says(ANA, 1), says(BEN, 2)), (*ben_left, carl)) == [ANA.id, BEN.id]
    assert the_two(joint("a", says(ANA, 1)), (ANA, LEE)) == [ANA.id]
