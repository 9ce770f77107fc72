"""What a partner reports: what can be said, and by whom it can be read."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.self_reports import (
    AfterEffects,
    CheckIn,
    check_readers,
    counts,
    may_be_shown,
    slider_value,
    usual_readers,
)
from kapjournal.errors import Refused, UsageError

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
TIRED, CARD = CheckIn(NOW.date(), NOW), AfterEffects(NOW.date(), NOW)
MEMBERS = [
    Member(MemberId(bytes([number]) * 32), role.value, role, "", removed=removed)
    for number, (role, removed) in enumerate(
        [
            (Role.PARTNER, False),
            (Role.PARTNER, False),
            *((role, False) for role in Role),
            (Role.THERAPIST, True),
        ]
    )
]
ANA, BEN = MEMBERS[0], MEMBERS[1]

names = st.sampled_from(["mood", "fear", "calm"])


@given(st.lists(st.tuples(names, st.none() | st.integers(0, 10))))
def test_the_values_are_those_said_last_each_once_and_in_order(said: list[tuple[str, int | None]]) -> None:
    one, last = TIRED, dict[str, int]()
    for name, value in said:
        one = one.with_value(name, value)
        last.pop(name, None)
        last |= {} if value is None else {name: value}
    assert one.values == tuple(sorted(last.items())) and one.is_empty == (not last)
    assert one.emptied.is_empty


@given(st.lists(st.tuples(names, st.none() | st.booleans())))
def test_so_are_the_answers_of_a_card(said: list[tuple[str, bool | None]]) -> None:
    card, last = CARD, dict[str, bool]()
    for name, answer in said:
        card = card.with_answer(name, answer)
        last.pop(name, None)
        last |= {} if answer is None else {name: answer}
    assert card.answers == tuple(sorted(last.items()))
    assert card.noticed == {name for name, answer in last.items() if answer}


@pytest.mark.parametrize("typed", ["", "-1", "11", "5.5", "five", "٣", "010", "1 0"])
def test_what_is_on_no_slider_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="from 0 to 10"):
        slider_value(typed)
    assert [slider_value(str(value)) for value in range(11)] == list(range(11))


def test_a_card_is_for_its_author_and_the_clinic_and_a_check_in_for_nobody() -> None:
    usual = {one.role for one in MEMBERS if one.id in usual_readers(CARD, MEMBERS)}
    assert usual == {Role.THERAPIST, Role.CO_THERAPIST, Role.PRESCRIBER}
    assert MEMBERS[-1].id not in usual_readers(CARD, MEMBERS), "who was removed reads nothing new"
    assert usual_readers(TIRED, MEMBERS) == frozenset()


@pytest.mark.parametrize("reader", MEMBERS, ids=lambda one: one.role.value)
def test_the_other_partner_alone_is_shown_no_card(reader: Member) -> None:
    is_other = reader.role is Role.PARTNER and reader.id != ANA.id
    assert may_be_shown(CARD, ANA.id, reader) != is_other and may_be_shown(TIRED, ANA.id, reader)
    if is_other:
        with pytest.raises(Refused, match="never shared with your partner"):
            check_readers(CARD, {reader.id}, MEMBERS, ANA.id)
    else:
        check_readers(CARD, {reader.id}, MEMBERS, ANA.id)
    assert counts(reader.id, MEMBERS) == (reader.role is Role.PARTNER)
