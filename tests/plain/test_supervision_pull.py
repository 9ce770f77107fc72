"""Lines of the record pulled into a write-up by their numbers, and what came of supervision, line by line."""

import datetime as dt

import pytest

from kapjournal.domain.forms import RecordKind
from kapjournal.domain.supervision_reply import Act
from kapjournal.journal import NewRecord
from tests.plain.test_practice import MORNING, at, behind, filled, practice

from .plain_conversation import PlainConversation

__all__ = ["filled", "practice"]

NAMED = ("change", "1", "partners", "Ana", "Ben", "back")
QUESTION = ("My question", "Whose pace am I keeping?", "What I want", "challenge me")


@pytest.fixture
def noted(filled: PlainConversation) -> PlainConversation:
    """With a progress note and a process note of Ana and Ben."""
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        case = lee.couples.get("Ana and Ben").case
        said = {"data": "Ana waited. Ben went. Both came back.", "plan": "Slow down."}
        lee.records.add(NewRecord(RecordKind.PROGRESS, case, said, date=dt.date(2026, 3, 2)))
        lee.records.add(NewRecord(RecordKind.PROCESS, case, {"text": "I hurry her."}))
    return filled


def test_lines_are_pulled_by_number_and_known_again(noted: PlainConversation) -> None:
    said = at(
        noted,
        MORNING,
        *NAMED,
        *("record", "1", "write", "Supervision", *QUESTION),
        *("pull", "One moment", "4", "1 3"),
        *("pull", "Tried", "1", "done", "back", "quit"),
    )
    for sentence in (
        "Progress note: Data:",
        "1. [first partner] waited.",
        "2. [second partner] went.",
        "“4”: the lines are numbered from 1 to 3.",
        "2 lines pulled in. Where each is from stays with you.",
        "One line pulled in.",
        "It is a record now.",
    ):
        assert sentence in said, sentence
    with behind(noted, "practice.kap", "Dr Lee", MORNING) as lee:
        [record] = [one for one in lee.records.all() if one.kind is RecordKind.SUPERVISION]
        assert record.text.fields["moment"] == "[first partner] waited.\nBoth came back."
        assert record.text.fields["tried"] == "Slow down."
        assert {one.said for one in lee.write_ups.sources(record.id)} == {
            "progress note of 2 March 2026, Data",
            "progress note of 2 March 2026, Plan",
        }


def test_a_line_of_a_process_note_is_asked_a_reason_for(noted: PlainConversation) -> None:
    said = at(
        noted,
        MORNING,
        *("record", "1", "write", "Supervision", *QUESTION, "pull", "My pull to a side"),
        *("Basis", "own programme", "pull", "My pull to a side", "1", "", "1", "It is my question."),
        *("pull", "", "keep", "back", "quit"),
    )
    assert "Nothing is pulled into this field: it is yours to write." in said
    assert "Say in one line why the write-up needs this line of your process note." in said
    with behind(noted, "practice.kap", "Dr Lee", MORNING) as lee:
        [draft] = lee.record_drafts.all()
        assert draft.fields["pull"] == "I hurry her."
        assert [one.reason for one in draft.pulled] == ["It is my question."]


def test_other_forms_have_nothing_to_pull(noted: PlainConversation) -> None:
    said = at(noted, MORNING, *("record", "1", "write", "Plan", "pull", "keep", "back", "quit"))
    assert "There is no choice “pull” here." in said


def test_the_brief_asks_once_what_happened(noted: PlainConversation) -> None:
    with behind(noted, "practice.kap", "Dr Lee", MORNING) as lee:
        case = lee.couples.get("Ana and Ben").case
        fields = {"question": "Whose pace?", "wanted": "challenge me"}
        written = lee.records.add(NewRecord(RecordKind.SUPERVISION, case, fields))
        later = dt.date(2100, 3, 2)
        acts = [Act("Dr Lee", "ask each alone", dt.date(2026, 3, 2)), Act("Dr Lee", "a walk", later)]
        lee.write_ups.reply(written.id, "Slow down yourself.", acts, "Dr Roe")
    said = at(noted, MORNING, "brief", "1", "", "brief", "1", "Asked on Monday.", "brief", "1", "quit")
    first, second, third = said.split("End of the brief.")[:3]
    for part in (first, second):
        assert "Dr Lee: ask each alone · by 2 Mar · What happened?" in part
        assert "Dr Lee: a walk · by 2 Mar" in part and "Slow down yourself" not in part
    assert (
        "It is kept with the reply." in third and "ask each alone" not in third.split("From supervision")[1]
    )
