"""What a journal says while there is nothing to read in it: what to do first.

Keys stand in braces, by the id of their action; a face puts their names in.
"""

from typing import TYPE_CHECKING

from kapjournal.domain.course import Stretch
from kapjournal.domain.members import Role
from kapjournal.presentation.course import CourseView
from kapjournal.presentation.people import others

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NOTHING_YET = "Nothing is written here yet.\nPress {write} to write."


def first_steps(journal: "Journal", course: CourseView) -> str:
    """Paragraphs for a screen on which the member can read no note yet."""
    first = "There is nothing to read here yet." if course.sessions else "This journal is new."
    paragraphs = [f"{first} {_invite(journal.me.role)}" if _is_alone(journal) else first]
    if course.may_add_session and not course.sessions:
        paragraphs.append("Press {add-session} to put the first session into the course.")
    if journal.me.role is Role.PARTNER:
        paragraphs.append(
            "Press {write} to begin a page, about anything. Only you can read it, until you choose."
        )
    else:
        paragraphs.append("Press {write} for a note of your own. Only you can read it, until you choose.")
    return "\n\n".join(paragraphs)


def spoken_first_steps(journal: "Journal") -> str:
    """The same in a sentence or two, for the plain conversation."""
    if _is_alone(journal):
        return (
            "This journal is new. Choose people to invite the others: each of them gets a door of their own. "
            "Choose write for a note of your own; only you can read it, until you choose."
        )
    return "There is nothing to read here yet. Choose write to begin; only you can read it, until you choose."


def _is_alone(journal: "Journal") -> bool:
    """Whether this is a keeper who has still to invite the others."""
    return journal.me.is_keeper and not others(journal.members.all(), journal.me.id)


def _invite(role: Role) -> str:
    whom = "your partner, and your therapist if you have one," if role is Role.PARTNER else "the couple"
    return f"Invite {whom} under people: press {{people}}. Each of them gets a door of their own."


def in_an_empty_stretch(stretch: Stretch, course: CourseView) -> str:
    """What stands on a screen where a stretch has no notes."""
    ahead = stretch.session is not None and not stretch.after and stretch.session.date > course.today
    if ahead:
        return "This session is still to come.\nPress {write} to write for it already."
    elsewhere = [place for place in course.stretches if course.notes.get(place.key)]
    if not elsewhere:
        return NOTHING_YET
    return f"Nothing is written here yet; {_place(elsewhere[-1])} there is.\nPress {{write}} to write."


def _place(stretch: Stretch) -> str:
    if stretch.session is None:
        return "before the first session"
    return f"{'after' if stretch.after else 'at'} session {stretch.session.number}"
