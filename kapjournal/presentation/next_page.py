"""The page that fits now, in words: read from an open journal, and why it fits."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.joint import JointKind
from kapjournal.domain.members import Member, Role
from kapjournal.domain.next_page import PLAIN, ChosenPractice, NextPage, Why, chosen_practice, next_page
from kapjournal.domain.notes import Draft, Note, NoteKind, new_draft
from kapjournal.domain.sessions import Session
from kapjournal.presentation import days
from kapjournal.text import excerpt

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NOTHING_NEAR = "No dose and no session is near: a page about anything."


def page_now(journal: "Journal") -> NextPage | None:
    """The page that fits the member now; None for whoever is no partner."""
    notes = journal.notes.all(kind=NoteKind.PRACTICE)
    return page_of(journal.me, journal.sessions.all(), practice_of(journal, notes))


def practice_of(journal: "Journal", notes: Iterable[Note]) -> ChosenPractice | None:
    """The practice that two chose and that holds, to a partner who wrote some of these notes."""
    if journal.me.role is not Role.PARTNER:
        return None
    own = (note for note in notes if note.author == journal.me.id)
    return chosen_practice(journal.joints.holding(JointKind.PRACTICE), own)


def page_of(
    me: Member, sessions: Iterable[Session], practice: ChosenPractice | None = None
) -> NextPage | None:
    """The same from what was read already."""
    if me.role is not Role.PARTNER:
        return None
    return next_page(sessions, me.id, clock.local(clock.now()).replace(tzinfo=None), practice)


def draft_for(me: Member, page: NextPage | None) -> Draft:
    """An empty page of the kind that fits; a plain one for whom none does."""
    draft = new_draft(me.id, me.role, clock.today())
    return replace(draft, text=replace(draft.text, kind=page.kind)) if page else draft


def why(page: NextPage) -> str:
    """Why it fits, in one line; nothing where nothing is near."""
    session = page.session
    if page.why is Why.PRACTICE:
        return f"You two chose: “{excerpt(page.about)}”. How did it go?"
    if session is None or page == PLAIN:
        return ""
    on = days.near(session.date)
    return {
        Why.DOSE: f"A dose {on}: fragments are enough.",
        Why.RETURN: f"A dose {on}: going back to the fragments.",
        Why.WEEK: f"The week after the dose {on}: what it means for your days.",
        Why.BEFORE_DOSE: f"Before the dose {on}: an intention.",
        Why.BEFORE_SESSION: f"Before session {session.number} {on}: an intention.",
    }.get(page.why, "")


def fields(page: NextPage) -> dict[str, object]:
    """The page as a command prints it in JSON."""
    session = page.session
    return {
        "kind": page.kind.value,
        "why": page.why.value,
        "session": session.number if session else None,
        "date": session.date.isoformat() if session else None,
        "sentence": why(page) or NOTHING_NEAR,
    }
