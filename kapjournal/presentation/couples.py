"""What every face says of the couples of a practice."""

from kapjournal.domain.couples import Couple
from kapjournal.text import shown_line

ONE_FOR_ALL = (
    "One passphrase opens the practice and every journal that is added so. Who knows it reads all of them: "
    "make it a long one, and let a journal ask for its own where that is better."
)


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
