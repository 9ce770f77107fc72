"""What belongs to a write-up, joined from two computers: alike on both, and what was decided in two ways is
not decided."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.departures import Departure
from kapjournal.domain.ids import CaseId
from kapjournal.domain.supervision import Basis, Pulled
from kapjournal.domain.supervision_reply import Act, Reply
from kapjournal.domain.write_up_work import CaseNames, Choice, Decided, ReviewWork, WriteUpWork

CASE = CaseId(b"c" * 16)
DAY = dt.date(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)

few = st.sampled_from("abc")
decided = st.builds(Decided, st.sampled_from(Choice), few)
words = st.lists(st.sampled_from("uvwxyz"), max_size=3, unique=True).flatmap(
    lambda drawn: st.permutations("abc").map(lambda names: dict(zip(names, drawn, strict=False)))
)
reviews = st.builds(ReviewWork, st.just("Roe"), few, words, st.dictionaries(few, decided))
lines = st.builds(Pulled, few, few, st.just("measure:ab"))
works = st.builds(
    WriteUpWork,
    st.just("0b" * 10),
    st.just(CASE),
    st.sets(lines).map(lambda some: tuple(sorted(some, key=lambda one: (one.field, one.line)))),
    st.sets(few).map(lambda some: tuple(sorted(some))),
    reviews.map(lambda one: (one,)),
)
acts = st.builds(Act, st.just("I"), st.just("ask"), st.none(), few, st.none() | st.dates(), st.just("0c" * 8))


@given(works, works)
def test_both_computers_end_alike_and_nothing_pulled_or_marked_is_lost(
    one: WriteUpWork, other: WriteUpWork
) -> None:
    both = one.joined(other)
    assert both == other.joined(one) == both.joined(both) == both.joined(one)
    for each in (one, other):
        assert set(each.pulled) <= set(both.pulled) and set(each.marks) <= set(both.marks)


@given(works, works)
def test_what_was_decided_differently_is_decided_no_more(one: WriteUpWork, other: WriteUpWork) -> None:
    said = [each.reviews[0].decided for each in (one, other)]
    joined = one.joined(other).reviews[0].decided
    assert joined.keys() == said[0].keys() | said[1].keys()
    for key, found in joined.items():
        each = {them[key] for them in said if key in them}
        assert found == (each.pop() if len(each) == 1 else Decided(Choice.ASK))


@given(works, works)
def test_no_two_names_share_a_word(one: WriteUpWork, other: WriteUpWork) -> None:
    joined = one.joined(other).reviews[0]
    drawn = [*joined.words.values(), joined.case_word]
    assert len(set(drawn)) == len(drawn)


@given(st.lists(few), st.lists(few))
def test_names_are_those_of_both(one: list[str], other: list[str]) -> None:
    joined = CaseNames(CASE, "\n".join(one)).joined(CaseNames(CASE, "\n".join(other)))
    assert set(joined.words.split()) == {*one, *other}


@given(acts, acts)
def test_what_was_said_of_an_act_first_stays(one: Act, other: Act) -> None:
    replies = [Reply(CASE, "0b" * 10, "Roe", "", NOW, (act,)) for act in (one, other)]
    (joined,) = replies[0].joined(replies[1]).acts
    days = [act.closed for act in (one, other) if act.closed]
    assert joined.closed == min(days, default=None)
    if days:
        assert (joined,) == replies[1].joined(replies[0]).acts


@given(st.none() | st.dates(), st.none() | st.dates())
def test_destroyed_stays_destroyed_on_the_earlier_day(one: dt.date | None, other: dt.date | None) -> None:
    left = [
        Departure(
            *(
                CASE,
                "0b" * 10,
                "Heron",
                "Why?",
                "Roe",
                Basis.DEIDENTIFIED,
                "supervision",
                "",
                "md",
                "5b" * 32,
            ),
            *(0, 0, 0, NOW, DAY, day),
        )
        for day in (one, other)
    ]
    joined = left[0].joined(left[1])
    assert joined == left[1].joined(left[0])
    assert joined.destroyed == min((day for day in (one, other) if day), default=None)
    assert joined.is_due(DAY) is (joined.destroyed is None)
