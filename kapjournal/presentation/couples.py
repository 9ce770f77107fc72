"""What every face says of the couples of a practice."""

from collections.abc import Callable
from dataclasses import dataclass

from kapjournal import paths
from kapjournal.domain.couples import Couple
from kapjournal.domain.members import JournalKind, Role
from kapjournal.domain.sessions import Session
from kapjournal.presentation import days
from kapjournal.text import shown_line

BEGIN = "Start a practice, for a therapist with several couples"
"""Without a full stop: a face may go on."""

_MANY = 20
"""Of fewer couples it is not said how many were looked into: it is done at once."""

PRACTICE = (
    "A practice is the clinic’s own file, and its members are staff. It has your couples by the names you "
    "give them, and the way into each one’s journal. Nothing in their journals says that there is one."
)

OFFER = "Keep a practice, too?"

OFFERED_LATER = (
    "This couple is the first in it, if you start it now. You can as well start one later, from the screen "
    "on which you started this journal."
)

ONE_DOOR = "With several couples, keep a practice: a file of your own, whose door opens their journals."
"""For a face that asks nothing more."""

YOUR_COUPLES = (
    "These are your couples, in your order and by the names you gave them, which stand nowhere else. Choose "
    "one to open their journal, where you write and read as before; locking closes it together with the "
    "practice."
)

NO_COUPLES = "There are no couples here yet. Add one whose journal you are in."

IN_THEIR_JOURNAL = (
    "This is the journal of one of your couples. Nobody in it can see that you came from a practice. Going "
    "back closes it, and leaves the practice open; locking closes both."
)

GO_BACK = "Go back to your couples"
"""Without a full stop: a face may go on."""

NAMES = "Only you read this name. A first name for each, or a word that means something to you alone."

OPENS_SO = "Should their journal open with your practice, without a passphrase of its own?"

LET_OPEN_AGAIN = "Should their journal open with your practice again? Its own passphrase is asked for once."

ONLY_THE_PRACTICE = "It holds the practice alone: each couple’s journal is a file with copies of its own."

ONE_FOR_ALL = (
    "One passphrase opens the practice and every journal that is added so. Who knows it reads all of them: "
    "make it a long one, and let a journal ask for its own where that is better."
)

OPENS_WITH_IT = "Then whoever knows the passphrase of the practice opens this journal, too."
SAFETY = "safety"
"""Beside a couple in whose journal a safety mark of the member's is open. It names nobody of the two."""
ASKS = "asks to talk"
"""Beside a couple of whom one asks to talk without saying what about. It names nobody of the two."""
TALK = "talk"
"""The same where there is little room."""
UNSIGNED = "unsigned"
"""Beside a couple of whom a record waits for the member's signature."""
NOT_THEIRS = "That is not the passphrase of their journal."
CHOOSE_FIRST = "Choose a couple first."
PARTNERS = "What records call the two; who stands first counts as the first partner there."
NO_NAME = "Say what you call them."
ASKING_EACH_TIME = (
    "Then this practice keeps no way into it, and it opens with its own passphrase alone. An older copy of "
    "the practice still has the way; new keys in the journal close it."
)


def not_added(name: str, why: str) -> str:
    """That a file was made, and the couple did not come into the practice."""
    return f"{shown_line(name)} could not be added to your practice. {why}"


def offers_practice(kind: JournalKind, role: Role) -> bool:
    """Whether a practice is offered to who makes a journal: to a therapist, while no file near is named as
    one is."""
    return kind is JournalKind.COURSE and role is Role.THERAPIST and not paths.practice_is_near()


@dataclass(frozen=True, slots=True)
class Glance:
    """What is seen of a couple without going in: their next session and its `dose`, “dose 4 of 8”; whether
    something is new for the member; whether a safety mark of theirs is open; whether one of them `asks` to
    talk; or a sentence on why that cannot be seen."""

    next_session: Session | None = None
    has_new: bool = False
    why_not: str = ""
    dose: str = ""
    has_open_mark: bool = False
    asks: bool = False


