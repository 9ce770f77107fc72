"""A closing: its form begins with what is the member's own in the course; it is offered when it is near."""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.content.joint import form_of
from kapjournal.domain.joint import JointKind, JointText
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import NewNote
from kapjournal.presentation import closing
from kapjournal.presentation.booklet import read_booklet
from kapjournal.presentation.joint import names_of_two

from .open_journals import OpenJournals

DAY = dt.date(2026, 3, 2)
AFTER = "What you two approved can be a booklet. Press {booklet} to save it."


def noon(day: int) -> dt.datetime:
    return dt.datetime(2026, 3, day, 12, tzinfo=dt.UTC)


def own(three: OpenJournals, label: str) -> str:
    """Which of the two of a form somebody is."""
    return ("first", "second")[names_of_two(three.ana).index(label)]


def test_it_begins_with_the_first_and_last_intention_of_whoever_writes_it_and_what_held(
    three: OpenJournals,
) -> None:
    with clock.at(noon(2)):
        for day, body in ((1, "To ask once."), (20, "Between."), (27, "To stay for the answer.")):
            three.ana.notes.add(NewNote(body, kind=NoteKind.INTENTION, date=dt.date(2026, 2, day)))
        three.ben.notes.add(NewNote("SECRET of his", kind=NoteKind.INTENTION, share="Ana"))
        three.look()
        for day, said in ((1, "Tea at nine"), (2, "A walk")):
            fields = (("sentence", said), ("place", "Sundays"))
            text = JointText(JointKind.PRACTICE, fields, dt.date(2026, 3, day))
            three.ana.joints.together(three.ben.joints, text)
        three.ana.joints.propose(JointText(JointKind.PRACTICE, (("sentence", "not approved"),), DAY))
        three.look()
        ana, ben = own(three, "Ana"), own(three, "Ben")
        assert closing.begun(three.ana) == {
            f"set-out-{ana}": "To ask once.",
            f"now-{ana}": "To stay for the answer.",
            "keep": "Tea at nine · Sundays\nA walk · Sundays",
        }
        assert closing.begun(three.ben) == {
            f"set-out-{ben}": "SECRET of his",
            "keep": "Tea at nine · Sundays\nA walk · Sundays",
        }
    known = {one.name for one in form_of(JointKind.CLOSING).fields}
    assert {
        *closing.begun(three.ana),
        *closing.begun(three.ben),
        closing.own_appreciation(three.ana),
    } <= known


def test_appreciations_are_chosen_from_what_one_said_oneself_and_the_other_reads(three: OpenJournals) -> None:
    for body, share in (("The coat.", "Ben"), ("Not yet.", ""), ("For her.", "Dr Lee"), ("The soup.", "all")):
        three.ana.notes.add(NewNote(body, kind=NoteKind.APPRECIATION, share=share))
    three.ben.notes.add(NewNote("Of his.", kind=NoteKind.APPRECIATION, share="Ana"))
    three.look()
    assert [one.text.body for one in closing.appreciations(three.ana)] == ["The soup.", "The coat."]
    assert [one.text.body for one in closing.appreciations(three.ben)] == ["Of his."]
    assert closing.own_appreciation(three.ana) == f"appreciation-{own(three, 'Ana')}"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (2, None),
        (3, "The closing is on Tue 10 Mar."),
        (10, "The closing is today."),
        (11, "The closing was yesterday."),
        (24, "The closing was on Tue 10 Mar."),
        (25, None),
    ],
)
def test_it_is_offered_near_a_closing_session(three: OpenJournals, day: int, said: str | None) -> None:
    three.lee.sessions.add(kind=SessionKind.CLOSING, date=dt.date(2026, 3, 10), time=dt.time(11))
    three.look()
    write = [f"{said} Press {{together}} to write down what you two take along."] if said else []
    with clock.at(noon(day)):
        assert closing.reminders(three.ana) == closing.reminders(three.ben) == write
        assert closing.reminders(three.lee) == []
        joint = three.ana.joints.propose(JointText(JointKind.CLOSING, (("keep", "Tea"),), DAY))
        three.look()
        assert closing.reminders(three.ana) == closing.reminders(three.ben) == []
        three.ben.joints.approve(joint.id)
        three.look()
        assert closing.reminders(three.ana) == closing.reminders(three.ben) == ([AFTER] if said else [])
        three.ben.joints.take_back(joint.id)
        three.look()
        assert closing.reminders(three.ana) == write


def test_both_say_who_they_are_in_the_booklet_whoever_wrote_it_down(three: OpenJournals) -> None:
    fields = tuple((f"set-out-{own(three, who)}", f"of {who}") for who in ("Ben", "Ana"))
    three.ben.joints.together(three.ana.joints, JointText(JointKind.CLOSING, fields, DAY))
    three.look()
    for one in (three.ana, three.ben):
        [chapter] = read_booklet(one).chapters
        [entry] = chapter.entries
        assert [(caption.partition(" ")[0], words) for caption, words in entry.lines] == [
            ("Ana", "of Ana"),
            ("Ben", "of Ben"),
        ]
