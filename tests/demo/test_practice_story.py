"""The practice's story: a whole record of each dose, nothing that advises or labels, nobody's real name."""

import re
from collections.abc import Iterator

from kapjournal.content.forms import all_forms, form_for
from kapjournal.demo import practice_story, story
from kapjournal.demo.practice_story import StoryCouple, StoryRecord
from kapjournal.domain.dosing import BOOSTER, LineKind, RowKind
from kapjournal.domain.forms import About, FieldKind, RecordKind
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import check_passphrase

PRACTICE = practice_story.load(story.load())
OWN = PRACTICE.couples[0]
DOSES = [record for record in OWN.records if record.kind is RecordKind.DOSING]


def records() -> Iterator[tuple[StoryCouple, StoryRecord]]:
    for couple in PRACTICE.couples:
        for record in couple.records:
            yield couple, record


def words_of(record: StoryRecord) -> str:
    said = [record.fields, *(row.fields for row in record.rows), *(one.fields for one in record.changes)]
    return "\n".join(str(value) for fields in said for value in fields.values())


def test_three_couples_of_one_therapist() -> None:
    assert (PRACTICE.label, PRACTICE.role) == ("Dr Lee", Role.THERAPIST)
    assert [couple.name for couple in PRACTICE.couples] == ["Ana and Ben", "Iris and Samir", "Ruth and Elin"]
    assert [couple.opens for couple in PRACTICE.couples] == [True, True, False]
    people = [person for couple in PRACTICE.couples for person in couple.course.people]
    for passphrase in (PRACTICE.passphrase, *(person.passphrase for person in people)):
        assert check_passphrase(passphrase) == passphrase


def test_the_file_of_a_couple_names_nobody() -> None:
    for couple in PRACTICE.couples:
        assert not {couple.first.casefold(), couple.second.casefold()} & set(
            re.findall(r"\w+", couple.file.casefold())
        )


def test_of_each_couple_there_are_an_intake_and_a_plan_and_a_session_ahead() -> None:
    for couple in PRACTICE.couples:
        assert {RecordKind.INTAKE, RecordKind.PLAN} <= {record.kind for record in couple.records}
        assert max(session.day for session in couple.course.sessions) > 0


def test_of_the_demos_couple_every_kind_that_a_course_has_by_then() -> None:
    """No closing note, since it goes on, and no safety note: nothing in the story calls for one."""
    kinds = {record.kind for record in OWN.records}
    assert kinds == set(RecordKind) - {RecordKind.CLOSING, RecordKind.SAFETY}
    assert {record.layout for record in OWN.records if record.kind is RecordKind.PROGRESS} == {"SOAP", "DAP"}


def test_everybody_who_dosed_has_a_ready_card_and_a_dosing_record_of_each_session() -> None:
    about = {"Ana": {About.FIRST}, "Ben": {About.SECOND}, "both": {About.FIRST, About.SECOND}}
    dosed = {
        (session.number, who)
        for session in OWN.course.sessions
        if session.kind is SessionKind.DOSING
        for who in about[session.doses]
    }
    for kind in (RecordKind.DOSING, RecordKind.READY):
        found = [(record.session, record.about) for record in OWN.records if record.kind is kind]
        assert sorted(map(str, found)) == sorted(map(str, dosed))


def test_a_dosing_record_is_whole() -> None:
    for record in DOSES:
        rows = [(row.kind, row.fields) for row in record.rows]
        kinds = [kind for kind, _ in rows]
        assert [row.at for row in record.rows] == sorted(row.at for row in record.rows)
        assert kinds.count(RowKind.LINE) >= 11
        assert kinds.count(RowKind.VITALS) >= 5
        assert {fields["what"] for kind, fields in rows if kind is RowKind.LINE} == set(LineKind)
        assert all("ended" in fields for kind, fields in rows if kind is RowKind.EFFECT)
        doses = [fields for kind, fields in rows if kind is RowKind.DOSE]
        assert all({"amount", "unit", "route", "form", "ordered-by"} <= set(fields) for fields in doses)
        assert doses[0]["which"] != BOOSTER
        assert kinds.count(RowKind.SPIT) == len(doses)
        fields = {one.id for one in form_for(RecordKind.DOSING).fields}
        assert fields - set(record.fields) <= {
            "adjuncts",
            "adverse-what",
            "adverse-action",
            "adverse-reported",
        }


def test_amounts_stand_in_the_rows_of_dosing_records_alone() -> None:
    amount = re.compile(r"\d\s*(mg|mcg|µg|ml)\b", re.IGNORECASE)
    for _, record in records():
        told = [row for row in record.rows if amount.search(" ".join(row.fields.values()))]
        assert all(row.kind is RowKind.DOSE for row in told)
        assert not amount.search("\n".join(map(str, record.fields.values())))


def test_no_dose_is_judged_nobody_labelled_and_nothing_approved() -> None:
    judged = re.compile(
        r"\b(FDA|approv\w*|recommend\w*|should have|too (much|little|high|low)|high dose|low dose|ideal|"
        r"optimal|therapeutic|standard dose|normal range|elevated|tolerated|responder|increase[ds]?|"
        r"disorder\w*|depressi\w*|PTSD|trauma\w*|bipolar|borderline|narcissis\w*|avoidant|anxious|codependen\w*|"
        r"resistan(t|ce)|diagnos\w*|patholog\w*)\b",
        re.IGNORECASE,
    )
    for _, record in records():
        assert not judged.search(words_of(record)), words_of(record)


def test_a_process_note_holds_nothing_that_belongs_elsewhere() -> None:
    clinical = re.compile(r"\d|\b(dose|medicine|lozenge|session|plan|progress|pressure)\b", re.IGNORECASE)
    for _, record in records():
        if record.kind is RecordKind.PROCESS:
            assert not clinical.search(words_of(record))


def test_days_are_numbers_and_everything_else_is_words() -> None:
    """A day written out would be wrong tomorrow."""
    forms = {form.kind: form for form in all_forms()}
    for _, record in records():
        for fields in (record.fields, *(change.fields for change in record.changes)):
            for name, value in fields.items():
                is_day = forms[record.kind].field(name).kind is FieldKind.DATE
                assert isinstance(value, int) is is_day, (record.kind, name)
        assert not re.search(r"\b(19|20)\d\d\b", words_of(record))


def test_every_record_was_written_by_today_and_after_what_it_is_about() -> None:
    for couple, record in records():
        days = {session.number: session.day for session in couple.course.sessions}
        assert record.day <= 0
        assert record.session is None or record.day == days[record.session]
        assert all(record.day <= change.day <= 0 for change in record.changes)
