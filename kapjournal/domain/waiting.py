"""Pages that wait: for whom, until when, and what lets them out. No page leaves before its author's program
finds that the time has come."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from kapjournal import clock
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Draft, Note, NoteKind
from kapjournal.domain.parsing import day_from, time_from
from kapjournal.domain.policy import DEFAULT_HOUR
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.errors import Refused, UsageError

DECISION_OPENS_AFTER = 10
"""So many days after it was written a decision opens, if its author says nothing else: one to two weeks."""
LAST_DAY = dt.date(2199, 12, 30)
"""The last day until which something can wait: no later moment can be written down, wherever it is."""
DAYS_OFFERED = (7, DECISION_OPENS_AFTER, 14)
"""After how many days a decision can open, to choose from; any other day can be typed."""
CLOSED_KINDS = (NoteKind.LETTER, NoteKind.DECISION)
"""What can stay closed until a day."""


@dataclass(frozen=True, slots=True)
class Until:
    """From this moment on (UTC)."""

    moment: dt.datetime


@dataclass(frozen=True, slots=True)
class NextSession:
    """Once the first session that begins after this moment (UTC) has begun."""

    since: dt.datetime


@dataclass(frozen=True, slots=True)
class BothFirst:
    """When the reader gives a page for it: the author's own offer, and the 32 random bytes that only they
    have until the page is given."""

    offer: DocumentId
    nonce: bytes


Condition = Until | NextSession | BothFirst


@dataclass(frozen=True, slots=True)
class Hold:
    """One reader whom a page waits for, and on what."""

    reader: MemberId
    condition: Condition


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of one page waits, for its author alone.

    `holds` has each reader at most once. `tray` is when the page was deleted on the day of a dose, None where
    it was not. `opens` is the day from which a letter or a decision shows its words to its author again.
    """

    holds: tuple[Hold, ...] = ()
    tray: dt.datetime | None = None
    opens: dt.date | None = None

    def is_closed(self, today: dt.date) -> bool:
        """Whether its author is not shown the words yet."""
        return self.opens is not None and today < self.opens

    @property
    def readers(self) -> frozenset[MemberId]:
        """Whom it waits for."""
        return frozenset(hold.reader for hold in self.holds)

    @property
    def exchanges(self) -> dict[MemberId, BothFirst]:
        """Those who get it when they give a page too, and what it is offered with."""
        found = ((hold.reader, hold.condition) for hold in self.holds)
        return {reader: both for reader, both in found if isinstance(both, BothFirst)}

    def holding(self, holds: Iterable[Hold]) -> "Waiting":
        """With these holds, each in the place of one for the same reader."""
        by_reader = {hold.reader: hold for hold in (*self.holds, *holds)}
        return replace(self, holds=tuple(by_reader[reader] for reader in sorted(by_reader)))

    def without(self, readers: Collection[MemberId]) -> "Waiting":
        """Without the holds for these readers."""
        return replace(self, holds=tuple(hold for hold in self.holds if hold.reader not in readers))


class Obstacle(Enum):
    """Why a page stays although its time may have come."""

    CLOCK_BEHIND = auto()
    """The clock is behind something that the author wrote."""
    SOMETHING_MISSING = auto()
    """Something that the author wrote is not here: it may have said that the page stays."""
    TWO_TEXTS = auto()
    """Two computers wrote the page, or what of it waits, at once."""
    OFFER_GONE = auto()
    """The offer that it answers is not there any more, or took another page."""
    SHARING_ENDED = auto()
    """Nothing more is shared in this journal."""
    NOT_AS_OFFERED = auto()
    """What came for it is not the page that was offered."""


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page of the member's of which something waits."""

    note: Note
    waiting: Waiting
    obstacles: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """When others are to get a page. Without anything: at once, but for the pause after a dose; `now`:
    without that pause too; else from a moment on, with the next session, or when the partner gives one too:
    `both_first` offers it, with a line on what it is `about`, and `in_return` is the id of an offer of
    theirs."""

    now: bool = False
    until: dt.datetime | None = None
    next_session: bool = False
    both_first: bool = False
    about: str = ""
    in_return: str = ""

    def __post_init__(self) -> None:
        """Refuse two answers to one question."""
        said = (self.now, self.until is not None, self.next_session, self.both_first, bool(self.in_return))
        if sum(said) > 1:
            raise UsageError("Say one thing of when others may read it.")
        if self.about and not self.both_first:
            raise UsageError("What a page is about is said with an offer: both first.")

    @property
    def waits(self) -> bool:
        """Whether it waits whatever day it is."""
        return self.until is not None or self.next_session or self.is_exchange

    @property
    def is_exchange(self) -> bool:
        """Whether it goes when the partner gives a page too."""
        return self.both_first or bool(self.in_return)


AT_ONCE = When()


def begins(session: Session) -> dt.datetime:
    """When a session begins (UTC); one without a time, at the beginning of its day."""
    return clock.moment_of(session.date, session.time or dt.time.min)


def is_dose_of(session: Session, me: MemberId) -> bool:
    """Whether a partner doses in a session; where nobody said who does, each of them."""
    return session.kind is SessionKind.DOSING and (not session.dosing or me in session.dosing)


