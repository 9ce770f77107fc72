"""What a course says while nothing is written: what to do first, to whoever has come in."""

from typing import TYPE_CHECKING

from kapjournal.domain.course import Stretch
from kapjournal.domain.members import Role
from kapjournal.tui.course_view import View

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NOTHING_YET = "Nothing is written here yet.\nPress {write} to write."


def first_steps(journal: "Journal", view: View) -> str:
    """A sentence or two for a journal in which one can read nothing yet; keys are named in braces."""
    alone = not [
        member for member in journal.members.all() if member.id != journal.me.id and not member.removed
    ]
    first = "There is nothing to read here yet." if view.sessions else "This journal is new."
    paragraphs = [f"{first} {_invite(journal.me.role)}" if alone and journal.me.is_keeper else first]
    if view.may_add_session and not view.sessions:
        paragraphs.append("Press {add-session} to put the first session into the course.")
    if journal.me.role is Role.PARTNER:
        paragraphs.append(
            "Press {write} to begin a page, about anything. Only you can read it, until you choose."
        )
    else:
        paragraphs.append("Press {write} for a note of your own. Only you can read it, until you choose.")
    return "\n\n".join(paragraphs)


def _invite(role: Role) -> str:
    whom = "your partner, and your therapist if you have one," if role is Role.PARTNER else "the couple"
    return f"Invite {whom} under people: press {{people}}. Each of them gets a door of their own."


def in_an_empty_stretch(stretch: Stretch, view: View) -> str:
    """What stands where a stretch has no notes."""
    ahead = stretch.session is not None and not stretch.after and stretch.session.date > view.today
    if ahead:
        return "This session is still to come.\nPress {write} to write for it already."
    elsewhere = [place for place in view.stretches if view.notes.get(place.key)]
    if not elsewhere:
        return NOTHING_YET
    return f"Nothing is written here yet; {_place(elsewhere[-1])} there is.\nPress {{write}} to write."


def _place(stretch: Stretch) -> str:
    if stretch.session is None:
        return "before the first session"
    return f"{'after' if stretch.after else 'at'} session {stretch.session.number}"
