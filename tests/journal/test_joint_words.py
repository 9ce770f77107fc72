"""What is said of words that two approve, to each who reads them."""

import datetime as dt
from pathlib import Path

import pytest

from kapjournal import clock, paths
from kapjournal.content import joint as content
from kapjournal.domain.joint import NOTHING_SAID, Joint, JointKind, JointText
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import UsageError
from kapjournal.presentation import dialogue, kept_dialogues, own_brief
from kapjournal.presentation import joint as saying
from kapjournal.presentation import joint_deeds as deeds

from .open_journals import OpenJournals

NOW = dt.datetime(2097, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def that_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def put(three: OpenJournals, kind: JointKind = JointKind.AGREEMENT, **more: object) -> Joint:
    text = JointText(kind, (("touch", "Hands"), ("mood", "*calm*\n- and slow")), NOW.date(), **more)  # type: ignore[arg-type]
    joint = three.ana.joints.propose(text)
    three.look()
    return joint


def test_a_field_is_called_as_in_the_form_with_the_names_of_the_two_or_by_its_own_name(
    three: OpenJournals,
) -> None:
    said = (("appreciation-first", "x"), ("appreciation-second", "y"), ("mood", "z"))
    joint = three.ana.joints.propose(JointText(JointKind.CLOSING, said, NOW.date()))
    three.look()
    labels = [label for label, _ in saying.lines_of(three.ana, joint)]
    assert sorted(labels[:2]) == ["Ana thanks Ben", "Ben thanks Ana"] and labels[2] == "mood"
    assert saying.lines_of(three.ben, three.ben.joints.get(joint.id)) == saying.lines_of(three.ana, joint)


def test_who_has_still_to_say_yes_is_said_to_each_as_they_stand(three: OpenJournals) -> None:
    joint = put(three)
    said = [saying.who_lacks(one, one.joints.get(joint.id)) for one in three.journals]
    assert sorted(said) == [
        "Ben and Dr Lee have still to say yes.",
        "You and Ben have still to say yes.",
        "You and Dr Lee have still to say yes.",
    ]
    three.join("Dr May", Role.CO_THERAPIST)
    three.look()
    assert saying.who_lacks(three.ana, joint) == "Ben and Dr Lee or Dr May have still to say yes."
    three.ben.joints.approve(joint.id)
    three.look()
    assert (
        saying.who_lacks(three.ana, three.ana.joints.get(joint.id))
        == "Dr Lee or Dr May has still to say yes."
    )


def test_what_is_put_to_somebody_is_said_when_they_come_in_and_what_comes_back_to_both(
    three: OpenJournals,
) -> None:
    joint = put(three, JointKind.LOOP, review=NOW.date())
    assert deeds.reminders(three.ana) == deeds.reminders(three.lee) == []
    said = "Ana put something to you: Name of the loop. Press {together} to read it."
    assert deeds.reminders(three.ben) == [said]
    three.ben.joints.approve(joint.id)
    three.look()
    back = ["Name of the loop comes back to you two. Press {together} to read it again."]
    assert deeds.reminders(three.ana) == deeds.reminders(three.ben) == back
    assert deeds.reminders(three.lee) == []


def test_what_is_asked_after_by_itself_is_not_said_to_come_back_as_well(three: OpenJournals) -> None:
    joint = put(three, JointKind.PRACTICE, review=NOW.date())
    three.ben.joints.approve(joint.id)
    request = (("topic", "Sundays"), ("request", "Tea"), ("request-when", "at ten"))
    text = JointText(JointKind.DIALOGUE, request, NOW.date(), review=NOW.date())
    three.ana.joints.together(three.ben.joints, text)
    three.look()
    for one in (three.ana, three.ben):
        assert deeds.reminders(one) == []
        assert kept_dialogues.reminders(one) == ["You two asked: Tea, at ten. Look at it together?"]
    text = JointText(JointKind.DIALOGUE, request[:1], NOW.date(), review=NOW.date())
    three.ana.joints.together(three.ben.joints, text)
    back = ["Dialogue comes back to you two. Press {together} to read it again."]
    assert deeds.reminders(three.ana) == back and len(kept_dialogues.reminders(three.ana)) == 1


def test_from_a_day_before_a_dose_nobody_is_reminded_of_a_yes_that_cannot_be_said(
    three: OpenJournals,
) -> None:
    joint = put(three)
    assert deeds.reminders(three.ben) != []
    three.lee.sessions.add(kind=SessionKind.DOSING, date=NOW.date(), time=dt.time(10))
    three.look()
    assert deeds.reminders(three.ben) == []
    lines = saying.standing_lines(three.ben, joint, three.ben.joints.all())
    assert any(line.startswith("You may always ask for less. More waits until") for line in lines)
    assert "More waits" in deeds.why_not(three.ben, "approve", joint, three.ben.joints.all())
    assert deeds.why_not(three.ben, "take_back", joint, three.ben.joints.all()) == ""


def test_who_reads_it_is_said_before_it_is_put_to_anybody(three: OpenJournals) -> None:
    for one in three.journals:
        one.members.acknowledge(*(member.label for member in one.members.all() if member.is_announced))
    hidden = JointText(JointKind.LOOP, (("name", "x"),), NOW.date())
    shown = JointText(JointKind.LOOP, (("name", "x"),), NOW.date(), for_therapists=True)
    assert "Dr Lee" not in saying.who_reads(three.ana, hidden)
    assert saying.who_reads(three.ana, shown).endswith("Once it holds, Dr Lee can too.")


def test_words_that_only_begin_as_the_form_does_say_nothing_yet(three: OpenJournals) -> None:
    assert saying.begun(JointKind.AGREEMENT)["pictures"] == "No."
    for said in ({"pictures": "No."}, {"touch": " "}):
        with pytest.raises(UsageError, match=NOTHING_SAID):
            saying.text_of(JointKind.AGREEMENT, said)
    text = saying.text_of(JointKind.AGREEMENT, {"touch": "Hands", "pictures": ""})
    three.ana.joints.propose(text)
    [joint] = three.ana.joints.all()
    assert joint.text.fields == (("touch", "Hands"),)


def test_a_field_that_a_clinic_added_stands_in_what_is_written_anew(three: OpenJournals) -> None:
    joint = put(three)
    begun = saying.begun(JointKind.AGREEMENT, joint)
    assert begun["touch"] == "Hands" and begun["pictures"] == "" and list(begun)[-1] == "mood"
    folder: Path = paths.config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "joint.toml").write_text('[agreement.mood]\nlabel = "Mood"\n', encoding="utf-8")
    content._read.cache_clear()
    assert [label for label, _ in saying.lines_of(three.ana, joint)] == ["Touch", "Mood"]
    content._read.cache_clear()


