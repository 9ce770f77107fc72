"""Sessions: numbers, their one author, and who reads them."""

import datetime as dt
from contextlib import ExitStack

import pytest

from kapjournal import clock
from kapjournal.domain.filters import filter_options
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.exchange.selection import select
from kapjournal.journal import FLOOR, Journal, NewNote, SessionChange, create, join
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.journal_info import JournalInfo
from kapjournal.journal.documents.version import DocumentVersion, new_document_id
from kapjournal.journal.vault.session_repository import SessionRepository
from kapjournal.journal.vault.unit_of_work import DocumentChange
from kapjournal.presentation.course import read_course
from kapjournal.presentation.sessions import added_by
from tests.internals import vault_of

from .open_journals import OpenJournals

DAY = dt.date(2026, 3, 1)


def test_a_session_is_read_by_the_couple_and_the_therapists(three: OpenJournals) -> None:
    sue = three.join("Sue", Role.SUPERVISOR)
    session = three.lee.sessions.add(
        kind=SessionKind.DOSING, date=DAY, time=dt.time(14, 30), number=3, title=" The light "
    )
    assert (session.number, session.time, session.title) == (3, dt.time(14, 30), "The light")
    assert session.author == three.lee.me.id
    three.look()
    for journal in three.journals:
        assert journal.sessions.all() == [session] and journal.sessions.get(3) == session
    assert sue.sessions.all() == []
    with pytest.raises(NotFound):
        sue.sessions.get(3)


def test_who_reads_no_session_looks_for_their_numbers_once(
    three: OpenJournals, monkeypatch: pytest.MonkeyPatch
) -> None:
    sue = three.join("Sue", Role.SUPERVISOR)
    three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY, number=3)
    three.look()
    for _ in range(5):
        three.lee.notes.add(NewNote("They sat close.", session=3, share="Sue"))
    asked: list[SessionRepository] = []
    all_sessions = SessionRepository.all

    def noted(one: SessionRepository) -> list[Session]:
        asked.append(one)
        return all_sessions(one)

    monkeypatch.setattr(SessionRepository, "all", noted)
    vault_of(sue).forget_built()
    three.look()
    assert [note.session for note in sue.notes.all()] == [3] * 5
    assert sum(one is vault_of(sue).sessions for one in asked) == 1


def test_numbers_go_on_from_the_highest_and_are_never_taken_twice(three: OpenJournals) -> None:
    numbers = [
        three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY, number=n).number for n in (None, 7, None)
    ]
    assert numbers == [1, 7, 8]
    with pytest.raises(Refused, match="session 7 already"):
        three.lee.sessions.add(kind=SessionKind.INTAKE, date=DAY, number=7)
    for number in (0, -1, 10_000):
        with pytest.raises(UsageError):
            three.lee.sessions.add(kind=SessionKind.INTAKE, date=DAY, number=number)
    with pytest.raises(UsageError):
        three.lee.sessions.add(kind=SessionKind.INTAKE, date=DAY, title="two\nlines")
    assert len(three.lee.sessions.all()) == 3


def test_two_programs_do_not_take_the_same_number(three: OpenJournals) -> None:
    other = three.open("Dr Lee")
    numbers = [
        program.sessions.add(kind=SessionKind.DOSING, date=DAY).number for program in (three.lee, other)
    ]
    assert numbers == [1, 2]
    three.look()
    assert [s.number for s in three.lee.sessions.all()] == [1, 2] == [s.number for s in other.sessions.all()]


def test_sessions_are_listed_in_the_order_of_the_course(three: OpenJournals) -> None:
    for number, date, time in (
        (1, dt.date(2026, 3, 9), None),
        (2, DAY, dt.time(16)),
        (3, DAY, dt.time(9)),
        (4, DAY, None),
    ):
        three.lee.sessions.add(kind=SessionKind.DOSING, date=date, time=time, number=number)
    assert [session.number for session in three.lee.sessions.all()] == [4, 3, 2, 1]


def test_only_who_added_a_session_changes_it(three: OpenJournals) -> None:
    session = three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY, title="old")
    three.lee.sessions.add(kind=SessionKind.CLOSING, date=dt.date(2026, 3, 9))
    three.look()
    with pytest.raises(NotFound, match="Dr Lee"):
        three.ana.sessions.edit(1, SessionChange(title="mine"))
    with pytest.raises(NotFound):
        three.lee.sessions.edit(9, SessionChange(title="none"))
    with pytest.raises(Refused):
        three.lee.sessions.edit(1, SessionChange(number=2))
    with pytest.raises(UsageError):
        three.lee.sessions.edit(1, SessionChange(number=10_000))
    change = SessionChange(SessionKind.INTEGRATION, dt.date(2026, 3, 2), dt.time(8), 4, "new")
    changed = three.lee.sessions.edit(1, change)
    assert (changed.id, changed.number, changed.title) == (session.id, 4, "new")
    assert three.lee.sessions.edit(4, SessionChange()) == changed
    assert three.lee.sessions.edit(4, SessionChange(title="")).title == ""
    three.look()
    assert [s.number for s in three.ben.sessions.all()] == [4, 2] and three.ben.check().is_clean
    with pytest.raises(NotFound):
        three.ben.sessions.get(1)


