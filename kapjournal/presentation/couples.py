"""What every face says of the couples of a practice."""

from dataclasses import dataclass

from kapjournal.domain.couples import Couple
from kapjournal.domain.sessions import Session
from kapjournal.presentation import days
from kapjournal.text import shown_line

WHAT_IT_IS = (
    "A practice is a file of your own, beside the journals of your couples: their names as you call them, "
    "and the way through your door into each journal. No partner is in it."
)
ONE_FOR_ALL = (
    "One passphrase opens the practice and every journal that is added so. Who knows it reads all of them: "
    "make it a long one, and let a journal ask for its own where that is better."
)

NO_COUPLES = (
    "There is no couple here yet. {start-couple} starts a journal for one, {add-couple} adds one in whose "
    "journal you have a door already."
)
NO_NAME = "Say what you call them."
NAME_IS_YOURS = (
    "The name is yours: it stands in this practice alone, sealed, and neither in their journal nor on its "
    "file."
)
ASKING_EACH_TIME = (
    "Then this practice keeps no way into it, and it opens with its own passphrase alone. An older copy of "
    "the practice still has the way; new keys in the journal close it."
)


@dataclass(frozen=True, slots=True)
class Glance:
    """What is seen of a couple without going in: their next session and its `dose`, “dose 4 of 8”; whether
    something is new for the member; or a sentence on why that cannot be seen."""

    next_session: Session | None = None
    has_new: bool = False
    why_not: str = ""
    dose: str = ""


def in_a_line(couple: Couple, seen: Glance | None) -> tuple[str, bool]:
    """What stands beside a couple's name, and whether something is new; nothing before it was looked into."""
    if seen is None:
        return "…" if couple.opens else "", False
    if seen.why_not:
        return seen.why_not, False
    session = seen.next_session
    return (days.of_session(session, seen.dose) if session else "no session ahead"), seen.has_new


def not_there(couple: Couple) -> str:
    """That the journal is not where it was."""
    if couple.path is None:
        return f"It is not known where the journal of {shown_line(couple.name)} lies."
    return f"The journal is not at {shown_line(str(couple.path))} any more. Say where it lies now."


def added(couple: Couple) -> str:
    """That a couple was added, and how their journal opens."""
    return f"{shown_line(couple.name)} is in your practice. {_how(couple)}"


def opens_so(couple: Couple) -> str:
    """That a journal opens with the practice from now on."""
    return f"The journal of {shown_line(couple.name)} opens with your practice now."


def asks(couple: Couple) -> str:
    """That a journal opens with its own passphrase from now on, and what an older copy still has."""
    return (
        f"The journal of {shown_line(couple.name)} asks for its own passphrase now. An older copy of the "
        "practice still has the way in; new keys in the journal close it."
    )


def lies_at(couple: Couple) -> str:
    """Where a journal lies."""
    return f"The journal of {shown_line(couple.name)} is looked for at {shown_line(str(couple.path))}."


def _how(couple: Couple) -> str:
    if couple.opens:
        return "Their journal opens with it: nothing more is asked."
    return "Their journal asks for its own passphrase each time."