def pause_until(
    sessions: Iterable[Session], me: MemberId, now: dt.datetime, hour: dt.time = DEFAULT_HOUR
) -> dt.datetime | None:
    """Until when (UTC) what a partner shares with the other waits after a dose of theirs; None on other days.

    It begins with the dosing session, with the day where no time was said, and ends the day after at `hour`,
    by the clock where the person is. A session of which nobody said who doses is anybody's.
    """
    ends = (
        clock.moment_of(one.date + dt.timedelta(days=1), hour)
        for one in sessions
        if is_dose_of(one, me) and one.date < dt.date.max and begins(one) <= now
    )
    return max((end for end in ends if now < end), default=None)


def shared(
    chosen: Collection[MemberId],
    when: When,
    partners: Collection[MemberId],
    pause: dt.datetime | None,
    now: dt.datetime,
    both: BothFirst | None = None,
) -> tuple[frozenset[MemberId], tuple[Hold, ...]]:
    """Who of the `chosen` reads a page at once, and for whom it waits. Only the other of the `partners` is
    ever paused for, and for them no wait ends before the `pause` does. An exchange, `both`, is with them
    alone."""
    at_once: set[MemberId] = set()
    holds: list[Hold] = []
    for reader in sorted(chosen):
        paused = pause if reader in partners and not when.now else None
        if both is not None and reader in partners:
            holds.append(Hold(reader, both))
        elif when.next_session:
            holds.append(Hold(reader, NextSession(paused or now)))
        elif when.until is not None:
            holds.append(Hold(reader, Until(max(when.until, paused or when.until))))
        elif paused is not None:
            holds.append(Hold(reader, Until(paused)))
        else:
            at_once.add(reader)
    return frozenset(at_once), tuple(holds)


def is_due(hold: Hold, sessions: Iterable[Session], partners: Collection[MemberId], now: dt.datetime) -> bool:
    """Whether what a page waits for has come. A session that one of the `partners` added lets nothing out to
    that partner: or whoever waits could put one before the clock."""
    match hold.condition:
        case Until(moment):
            return now >= moment
        case NextSession():
            first = next_session(hold, sessions, partners)
            return first is not None and begins(first) <= now
        case BothFirst():
            return False  # no time lets it out


def lets_out(session: Session, reader: MemberId, partners: Collection[MemberId]) -> bool:
    """Whether a session counts for what waits for a reader."""
    return session.author not in partners or session.author != reader


def next_session(hold: Hold, sessions: Iterable[Session], partners: Collection[MemberId]) -> Session | None:
    """The session that a page waits for, as the course has it today; None where there is none yet."""
    match hold.condition:
        case NextSession(since):
            counting = (one for one in sessions if lets_out(one, hold.reader, partners))
            return min((one for one in counting if begins(one) > since), key=begins, default=None)
        case _:
            return None


def check_may_wait(role: Role) -> None:
    """Refuse to let the page of somebody wait who is no partner."""
    if role is not Role.PARTNER:
        raise Refused("Pages that wait are the partners’ own. What you share can be read at once.")


def check_may_close(kind: NoteKind, opens: dt.date, today: dt.date) -> None:
    """Refuse to close anything but a letter or a decision, and to open it on a day that is not to come."""
    if kind not in CLOSED_KINDS:
        raise Refused("Only a letter or a decision stays closed until a day.")
    if opens <= today:
        raise UsageError(f"It opens tomorrow at the earliest: today is {today.isoformat()}.")
    _check_not_too_far(opens)


def opens_first(kind: NoteKind, today: dt.date, chosen: dt.date | None = None) -> dt.date | None:
    """The day on which a new page opens to its author: the one that was `chosen` (`Refused`, `UsageError`),
    else the one that its kind says, if it says one."""
    if chosen is not None:
        check_may_close(kind, chosen, today)
        return chosen
    return today + dt.timedelta(days=DECISION_OPENS_AFTER) if kind is NoteKind.DECISION else None


def day_chosen(draft: Draft) -> dt.date | None:
    """The day on which what a draft becomes is to open, if it was chosen and the draft is of a kind that can
    be closed."""
    return draft.opens if draft.text.kind in CLOSED_KINDS else None


def check_is_open(waiting: Waiting, today: dt.date) -> None:
    """Refuse to change what is closed: its words are on no page then."""
    if waiting.is_closed(today):
        raise Refused("This is closed until its day. Open it first.")


def check_to_come(moment: dt.datetime, now: dt.datetime) -> None:
    """Refuse to wait for what is past, and say which day it is."""
    if moment <= now:
        local = clock.local(now)
        raise UsageError(f"That is past: today is {local.date().isoformat()}, {local:%H:%M}.")
    _check_not_too_far(clock.local(moment).date())


def _check_not_too_far(day: dt.date) -> None:
    if day > LAST_DAY:
        raise UsageError(f"That is too far ahead: {LAST_DAY.isoformat()} is the last day.")


def moment_from(word: str) -> dt.datetime:
    """Read YYYY-MM-DD, from the beginning of that day, or YYYY-MM-DD HH:MM, by the clock where the person is,
    as a moment (UTC)."""
    day, _, time = word.strip().partition(" ")
    return clock.moment_of(day_from(day), time_from(time.strip()) if time.strip() else dt.time.min)
