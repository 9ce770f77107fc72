"""A practice that two chose comes back to each of them after a week, and leads to a page on how it went."""

import datetime as dt

from kapjournal import clock
from kapjournal.domain.joint import JointKind, JointText
from kapjournal.domain.next_page import PLAIN
from kapjournal.domain.notes import NoteKind
from kapjournal.journal import NewNote
from kapjournal.presentation import next_page as saying

from .open_journals import OpenJournals

DAY = dt.date(2026, 3, 2)
TEA = (("sentence", "Tea together"), ("place", "Sundays at nine"))


def on(day: int) -> dt.datetime:
    return dt.datetime(2026, 3, day, 12, tzinfo=dt.UTC)


def test_how_did_it_go(three: OpenJournals) -> None:
    with clock.at(on(2)):
        joint = three.ana.joints.together(three.ben.joints, JointText(JointKind.PRACTICE, TEA, DAY))
        three.look()
        assert saying.page_now(three.ana) == PLAIN
    with clock.at(on(9)):
        for one in (three.ana, three.ben):
            page = saying.page_now(one)
            assert page is not None and page.kind is NoteKind.PRACTICE
            assert saying.why(page) == "You two chose: “Tea together · Sundays at nine”. How did it go?"
        assert saying.page_now(three.lee) is None
        three.ana.notes.add(NewNote("Once, and it was good.", kind=NoteKind.PRACTICE))
        three.look()
        assert saying.page_now(three.ana) == PLAIN
        theirs = saying.page_now(three.ben)
        assert theirs is not None and theirs.kind is NoteKind.PRACTICE
    with clock.at(on(16)):
        three.ben.joints.take_back(joint.id)
        three.look()
        assert saying.page_now(three.ana) == saying.page_now(three.ben) == PLAIN


def test_one_that_only_one_of_them_wants_is_asked_of_nobody(three: OpenJournals) -> None:
    three.ana.joints.propose(JointText(JointKind.PRACTICE, TEA, DAY))
    three.look()
    with clock.at(on(9)):
        assert saying.page_now(three.ana) == saying.page_now(three.ben) == PLAIN
