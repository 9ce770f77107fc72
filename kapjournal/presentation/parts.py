"""The parts check-in in words, and what it begins with and leads to."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content.parts import parts
from kapjournal.domain.members import Member, Role
from kapjournal.domain.notes import Draft, NoteKind, new_draft
from kapjournal.domain.parts import Answers, Step, for_partner, page
from kapjournal.errors import Refused

if TYPE_CHECKING:
    from kapjournal.journal import Journal

TITLE = "Parts check-in"
NOTHING_YET = "Nothing is answered yet."
KEPT = "What you answered is kept as a draft, which only you can open."
IS_A_NOTE = "It is a note now. Only you can read it."
FOR_PARTNERS = "The parts check-in is for partners."
QUOTE = "The part may be spoken for. Begin a page for {partner}?"
QUOTE_ABOUT = (
    "Tick what of it you want to quote; you may quote nothing. Nobody reads the page before you finish it."
)

STEPS = "steps"
WHICH_WAY = "A page about a part of you. How?"
WAYS = (
    (STEPS, "Step by step", "a question at a time; any can be passed"),
    ("page", "A free page", "with the same questions above it"),
)
"""The ways to write about a part: what each is by, what it is called, and what it is like."""
STEP_BY_STEP = "This is a free page. To be asked step by step, go back and choose parts."


def begin(journal: "Journal") -> Draft:
    """An empty page of the kind, for its author alone."""
    draft = new_draft(journal.me.id, journal.me.role, clock.today())
    return replace(draft, text=replace(draft.text, kind=NoteKind.PARTS, title=TITLE))


def filled(journal: "Journal", answers: Answers) -> Draft:
    """The page with all its answers (`Refused` if there is none)."""
    draft, body = begin(journal), page(parts().steps, answers)
    if not body:
        raise Refused(NOTHING_YET)
    return replace(draft, text=replace(draft.text, body=body))


def partner_of(journal: "Journal") -> Member | None:
    """The partner of the partner at the keyboard, if there is one here."""
    others = (m for m in journal.members.all() if m.role is Role.PARTNER and not m.removed)
    return next((one for one in others if one.id != journal.me.id), None)


def quotable(answers: Answers) -> list[tuple[Step, str]]:
    """The steps whose answers may be quoted: all that were answered, but the one that asks for leave."""
    return [(s, answers[s.id]) for s in parts().steps if answers.get(s.id, "").strip() and not s.one]


def page_for(journal: "Journal", partner: Member, quotes: Sequence[str]) -> Draft:
    """A page for the partner, begun with quotations."""
    return for_partner(new_draft(journal.me.id, journal.me.role, clock.today()), quotes, partner.id)


def how_far(place: int) -> str:
    """Which step it is, from 0: “2 of 6”."""
    return f"{place + 1} of {len(parts().steps)}"
