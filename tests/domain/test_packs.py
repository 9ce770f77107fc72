"""What goes into which pack, and why the rest does not: one table over every kind there is."""

import datetime as dt
from dataclasses import replace

import pytest

from kapjournal.domain.access_requests import Ground, PackLeft, ground_from, new_request, request_for
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.packs import (
    KINDS,
    Source,
    Why,
    always_withheld,
    fields_for,
    whose_observation,
    why_withheld,
)
from kapjournal.domain.records import RecordText
from kapjournal.errors import Refused, UsageError

FIRST, SECOND, BOTH = About.FIRST, About.SECOND, About.COUPLE
GOES = None
OTHERS, OF_BOTH, OF_ONE = Why.OF_THE_OTHER, Why.OF_BOTH, Why.OF_ONE
DAY = dt.date(2031, 3, 2)

OF_EITHER: dict[About | None, tuple[Why | None, ...]] = {
    FIRST: (GOES, OTHERS, OF_ONE),
    SECOND: (OTHERS, GOES, OF_ONE),
    BOTH: (OF_BOTH, OF_BOTH, GOES),
}


def never(why: Why) -> dict[About | None, tuple[Why | None, ...]]:
    return {about: (why, why, why) for about in (*About, None)}


TABLE: dict[RecordKind | Source, dict[About | None, tuple[Why | None, ...]]] = {
    RecordKind.INTAKE: {BOTH: OF_EITHER[BOTH]},
    RecordKind.PREPARATION: {BOTH: OF_EITHER[BOTH]},
    RecordKind.COUPLE: {BOTH: OF_EITHER[BOTH]},
    RecordKind.PLAN: {BOTH: OF_EITHER[BOTH]},
    RecordKind.PROGRESS: {**OF_EITHER},
    RecordKind.CONTACT: {**OF_EITHER},
    RecordKind.CLOSING: {**OF_EITHER},
    RecordKind.CONSENT: {**OF_EITHER},
    RecordKind.READY: {FIRST: OF_EITHER[FIRST], SECOND: OF_EITHER[SECOND]},
    RecordKind.DOSING: {FIRST: OF_EITHER[FIRST], SECOND: OF_EITHER[SECOND]},
    RecordKind.PROCESS: never(Why.PROCESS),
    RecordKind.SAFETY: never(Why.SAFETY),
    RecordKind.SUPERVISION: never(Why.SUPERVISION),
    Source.PART: {FIRST: OF_EITHER[FIRST], SECOND: OF_EITHER[SECOND]},
    Source.PAGE: {FIRST: OF_EITHER[FIRST], SECOND: OF_EITHER[SECOND]},
    Source.KEPT: {FIRST: OF_EITHER[FIRST], SECOND: OF_EITHER[SECOND]},
    Source.OBSERVATION: {**OF_EITHER, None: (Why.FOR_NOBODY, Why.FOR_NOBODY, Why.FOR_NOBODY)},
    Source.MEASURE: {FIRST: OF_EITHER[FIRST], SECOND: OF_EITHER[SECOND]},
    Source.CHECK_IN: {FIRST: OF_EITHER[FIRST], SECOND: OF_EITHER[SECOND]},
    Source.AFTER_EFFECTS: {FIRST: OF_EITHER[FIRST], SECOND: OF_EITHER[SECOND]},
    Source.TOGETHER: {BOTH: OF_EITHER[BOTH]},
}
"""By kind and by whose it is: in the first one's own pack, the second one's own, and the joint one."""

ROWS = [(kind, about, fates) for kind, row in TABLE.items() for about, fates in row.items()]


def test_every_kind_is_in_the_table() -> None:
    assert list(TABLE) and set(TABLE) == set(KINDS) == {*RecordKind, *Source}


@pytest.mark.parametrize(("kind", "about", "fates"), ROWS, ids=str)
def test_what_goes_in_and_why_the_rest_does_not(
    kind: RecordKind | Source, about: About | None, fates: tuple[Why | None, ...]
) -> None:
    assert tuple(why_withheld(kind, about, pack) for pack in (FIRST, SECOND, BOTH)) == fates


@pytest.mark.parametrize("pack", list(About))
def test_the_list_of_what_is_withheld_has_every_kind_that_is_ever_withheld(pack: About) -> None:
    """And none that is not: it follows from the table alone, whatever there is."""
    place = (FIRST, SECOND, BOTH).index(pack)
    wanted: dict[Why, set[RecordKind | Source]] = {Why.SAID_ALONE: set()}
    for kind, _, fates in ROWS:
        if (why := fates[place]) is not None:
            wanted.setdefault(why, set()).add(kind)
    could_be = {
        kind: [one for one in row if one is not None] for kind, row in TABLE.items() if kind in RecordKind
    }
    assert {why: set(kinds) for why, kinds in always_withheld(pack, could_be).items()} == wanted


def test_the_lists_of_the_two_are_the_same() -> None:
    assert always_withheld(FIRST, {}) == always_withheld(SECOND, {})


IDS = (
    *("referral", "goals-joint", "goals-first", "clearance-first-date", "goals-second"),
    *("violence-asked-first", "violence-asked-second-date", "risk", "measures"),
)