def test_less_can_be_asked_of_an_agreement_alone_and_only_there_it_is_said(three: OpenJournals) -> None:
    joint = put(three, JointKind.PRACTICE)
    assert deeds.after_yes(three.ben, three.ben.joints.approve(joint.id)) == "It holds."
    joint = put(three)
    three.ben.joints.approve(joint.id)
    three.look()
    assert "ask for less" in deeds.after_yes(three.lee, three.lee.joints.approve(joint.id))


def test_what_ended_with_sharing_says_so_of_both_and_nothing_comes_back_to_them(three: OpenJournals) -> None:
    practice = put(three, JointKind.PRACTICE)
    three.ben.joints.approve(practice.id)
    asked = (("topic", "Sundays"), ("request", "Tea"))
    three.ana.joints.together(
        three.ben.joints, JointText(JointKind.DIALOGUE, asked, NOW.date(), review=NOW.date())
    )
    three.look()
    assert kept_dialogues.reminders(three.ana) == ["You two asked: Tea. Look at it together?"]
    assert deeds.reminders(three.ana) == [], "it is asked once"
    assert dialogue.why_not(three.ana) == ""
    three.ben.apart.end()
    three.look()
    for one in (three.ana, three.ben):
        [said] = saying.standing_lines(one, one.joints.get(practice.id), one.joints.all())
        assert said.startswith(saying.ENDED_WITH_SHARING)
        assert kept_dialogues.reminders(one) == deeds.reminders(one) == []
        assert "A request" not in [section.heading for section in own_brief.read_own_brief(one).sections]
    for one in three.journals:
        assert dialogue.why_not(one) == dialogue.NOT_AFTER_GOING_APART


def test_what_less_ends_with_a_new_version_is_named_before_anybody_says_yes(three: OpenJournals) -> None:
    before = put(three, JointKind.AGREEMENT)
    for one in (three.ben, three.lee):
        one.joints.approve(before.id)
        three.look()
    three.ben.joints.narrow(before.id, "No hands")
    three.look()
    anew = put(three, JointKind.AGREEMENT)
    three.look()
    for one in (three.ana, three.ben, three.lee):
        lines = saying.standing_lines(one, one.joints.get(anew.id), one.joints.all())
        assert "What less was asked for ends then, unless these words say it: “No hands”" in lines
        assert len(saying.standing_lines(one, one.joints.get(before.id), one.joints.all())) == 1
