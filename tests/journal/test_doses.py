"""Doses in a journal: a plan from before, who doses, and what a newer program says of either."""

import datetime as dt
from dataclasses import replace

import pytest

from kapjournal import clock
from kapjournal.domain.doses import Dose
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import Refused
from kapjournal.journal import SessionChange
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.journal_info import JournalInfo
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.strict_encoding import from_json, to_json
from kapjournal.presentation.course import read_course
from kapjournal.presentation.sessions import about_dose
from tests.internals import says_the_old_number

from .open_journals import OpenJournals

DAY = dt.date(2026, 3, 1)


def test_a_number_of_sessions_from_before_is_shown_until_doses_are_planned(three: OpenJournals) -> None:
    three.lee.sessions.add(kind=SessionKind.PREPARATION, date=DAY)
    three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY)
    says_the_old_number(three.lee, 8)
    three.look()
    for journal in three.journals:
        assert (journal.sessions.planned_doses, journal.sessions.planned) == (0, 8)
        assert read_course(journal).ahead == "sessions 3 to 8"
        assert journal.sessions.doses.of(journal.sessions.get(2)) == Dose(1, 0, None)
    three.lee.sessions.plan(6)
    three.look()
    for journal in three.journals:
        assert (journal.sessions.planned_doses, journal.sessions.planned) == (6, 8), "it is not converted"
        assert read_course(journal).ahead == "doses 2 to 6"
    three.lee.sessions.plan(0)
    three.look()
    assert (three.ana.sessions.planned_doses, three.ana.sessions.planned) == (0, 0)
    assert read_course(three.ana).ahead == ""


def test_who_doses_is_read_by_the_couple_as_the_therapist_wrote_it(three: OpenJournals) -> None:
    ana, ben = three.ana.me.id, three.ben.me.id
    three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY, dosing=frozenset({ana}))
    three.lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 13), dosing=frozenset({ana, ben}))
    three.lee.sessions.plan(8)
    three.look()
    for journal in three.journals:
        doses = journal.sessions.doses
        said = [about_dose(journal, session, doses) for session in journal.sessions.all()]
        assert said == [
            ["dose 1 of 8", "Ana doses"],
            ["dose 2 of 8", "12 days after dose 1", "both dose"],
        ]
    three.lee.sessions.edit(1, SessionChange(title="Her turn"))
    assert three.lee.sessions.get(1).dosing == {ana}
    assert three.lee.sessions.edit(1, SessionChange(dosing=frozenset({ben}))).dosing == {ben}
    assert three.lee.sessions.edit(1, SessionChange(dosing=frozenset())).dosing == frozenset()
    three.lee.sessions.edit(2, SessionChange(kind=SessionKind.INTEGRATION))
    three.look()
    assert [session.dosing for session in three.ana.sessions.all()] == [frozenset(), frozenset()]
    with pytest.raises(Refused, match="dosing sessions alone"):
        three.lee.sessions.edit(2, SessionChange(dosing=frozenset({ben})))
    with pytest.raises(Refused, match="Only partners"):
        three.lee.sessions.edit(1, SessionChange(dosing=frozenset({three.lee.me.id})))
    with pytest.raises(Refused, match="dosing sessions alone"):
        three.lee.sessions.add(kind=SessionKind.INTAKE, date=DAY, dosing=frozenset({ben}))


def test_a_dose_is_numbered_only_for_those_who_read_every_session(three: OpenJournals) -> None:
    sue = three.join("Sue", Role.SUPERVISOR)
    three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY)
    later = three.lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 13), number=5)
    three.look()
    assert sue.sessions.doses.of(later) is None
    assert three.ana.sessions.doses.of(later) == Dose(2, 0, 12)


DOSING = {"number": 1, "kind": "dosing", "date": "2026-03-01", "time": None, "title": ""}


@pytest.mark.parametrize("said", [None, "both", [1], ["00"], {"Ana": "low"}, ["00" * 32] * 3, True])
def test_who_doses_in_a_form_not_known_here_is_not_said_and_stays(said: object) -> None:
    before = _version(registry.SESSION.type, to_json({**DOSING, "dosing": said, "chaperone": "Cy"}))
    session = registry.SESSION.decode(before)
    assert session.dosing == frozenset()
    again = registry.SESSION.encode(replace(session, title="Moved"), before)
    assert from_json(again.data) == {**DOSING, "title": "Moved", "dosing": said, "chaperone": "Cy"}
    dosing = replace(session, dosing=frozenset({MemberId(bytes(32))}))
    assert from_json(registry.SESSION.encode(dosing, before).data)["dosing"] == ["00" * 32]


@pytest.mark.parametrize("said", [None, -1, 100, True, "8", {"at most": 8}])
def test_planned_doses_in_a_form_not_known_here_are_not_said_and_stay(said: object) -> None:
    data = from_json(registry.JOURNAL_INFO.encode(JournalInfo("Ours", planned=8), None).data)
    assert "planned_doses" not in data, "nothing is written for what was never said"
    before = _version(registry.JOURNAL_INFO.type, to_json({**data, "planned_doses": said}))
    info = registry.JOURNAL_INFO.decode(before)
    assert info == JournalInfo("Ours", planned=8)
    again = registry.JOURNAL_INFO.encode(replace(info, title="Theirs"), before)
    assert from_json(again.data) == {**data, "title": "Theirs", "planned_doses": said}


def _version(type_: str, data: bytes) -> DocumentVersion:
    me = MemberId(bytes(32))
    return DocumentVersion(DocumentId(bytes(16)), type_, me, (me,), clock.now(), data)
