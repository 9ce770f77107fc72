"""What every face says of requests for access to the record: who asked, the day a pack is due, what left."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.access_requests import AccessRequest, PackLeft
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About
from kapjournal.presentation import days
from kapjournal.presentation.packs import BOTH, GROUNDS, for_whom
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NEAR = 7
"""So many days before a pack is due it is said where the therapist begins."""
NOT_ASKED_YET = "Nobody asked for it, as far as it is noted."
NO_OPEN_REQUEST = "No request for this pack waits."
NOTING_ANSWERED = "It stays in the list, with the day of today."
NOTHING_WITHHELD = "Nothing was withheld of what goes into such a pack."
KEEPS_IT = "A pack is for whoever got it to keep: only what left for supervision is destroyed."
WHICH_DAY = "The day on which they asked, YYYY-MM-DD"


def request_in_words(request: AccessRequest, couple: Couple | None) -> str:
    """“Ana asked on 3 March 2026 for a pack; it is due on 2 April 2026.”"""
    who = for_whom(couple, request.about)
    who = "Both" if who == BOTH else who
    return (
        f"{who} asked on {days.long_day(request.asked)} for "
        f"{'the joint' if request.about is About.COUPLE else 'their own'} pack; it is due on "
        f"{days.long_day(request.due)}."
    )


def how_it_stands(requests: Sequence[AccessRequest], about: About) -> tuple[str, str]:
    """Of the last request for a pack when it was made, and how it stands: “due 2 Apr 2031”."""
    mine = [one for one in requests if one.about is about]
    waiting = next((one for one in mine if one.answered is None), None)
    if not mine:
        return NOT_ASKED_YET, ""
    last = waiting or mine[-1]
    return f"Asked for on {days.long_day(last.asked)}.{_packs_that_left(last)}", due_or_answered(last)


def due_or_answered(request: AccessRequest) -> str:
    """“due 2 Apr 2031” or, once it was answered, “answered 1 Apr 2031”."""
    if request.answered is None:
        return f"due {days.short(request.due, year=True)}"
    return f"answered {days.short(request.answered, year=True)}"


def due_or_answered_aloud(request: AccessRequest) -> str:
    """The same as a sentence: “It is due on 2 April 2031.”"""
    if request.answered is None:
        return f"It is due on {days.long_day(request.due)}."
    return f"It was answered on {days.long_day(request.answered)}."


def _packs_that_left(request: AccessRequest) -> str:
    if not request.packs:
        return ""
    last = request.packs[-1]
    count = f"{len(request.packs)} packs, the last made" if len(request.packs) > 1 else "Made"
    return f" {count} on {days.long_day(days.of(last.left))}: {last.form}."


def reminder(practice: "Journal") -> str:
    """One line from a week before a pack is due, for the therapist: of which couple, and when; else nothing.
    Which of the two asked is not said: somebody else may see it."""
    if not practice.me.role.is_therapist:
        return ""
    today = clock.today()
    near = [one for one in practice.packs.open_requests() if (one.due - today).days <= NEAR]
    if not near:
        return ""
    couple = practice.couples.of(near[0].case)
    whose = f" of {shown_line(couple.name)}" if couple else ""
    was = "was" if near[0].due < today else "is"
    more = f" {len(near) - 1} more wait{'s' if len(near) == 2 else ''}." if len(near) > 1 else ""
    return f"A pack{whose} {was} due {days.near(near[0].due)}.{more}"


def noted_answered(request: AccessRequest, couple: Couple | None) -> str:
    """That it was noted."""
    return f"Noted: the request of {for_whom(couple, request.about)} was answered. It stays in the list."


def cells(request: AccessRequest, couple: Couple | None) -> tuple[str, ...]:
    """Id, due, asked, whose pack, couple, answered."""
    return (
        request.id,
        request.due.isoformat(),
        request.asked.isoformat(),
        for_whom(couple, request.about),
        couple.name if couple else "-",
        request.answered.isoformat() if request.answered else "-",
    )


def left_in_words(left: PackLeft) -> str:
    """That a pack left, which the ledger keeps."""
    withheld = f", {len(left.withheld)} withheld by you" if left.withheld else ""
    for_them, plural = shown_line(left.recipient), "" if left.items == 1 else "s"
    return (
        f"The pack for {for_them} is written: {left.items} thing{plural}{withheld}. It stands in the ledger."
    )


def ledger_cells(request: AccessRequest, left: PackLeft) -> tuple[str, ...]:
    """A pack in the columns of the ledger: id, day, recipient, basis, form, destroy by, destroyed, case word,
    question, hash."""
    day = days.of(left.left).isoformat()
    which = _which(request)
    return (
        *(request.id_of(left), day, left.recipient, _basis(left), left.form),
        *("-", "-", "-", which, left.sha256),
    )


def ledger_entry(request: AccessRequest, left: PackLeft, couple: Couple | None) -> list[str]:
    """All that is kept of a pack that left, line by line, with what was withheld of it and why."""
    whose = f"{shown_line(couple.name)}: " if couple else ""
    withheld = [f"Withheld: {shown_line(what)}. {GROUNDS[ground]}" for what, ground in left.withheld]
    things = f"{left.items} thing{'' if left.items == 1 else 's'}"
    return [
        f"{whose}{_which(request)}, {things}",
        f"{days.long_day(days.of(left.left))}, for {shown_line(left.recipient)}: {_basis(left)}; "
        f"{shown_line(left.form)}.",
        f"Asked for on {days.long_day(request.asked)}, due on {days.long_day(request.due)}.",
        *(withheld or [NOTHING_WITHHELD]),
        f"SHA-256 {left.sha256}",
    ]


def in_the_ledger(request: AccessRequest, left: PackLeft) -> tuple[str, str]:
    """A pack in a list: which one and for whom, and how it left."""
    withheld = f" · {len(left.withheld)} withheld" if left.withheld else ""
    return (
        f"{_which(request).capitalize()}, for {shown_line(left.recipient)}",
        f"{shown_line(left.form)} · {_basis(left)}{withheld}",
    )


def heard_in_a_list(request: AccessRequest, left: PackLeft) -> str:
    """When, for whom, which pack, in what form and on which basis."""
    day = days.long_day(days.of(left.left))
    which, for_them = _which(request), shown_line(left.recipient)
    return f"{day}, for {for_them}: {which}, {shown_line(left.form)}, {_basis(left)}."


def _which(request: AccessRequest) -> str:
    return "joint pack" if request.about is About.COUPLE else "own pack"


def _basis(left: PackLeft) -> str:
    return "authorised by each partner" if left.authorisation else "right of access"
