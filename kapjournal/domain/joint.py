"""What two approve together: agreements, what is left of a dialogue, the name of a loop, practice, closing,
and what they authorise.

One partner writes it down, and each of the two approves these very words; an agreement the therapist approves
too. Whoever approved can take that back alone, at any time: less is always possible. What came to hold later
takes the place of what held before, for good: nothing that one of the two does alone brings an earlier one
back.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.partners import TWO_PARTNERS, other_partner
from kapjournal.domain.policy import DEFAULT_HOUR
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.domain.waiting import begins
from kapjournal.errors import Refused, UsageError
from kapjournal.text import MAX_LINE, storable, storable_line, without_unseen

_NAME = re.compile("[a-z][a-z0-9-]{0,39}")

MAX_FIELDS = 40
MAX_FIELD = 4_000
"""Characters of one field."""
SOBER = dt.timedelta(hours=24)
"""So long before a dose an agreement is made at the latest."""

ONLY_IN_A_COUPLES_JOURNAL = (
    "What two approve together is in a couple’s journal, and this is a practice. Open theirs: -c NAME."
)
PARTNERS_WRITE = "What two approve together is written down by one of the partners."
NOTHING_SAID = "Nothing is said yet: fill in one of its fields."
SAY_WHAT_LESS = "Say in one line what you ask for less of."
NOT_YOURS_TO_APPROVE = "This is for the two partners to approve."
NOT_OPEN = "This was taken back, and is not approved any more. Write it down anew."
ALWAYS_LESS = "You may always ask for less."
ALWAYS_BACK = "You may always take a yes back."
SOMETHING_LATER = (
    "You two approved something later, and this was written before that. Write it down anew to go back to it."
)
PARTNERS_NARROW = "What a partner asks less of is theirs to say."
NO_LONGER = "There is nothing to narrow: this is no agreement that holds."


class JointKind(StrEnum):
    """What it is that two approve."""

    AGREEMENT = "agreement"
    DIALOGUE = "dialogue"
    LOOP = "loop"
    PRACTICE = "practice"
    CLOSING = "closing"
    AUTHORISATION = "authorisation"

    @property
    def is_made_sober(self) -> bool:
        """Whether nobody says yes to it from a day before a dose until the pause after it ends."""
        return self in (JointKind.AGREEMENT, JointKind.AUTHORISATION)

    @property
    def ends_with_either(self) -> bool:
        """Whether it holds no longer once one of the two left, or the two went apart."""
        return self.is_single or self is JointKind.AUTHORISATION

    @property
    def is_single(self) -> bool:
        """Whether only one holds at a time: the one that came to hold last."""
        return self in (JointKind.AGREEMENT, JointKind.LOOP, JointKind.PRACTICE)


class Standing(StrEnum):
    """How it stands with words that two approve."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    """Somebody said no before it held, or its author took it back."""
    HOLDS = "holds"
    REPLACED = "replaced"
    ENDED = "ended"
    """It held until somebody took their yes back, or one of the two left."""


@dataclass(frozen=True, slots=True)
class JointText:
    """What is approved, all of it. `fields` are by name, in the order of their form; `date` is the day it is
    of, `review` that on which it comes back, None if on none. `for_therapists` lets therapists read it."""

    kind: JointKind
    fields: tuple[tuple[str, str], ...]
    date: dt.date
    review: dt.date | None = None
    for_therapists: bool = False

    def field(self, name: str) -> str:
        """What stands in a field; nothing in one that was left out."""
        return dict(self.fields).get(name, "")


@dataclass(frozen=True, slots=True)
class Response:
    """What one member said to it, and when (UTC); `held` once their program found that everybody approved."""

    member: MemberId
    approves: bool
    written: dt.datetime
    held: bool = False


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One line by which a partner asks for less than was agreed. It counts at once; `written` is UTC."""

    author: MemberId
    line: str
    written: dt.datetime


