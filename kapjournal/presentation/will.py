"""What every face says of a practice will: what its shares open, for whom each is, and when it was tried."""

from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.will import NO_WILL, Will
from kapjournal.presentation import days
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

SHARES = 3
FIRST_AND_SECOND = "first", "second"
OPENS = (
    "Any two of the three open the clinic’s record and what opens through your practice: what partners "
    "shared with you, and never what they wrote for themselves. One alone opens nothing."
)
WHAT = (
    "A will is for a custodian: somebody who is to open your practice when you cannot, such as a colleague. "
    f"The way in is split into three shares of 33 words, on three papers. {OPENS}"
)
FIRST = (
    "Have three papers at hand. Each share is shown once, and one word of it asked back. The will holds when "
    "you have typed back a word of the third. Then the shares of a will before it open nothing any more. "
    "Until then nothing changes."
)
CUSTODIAN = "Who is to open your practice: a name."
BESIDE = "One line beside it, such as where they are to be reached; Enter for none. Only you read both."
KEEP_APART = (
    "Whoever has two papers and the file can open your practice this very day: keep them apart, and never "
    "with the file."
)
WRITE = "Write the words by hand on a paper of their own, with the number of the share."
LEFT = (
    "No will was made. The shares just shown are worth nothing: destroy their papers. A will from before, if "
    "there is one, still holds."
)
PERHAPS = "The new will may hold already. Keep all papers until a rehearsal has shown which open."
IN_THE_TERMINAL = (
    "The words still stand in this terminal: close its window, so that nobody scrolls back to them."
)
NOT_SEALED = "Until the new will is sealed, the one before holds."
REHEARSING = (
    "Type two of the three shares from their papers. It is proved that they are of the will that stands; "
    "nothing is opened by it, and the day is noted."
)
HOW_TO_TYPE = "The 33 words of a share in their order. Numbers, line breaks and capitals do not matter."
KEEPERS = "If you keep a share of a will, type it here; you are asked for another one."
DEEDS = {
    "open": "it gets a new passphrase",
    "try": "it is said whether they would open it; nothing is shown, and nothing is written",
}
WOULD_OPEN = "These two shares open this practice. Nothing was opened, and nothing was written."
OLDER_COPIES = "An older copy of the file opens with them all the same: ask for the papers back."
REVOKING = f"Its shares open nothing any more, in this file and in every copy that it reaches. {OLDER_COPIES}"
RECOVERING = (
    "Two of the three shares open the practice, and its door gets the new passphrase that you choose here. "
    "The passphrase before opens it no longer. The shares stay as they are."
)
RECOVERED = "The door has a new passphrase. The shares stay as they are."
CLOSED_BY_KEYS = "Your will was closed by that: make a new one, and ask for the three papers back."


def for_whom(number: int, custodian: str) -> str:
    """For whom a share is, from 1: the custodian has one, another is where they can reach it, one is kept."""
    name = shown_line(custodian)
    return (
        f"For {name}, your custodian.",
        f"For somebody else whom {name} can ask for it, such as a notary or another colleague.",
        f"For a place of yours that {name} is told of, such as a safe.",
    )[number - 1]


def share_caption(which: str) -> str:
    """What stands above the room for a share."""
    return f"The {which} share, 33 words in order"


def heading(number: int) -> str:
    """What a share is called, on screen and on its paper."""
    return f"Share {number} of {SHARES}"


def on_paper(number: int, custodian: str) -> str:
    """What is said above the words of a share, which may be written on its paper as well."""
    return f"{for_whom(number, custodian)} {OPENS}"


def question(number: int, place: int) -> str:
    """The question for the word at a place, from 0, of a share, from 1."""
    return f"What is word {place + 1} of share {number}?"


def holds(custodian: str, *, had_one: bool) -> str:
    """A will holds; `had_one` before, whose shares open nothing any more."""
    older = f" The shares of the will before open nothing any more. {OLDER_COPIES}" if had_one else ""
    return f"Your will holds, for {shown_line(custodian)}. {KEEP_APART}{older}"


def about(will: Will | None) -> str:
    """For whom a will is, when it was made and when it was tried last."""
    if will is None:
        return NO_WILL
    beside = f" ({shown_line(will.beside)})" if will.beside else ""
    made = days.long_day(days.of(will.made))
    tried = f"rehearsed on {days.long_day(will.rehearsed)}" if will.rehearsed else "not rehearsed yet"
    due = f" {_due(will)}" if will.is_due(clock.today()) else ""
    return f"Your will is for {shown_line(will.custodian)}{beside}. Made on {made}, {tried}.{due}"


def rehearsed(will: Will) -> str:
    """That two shares were proved, and what is noted of it."""
    return (
        f"These two shares are of your will for {shown_line(will.custodian)}, and would open this practice. "
        "Nothing was opened; today is noted as the day of the rehearsal."
    )


def revoked(will: Will) -> str:
    """That a will was closed."""
    return f"Your will for {shown_line(will.custodian)} is revoked. {REVOKING}"


def reminder(journal: "Journal") -> str:
    """To whoever made a will, once a year has gone by without a rehearsal; else empty."""
    will = journal.will.standing() if journal.is_practice else None
    return _due(will) if will is not None and will.is_due(clock.today()) else ""


def closed_by_keys(journal: "Journal") -> str:
    """What to say after new keys; to be asked before, since they close a will. Empty if there is none."""
    return CLOSED_BY_KEYS if journal.is_practice and journal.will.standing() else ""


def _due(will: Will) -> str:
    return (
        f"The shares of your will were last sure on {days.long_day(will.tried)}: rehearse it when you meet "
        f"{shown_line(will.custodian)}."
    )
