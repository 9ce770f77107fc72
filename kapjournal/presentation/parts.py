"""The parts check-in in words: what it leads to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content.steps import sheet_of
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Draft, NoteKind, new_draft
from kapjournal.domain.parts import for_partner
from kapjournal.domain.steps import Answers, Step

if TYPE_CHECKING:
    from kapjournal.journal import Journal

QUOTE = "The part may be spoken for. Begin a page for {partner}?"
QUOTE_ABOUT = (
    "Tick what of it you want to quote; you may quote nothing. Nobody reads the page before you finish it."
)


def quotable(answers: Answers) -> list[tuple[Step, str]]:
    """The steps whose answers may be quoted: all that were answered, but the one that asks for leave."""
    return [
        (s, answers[s.id])
        for s in sheet_of(NoteKind.PARTS).steps
        if answers.get(s.id, "").strip() and not s.one
    ]


def page_for(journal: "Journal", partner: Member, quotes: Sequence[str]) -> Draft:
    """A page for the partner, begun with quotations."""
    return for_partner(new_draft(journal.me.id, journal.me.role, clock.today()), quotes, partner.id)