@pytest.mark.parametrize(
    ("about", "pack", "fields"),
    [
        (BOTH, FIRST, {"goals-first", "clearance-first-date"}),
        (BOTH, SECOND, {"goals-second"}),
        (BOTH, BOTH, {"referral", "goals-joint"}),
        (FIRST, FIRST, set(IDS) - {"goals-second", "violence-asked-second-date"}),
        (FIRST, SECOND, set()),
        (FIRST, BOTH, set()),
    ],
)
def test_the_fields_of_a_record_that_a_pack_may_have(about: About, pack: About, fields: set[str]) -> None:
    """What was asked of each alone for their safety is in no pack of a record about both, and no totals; what
    a form asks of the other is not in one's own pack, whomever the record is about."""
    text = RecordText(RecordKind.INTAKE, about, DAY, tuple((one, "said") for one in IDS))
    assert fields_for(text, pack) == fields


def test_a_page_of_the_clinics_is_for_whom_can_read_it() -> None:
    lee, ana, ben = (MemberId(bytes([one]) * 32) for one in (1, 2, 3))
    who = {ana: FIRST, ben: SECOND}
    readers = [{lee}, {lee, ana}, {lee, ben}, {lee, ana, ben}]
    assert [whose_observation(one, [ana, ben], who) for one in readers] == [None, FIRST, SECOND, BOTH]
    assert whose_observation({lee, ben}, [ana, ben], {ana: FIRST}) is None


# --- requests -------------------------------------------------------------------------------------------

CASE = CaseId(b"c" * 16)
LEFT = PackLeft("Ana", "pdf", "ab" * 32, "", 3, (), dt.datetime(2031, 3, 5, tzinfo=dt.UTC))


def test_a_request_is_due_so_many_days_after_it_was_made() -> None:
    request = new_request(CASE, FIRST, dt.date(2031, 2, 1), 30, DAY)
    assert request.due == dt.date(2031, 3, 3)
    assert [request.is_due(request.due - dt.timedelta(days=one)) for one in (1, 0)] == [False, True]
    with pytest.raises(UsageError, match="2031-03-03 has not come yet"):
        new_request(CASE, FIRST, dt.date(2031, 3, 3), 30, DAY)


def test_a_pack_answers_the_oldest_that_is_open_and_else_the_last() -> None:
    first, last = (new_request(CASE, FIRST, DAY - dt.timedelta(days=one), 30, DAY) for one in (9, 2))
    assert request_for([last, first], FIRST) == first
    assert request_for([last, first.with_pack(LEFT, DAY)], FIRST) == last
    answered = [first.with_pack(LEFT, DAY), last.noted_answered(DAY)]
    assert request_for(answered, FIRST) == answered[1]
    with pytest.raises(Refused, match="Note who asked"):
        request_for([first, last], SECOND)


def test_two_computers_lose_no_pack() -> None:
    request = new_request(CASE, FIRST, DAY, 30, DAY)
    twice = request.with_pack(LEFT, DAY).joined(request.with_pack(replace(LEFT, form="html"), DAY))
    assert {one.form for one in twice.packs} == {"pdf", "html"}  # of one moment
    here = request.with_pack(LEFT, DAY + dt.timedelta(days=3))
    there = request.noted_answered(DAY + dt.timedelta(days=1))
    assert here.joined(there) == there.joined(here)
    assert here.joined(there).packs == (LEFT,)
    assert here.joined(there).answered == DAY + dt.timedelta(days=1)


def test_what_is_withheld_on_either_computer_stays_withheld() -> None:
    """Each thing once, the same whichever comes first; what is let in goes in."""
    request = new_request(CASE, FIRST, DAY, 30, DAY)
    here = request.withheld("a", Ground.HARM).withheld("b", Ground.DANGER).withheld("b", None)
    there = request.withheld("c", Ground.PROCEEDING).withheld("a", Ground.CONFIDENCE)
    assert here.withholding == (("a", Ground.HARM),)
    assert here.joined(there) == there.joined(here)
    assert here.joined(there).withholding == (("a", Ground.CONFIDENCE), ("c", Ground.PROCEEDING))


def test_each_pack_of_a_request_has_an_id_of_its_own() -> None:
    """In two forms at one moment too, and the same on every computer."""
    request = replace(new_request(CASE, FIRST, DAY, 30, DAY), id="ab" * 10)
    html = replace(LEFT, form="html")
    assert len({request.id_of(LEFT), request.id_of(html), replace(request, id="cd" * 10).id_of(LEFT)}) == 3
    assert request.id_of(LEFT) == request.with_pack(html, DAY).id_of(replace(LEFT))


def test_what_did_not_leave_answers_nothing() -> None:
    request = new_request(CASE, FIRST, DAY, 30, DAY)
    assert request.with_pack(LEFT, DAY).without_pack(LEFT) == request


def test_a_ground_is_one_of_four() -> None:
    assert ground_from(" Danger") is Ground.DANGER
    with pytest.raises(UsageError, match="confidence, danger, harm, proceeding"):
        ground_from("because")
