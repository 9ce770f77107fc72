"""The steps of a dialogue: every way through ends, nobody is left out, and a change asks both again."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.dialogue import (
    OTHER_WAYS,
    SPOKEN,
    STEPS,
    Dialogue,
    DialogueDraft,
    OtherWay,
    Step,
    draft_of,
    is_spoken_of,
    next_at,
    resumed,
)
from kapjournal.domain.dialogue_page import (
    FIELDS,
    HOW_OFTEN,
    REQUEST,
    SENDER,
    TOPIC,
    UNTIL,
    WHEN,
    KeptPage,
    usual_day,
)
from kapjournal.domain.ids import MemberId
from kapjournal.errors import Refused, UsageError

ANA, BEN, EVE = (MemberId(letter * 32) for letter in (b"a", b"b", b"e"))
BEGUN = Dialogue(ANA, BEN)
TODAY = dt.date(2026, 3, 20)
NOW = dt.datetime(2026, 3, 20, 18, 30)

moves = st.lists(st.sampled_from(["on", "back", "by_the_other_way"]), max_size=60)
BEFORE_A_TURN = STEPS[: STEPS.index(Step.SENDER)]
places = st.builds(
    Dialogue,
    st.just(ANA),
    st.just(BEN),
    st.sampled_from(STEPS),
    st.booleans(),
    st.booleans(),
).filter(lambda there: not (there.switched and there.step in (*BEFORE_A_TURN, Step.SWITCH)))
lines = st.text(st.characters(categories=["L", "N", "P"]), max_size=30)
pages = st.fixed_dictionaries({field: lines for field in FIELDS if field != UNTIL}).map(
    lambda typed: {
        **typed,
        TOPIC: typed[TOPIC] or "Time",
        REQUEST: typed[REQUEST] or ("Tea" if typed[WHEN] or typed[HOW_OFTEN] else ""),
        UNTIL: "2026-04-01",
    }
)


def gone(path: list[str]) -> Dialogue:
    there = BEGUN
    for move in path:
        there = getattr(there, move)()
    return there


# the steps


def test_going_on_and_on_passes_every_step_and_gives_each_a_turn() -> None:
    seen, there = [BEGUN], BEGUN
    while not there.is_over:
        there = there.on()
        seen.append(there)
    assert {one.step for one in seen} == set(STEPS)
    assert [one.sender for one in seen if one.step is Step.SENDER] == [ANA, BEN]
    assert [one.receiver for one in seen if one.step is Step.MIRROR] == [BEN, ANA]
    assert there.on() == there and there.back() == there


@given(moves)
def test_whatever_is_pressed_there_is_one_sender_and_one_receiver(path: list[str]) -> None:
    there = gone(path)
    assert {there.sender, there.receiver} == {ANA, BEN} == {there.first, there.second}
    assert there.speaks in (None, there.sender, there.receiver)


@given(places)
def test_from_everywhere_going_on_leads_to_the_end(there: Dialogue) -> None:
    for _ in range(2 * len(STEPS)):
        there = there.on()
    assert there.is_over


@given(places)
def test_a_step_back_undoes_a_step_on(there: Dialogue) -> None:
    after = there.on()
    assert after.is_over or after.back() == there


@given(places)
def test_the_other_way_is_there_at_its_step_alone(there: Dialogue) -> None:
    turns = there.other_way not in (None, OtherWay.LATER)
    assert (there.by_the_other_way() != there) == turns
    assert (there.other_way is not None) == (there.step in OTHER_WAYS)


def test_the_sender_says_when_there_is_no_more() -> None:
    asked = Dialogue(ANA, BEN, Step.MORE)
    for _ in range(5):
        again = asked.by_the_other_way()
        assert (again.step, again.sender) == (Step.SENDER, ANA)
        asked = again.on().on()
        assert asked.step is Step.MORE
    assert asked.on().step is Step.SUMMARY


def test_the_two_may_stop_after_one_turn_and_ask_for_nothing() -> None:
    stopped = Dialogue(ANA, BEN, Step.SWITCH).by_the_other_way()
    assert stopped.step is Step.WISH and not stopped.switched
    assert stopped.by_the_other_way().step is Step.KEEP
    assert stopped.on().step is Step.GIFT


def test_the_other_may_begin() -> None:
    asked = Dialogue(ANA, BEN, Step.BEGINS)
    assert asked.other_way is OtherWay.OTHER_BEGINS
    assert asked.by_the_other_way().on().sender == BEN


@given(places)
def test_words_are_typed_only_where_it_is_wanted_and_something_is_said(there: Dialogue) -> None:
    assert there.may_be_typed == (there.typed and there.step in SPOKEN)
    assert not (there.may_be_typed and there.step in (Step.TOPIC, Step.MORE, Step.KEEP, Step.APPROVE))


# what is kept of where they are


@given(places)
def test_an_interruption_goes_on_at_its_step_whoever_opens_it(there: Dialogue) -> None:
    draft = draft_of(there)
    again = resumed(draft, ANA, BEN)
    assert again == resumed(draft, BEN, ANA)
    if there.step is Step.APPROVE:
        assert again.step is Step.KEEP
    else:
        assert again == there


def test_of_other_people_and_of_an_appointment_nothing_goes_on() -> None:
    assert resumed(DialogueDraft(EVE, Step.MIRROR), ANA, BEN) == BEGUN
    put_off = DialogueDraft(BEN, Step.MIRROR, at=dt.datetime(2026, 3, 20, 20, tzinfo=dt.UTC))
    assert resumed(put_off, ANA, BEN) == BEGUN


@given(st.times(), st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1)))
def test_an_appointment_is_within_a_day(hour: dt.time, now: dt.datetime) -> None:
    at = next_at(hour, now)
    assert now < at <= now + dt.timedelta(hours=24) and at.time() == hour


def test_an_appointment_is_spoken_of_until_a_day_after() -> None:
    at = next_at(dt.time(20), NOW)
    assert at == dt.datetime(2026, 3, 20, 20)
    assert is_spoken_of(at, NOW) and is_spoken_of(at, NOW + dt.timedelta(hours=25))
    assert not is_spoken_of(at, NOW + dt.timedelta(hours=26))


# the page


@pytest.mark.parametrize("field", [WHEN, HOW_OFTEN])
def test_a_time_without_a_request_is_asked_about_and_not_dropped(field: str) -> None:
    with pytest.raises(UsageError, match="Say what the request is"):
        KeptPage().filled({TOPIC: "Time", field: "Sundays"}, TODAY)


@given(pages)
def test_nobody_has_approved_what_was_changed(typed: dict[str, str]) -> None:
    page = KeptPage().filled({TOPIC: "Time"}, TODAY).approved_by(ANA).approved_by(BEN)
    assert page.waits_for((ANA, BEN)) is None
    changed = page.filled(typed, TODAY)
    assert (changed.lines == page.lines) == (changed.approved == {ANA, BEN})
    for field in FIELDS:
        left = page.without(field)
        assert (left.lines == page.lines) == (left.approved == page.approved)
    assert page.read_by_therapists(yes=True).approved == frozenset()
    assert page.read_by_therapists(yes=False) == page


@given(pages)
def test_what_is_kept_is_what_was_typed_and_who_sent_first(typed: dict[str, str]) -> None:
    page = KeptPage().filled(typed, TODAY)
    fields = dict(page.fields("Ana"))
    assert fields.pop(SENDER) == "Ana"
    assert UNTIL not in fields
    assert all(page.line(field) == text and text for field, text in fields.items())
    assert (page.review is None) == (not page.line(REQUEST))


def test_both_say_yes_one_after_the_other() -> None:
    page = KeptPage().filled({TOPIC: "Time"}, TODAY)
    assert page.waits_for((ANA, BEN)) == ANA
    page = page.approved_by(ANA)
    assert page.waits_for((ANA, BEN)) == BEN
    assert page.approved_by(BEN).waits_for((ANA, BEN)) is None


def test_a_request_comes_back_on_its_day_and_goes_whole() -> None:
    typed = {TOPIC: "Time", REQUEST: "Tea", WHEN: "Sundays", HOW_OFTEN: "once", UNTIL: "2026-03-27"}
    page = KeptPage().filled(typed, TODAY)
    assert page.review == usual_day(TODAY) == dt.date(2026, 3, 27)
    for field in (REQUEST, UNTIL):
        assert page.without(field).lines == ((TOPIC, "Time"),)
    assert page.without(WHEN).review == page.review
    for day in ("", "2026-03-20", "soon", "2026-02-30"):
        with pytest.raises(UsageError):
            page.filled({**typed, UNTIL: day}, TODAY)


def test_nothing_typed_is_nothing_to_keep() -> None:
    with pytest.raises(Refused, match="nothing to keep"):
        KeptPage().filled({UNTIL: "2026-03-27"}, TODAY)


@pytest.mark.parametrize("line", ["x" * 201, "a\x1b[31m", "two\nlines", "\u200b"])
def test_a_line_that_cannot_be_kept_is_named(line: str) -> None:
    with pytest.raises(UsageError, match="A topic"):
        KeptPage().filled({TOPIC: line}, TODAY)


@pytest.mark.parametrize("line", ["x" * 200, "🕯️ tea", "השעה שלנו", "二人で"])
def test_whatever_script_it_is_in_it_is_kept_as_typed(line: str) -> None:
    assert KeptPage().filled({TOPIC: line}, TODAY).line(TOPIC) == line
