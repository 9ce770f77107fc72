"""Both first: a page that goes to the other partner when one of theirs comes for it.

Who begins offers a page, and binds it by a commitment, which says nothing of its words. Who answers binds one
of theirs. Then the first goes, then the second: no page is out before the other is bound to its words.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.text import storable_line

BOUND = (
    "This page is offered as it is, and is not changed meanwhile. Keep it for yourself first: that takes the "
    "offer back."
)
ONE_PARTNER = "Both first is between you and your partner: share the page with them."
NOT_IN_A_PAUSE = (
    "A page you offer goes by itself, and nothing does before the pause after a dose has ended. Offer it "
    "then, or share it now, all the same."
)
NOT_CLOSED = "This is closed until its day. Open it first, then offer it."
ANSWERED = "This offer was answered or taken back."


@dataclass(frozen=True, slots=True)
class Promise:
    """An offer, and the commitment (32 bytes) to the one page that it binds."""

    offer: DocumentId
    commitment: bytes


@dataclass(frozen=True, slots=True)
class Opening:
    """Which page of the author's was given, and the 32 random bytes by which its commitment is checked."""

    note: DocumentId
    nonce: bytes


@dataclass(frozen=True, slots=True)
class Offer:
    """A page offered by one partner to the other. `about` is one line of its author's, or empty. An answer is
    `in_return` for the offer it answers; a first one is so from when it is given. `opening` is there once
    the page was given. `written` is UTC."""

    author: MemberId
    document: DocumentId
    commitment: bytes
    about: str
    written: dt.datetime
    in_return: Promise | None = None
    opening: Opening | None = None
    id: str = ""

    @property
    def promise(self) -> Promise:
        """What an answer to it names."""
        return Promise(self.document, self.commitment)

    @property
    def is_open(self) -> bool:
        """Whether it can be answered."""
        return self.in_return is None and self.opening is None


class Exchange(Enum):
    """How it stands with a page that was offered."""

    WAITS = auto()
    """The other has not answered, or has not given theirs yet."""
    DUE = auto()
    """The page goes now."""
    GONE = auto()
    """The offer that it answers is not there any more, or took another page."""
    NOT_AS_OFFERED = auto()
    """What came for it is not the page that was offered."""


def met(
    mine: Offer | None, theirs: Sequence[Offer], fits: Callable[[Offer], bool | None]
) -> tuple[Exchange, Offer | None]:
    """How it stands with a page that one partner offered, and the offer of the other that it goes for.

    `fits` says whether the page given for an offer is the one it bound, None while it is not here. Who began
    gives theirs for an answer; who answered, once the first page is here and is the one that was offered.
    """
    if mine is None or mine.opening is not None:
        return Exchange.GONE, None
    if mine.in_return is None:
        answers = (one for one in theirs if one.in_return == mine.promise and one.opening is None)
        answer = next(answers, None)
        return (Exchange.DUE if answer else Exchange.WAITS), answer
    first = named(mine.in_return, theirs)
    if first is None or (first.opening is not None and first.in_return != mine.promise):
        return Exchange.GONE, None
    is_offered = {None: Exchange.WAITS, True: Exchange.DUE, False: Exchange.NOT_AS_OFFERED}
    return is_offered[fits(first)], first


def named(promise: Promise | None, offers: Iterable[Offer]) -> Offer | None:
    """The offer that a promise names, if it still binds the page that it bound then."""
    return next((one for one in offers if one.promise == promise), None)


def may_exchange(one: Member, other: Member) -> bool:
    """Whether offers between two members count: both are partners, and here."""
    partners = all(member.role is Role.PARTNER and not member.removed for member in (one, other))
    return partners and one.id != other.id


def about_from(typed: str) -> str:
    """What a page that is offered is about: one line, up to 200 characters, may be empty (`UsageError`)."""
    return storable_line(typed, "line on what it is about")
