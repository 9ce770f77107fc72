"""Bring this: what a partner marks for the next session, who reads it, and when it is over."""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.domain.bringing import MAX_WORDS, Brought, brought_to, is_current
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import Journal, NewNote, SessionChange
from kapjournal.presentation import bringing as saying
from tests.internals import vault_of
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import practice
from tests.wall_clock import in_zone

NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 20)


def words_of(found: list[Brought]) -> list[str]:
    return [one.words for one in found]


def test_a_line_gives_the_line_and_nothing_of_its_page(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("The hallway.\n\nI want to ask about trust.", date=DAY))
    found = three.ana.bringing.words(" I want to ask about trust.\n", DAY)
    assert found.words == "I want to ask about trust." and found.note == "" and found.date == DAY
    three.look()
    assert three.lee.bringing.current() == [found] == three.ana.bringing.current()
    assert three.ana.notes.get(note.id).is_private
    with pytest.raises(NotFound):
        three.lee.notes.get(note.id)


def test_a_page_is_shared_with_the_therapist_and_with_nobody_else(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("All of this.", date=DAY))
    found = three.ana.bringing.page(note.id[:6])
    assert (found.note, found.words, found.date) == (note.id, "", DAY)
    three.look()
    assert three.lee.notes.get(note.id).readers == {three.ana.me.id, three.lee.me.id}
    assert three.lee.bringing.current() == [found]
    assert three.ana.bringing.page(note.id) == found, "once is enough"
    assert three.ben.bringing.all() == [] and three.ben.notes.all() == []


def test_neither_partner_sees_what_the_other_brings(three: OpenJournals) -> None:
    hers, his = three.ana.bringing.words("About trust."), three.ben.bringing.words("About work.")
    three.look()
    assert three.ana.bringing.all() == [hers] and three.ben.bringing.all() == [his]
    assert three.lee.bringing.all() == [hers, his]
    with pytest.raises(NotFound, match="There is no mark of yours"):
        three.ben.bringing.take_back(hers.id)
    with pytest.raises(NotFound):
        three.lee.bringing.take_back(hers.id)


def test_what_is_taken_back_is_gone_and_a_page_stays_shared(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("All of this.", date=DAY))
    for found in (three.ana.bringing.page(note.id), three.ana.bringing.words("About trust.")):
        three.look()
        three.ana.bringing.take_back(found.id)
    three.look()
    assert three.ana.bringing.all() == [] == three.lee.bringing.all()
    assert three.lee.notes.get(note.id).text.body == "All of this."
    assert all(one.check().is_clean for one in three.journals)


def test_a_page_that_is_withdrawn_is_brought_no_more_and_its_author_is_told(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("All of this.", title="Trust", date=DAY))
    three.ana.bringing.page(note.id)
    three.look()
    three.ana.notes.withdraw(note.id, "Dr Lee")
    three.look()
    assert three.lee.bringing.all() == []
    [line] = saying.read_lines(three.ana)
    assert saying.in_a_line(line) == "“Trust” · the whole page · Dr Lee cannot read this page any more"
    three.ana.notes.delete(note.id)
    [line] = saying.read_lines(three.ana)
    assert line.words == saying.PAGE_GONE and line.note is None


def test_only_partners_bring_and_only_what_is_theirs(three: OpenJournals) -> None:
    note = three.ben.notes.add(NewNote("His.", share="all"))
    three.look()
    sand = three.join("Dr Sand", Role.SUPERVISOR)
    for refused in (three.lee, sand):
        with pytest.raises(Refused, match="Partners mark"):
            refused.bringing.words("About trust.")
        with pytest.raises(Refused, match="Partners mark"):
            refused.bringing.page(note.id)
    with pytest.raises(NotFound, match="of yours"):
        three.ana.bringing.page(note.id)
    three.ana.bringing.words("About trust.")
    three.look()
    sand.refresh()
    assert sand.bringing.all() == []


