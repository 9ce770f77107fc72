"""A partner's own page before a session: what they marked to bring, and what both of them can read anyway.

To one partner's program what the other marked does not exist, and so it is on no page of theirs: that both
brought the same, or that one brought nothing, is learned in the room.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain import joint as rules
from kapjournal.domain.joint import Joint, JointKind
from kapjournal.domain.members import Role
from kapjournal.errors import Refused
from kapjournal.presentation import bringing, days, policy
from kapjournal.presentation.agreed import LESS_BEGINS, read_agreed
from kapjournal.presentation.brief import NOTHING_OF_YOURS, Brief, Entry, Section
from kapjournal.presentation.kept_dialogues import is_request, request_in_words
from kapjournal.presentation.sessions import coming
from kapjournal.text import excerpt, shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

FOR_PARTNERS = "A page of their own before a session is for partners."
WHOLE = 1_000
"""Characters of what was marked or chosen."""


def read_own_brief(journal: "Journal") -> Brief:
    """The page of a partner, who is a member of this couple's journal (`Refused`)."""
    if journal.is_practice or journal.me.role is not Role.PARTNER:
        raise Refused(FOR_PARTNERS)
    session, dose = coming(journal)
    joints = journal.joints.all()
    due = () if journal.apart.has_ended else rules.due(joints, session.date if session else clock.today())
    practice, loop = (rules.holding(joints, kind) for kind in (JointKind.PRACTICE, JointKind.LOOP))
    sections = (
        Section("You bring", tuple(_brought(journal)), rows=2),
        Section("You ask to talk", tuple(_asks(journal))),
        Section("You two agreed", tuple(_agreed(journal))),
        Section("You two chose", tuple(_words(practice)), rows=2),
        Section("A request", tuple(_requests(due)), rows=2),
        Section("Your loop", tuple(_words(loop))),
    )
    secrets = journal.policies.current().secrets
    return Brief(
        "",
        days.of_session(session, dose) if session else "",
        policy.name_of(secrets) if secrets else "",
        tuple(one for one in sections if one.entries),
        nothing=NOTHING_OF_YOURS,
    )


def in_a_line(joint: Joint) -> str:
    """What was written down, without what its fields are called."""
    return excerpt(" · ".join(said for _, said in joint.text.fields), WHOLE)


def _brought(journal: "Journal") -> Iterator[Entry]:
    for line in bringing.read_lines(journal):
        what = "the whole page" if line.brought.note else ""
        words = f"“{excerpt(line.words, WHOLE)}”"
        yield Entry("", shown_line(" · ".join(filter(None, (words, what, line.remark)))))


def _asks(journal: "Journal") -> Iterator[Entry]:
    for one in journal.talking.current():
        yield Entry("", f"since {days.short(days.of(one.written))}")


def _agreed(journal: "Journal") -> Iterator[Entry]:
    """What either asked less of since, and then the agreement, a line for each of its fields: a boundary that
    is cut off is none."""
    agreed = read_agreed(journal)
    for line in (*(f"{LESS_BEGINS}{less}" for less in agreed.less), *agreed.whole):
        yield Entry("", line, is_whole=True)


def _words(joint: Joint | None) -> Sequence[Entry]:
    return [Entry("", in_a_line(joint))] if joint else []


def _requests(due: Iterable[Joint]) -> Iterator[Entry]:
    """What one asked for in a dialogue and is looked at again."""
    for one in due:
        if is_request(one) and one.text.review:
            yield Entry("", f"{request_in_words(one)} · {days.short(one.text.review)}")
