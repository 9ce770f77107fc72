"""The booklet: what both approved, and nothing else."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal import clock
from kapjournal.domain.joint import Joint, JointKind, JointText, Response, Standing
from kapjournal.domain.members import Member
from kapjournal.errors import Refused
from kapjournal.presentation.booklet import NOTHING_IN_IT, Booklet, booklet_of
from tests.exchange.fake_journal import ANA, BEN, FIRST, LEE, SECOND

DAY = dt.date(2024, 12, 1)
NOON = dt.datetime(2024, 12, 1, 12, tzinfo=dt.UTC)
WORDS = "the kettle is on"
MEMBERS = (LEE, ANA, BEN)
FIELD = {
    JointKind.DIALOGUE: "summary-first",
    JointKind.LOOP: "name",
    JointKind.PRACTICE: "sentence",
    JointKind.CLOSING: "keep",
    JointKind.AGREEMENT: "touch",
    JointKind.AUTHORISATION: "purpose",
}
LEFT_OUT = (JointKind.AGREEMENT, JointKind.AUTHORISATION)


def joint(kind: JointKind, standing: Standing = Standing.HOLDS, author: Member = ANA, **fields: str) -> Joint:
    named = {name.replace("_", "-"): said for name, said in fields.items()} or {FIELD[kind]: WORDS}
    said = tuple(Response(one.id, approves=True, written=NOON) for one in (ANA, BEN))
    return Joint("j1", author.id, JointText(kind, tuple(named.items()), DAY), NOON, said, (), standing)


def booklet(*joints: Joint) -> Booklet:
    return booklet_of(joints, (FIRST, SECOND), MEMBERS)


def words_of(booklet: Booklet) -> Iterator[str]:
    for chapter in booklet.chapters:
        for entry in chapter.entries:
            yield entry.title
            for caption, words in entry.lines:
                yield from (caption, words)


@pytest.mark.parametrize("kind", JointKind)
@pytest.mark.parametrize("standing", Standing)
def test_what_holds_is_in_it_and_a_practice_that_another_took_the_place_of(
    kind: JointKind, standing: Standing
) -> None:
    is_in_it = kind not in LEFT_OUT and (
        standing is Standing.HOLDS or (kind is JointKind.PRACTICE and standing is Standing.REPLACED)
    )
    if is_in_it:
        assert WORDS in words_of(booklet(joint(kind, standing)))
    else:
        with pytest.raises(Refused, match=NOTHING_IN_IT[:40]):
            booklet(joint(kind, standing))
    beside = joint(JointKind.CLOSING, keep="tea")
    assert (WORDS in words_of(booklet(joint(kind, standing), beside))) == (
        is_in_it and kind is not JointKind.CLOSING
    )


def test_a_dialogue_is_its_topic_a_line_from_each_and_the_request() -> None:
    [chapter] = booklet(
        joint(
            JointKind.DIALOGUE,
            topic="Sundays",
            sender="Ben",
            summary_first="I go quiet",
            summary_second="I ask twice",
            request="Tea",
            request_when="after supper",
        )
    ).chapters
    [entry] = chapter.entries
    assert entry.title == "Sundays"
    assert entry.lines == (
        ("Ben", "I go quiet"),
        ("Ana", "I ask twice"),
        ("A request", "Tea, after supper"),
    )


def test_of_a_loop_it_has_the_name_alone() -> None:
    found = set(words_of(booklet(joint(JointKind.LOOP, name="Sea fog", outside="questions"))))
    assert found == {"", "Sea fog"}


def test_of_several_closings_the_last_is_in_it() -> None:
    earlier, later = (joint(JointKind.CLOSING, keep=one) for one in ("tea", "walks"))
    [chapter] = booklet(earlier, later).chapters
    assert [words for entry in chapter.entries for _, words in entry.lines] == ["walks"]


def test_on_its_title_page_stand_the_two_and_the_months_of_the_sessions_that_were() -> None:
    found = joint(JointKind.LOOP)
    with clock.at(NOON):
        assert booklet(found).names == "Ana and Ben"
        assert booklet(found).months == "November 2024"
        assert booklet_of([found], (), MEMBERS).months == "December 2024"
        later = replace(FIRST, date=dt.date(2025, 2, 1))
        assert booklet_of([found], (FIRST, later), MEMBERS).months == "November 2024"
    with clock.at(NOON + dt.timedelta(days=90)):
        assert booklet_of([found], (FIRST, later), MEMBERS).months == "November 2024 to February 2025"
        before = replace(FIRST, date=dt.date(2024, 9, 1))
        assert booklet_of([found], (before, FIRST), MEMBERS).months == "September to November 2024"


def test_the_two_can_say_how_it_calls_them() -> None:
    found = booklet(joint(JointKind.CLOSING, names="The two from the boathouse", keep="tea"))
    assert found.names == "The two from the boathouse"
    assert "The two from the boathouse" not in words_of(found)


@given(st.lists(st.sampled_from([kind for kind in JointKind if kind not in LEFT_OUT]), min_size=1))
def test_it_is_the_same_whichever_of_the_two_makes_it(kinds: list[JointKind]) -> None:
    joints = [joint(kind) for kind in kinds]
    assert booklet_of(joints, (FIRST,), (LEE, ANA, BEN)) == booklet_of(joints, (FIRST,), (BEN, LEE, ANA))
