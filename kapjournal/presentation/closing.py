"""The closing of a course: what its form begins with, and when it is said that it is near."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.joint import Joint, JointKind, Standing
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.presentation import days, joint
from kapjournal.presentation.booklet import was_approved
from kapjournal.presentation.intentions import read_threads
from kapjournal.presentation.people import partners
from kapjournal.text import excerpt

if TYPE_CHECKING:
    from kapjournal.journal import Journal

DAYS_BEFORE, DAYS_AFTER = 7, 14
"""From so many days before a closing session until so many after it, its words are offered."""
WHICH = "Which of these do you say again?"
A_LINE = 400
"""Characters of an appreciation that are said."""
NO_APPRECIATION = "You have shared no appreciation with your partner. Type what you want to say."


def form_begins(journal: "Journal", kind: JointKind, before: Joint | None = None) -> dict[str, str]:
    """What stands in each field of a form to begin with, of whatever kind: in that of a closing what the
    course holds, where the partner left it empty. What the member left out themselves `before` stays out."""
    fields, own = joint.begun(kind, before), before is not None and before.author == journal.me.id
    found = begun(journal) if kind is JointKind.CLOSING and not own else {}
    return fields | {name: words for name, words in found.items() if not fields.get(name)}


def begun(journal: "Journal") -> dict[str, str]:
    """What the form of a closing begins with, by field: the member's own first and last intention, and what
    the two chose to do. The partner's intentions are theirs to add."""
    own = "first" if _is_first(journal) else "second"
    thread = read_threads(journal).of.get(journal.me.id, [])
    found = {f"set-out-{own}": thread[0].line, f"now-{own}": thread[-1].line} if thread else {}
    if len(thread) == 1:
        del found[f"now-{own}"]
    chosen = [one for one in journal.joints.all(JointKind.PRACTICE) if was_approved(one)]
    found["keep"] = "\n".join(" · ".join(said for _, said in one.text.fields) for one in chosen)
    return {name: words for name, words in found.items() if words}


def appreciations(journal: "Journal") -> list[Note]:
    """What this member said to the partner already and can say again, the newest first: notes of their own
    that the partner reads. What the partner said is the partner's to choose."""
    both = {one.id for one in partners(journal)}
    notes = journal.notes.all(kind=NoteKind.APPRECIATION)
    own = [one for one in notes if one.author == journal.me.id and both <= one.readers]
    return sorted(own, key=lambda one: (one.text.date, one.written, one.id), reverse=True)


def said_already(journal: "Journal") -> list[str]:
    """The same a line each, for whoever says them again by typing."""
    lines = [
        f"{days.long_day(one.text.date)}: {excerpt(one.text.body, A_LINE)}" for one in appreciations(journal)
    ]
    return ["You said already:", *lines] if lines else []


def own_appreciation(journal: "Journal") -> str:
    """The name of the field in which this member says it."""
    return f"appreciation-{'first' if _is_first(journal) else 'second'}"


def _is_first(journal: "Journal") -> bool:
    return journal.me.id == min(one.id for one in partners(journal))


def near(sessions: Iterable[Session]) -> Session | None:
    """The closing session that is near, or was; None as a rule."""
    today = clock.today()
    found = (
        one
        for one in sorted(sessions, key=lambda session: session.order, reverse=True)
        if one.kind is SessionKind.CLOSING and -DAYS_BEFORE <= (today - one.date).days <= DAYS_AFTER
    )
    return next(found, None)


def reminders(journal: "Journal") -> list[str]:
    """To a partner near a closing session: to write down what the two take along; once that holds, that
    there is a booklet. Nothing as a rule."""
    if journal.is_practice or journal.me.role is not Role.PARTNER:
        return []
    session = near(journal.sessions.all())
    if session is None:
        return []
    written = journal.joints.all(JointKind.CLOSING)
    if any(one.standing is Standing.HOLDS for one in written):
        return ["What you two approved can be a booklet. Press {booklet} to save it."]
    if any(one.standing is Standing.PROPOSED for one in written):
        return []
    verb, day = "is" if session.date >= clock.today() else "was", days.near(session.date)
    return [f"The closing {verb} {day}. Press {{together}} to write down what you two take along."]
