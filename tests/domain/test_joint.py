"""How it stands with words that two approve, whatever was answered when."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain import joint as rules
from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import Joint, JointKind, JointText, Response, Standing
from kapjournal.domain.joint_standing import standing
from kapjournal.domain.members import Member, Role
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.errors import Refused

DAY = dt.date(2026, 3, 2)
START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
ANA = Member(MemberId(b"a" * 32), "Ana", Role.PARTNER, "Ana")
BEN = Member(MemberId(b"b" * 32), "Ben", Role.PARTNER, "Ben")
LEE = Member(MemberId(b"l" * 32), "Dr Lee", Role.THERAPIST, "Dr Lee")
ALL = (ANA, BEN, LEE)


def at(minutes: int) -> dt.datetime:
    return START + dt.timedelta(minutes=minutes)


def says(who: Member, minutes: int, *, approves: bool = True, held: bool = False) -> Response:
    return Response(who.id, approves, at(minutes), held)


def joint(name: str, *responses: Response, kind: JointKind = JointKind.AGREEMENT) -> Joint:
    return Joint(name, ANA.id, JointText(kind, (("touch", name),), DAY), START, responses)


def judged(*joints: Joint) -> dict[str, Standing]:
    return {one.id: one.standing for one in standing(joints, ALL)}


def test_everybody_who_has_to_says_yes_and_an_agreement_needs_a_therapist_too() -> None:
    two = says(ANA, 1), says(BEN, 2)
    assert judged(joint("a", says(ANA, 1))) == {"a": Standing.PROPOSED}
    assert judged(joint("a", *two)) == {"a": Standing.PROPOSED}
    assert judged(joint("a", *two, says(LEE, 3))) == {"a": Standing.HOLDS}
    assert judged(joint("a", *two, kind=JointKind.CLOSING)) == {"a": Standing.HOLDS}
    alone = standing([joint("a", *two)], (ANA, BEN, replace(LEE, removed=True)))
    assert [one.standing for one in alone] == [Standing.HOLDS]
    assert judged(joint("a")) == {"a": Standing.DECLINED}


def test_of_dialogues_and_closings_every_one_holds_of_the_others_the_last() -> None:
    for kind in JointKind:
        both = [
            joint(name, says(ANA, i), says(BEN, i), says(LEE, i), kind=kind) for i, name in enumerate("xy")
        ]
        first = Standing.REPLACED if kind.is_single else Standing.HOLDS
        assert judged(*both) == {"x": first, "y": Standing.HOLDS}


def test_where_each_says_another_is_later_none_holds() -> None:
    one = joint("x", says(ANA, 1), says(BEN, 4), says(LEE, 1))
    other = joint("y", says(ANA, 3), says(BEN, 2), says(LEE, 1))
    assert judged(one, other) == {"x": Standing.REPLACED, "y": Standing.REPLACED}


@given(
    narrow=st.lists(st.tuples(st.booleans(), st.integers(-10, 60), st.booleans()), min_size=1, max_size=1),
    wide=st.tuples(st.booleans(), st.integers(-10, 60)),
    deletes=st.booleans(),
)
def test_nothing_that_one_of_the_two_answers_brings_the_earlier_one_back(
    narrow: list[tuple[bool, int, bool]], wide: tuple[bool, int], *, deletes: bool
) -> None:
    """Ben agreed to the one at 1 and to the other at 20, where it held; Ana answers as she likes."""
    approves, minutes, held = narrow[0]
    hers = [] if deletes else [says(ANA, minutes, approves=approves, held=held)]
    later = joint("narrow", *hers, says(BEN, 20, held=True), says(LEE, 20, held=True))
    earlier = joint("wide", says(ANA, wide[1], approves=wide[0]), says(BEN, 1, held=True), says(LEE, 1))
    assert judged(later, earlier)["wide"] is not Standing.HOLDS


def test_who_left_ends_what_held_and_keeps_what_was() -> None:
    members = (ANA, replace(BEN, removed=True), LEE)
    for kind in JointKind:
        [one] = standing([joint("a", says(ANA, 1), says(BEN, 1), says(LEE, 1), kind=kind)], members)
        assert one.standing is (Standing.ENDED if kind.ends_with_either else Standing.HOLDS)


def test_a_therapist_approves_agreements_alone() -> None:
    for kind in JointKind:
        one = replace(joint("a", says(ANA, 1), kind=kind), standing=Standing.PROPOSED)
        if kind is JointKind.AGREEMENT:
            rules.check_may_approve(one, LEE, [one])
        else:
            with pytest.raises(Refused):
                rules.check_may_approve(one, LEE, [one])


def test_a_dose_of_whoever_closes_the_time_around_it() -> None:
    dose = Session("s", LEE.id, 1, SessionKind.DOSING, dt.date(2026, 3, 5), None, "", frozenset({BEN.id}))
    local = dt.datetime.combine(dose.date, dt.time.min).astimezone()
    end = (local + dt.timedelta(days=1)).replace(hour=10).astimezone(dt.UTC)
    minute = dt.timedelta(minutes=1)
    begins = local.astimezone(dt.UTC) - rules.SOBER
    for now, until in ((begins - minute, None), (begins, end), (end - minute, end), (end, None)):
        assert rules.not_before([dose], now) == until
    assert rules.not_before([replace(dose, kind=SessionKind.INTEGRATION)], begins) is None


@pytest.mark.parametrize("count", [0, 1, 40])
def test_fields_keep_their_order_and_empty_ones_are_left_out(count: int) -> None:
    fields = tuple((f"f{i}", f" {i} ") for i in range(count))
    text = JointText(JointKind.LOOP, (*fields, ("last", "  ")), DAY)
    if not count:
        with pytest.raises(Exception, match=rules.NOTHING_SAID):
            rules.checked(text)
        return
    assert rules.checked(text).fields == tuple((f"f{i}", str(i)) for i in range(count))