def in_a_line(couple: Couple, seen: Glance | None) -> tuple[str, bool]:
    """What stands beside a couple's name, and whether something is new; nothing before it was looked into."""
    if seen is None:
        return "…" if couple.opens else "", False
    if seen.why_not:
        return seen.why_not, False
    session = seen.next_session
    return (days.of_session(session, seen.dose) if session else "no session ahead"), seen.has_new


def beside(couple: Couple, seen: Glance, *, is_unsigned: bool) -> str:
    """All that stands beside a couple's name, in one line without a full stop."""
    said, is_new = in_a_line(couple, seen)
    marks = {SAFETY: seen.has_open_mark, ASKS: seen.asks, "new": is_new, UNSIGNED: is_unsigned}
    return "; ".join([said, *(word for word, is_so in marks.items() if is_so)])


def not_there(couple: Couple) -> str:
    """That the journal is not where it was."""
    if couple.path is None:
        return f"It is not known where the journal of {shown_line(couple.name)} lies."
    return f"The journal is not at {shown_line(str(couple.path))} any more. Say where it lies now."


def added(couple: Couple) -> str:
    """That a couple was added, and how their journal opens."""
    return f"{shown_line(couple.name)} is in your practice. {_how(couple)}"


def is_open(couple: Couple) -> str:
    """Whose journal was opened."""
    return f"This is the journal of {shown_line(couple.name)}."


def is_closed(couple: Couple) -> str:
    """Whose journal was closed, and where the member is now."""
    return f"The journal of {shown_line(couple.name)} is closed. You are in your practice."


def renamed(couple: Couple) -> str:
    """What a couple is called from now on."""
    return f"You call them {shown_line(couple.name)} from now on."


def moved(couple: Couple, place: int) -> str:
    """At which place in the list a couple is now, from 1."""
    return f"{shown_line(couple.name)} is number {place} in your list."


def partners(couple: Couple) -> str:
    """What the two partners are called from now on."""
    if not couple.first:
        return f"The partners of {shown_line(couple.name)} have no names here now."
    first, second = shown_line(couple.first), shown_line(couple.second)
    return f"Records call the first partner {first} and the second {second}."


def opens_so(couple: Couple) -> str:
    """That a journal opens with the practice from now on."""
    return f"The journal of {shown_line(couple.name)} opens with your practice now."


def asks(couple: Couple) -> str:
    """That a journal opens with its own passphrase from now on, and what an older copy still has."""
    return (
        f"The journal of {shown_line(couple.name)} asks for its own passphrase now. An older copy of the "
        "practice still has the way in; new keys in the journal close it."
    )


def asks_here(couple: Couple) -> str:
    """That a journal asks for its own passphrase, and which ways there are on the command line."""
    return (
        f"The journal of {shown_line(couple.name)} asks for its own passphrase. Name its file with -j and "
        "your door with -a, or let it open with the practice: kapjournal couple let-open."
    )


def keys_meet_inside(newcomer: str) -> str:
    """What the therapist does once somebody has joined the journal of a couple at her keyboard."""
    return f"Open your door, then their journal again: there {shown_line(newcomer)}’s keys and yours meet."


def lies_at(couple: Couple) -> str:
    """Where a journal lies."""
    return f"The journal of {shown_line(couple.name)} is looked for at {shown_line(str(couple.path))}."


def _how(couple: Couple) -> str:
    if couple.opens:
        return "Their journal opens with it: nothing more is asked."
    return "Their journal asks for its own passphrase each time."


def how_far(done: int, whole: int) -> str:
    """Into how many journals it was looked, where there are many; else empty."""
    return f"{done:,} of {whole:,} couples." if whole >= _MANY else ""


def couple_by_couple(say: Callable[[str], object]) -> Callable[[int, int], None]:
    """Say into how many journals it was looked, each time a quarter more is done."""
    said = 0

    def follow(done: int, whole: int) -> None:
        nonlocal said
        quarter = 4 * done // max(whole, 1)
        if quarter > said and (sentence := how_far(done, whole)):
            said = quarter
            say(sentence)

    return follow
