"""A write-up and what belongs to it: where its lines came from, the names of a case, what was agreed."""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.supervision import Pulled
from kapjournal.domain.supervision_reply import Act
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import Journal, NewRecord, RecordChange
from tests.journal.practices import QUESTION, Practice

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def write_up(journal: Journal, case: CaseId, **fields: str) -> str:
    """A write-up of a couple's; returns its id."""
    return journal.records.add(NewRecord(RecordKind.SUPERVISION, case, {**QUESTION, **fields})).id


def test_a_line_that_is_pulled_in_knows_where_it_came_from(practice: Practice) -> None:
    lee, case = practice.lee, practice.couple()
    one = write_up(lee, case, where="Third of six.")
    note = lee.records.add(NewRecord(RecordKind.PROGRESS, case, {"plan": "They sat apart."}))
    line = Pulled("where", "They sat apart.", f"record:{note.id[:8]}")
    record = lee.write_ups.pull(one, [line, Pulled("why-now", "CSI 14 to 11", "measure:ab12cd34")])
    assert record.text.fields["where"] == "Third of six.\nThey sat apart."
    sources = lee.write_ups.sources(one)
    assert [(it.field, it.source) for it in sources] == [
        ("where", f"record:{note.id}"),
        ("why-now", "measure:ab12cd34"),
    ]


def test_a_line_is_known_for_as_long_as_three_words_of_it_stand(practice: Practice) -> None:
    lee, case = practice.lee, practice.couple()
    one = write_up(lee, case)
    lee.write_ups.pull(one, [Pulled("moment", "I keep the spare key in the blue jar", "page:ab12cd34")])
    for words, stands in (("He keeps the Spare Key, in the shed", True), ("He keeps a key in a shed", False)):
        lee.records.edit(one, RecordChange(fields={"moment": "", "loop": words}))
        assert bool(lee.write_ups.sources(one)) is stands


def test_a_safety_note_gives_nothing_and_a_process_note_gives_a_reason(practice: Practice) -> None:
    lee, case = practice.lee, practice.couple()
    one = write_up(lee, case)
    safety = lee.records.add(NewRecord(RecordKind.SAFETY, case, {"text": "A fist."}, about=About.FIRST))
    process = lee.records.add(NewRecord(RecordKind.PROCESS, case, {"text": "I was bored."}))
    for source in (safety.id, safety.id[:4].upper()):
        with pytest.raises(Refused, match="safety note"):
            lee.write_ups.pull(one, [Pulled("loop", "A fist.", f"record:{source}", "because")])
    with pytest.raises(Refused, match="reason"):
        lee.write_ups.pull(one, [Pulled("pull", "I was bored.", f"record:{process.id}")])
    lee.write_ups.pull(one, [Pulled("pull", "I was bored.", f"record:{process.id}", "my pull")])
    assert [it.reason for it in lee.write_ups.sources(one)] == ["my pull"]
    assert "fist" not in str(lee.records.get(one))


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (Pulled("loop", "words", "safety:ab12cd34"), UsageError),
        (Pulled("loop", "words", "page:"), UsageError),
        (Pulled("loop", " ? ", "page:ab12cd34"), UsageError),
        (Pulled("lop", "words", "page:ab12cd34"), UsageError),
        (Pulled("safety-self", "watched", "page:ab12cd34"), Refused),
        (Pulled("loop", "words", "record:ab12cd34"), NotFound),
    ],
)
def test_what_cannot_be_pulled_changes_nothing(
    practice: Practice, line: Pulled, error: type[Exception]
) -> None:
    one = write_up(practice.lee, practice.couple())
    before = practice.lee.records.get(one)
    with pytest.raises(error):
        practice.lee.write_ups.pull(one, [Pulled("loop", "good words", "page:ab12cd34"), line])
    assert practice.lee.records.get(one) == before and practice.lee.write_ups.sources(one) == ()


def test_another_couple_and_another_kind_of_record_are_refused(practice: Practice) -> None:
    lee, case, other = practice.lee, practice.couple(), practice.couple("Uma and Vic")
    one = write_up(lee, case)
    note = lee.records.add(NewRecord(RecordKind.PROGRESS, other, {"plan": "They sat apart."}))
    with pytest.raises(Refused, match="another couple"):
        lee.write_ups.pull(one, [Pulled("loop", "They sat apart.", f"record:{note.id}")])
    with pytest.raises(Refused, match="no write-up"):
        lee.write_ups.pull(note.id, [Pulled("loop", "They sat apart.", "page:ab12cd34")])


def test_names_are_of_a_couple_or_of_the_practice(practice: Practice) -> None:
    lee, case = practice.lee, practice.couple()
    lee.write_ups.set_names(case, "Ana, Annie\nplace: Leeds\n")
    lee.write_ups.set_names(None, "employer: Northern Rail")
    assert lee.write_ups.names(case) == "Ana, Annie\nplace: Leeds\n"
    assert lee.write_ups.names(None) == "employer: Northern Rail"
    with pytest.raises(UsageError, match="Line 2"):
        lee.write_ups.set_names(case, "Ana\n,\n")
    with pytest.raises(NotFound):
        lee.write_ups.set_names(CaseId(bytes(16)), "Ana")
    assert lee.write_ups.names(case).startswith("Ana, Annie")


def test_what_was_agreed_is_asked_about_once(practice: Practice) -> None:
    lee, case, other = practice.lee, practice.couple(), practice.couple("Uma and Vic")
    with clock.at(NOON):
        one = write_up(lee, case, recipient="Dr Roe")
        later = Act("I", "ask each alone", dt.date(2026, 4, 1))
        reply = lee.write_ups.reply(one, "Slow down.", [later, Act("Dr Roe", "send the paper")])
        assert (reply.recipient, lee.write_ups.replies(one)) == ("Dr Roe", [reply])
        assert [act.what for act in lee.write_ups.acts_due(case)] == ["ask each alone", "send the paper"]
        assert lee.write_ups.acts_due(other) == []
        first, second = lee.write_ups.acts_due(case)
        lee.write_ups.happened(first.id, "Both said they are safe.")
        lee.write_ups.happened(second.id, "")
        assert lee.write_ups.acts_due(case) == []
        with pytest.raises(Refused, match="said already"):
            lee.write_ups.happened(first.id, "Again.")
        [kept] = lee.write_ups.replies(one)
        assert [act.happened for act in kept.acts] == ["Both said they are safe.", ""]


def test_two_computers_lose_nothing_that_was_pulled_named_or_agreed(practice: Practice) -> None:
    lee, case = practice.lee, practice.couple()
    one = write_up(lee, case)
    reply = lee.write_ups.reply(one, "Slow down.", [Act("I", "ask")])
    away = practice.copy(practice.folder / "away.kap")
    lee.write_ups.set_names(case, "Ana")
    away.write_ups.set_names(case, "Benji")
    lee.write_ups.pull(one, [Pulled("loop", "the one line here", "page:ab12cd34")])
    away.write_ups.pull(one, [Pulled("wrong", "the other line there", "page:cd34ab12")])
    away.write_ups.happened(reply.acts[0].id, "It went well.")
    lee.copies.merge(away.path)
    lee.refresh()
    assert lee.write_ups.names(case).split() == ["Ana", "Benji"]
    assert {it.line for it in lee.write_ups.sources(one)} == {"the one line here", "the other line there"}
    assert lee.write_ups.acts_due(case) == []
