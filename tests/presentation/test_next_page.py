"""What is said of the page that fits now, by the clock where the partner is."""

import datetime as dt
from collections.abc import Iterator

import pytest

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.presentation import next_page as saying
from tests.domain.test_next_page import ANA, THURSDAY, session
from tests.wall_clock import in_zone

PARTNER = Member(ANA, "Ana", Role.PARTNER, "")
LEE = Member(MemberId(b"l" * 32), "Dr Lee", Role.THERAPIST, "")


@pytest.fixture
def zone(request: pytest.FixtureRequest) -> Iterator[None]:
    with in_zone(request.param):
        yield


@pytest.mark.parametrize("zone", ["Europe/Vienna"], indirect=True)
def test_hours_are_those_of_the_clock_on_the_wall(zone: None) -> None:
    day = dt.date(2026, 10, 24)  # the night after it, the clock is set back
    dose, kinds = session(1, day), []
    for hours in (24, 25):
        with clock.at(dt.datetime(2026, 10, 24, 8, tzinfo=dt.UTC) + dt.timedelta(hours=hours)):
            page = saying.page_of(PARTNER, [dose])
            assert page is not None
            kinds.append(page.kind)
    assert kinds == [NoteKind.CAPTURE, NoteKind.REFLECT]


@pytest.mark.parametrize("zone", ["UTC"], indirect=True)
def test_why_in_one_line(zone: None) -> None:
    dose, integration = session(1, THURSDAY), session(2, dt.date(2026, 12, 1), SessionKind.INTEGRATION)
    said = []
    for day in (18, 19, 20, 21, 25, 28, 30):
        with clock.at(dt.datetime(2026, 11, day, 12, tzinfo=dt.UTC)):
            page = saying.page_of(PARTNER, [dose, integration])
            assert page is not None
            said.append(saying.why(page))
    assert said == [
        "Before the dose tomorrow: an intention.",
        "A dose today: fragments are enough.",
        "A dose yesterday: going back to the fragments.",
        "A dose on Thu 19 Nov: going back to the fragments.",
        "The week after the dose on Thu 19 Nov: what it means for your days.",
        "Before session 2 on Tue 1 Dec: an intention.",
        "Before session 2 tomorrow: an intention.",
    ]


def test_only_partners_have_one() -> None:
    assert saying.page_of(LEE, [session(1, THURSDAY)]) is None
    assert saying.draft_for(LEE, None).text.kind is NoteKind.OBSERVATION