def test_there_has_to_be_something_and_somebody(
    three: OpenJournals, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for nothing in ("", "  \n", "\u200b"):
        with pytest.raises(UsageError, match="no words"):
            three.ana.bringing.words(nothing)
    with pytest.raises(UsageError, match="at most 2,000 characters"):
        three.ana.bringing.words("x" * (MAX_WORDS + 1))
    clinic = practice(tmp_path_factory.mktemp("clinic"))
    with pytest.raises(Refused, match="this is a practice"):
        clinic.lee.bringing.words("x")
    assert clinic.lee.bringing.all() == []
    clinic.close()


def session(number: int, date: dt.date, time: dt.time | None = None) -> Session:
    return Session(str(number), MemberId(bytes(32)), number, SessionKind.INTEGRATION, date, time, "")


NOON = dt.datetime(2026, 3, 20, 12)


@pytest.mark.parametrize(
    ("sessions", "to"),
    [
        ([], None),
        ([session(1, DAY - dt.timedelta(days=1))], None),
        ([session(1, DAY, dt.time(11))], None),
        ([session(1, DAY, dt.time(13)), session(2, DAY + dt.timedelta(days=7))], 1),
        ([session(1, DAY), session(2, DAY + dt.timedelta(days=7))], 2),
        ([session(2, DAY + dt.timedelta(days=7)), session(1, DAY + dt.timedelta(days=1))], 1),
    ],
)
def test_it_is_for_the_first_session_that_begins_after_it(sessions: list[Session], to: int | None) -> None:
    found = brought_to(NOON, sessions)
    assert (found.number if found else None) == to


def test_it_is_over_when_the_day_of_that_session_is(three: OpenJournals) -> None:
    thursday = session(1, DAY, dt.time(13))
    assert is_current(NOON, [thursday], NOON.replace(hour=23, minute=59))
    assert not is_current(NOON, [thursday], NOON + dt.timedelta(hours=12))
    untimed = session(1, DAY)
    assert is_current(NOON, [untimed], NOON + dt.timedelta(days=5)), "it may have been marked after it"


def test_a_session_that_is_moved_takes_what_is_brought_along(three: OpenJournals) -> None:
    with clock.at(NOW):
        three.lee.sessions.add(kind=SessionKind.INTEGRATION, date=dt.date(2026, 3, 26), time=dt.time(16))
        found = three.ana.bringing.words("About trust.")
        three.look()
        assert saying.reads_when(three.ana) == "Dr Lee reads what you mark, Thursday 26 Mar."
    with clock.at(NOW + dt.timedelta(days=7)):
        assert three.ana.bringing.current() == [] == three.lee.bringing.current()
        assert three.ana.bringing.all() == [found]
        [line] = saying.read_lines(three.ana, earlier=True)
        assert saying.for_when(line) == "for Session 1, 26 Mar" and not line.is_current
        three.lee.sessions.edit(1, SessionChange(date=dt.date(2026, 4, 2)))
        three.look()
        assert three.lee.bringing.current() == [found] == three.ana.bringing.current()
        assert saying.reads_when(three.ana) == "Dr Lee reads what you mark, Thursday 2 Apr."


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_midnight_and_summer_time_are_those_of_who_reads(three: OpenJournals, zone: str) -> None:
    """On 29 March 2026 clocks in Berlin go forward; the session is at ten there, whatever that is in UTC."""
    with in_zone(zone):
        three.lee.sessions.add(kind=SessionKind.INTEGRATION, date=dt.date(2026, 3, 29), time=dt.time(10))
        three.look()
        before = dt.datetime(2026, 3, 29, 9, 59).astimezone()
        late = dt.datetime(2026, 3, 29, 23, 59).astimezone()
        with clock.at(before.astimezone(dt.UTC)):
            for_it = three.ana.bringing.words("Just before.")
        with clock.at(late.astimezone(dt.UTC)):
            after_it = three.ana.bringing.words("Just after.")
            assert three.ana.bringing.current() == [for_it, after_it]
            assert saying.reads_when(three.ana).endswith("None is in the course yet.")
        with clock.at((late + dt.timedelta(minutes=2)).astimezone(dt.UTC)):
            assert three.ana.bringing.current() == [after_it]


def test_two_computers_of_one_partner_mark_and_take_back(three: OpenJournals) -> None:
    other: Journal = three.open("Ana")
    first = three.ana.bringing.words("About trust.")
    other.refresh()
    other.bringing.take_back(first.id)
    second = other.bringing.words("About trust.")
    three.look()
    assert words_of(three.ana.bringing.current()) == ["About trust."] and first.id != second.id
    assert three.ana.check().is_clean and not vault_of(three.ana).troubles