def test_partners_add_sessions_only_where_there_is_no_therapist(three: OpenJournals) -> None:
    with pytest.raises(Refused, match="therapist"):
        three.ana.sessions.add(kind=SessionKind.DOSING, date=DAY)
    path = three.folder / "alone.kap"
    alone, _ = create(
        path,
        label="Kim",
        role=Role.PARTNER,
        passphrase="kim opens this door",
        with_recovery=False,
        strength=FLOOR,
        record_folder=three.memory,
    )
    with alone:
        assert alone.sessions.add(kind=SessionKind.DOSING, date=DAY).number == 1


def test_sessions_are_sealed_again_to_a_newcomer_by_their_authors_program(three: OpenJournals) -> None:
    sue = three.join("Sue", Role.CO_THERAPIST)
    three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY)
    hers = sue.sessions.add(kind=SessionKind.CHECK_IN, date=DAY, number=5)
    three.look()
    assert [s.number for s in sue.sessions.all()] == [1, 5] and three.ana.sessions.get(5) == hers
    max_ = three.join("Dr Max", Role.CO_THERAPIST)
    assert [s.number for s in max_.sessions.all()] == [1, 5]
    assert all(journal.check().is_clean for journal in (*three.journals, sue, max_))


def test_a_removed_member_reads_no_later_change_of_a_session(three: OpenJournals) -> None:
    three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY, title="before")
    three.look()
    three.lee.members.remove("Ben")
    three.look()
    three.lee.sessions.edit(1, SessionChange(title="after"))
    three.lee.sessions.add(kind=SessionKind.CLOSING, date=DAY, title="new")
    three.look()
    assert [s.title for s in three.ana.sessions.all()] == ["after", "new"]
    assert not {s.title for s in three.ben.sessions.all()} & {"after", "new"}
    assert three.ben.check().is_clean


def test_a_time_can_be_taken_away(three: OpenJournals) -> None:
    three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY, time=dt.time(9))
    assert three.lee.sessions.edit(1, SessionChange(title="early")).time == dt.time(9)
    assert three.lee.sessions.edit(1, SessionChange(untimed=True)).time is None


def test_the_keeper_says_how_many_doses_are_planned(three: OpenJournals) -> None:
    sue = three.join("Sue", Role.SUPERVISOR)
    assert three.ana.sessions.planned_doses == 0
    three.lee.sessions.plan(8)
    three.look()
    assert [journal.sessions.planned_doses for journal in three.journals] == [8, 8, 8]
    assert sue.sessions.planned_doses == 0
    with pytest.raises(Refused, match="keeper"):
        three.ana.sessions.plan(9)
    for count in (-1, 100):
        with pytest.raises(UsageError, match="between 0 and 99"):
            three.lee.sessions.plan(count)
    three.lee.members.remove("Sue")
    three.join("Dr Max", Role.CO_THERAPIST)
    assert (three.ben.sessions.planned_doses, three.ben.title) == (8, "Ours")
    three.lee.sessions.plan(0)
    three.look()
    assert three.ben.sessions.planned_doses == 0
    assert three.ben.members.get("Sue").removed
    assert all(journal.check().is_clean for journal in three.journals)


ODD = ["null", "-1", "100", str(2**53), "true", '"8"', "[8]", "{}"]


@pytest.mark.parametrize("planned", ODD)
def test_an_odd_number_of_planned_sessions_is_none_and_the_rest_counts(planned: str) -> None:
    gone = frozenset({MemberId(bytes(32))})
    data = registry.JOURNAL_INFO.encode(JournalInfo("Ours", gone, 8), None).data
    assert _decoded(data) == JournalInfo("Ours", gone, 8)
    assert data.count(b'"planned":8,') == 1
    assert _decoded(data.replace(b'"planned":8,', f'"planned":{planned},'.encode())) == JournalInfo(
        "Ours", gone
    )
    assert _decoded(data.replace(b'"planned":8,', b"")) == JournalInfo("Ours", gone)


@pytest.mark.parametrize("planned", ["8.0", "1e1", str(10**30), "-0", "NaN"])
def test_a_number_that_no_program_writes_makes_journal_info_say_nothing(planned: str) -> None:
    data = registry.JOURNAL_INFO.encode(JournalInfo("Ours", frozenset(), 8), None).data
    assert _decoded(data.replace(b'"planned":8,', f'"planned":{planned},'.encode())) == JournalInfo()