@dataclass(frozen=True, slots=True)
class Joint:
    """Words put to two by one of them, `author`, with what each said to them, and `narrowings` in the order
    in which they were made. `written` is UTC."""

    id: str
    author: MemberId
    text: JointText
    written: dt.datetime
    responses: tuple[Response, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    standing: Standing = Standing.PROPOSED

    @property
    def approved_by(self) -> frozenset[MemberId]:
        """Who said yes to these very words."""
        return frozenset(one.member for one in self.responses if one.approves)

    def response_of(self, member: MemberId) -> Response | None:
        """What a member said to it."""
        return next((one for one in self.responses if one.member == member), None)

    @property
    def order(self) -> tuple[dt.date, dt.datetime, str]:
        """By the day it is of, then as it came."""
        return self.text.date, self.written, self.id


# --- what holds ----------------------------------------------------------------------------------------


def holding(found: Iterable[Joint], kind: JointKind) -> Joint | None:
    """The one of a kind that holds, of which only one does at a time."""
    return next((one for one in found if one.text.kind is kind and one.standing is Standing.HOLDS), None)


def due(found: Iterable[Joint], today: dt.date) -> list[Joint]:
    """What holds and comes back by today, the longest due first. An authorisation does not: it runs out."""
    returning = (
        (one.text.review, one.order, one)
        for one in found
        if one.standing is Standing.HOLDS and one.text.review and one.text.review <= today
        if one.text.kind is not JointKind.AUTHORISATION
    )
    return [one for _, _, one in sorted(returning, key=lambda row: row[:2])]


# --- who may, and when ----------------------------------------------------------------------------------


def partner_of(me: Member, members: Iterable[Member]) -> Member:
    """The other partner of a partner, both here (`Refused`)."""
    if me.role is not Role.PARTNER or me.removed:
        raise Refused(PARTNERS_WRITE)
    other = other_partner(me.id, members)
    if other is None:
        raise Refused(TWO_PARTNERS)
    return other


def counts(kind: JointKind, member: MemberId, members: Iterable[Member]) -> bool:
    """Whether what a member answers to words of a kind says anything: a partner's to all of them, a
    therapist's to an agreement."""
    role = {one.id: one.role for one in members}.get(member)
    if role is None:
        return False
    return role is Role.PARTNER or (role.is_therapist and kind is JointKind.AGREEMENT)


def check_may_approve(one: Joint, me: Member, every: Iterable[Joint]) -> None:
    """Refuse a yes that is nobody's to give, or to words that nobody stands behind any more (`Refused`)."""
    if me.removed or not counts(one.text.kind, me.id, [me]):
        raise Refused(NOT_YOURS_TO_APPROVE)
    if one.standing in (Standing.ENDED, Standing.REPLACED) or (
        one.author != me.id and one.author not in one.approved_by
    ):
        raise Refused(NOT_OPEN)
    now = holding(every, one.text.kind) if one.text.kind.is_single else None
    if now and now.id != one.id and any(said.written > one.written for said in now.responses):
        raise Refused(SOMETHING_LATER)


def check_may_narrow(one: Joint, me: Member) -> None:
    """Refuse whoever is no partner, and what is no agreement that holds."""
    if me.role is not Role.PARTNER or me.removed:
        raise Refused(PARTNERS_NARROW)
    if one.text.kind is not JointKind.AGREEMENT or one.standing is not Standing.HOLDS:
        raise Refused(NO_LONGER)


def not_before(
    sessions: Iterable[Session], now: dt.datetime, hour: dt.time = DEFAULT_HOUR
) -> dt.datetime | None:
    """From when on (UTC) an agreement can be made, where it cannot be now: none is made from a day before a
    dose, whoever takes it, until the pause after it ends, the next day at `hour`. None where it can be now.
    """
    ends = (
        clock.moment_of(one.date + dt.timedelta(days=1), hour)
        for one in sessions
        if one.kind is SessionKind.DOSING and one.date < dt.date.max and begins(one) <= now + SOBER
    )
    return max((end for end in ends if now < end), default=None)


def more_waits(until: dt.datetime, now: dt.datetime, kind: JointKind = JointKind.AGREEMENT) -> str:
    """Why no words of a kind are approved now: “You may always ask for less. More waits until …”. Both are
    local."""
    near = {now.date(): "today", now.date() + dt.timedelta(days=1): "tomorrow"}
    when = near.get(until.date()) or f"{until:%A}, {until.day} {until:%b %Y}"
    always = ALWAYS_LESS if kind is JointKind.AGREEMENT else ALWAYS_BACK
    return f"{always} More waits until {when}, {until:%H:%M}."


# --- words ----------------------------------------------------------------------------------------------


def checked(text: JointText) -> JointText:
    """The text as it is stored, empty fields left out (`UsageError`, `Refused`)."""
    fields = tuple((name, storable(said).strip()) for name, said in text.fields)
    kept = tuple((name, said) for name, said in fields if without_unseen(said).strip())
    if not kept:
        raise UsageError(NOTHING_SAID)
    if not are_fields(kept):
        raise UsageError(
            f"At most {MAX_FIELDS} fields, each named once, of at most {MAX_FIELD:,} characters each."
        )
    return replace(text, fields=kept)


def are_fields(fields: Sequence[tuple[str, str]]) -> bool:
    """Whether fields can be stored: so many, so long, each named once."""
    names = [name for name, _ in fields]
    are_named = (
        len(names) <= MAX_FIELDS and len(set(names)) == len(names) and all(map(_NAME.fullmatch, names))
    )
    return are_named and all(said and len(said) <= MAX_FIELD for _, said in fields)


def narrowing_from(typed: str) -> str:
    """One line by which somebody asks for less (`UsageError`)."""
    line = storable_line(typed, "line", MAX_LINE)
    if not line:
        raise UsageError(SAY_WHAT_LESS)
    return line
