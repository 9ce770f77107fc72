"""What every face says of what the two authorise, and of pages that may be used for supervision."""

from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain import page_consent
from kapjournal.domain.authorisation import PURPOSE, RECIPIENT, is_over, is_same
from kapjournal.domain.bringing import therapists_here
from kapjournal.domain.joint import Joint, JointKind, JointText, Standing
from kapjournal.domain.joint_standing import held_from
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.domain.packs import PURPOSE as JOINT_PACK
from kapjournal.errors import Refused
from kapjournal.presentation import days
from kapjournal.presentation.readers import listed
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NOTHING_YET = "Nobody is authorised to be told anything."
UNTIL = "Until which day, the last one counted"
LAST_DAY = "Until"
CHANGED_BEFORE = "Names and places are changed before."
AS_IT_IS = (
    "That is all of the clinical record that is about both of you, as it is: no name and no place is changed."
)
AS_IT_IS_OF_TWO = (
    "That is all of the clinical record that is about both, as it is: no name and no place is changed."
)
NOT_CALLED_BACK = "What left before cannot be called back."
TAKE_BACK_ALONE = "Either of {who} can take it back alone, at any time, for what has not left."
ENDING = f"Nobody is told anything more by it then. {NOT_CALLED_BACK}"
TAKEN_BACK = f"It is taken back. {NOT_CALLED_BACK}"
RAN_OUT, WAS_TAKEN_BACK = "ran out", "taken back"
NO_AUTHORISATION = "That is no authorisation. What else two approve is answered with `together`."
WRITTEN_DOWN_THERE = (
    "An authorisation is written down with `authorise propose`: to whom, what for, until when."
)

# --- what the two authorise -----------------------------------------------------------------------------


def is_authorisation(joint: Joint) -> bool:
    """Whether words that two approve are one."""
    return joint.text.kind is JointKind.AUTHORISATION


def in_a_sentence(journal: "Journal", text: JointText) -> str:
    """What is given: “Dr Kern may be told about you two, for supervision of our therapy, until 31 January
    2027. Names and places are changed before.”"""
    is_theirs = journal.me.role is Role.PARTNER
    whom = "you two" if is_theirs else "the two"
    recipient, purpose = (shown_line(text.field(name)) for name in (RECIPIENT, PURPOSE))
    until = f", until {days.long_day(text.review)}" if text.review else ""
    how = CHANGED_BEFORE
    if is_same(purpose, JOINT_PACK):
        how = AS_IT_IS if is_theirs else AS_IT_IS_OF_TWO
    return f"{recipient} may be told about {whom}, for {purpose.rstrip('.')}{until}. {how}"


def first_words(text: JointText) -> str:
    """The beginning of one, in a line: “Dr Kern, until 31 January 2027”."""
    until = f", until {days.long_day(text.review)}" if text.review else ""
    return f"{shown_line(text.field(RECIPIENT))}{until}"


def in_a_word(joint: Joint) -> str:
    """How it stands with one that held, for a list; empty where the words for all that two approve fit."""
    if joint.standing is Standing.HOLDS and is_over(joint, clock.today()):
        return RAN_OUT
    return WAS_TAKEN_BACK if joint.standing is Standing.ENDED and _taken_back(joint) else ""


def standing_lines(journal: "Journal", joint: Joint) -> list[str]:
    """How it stands with one that holds, or did; by whom it was taken back is not said."""
    if joint.standing is Standing.HOLDS and is_over(joint, clock.today()):
        return [f"It ran out on {days.long_day(joint.text.review or clock.today())}. {NOT_CALLED_BACK}"]
    if joint.standing is Standing.ENDED:
        return [_ended(joint), NOT_CALLED_BACK]
    who = "you" if journal.me.role is Role.PARTNER else "the two"
    since = f"The second yes was said on {days.long_day(days.of(held_from(joint)))}."
    back = f"{TAKE_BACK_ALONE.format(who=who)} {NOT_CALLED_BACK}"
    return [in_a_sentence(journal, joint.text), since, back]


def _ended(joint: Joint) -> str:
    if day := _taken_back(joint):
        return f"It was taken back on {day}. Nobody is told anything more by it."
    return "It ended when sharing between the two did, or one of them left."


def _taken_back(joint: Joint) -> str:
    said = [one.written for one in joint.responses if not one.approves]
    return days.long_day(days.of(min(said))) if said else ""


# --- a page that may be used ----------------------------------------------------------------------------

MAY_BE_USED = "May be used for supervision"
ALLOW = "Allow this page to be used for supervision?"
TAKE_PAGE_BACK = "Take back that this page may be used?"
ALLOWED = "This page may be used for supervision. You can take that back for what has not left."
PAGE_TAKEN_BACK = f"This page may be used for supervision no longer. {NOT_CALLED_BACK}"
NO_PAGES = "No page may be used for supervision."


def what_allowing_does(journal: "Journal") -> str:
    """To a partner before they allow a page: who may use it, for how long, and what cannot be undone."""
    members = journal.members.all()
    here = therapists_here(members)
    who = listed([shown_line(one.label) for one in members if one.id in here])
    return (
        f"{who} may quote it to a supervisor. {CHANGED_BEFORE} It is for these words: once you change them, "
        f"it is asked anew. You can take it back at any time, for what has not left. {NOT_CALLED_BACK} Your "
        "partner is told nothing of it."
    )


def why_no_page(journal: "Journal", note: Note | None) -> str:
    """Why a page cannot be allowed by this member; empty if it can, or is."""
    if note is None:
        return ""
    try:
        page_consent.check_may_allow(journal.me)
        page_consent.check_can_be_allowed(note, journal.me, journal.members.all())
    except Refused as refused:
        return str(refused)
    return ""


def asked_of(journal: "Journal", *, allows: bool) -> tuple[str, str, str, str]:
    """What is asked of the author of a page, whether they allow it to be used or take that back; what
    follows, and the words for yes and for no."""
    if allows:
        return ALLOW, what_allowing_does(journal), "Allow it", "Not now"
    return TAKE_PAGE_BACK, f"It may not be used any more. {NOT_CALLED_BACK}", "Take it back", "Not now"


def answer(journal: "Journal", note: Note, *, allows: bool) -> str:
    """Allow a page to be used, or take that back; what came of it."""
    if allows:
        journal.page_consents.give(note.id)
        return ALLOWED
    journal.page_consents.withdraw(note.id)
    return PAGE_TAKEN_BACK