def _decoded(data: bytes) -> JournalInfo:
    me = MemberId(bytes(32))
    version = DocumentVersion(DocumentId(bytes(16)), registry.JOURNAL_INFO.type, me, (me,), clock.now(), data)
    return registry.JOURNAL_INFO.decode(version)


def test_a_note_belongs_to_one_session_wherever_it_is_asked(three: OpenJournals) -> None:
    """The list, the search, what a search can be narrowed by, the course and the export."""
    first, second = dt.date(2026, 3, 1), dt.date(2026, 3, 8)
    for day in (first, second):
        three.lee.sessions.add(kind=SessionKind.DOSING, date=day)
    bodies = {
        "named": NewNote("rain named", session=1, date=second),
        "of its day": NewNote("rain of its day", date=first),
        "after": NewNote("rain after", date=dt.date(2026, 3, 3)),
        "before": NewNote("rain before", date=dt.date(2026, 2, 1)),
    }
    ids = {name: three.ana.notes.add(new).id for name, new in bodies.items()}
    belonging = {ids["named"], ids["of its day"]}
    course = read_course(three.ana)
    session = three.ana.sessions.get(1)
    assert {note.id for note in course.notes[(session.id, False)]} == belonging
    assert {note.id for note in three.ana.notes.all(session=1)} == belonging
    assert {hit.note.id for hit in three.ana.search("rain", session=1)} == belonging
    assert {note.id for note in select(three.ana, sessions=[1])} == belonging | {ids["after"]}
    assert three.ana.notes.all(session=2) == []
    offered = filter_options(three.ana.notes.all(), three.ana.members.all(), three.ana.sessions.all())
    assert offered.session == [1]
    three.ana.notes.add(NewNote("of the second", date=second))
    offered = filter_options(three.ana.notes.all(), three.ana.members.all(), three.ana.sessions.all())
    assert offered.session == [1, 2]


def plant(author: Journal, day: dt.date, number: int) -> None:
    """Put a session into the course with a program that does not ask whether the author may."""
    vault = vault_of(author)
    with vault.unit_of_work() as unit:
        session = Session("", author.me.id, number, SessionKind.DOSING, day, None, "planted")
        content = registry.SESSION.encode(session, None)
        readers = vault.membership.course_readers
        unit.put(DocumentChange(new_document_id(), registry.SESSION.type, readers, content))
    vault.forget_built()


def test_a_partners_session_counts_for_nobody_from_the_day_a_therapist_is_known_on(
    three: OpenJournals,
) -> None:
    """Whoever joined first, whatever day it claims, and also once the therapist was removed."""
    path = three.folder / "of-sue.kap"
    with ExitStack() as stack:

        def enter(opened: tuple[Journal, object]) -> Journal:
            return stack.enter_context(opened[0])

        def comes(label: str, role: Role) -> Journal:
            code = sue.members.invite(label, role, strength=FLOOR)
            opened = join(
                path,
                code=code,
                label=label,
                passphrase=f"{label} opens this door",
                with_recovery=False,
                strength=FLOOR,
                record_folder=three.memory,
            )
            journal = enter(opened)
            everybody.append(journal)
            look()
            return journal

        def look() -> None:
            for journal in everybody * 3:
                journal.refresh()

        def titles(journal: Journal) -> set[str]:
            return {session.title for session in journal.sessions.all()}

        sue = enter(
            create(
                path,
                label="Sue",
                role=Role.SUPERVISOR,
                passphrase="sue opens this door",
                with_recovery=False,
                strength=FLOOR,
                record_folder=three.memory,
            )
        )
        everybody = [sue]
        ana, ben = comes("Ana", Role.PARTNER), comes("Ben", Role.PARTNER)
        ben.sessions.add(kind=SessionKind.DOSING, date=DAY, title="of the two")
        look()
        assert titles(ana) == {"of the two"}, "there is no therapist"
        roe = comes("Dr Roe", Role.THERAPIST)
        plant(ben, dt.date(1970, 1, 1), 2)
        roe.sessions.add(kind=SessionKind.INTAKE, date=DAY, title="the therapist’s")
        look()
        assert all(titles(journal) == {"the therapist’s"} for journal in (ana, ben, roe))
        [seen] = ana.sessions.all()
        assert added_by(ana, seen) == "added by Dr Roe" and added_by(roe, seen) == "added by you"
        sue.members.remove("Dr Roe")
        look()
        with pytest.raises(Refused, match="Now the keeper adds the sessions"):
            ben.sessions.add(kind=SessionKind.DOSING, date=DAY)
        plant(ben, dt.date(1970, 1, 1), 3)
        look()
        assert all(titles(journal) == {"the therapist’s"} for journal in (ana, ben))
        assert not read_course(ben).may_add_session
