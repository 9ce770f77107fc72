"""What two partners kept of their dialogues, in words and for a script, and the requests that come back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.dialogue import Dialogue, Step
from kapjournal.domain.dialogue_page import (
    FIELDS,
    FIRST_LINE,
    HOW_OFTEN,
    REQUEST,
    SECOND_LINE,
    SENDER,
    TOPIC,
    UNTIL,
    WHEN,
    KeptPage,
)
from kapjournal.domain.joint import Joint, JointKind, Standing, due
from kapjournal.domain.joint_standing import has_held
from kapjournal.domain.members import Role
from kapjournal.presentation import days
from kapjournal.presentation.dialogue import CAPTIONS, TITLE, appointment
from kapjournal.presentation.joint import names_of_two
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NONE_YET = "You two have kept nothing of a dialogue yet."
NONE_TO_READ = "There is nothing of a dialogue for you to read here."
TAKEN_BACK = "One of the two took their yes back."


def kept(journal: "Journal") -> list[Joint]:
    """All of them that both approved and this member can read, the last first."""
    return [one for one in journal.joints.all(JointKind.DIALOGUE)[::-1] if has_held(one)]


def is_request(joint: Joint) -> bool:
    """Whether these are words of a dialogue in which one asked the other for something."""
    return joint.text.kind is JointKind.DIALOGUE and bool(joint.text.field(REQUEST))


def due_requests(journal: "Journal") -> list[Joint]:
    """Requests whose day has come; none to a therapist, who is not asked, nor once the two went apart."""
    if journal.is_practice or journal.me.role is not Role.PARTNER or journal.apart.has_ended:
        return []
    return [one for one in due(kept(journal), clock.today()) if is_request(one)]


def request_in_words(joint: Joint) -> str:
    """“Tea together, Sundays, once a week”."""
    return ", ".join(
        shown_line(text) for name in (REQUEST, WHEN, HOW_OFTEN) if (text := joint.text.field(name))
    )


def reminders(journal: "Journal") -> list[str]:
    """What is to be said of dialogues when the journal is opened, a sentence each; nothing as a rule."""
    said = [appointment(journal)]
    said += [f"You two asked: {request_in_words(one)}. Look at it together?" for one in due_requests(journal)]
    return [one for one in said if one]


def title(joint: Joint) -> str:
    """What a list calls it: its topic, or without one that it was a dialogue."""
    return shown_line(joint.text.field(TOPIC)) or TITLE


def row(joint: Joint) -> tuple[str, str]:
    """Its day and its title, for a list."""
    return days.short(joint.text.date, year=True), title(joint)


def lines(joint: Joint, second: str) -> list[str]:
    """All that was kept of one, a sentence a line; `second` is who did not send first, by label."""
    text = joint.text
    first = shown_line(text.field(SENDER))
    said = [f"{days.spoken(text.date)}.", f"{first} spoke first." if first else ""]
    for field in FIELDS:
        if line := shown_line(text.field(field)):
            said.append(f"{CAPTIONS[field].format(first=first, second=shown_line(second))}: {line}")
    if text.review and is_request(joint):
        said.append(f"{CAPTIONS[UNTIL]}: {days.spoken(text.review)}")
    if joint.standing is Standing.ENDED:
        said.append(TAKEN_BACK)
    said.append("Your therapists read it, too." if text.for_therapists else "Only you two read it.")
    return [line for line in said if line]


def second_of(journal: "Journal", joint: Joint) -> str:
    """The label of the partner who did not send first, as it is known to this member."""
    first = joint.text.field(SENDER)
    return next(label for label in names_of_two(journal, joint) if label != shown_line(first))


def again(doors: "Sequence[Journal]", joint: Joint) -> Dialogue:
    """The dialogue in which the two whose doors are open look at a request that came back, at its page: who
    sent first when it was made is first."""
    mine, theirs = (journal.me for journal in doors)
    first, second = (theirs, mine) if theirs.label == joint.text.field(SENDER) else (mine, theirs)
    return Dialogue(first.id, second.id, Step.KEEP)


def page_of(joint: Joint) -> KeptPage:
    """The page of a request that came back, to be approved anew: the day is to be chosen."""
    names = [field for field in FIELDS if field not in (UNTIL, FIRST_LINE, SECOND_LINE)]
    found = ((name, joint.text.field(name)) for name in names)
    return KeptPage(tuple((name, text) for name, text in found if text), joint.text.for_therapists)


def why_not_again(joint: Joint | None) -> str:
    """Why a request cannot be looked at again; empty where it can."""
    if joint is None:
        return "Choose a dialogue first."
    if not is_request(joint) or joint.standing is not Standing.HOLDS:
        return "There is no request in it that still holds."
    return ""
