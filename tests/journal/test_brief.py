"""The brief: what it takes from a couple's journal and the record, in which order, and what it leaves out."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import RowKind, new_row
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.joint import JointKind, JointText
from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.records import SessionNamed
from kapjournal.domain.self_reports import AfterEffects
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.signing import Signer
from kapjournal.domain.supervision_reply import Act
from kapjournal.journal import Journal, NewAnswers, NewNote, NewRecord
from kapjournal.presentation import days
from kapjournal.presentation.agreed import AgreedOnThePad
from kapjournal.presentation.brief import Brief, lines
from kapjournal.presentation.brief_view import read_brief
from kapjournal.presentation.supervision_brief import is_open, to_ask
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import Practice
from tests.journal.practices import practice as made

NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with clock.at(NOW):
        (tmp_path / "clinic").mkdir()
        practice = made(tmp_path / "clinic")
        yield practice
        practice.close()


@pytest.fixture
def couple(practice: Practice) -> Couple:
    return Couple(practice.couple("Hallway"), "Hallway", practice.lee.me.id, first="Ana", second="Ben")


def day(back: int) -> dt.date:
    return TODAY - dt.timedelta(days=back)


def headings(brief: Brief) -> list[str]:
    return [section.heading for section in brief.sections]


def said(brief: Brief, heading: str) -> list[tuple[str, str]]:
    found = [one.entries for one in brief.sections if one.heading == heading]
    return [(entry.who, entry.words) for entries in found for entry in entries]


def paper(lee: Journal, measure: str, partner: str, back: int, *values: int) -> None:
    lee.measures.enter(NewAnswers(measure, values, day(back)), partner)


def test_of_a_couple_of_whom_nothing_is_known_nothing_is_said(practice: Practice, couple: Couple) -> None:
    brief = read_brief(practice.lee, couple)
    assert brief.sections == () and brief.why_not == "Their journal asks for its own passphrase."
    assert "Nothing is written of this couple yet." in list(lines(brief))


def test_each_section_in_the_order_in_which_it_is_needed(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    lee, record = three.lee, practice.lee.records
    lee.sessions.add(kind=SessionKind.DOSING, date=day(9))
    lee.sessions.add(kind=SessionKind.INTEGRATION, date=TODAY, time=dt.time(16))
    share = "Dr Lee"
    three.ana.notes.add(NewNote("Toward asking once.", kind=NoteKind.INTENTION, date=day(30), share=share))
    three.ana.notes.add(NewNote("Toward waiting.", kind=NoteKind.INTENTION, date=day(20), share=share))
    three.ana.notes.add(NewNote("The *old* hallway.", date=day(12), share=share))
    three.ana.notes.add(NewNote("Not for you.", date=day(2)))
    for number in range(5):
        three.ben.notes.add(NewNote(f"Page {number}.", date=day(8 - number), share=share))
    paper(lee, "phq9", "Ana", 40, 3, 3, 3, 3, 0, 0, 0, 0, 0)
    paper(lee, "phq9", "Ana", 5, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    paper(lee, "gad7", "Ben", 40, 3, 0, 0, 0, 0, 0, 0)
    paper(lee, "gad7", "Ben", 5, 0, 0, 0, 0, 0, 0, 0)
    three.look()
    intake = {"secrets-policy": "no secrets"}
    record.add(NewRecord(RecordKind.INTAKE, couple.case, intake, date=day(50)))
    agreed = {"stop-signal": "A palm held up."}
    record.add(NewRecord(RecordKind.PREPARATION, couple.case, agreed, date=day(45)))
    effect = new_row(RowKind.EFFECT, NOW - dt.timedelta(days=9), {"effect": "nausea", "ended": "11:00"})
    practice.lee.dosing.put(couple.case, About.SECOND, SessionNamed(1, day(9)), [effect])
    plan = {"plan": "Slow down.", "homework": "One walk."}
    signed = record.add(NewRecord(RecordKind.PROGRESS, couple.case, plan, date=TODAY))
    practice.lee.signing.sign(signed.id, Signer("Dr Mina Lee", "LMFT"))
    brief = read_brief(practice.lee, couple, lee)
    assert headings(brief) == [
        *("Safety", "Since last time", "Intentions", "Agreed"),
        *("After the dose", "Beyond chance", "Plan", "Unsigned"),
    ]
    assert brief.coming == "Integration · Fri 20 Mar 2026 · 16:00" and brief.secrets == "no secrets"
    assert [section.is_urgent for section in brief.sections] == [True, *[False] * 7]
    [(_, mark)] = said(brief, "Safety")
    assert mark == "Ana · item 9 at 1 · PHQ-9 of 15 Mar · no contact noted yet"
    assert said(brief, "Since last time") == [
        *(("Ben", f"“Page {number}.” · {12 + number} Mar") for number in (4, 3)),
        ("", "and 3 of Ben besides"),
    ]
    assert said(brief, "Intentions") == [("Ana", "“Toward waiting.” · 28 Feb")]
    assert said(brief, "Agreed") == [("", "Stop signal (preparation note): A palm held up.")]
    assert said(brief, "After the dose") == [("Ben", "11 Mar: nausea, until 11:00")]
    assert said(brief, "Beyond chance") == [("Ana", "PHQ-9 12 → 1 since 8 Feb: better, and item 9 at 1")]
    assert said(brief, "Plan") == [("", "Slow down."), ("Homework", "One walk.")]
    [(_, waiting)] = said(brief, "Unsigned")
    assert waiting == "Intake summary 29 Jan, Preparation note 3 Feb, Dosing record 11 Mar"
    text = "\n".join(lines(brief))
    assert "Not for you" not in text and "old" not in text and "GAD-7" not in text


def test_what_each_marked_stands_first_and_in_their_own_words(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    """Of who marked nothing the last pages stand there as before: that nothing is marked says nothing."""
    three.lee.sessions.add(kind=SessionKind.INTEGRATION, date=TODAY, time=dt.time(16))
    note = three.ana.notes.add(NewNote("The *old* hallway.", title="Hallway", date=day(3)))
    three.ana.bringing.page(note.id)
    with clock.at(NOW + dt.timedelta(minutes=1)):
        three.ana.bringing.words("About\ntrust.")
    three.ana.notes.add(NewNote("Shared, and not marked.", date=day(2), share="Dr Lee"))
    three.ben.notes.add(NewNote("His page.", date=day(1), share="Dr Lee"))
    three.look()
    brief = read_brief(practice.lee, couple, three.lee)
    assert headings(brief) == ["To bring", "Since last time"]
    assert said(brief, "To bring") == [
        ("Ana", "“The old hallway.” · 17 Mar"),
        ("Ana", "“About trust.” · 20 Mar"),
    ]
    assert said(brief, "Since last time") == [("Ben", "“His page.” · 19 Mar")]


def test_that_a_safety_note_waits_for_its_signature_stands_on_no_brief(
    practice: Practice, couple: Couple
) -> None:
    """A partner may look on, or be handed the page that was saved."""
    told = NewRecord(RecordKind.SAFETY, couple.case, {"text": "Told me alone."}, about=About.FIRST)
    practice.lee.records.add(told)
    assert len(practice.lee.signing.unsigned()) == 1, "the therapist's own list has it"
    assert read_brief(practice.lee, couple).sections == ()
    text = "\n".join(lines(read_brief(practice.lee, couple)))
    assert "afety" not in text


def test_a_change_since_the_time_before_counts_before_one_since_the_first(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    for back, low in ((40, 0), (20, 0), (5, 3)):
        paper(three.lee, "gad7", "Ana", back, low, low, 0, 0, 0, 0, 0)
    [(_, words)] = said(read_brief(practice.lee, couple, three.lee), "Beyond chance")
    assert words == "GAD-7 0 → 6 since 28 Feb: worse"


def test_answers_of_one_day_are_no_course(practice: Practice, couple: Couple, three: OpenJournals) -> None:
    for low in (0, 3):
        paper(three.lee, "gad7", "Ana", 5, low, low, 0, 0, 0, 0, 0)
    assert said(read_brief(practice.lee, couple, three.lee), "Beyond chance") == []


def test_what_was_agreed_is_not_cut_off_and_the_last_plan_stays(practice: Practice, couple: Couple) -> None:
    touch = f"{'A hand on the arm of the chair, if asked for. ' * 3}For Ben: none."
    add = practice.lee.records.add
    add(NewRecord(RecordKind.PREPARATION, couple.case, {"stop-signal": touch}, date=day(45)))
    add(NewRecord(RecordKind.PROGRESS, couple.case, {"plan": "Slow down."}, date=day(9)))
    brief = read_brief(practice.lee, couple)
    assert said(brief, "Agreed")[0][1].endswith("For Ben: none.")
    assert said(brief, "Plan") == [("", "Slow down.")]
    add(NewRecord(RecordKind.PROGRESS, couple.case, {"subjective": "Tired."}, date=day(1)))
    assert said(read_brief(practice.lee, couple), "Plan") == [("", "Slow down. · 11 Mar")]


def test_what_a_measure_has_no_reliable_change_for_is_left_out(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    paper(three.lee, "csi4", "Ana", 40, 6, 5, 5, 5)
    paper(three.lee, "csi4", "Ana", 5, 0, 0, 0, 0)
    assert said(read_brief(practice.lee, couple, three.lee), "Beyond chance") == []


def test_it_is_read_of_a_removed_partner_no_more(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    three.ben.notes.add(NewNote("Page.", date=TODAY, share="Dr Lee"))
    three.look()
    three.lee.members.remove("Ben")
    assert Role.PARTNER in {one.role for one in three.lee.members.all()}
    assert said(read_brief(practice.lee, couple, three.lee), "Since last time") == []


def test_what_each_noticed_after_their_last_dose_stands_before_what_the_clinic_saw(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    three.lee.sessions.add(kind=SessionKind.DOSING, date=day(9))
    three.look()
    for back, *noticed in ((8, "water-pain"), (6, "nausea"), (2, "fog")):
        answers = tuple((name, True) for name in noticed)
        three.ana.after_effects.add(AfterEffects(day(back), NOW, answers=answers))
    three.ben.after_effects.add(AfterEffects(day(2), NOW, answers=(("fog", False),)))
    three.ben.after_effects.add(AfterEffects(day(1), NOW, answers=(("headache", True),)), "")
    three.look()
    effect = new_row(RowKind.EFFECT, NOW - dt.timedelta(days=9), {"effect": "nausea"})
    practice.lee.dosing.put(couple.case, About.SECOND, SessionNamed(1, day(9)), [effect])
    assert said(read_brief(practice.lee, couple, three.lee), "After the dose") == [
        ("Ana", "day 1 · 12 Mar, for the clinic that day: Pain when passing water"),
        ("Ana", "day 7 · 18 Mar: Foggy, or forgetful"),
        ("Ben", "day 7 · 18 Mar: nothing noticed"),
        ("Ben", "11 Mar: nausea"),
    ]


def test_an_agreement_that_holds_takes_the_place_of_the_note_and_what_waits_is_named(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    noted = {"stop-signal": "A palm held up.", "touch-agreement": "A hand on the chair."}
    practice.lee.records.add(NewRecord(RecordKind.PREPARATION, couple.case, noted, date=day(45)))
    assert said(read_brief(practice.lee, couple, three.lee), "Agreed") == [
        ("", "Stop signal (preparation note): A palm held up."),
        ("", "Touch (preparation note): A hand on the chair."),
    ]
    fields = (("touch", "Hands,\nif asked"), ("closed-topics", "Money"))
    joint = three.ana.joints.propose(JointText(JointKind.AGREEMENT, fields, TODAY))
    three.look()
    three.ben.joints.approve(joint.id)
    three.look()
    [waits] = said(read_brief(practice.lee, couple, three.lee), "Agreed")[2:]
    assert waits == ("", "Waits for your yes. Ana: Hands, if asked")
    three.lee.joints.approve(joint.id)
    assert said(read_brief(practice.lee, couple, three.lee), "Agreed") == [
        ("", "Touch: Hands, if asked"),
        ("", "Stop signal (preparation note): A palm held up."),
        ("", "Closed topics: Money"),
    ]
    three.look()
    for minutes, line in enumerate(("No hands today", "Nobody comes in")):
        with clock.at(NOW + dt.timedelta(minutes=minutes)):
            three.ben.joints.narrow(joint.id, line)
    three.look()
    [*_, less] = said(read_brief(practice.lee, couple, three.lee), "Agreed")
    assert less == ("", "Less (2): Ben: Nobody comes in · Ben: No hands today")


def test_the_pad_takes_in_what_less_is_asked_for_while_it_is_open(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    pad = AgreedOnThePad(practice.lee, couple, three.lee)
    assert pad.look() and (pad.lines, pad.whole) == ((), ("Nothing is agreed that is known here.",))
    text = JointText(JointKind.AGREEMENT, (("touch", "Hands. " * 40), ("stop", "Red")), TODAY)
    joint = three.ana.joints.propose(text)
    three.look()
    three.ben.joints.approve(joint.id)
    three.look()
    three.lee.joints.approve(joint.id)
    three.look()
    assert pad.look() and pad.lines[0].startswith("Stop signal: Red · Touch: Hands. Hands.")
    assert len(pad.lines[0]) <= 124 and pad.lines[0].endswith("Hands. …") and pad.whole[0].endswith("Hands.")
    three.ben.joints.narrow(joint.id, "No hands today")
    assert pad.look() and pad.lines[1] == "Less: Ben: No hands today"
    assert pad.whole[0] == "Less: Ben: No hands today"
    assert not pad.look()
    closed = AgreedOnThePad(practice.lee, couple)
    assert closed.look() and closed.lines == (
        "Their journal asks for its own passphrase. What they agreed there is not shown here.",
    )
    pad.forget()
    three.ben.joints.narrow(joint.id, "Nothing today")
    assert not pad.look() and (pad.lines, pad.whole) == ((), ())


def test_a_practice_stands_on_it_where_both_let_therapists_read_it(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    fields = (("sentence", "Tea together"), ("place", "Sundays"))
    for text in (
        JointText(JointKind.PRACTICE, (("sentence", "not for her"),), day(9)),
        JointText(JointKind.PRACTICE, fields, day(8), for_therapists=True),
    ):
        before = said(read_brief(practice.lee, couple, three.lee), "Practice")
        three.ana.joints.together(three.ben.joints, text)
        three.look()
    assert before == []
    [(_, words)] = said(read_brief(practice.lee, couple, three.lee), "Practice")
    assert words == f"Tea together · Sundays · since {days.short(day(8))}"


def test_what_was_agreed_in_supervision_stands_in_it_until_it_was_said_what_came_of_it(
    practice: Practice, couple: Couple
) -> None:
    lee = practice.lee
    fields = {"question": "Whose pace?", "wanted": "challenge me"}
    write_up = lee.records.add(NewRecord(RecordKind.SUPERVISION, couple.case, fields))
    acts = [
        Act("Dr Lee", "a walk", day(-9)),
        Act("Dr Lee", "ask each alone", day(1)),
        Act("", "read on it", None),
    ]
    lee.write_ups.reply(write_up.id, "You hurry.", acts, "Dr Roe")
    plan = {"plan": "Slow down."}
    lee.records.add(NewRecord(RecordKind.PROGRESS, couple.case, plan, date=TODAY))
    brief = read_brief(lee, couple)
    assert headings(brief)[:2] == ["Supervision", "Plan"] and is_open(brief)
    assert said(brief, "Supervision") == [
        ("Dr Lee", "ask each alone · by 19 Mar · What happened?"),
        ("Dr Lee", "a walk · by 29 Mar"),
        ("", "read on it · What happened?"),
    ]
    assert "You hurry" not in "\n".join(lines(brief)) and "Whose pace" not in "\n".join(lines(brief))
    for act in to_ask(lee, couple.case):
        lee.write_ups.happened(act.id, "Done.")
    again = read_brief(lee, couple)
    assert said(again, "Supervision") == [("Dr Lee", "a walk · by 29 Mar")] and is_open(again)


def test_a_colleague_who_writes_no_write_ups_is_asked_nothing(practice: Practice, couple: Couple) -> None:
    roe = practice.joins("Dr Roe", Role.SUPERVISOR)
    assert "Supervision" not in headings(read_brief(roe, couple))
