"""A couple's write-up as the tests have it, and its review done."""

from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.review import Decision, Review
from kapjournal.domain.write_up_work import Choice
from kapjournal.journal import Journal, NewRecord
from tests.journal.practices import QUESTION, Practice

ROE = "Dr Roe"
MOMENT = "0 min: Ana said Ben never asks.\n30 min: Ben's hand moved, on 3 March 2026."
FILLED = {
    **QUESTION,
    "loop": "Ana asks, Ben leaves the room for Northgate.",
    "moment": MOMENT,
    "why-now": "They missed a dose at Hillside.",
}


def write_up(journal: Journal, case: CaseId, **fields: str) -> str:
    """A write-up of a couple's; returns its id."""
    new = NewRecord(RecordKind.SUPERVISION, case, {**FILLED, **fields}, layout="Two pages")
    return journal.records.add(new).id


def all_accepted(journal: Journal, one: str, recipient: str = ROE) -> Review:
    """Everything accepted, every word said to mean nobody, every question answered."""
    review = journal.write_ups.review(one, recipient)
    decisions = [Decision(Choice.ACCEPT, it.id) for it in review.items if it.decided is None]
    decisions += [Decision(Choice.NOBODY, it.id) for it in review.words if it.decided is None]
    decisions += [Decision(Choice.STORY, it.id, "No.") for it in review.questions]
    return journal.write_ups.decide(one, recipient, decisions)


def named(practice: Practice) -> CaseId:
    """A couple whose partners are named, with a town and an employer in their list."""
    lee, case = practice.lee, practice.couple()
    lee.couples.name_partners(case, "Ana", "Ben")
    lee.write_ups.set_names(case, "Benjamin, Benji\nplace: Northgate")
    lee.write_ups.set_names(None, "employer: Hillside, Hillside Clinic")
    return case
