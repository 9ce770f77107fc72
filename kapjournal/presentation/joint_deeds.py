"""What can be done with words that two approve, why it cannot be, and what comes of it, for every face."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain import joint as rules
from kapjournal.domain.joint import ALWAYS_BACK, ALWAYS_LESS, Joint, JointKind, JointText, Standing
from kapjournal.domain.joint_standing import awaits, has_held
from kapjournal.domain.members import Role
from kapjournal.errors import Refused
from kapjournal.presentation import authorising
from kapjournal.presentation.joint import name_of, title_of, waits_until, who_lacks, who_reads
from kapjournal.presentation.kept_dialogues import is_request

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NO_YES_TO_TAKE_BACK = "There is no yes to take back: this holds no longer."
SAID_NO_ALREADY = "You said no to this already."
SAID_YES_ALREADY = "You said yes to this."
DECLINING = "Say no to this?"
SAY_NO = "Say no"
ENDED_FOR_BOTH = "It holds no longer then, for nobody. Nothing earlier comes back in its place."
STAYS_WRITTEN = "The words stay for you two, and nobody is bound to them. You can say yes to them later."
GOES = "You wrote it, and it does not hold yet: it goes, for everybody who can read it."
GONE = "It is gone. Nobody reads it any more."
SAID_NO = "You said no. Nobody is bound to it."
TAKEN_BACK = "Your yes is taken back. It holds no longer."
NOTHING_PUT = "Nothing was put to anybody, and nothing is kept of it."
LESS_HEADING = "Ask for less"
LESS = "What less do you ask for? It counts at once, and nobody has to approve it."
LESS_ASKED = "It counts from now on."
YES_HERE = "{name}, do you say yes to these very words?"
BY_OWN_DOOR = "It is your yes, through your own door. You can take it back alone, at any time."
YOURS_FIRST = "Say yes to it yourself first."
NOBODY_TO_ASK = "Your partner has nothing to say to it."


def why_not(journal: "Journal", action: str, joint: Joint, every: Sequence[Joint]) -> str:
    """Why a member cannot `approve`, `take_back`, `narrow`, or have the other partner approve it at this
    keyboard, `yes_here`, or write it anew, `write_together`; empty where they can."""
    try:
        match action:
            case "approve":
                rules.check_may_approve(joint, journal.me, every)
                is_said = journal.me.id in joint.approved_by
                return SAID_YES_ALREADY if is_said else waits_until(journal, joint.text.kind)
            case "yes_here":
                return _why_not_here(journal, joint)
            case "take_back":
                return _why_not_back(journal, joint)
            case "narrow":
                rules.check_may_narrow(joint, journal.me)
                return ""
            case _:
                return why_not_written(journal, joint.text.kind)
    except Refused as refused:
        return str(refused)


def _why_not_here(journal: "Journal", joint: Joint) -> str:
    other = rules.partner_of(journal.me, journal.members.all())
    if journal.me.id not in joint.approved_by:
        return YOURS_FIRST
    if joint.standing is not Standing.PROPOSED or other.id in joint.approved_by:
        return NOBODY_TO_ASK
    return waits_until(journal, joint.text.kind)


def _why_not_back(journal: "Journal", joint: Joint) -> str:
    own = joint.response_of(journal.me.id)
    if not rules.counts(joint.text.kind, journal.me.id, journal.members.all()):
        return rules.NOT_YOURS_TO_APPROVE
    if joint.standing in (Standing.REPLACED, Standing.ENDED):
        return NO_YES_TO_TAKE_BACK
    return SAID_NO_ALREADY if own and not own.approves else ""


def why_not_written(journal: "Journal", kind: JointKind) -> str:
    """Why nothing of a kind can be put to the other now; empty where it can."""
    try:
        rules.partner_of(journal.me, journal.members.all())
    except Refused as refused:
        return str(refused)
    return waits_until(journal, kind)


def put_so(journal: "Journal", text: JointText) -> list[str]:
    """What is said of words before they are put to the other: of an authorisation what it gives; who will
    read them."""
    gives = [authorising.in_a_sentence(journal, text)] if text.kind is JointKind.AUTHORISATION else []
    return [*gives, who_reads(journal, text)]


def awaiting(journal: "Journal") -> list[Joint]:
    """What waits for the yes of this member, oldest first."""
    every, members = journal.joints.all(), journal.members.all()
    return [one for one in every if awaits(one, journal.me, members, every)]


def reminders(journal: "Journal") -> list[str]:
    """What is to be said when a member comes in: what waits for their yes, and what comes back."""
    lines = [
        f"{name_of(journal, one.author, begins=True)} put something to you: {title_of(one.text.kind)}. "
        "Press {together} to read it."
        for one in awaiting(journal)
        if not waits_until(journal, one.text.kind)
    ]
    is_asked = journal.me.role is Role.PARTNER and not journal.apart.has_ended
    due = rules.due(journal.joints.all(), clock.today()) if is_asked else []
    back = (
        f"{title_of(one.text.kind)} comes back to you two. Press {{together}} to read it again."
        for one in due
        if not (one.text.kind is JointKind.PRACTICE or is_request(one))  # each is asked after by itself
    )
    return list(dict.fromkeys([*lines, *back]))


def after_yes(journal: "Journal", joint: Joint) -> str:
    """What a yes, or words of one's own, came to."""
    if joint.standing is Standing.HOLDS:
        always = {JointKind.AGREEMENT: ALWAYS_LESS, JointKind.AUTHORISATION: ALWAYS_BACK}
        return f"It holds. {always.get(joint.text.kind, '')}".strip()
    return who_lacks(journal, joint)


def says_yes_here(journal: "Journal", theirs: "Journal", joint_id: str) -> str:
    """Say yes for the other partner, through the door that they opened beside this one; what it came to."""
    theirs.refresh()
    theirs.joints.approve(joint_id)
    journal.refresh()
    return after_yes(journal, journal.joints.get(joint_id))


def after_no(joint: Joint | None) -> str:
    """What a no came to, or a yes that was taken back; None is what is left of words that are gone."""
    if joint is None:
        return GONE
    if authorising.is_authorisation(joint) and has_held(joint):
        return authorising.TAKEN_BACK
    return TAKEN_BACK if has_held(joint) else SAID_NO


def before_no(journal: "Journal", joint: Joint) -> tuple[str, str, str]:
    """What is asked before a no, what follows from it, and the word for it."""
    if has_held(joint):
        follows = authorising.ENDING if authorising.is_authorisation(joint) else ENDED_FOR_BOTH
    else:
        follows = GOES if joint.author == journal.me.id else STAYS_WRITTEN
    return DECLINING, follows, SAY_NO
