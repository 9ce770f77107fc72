"""A therapy session: number, kind, day, time, title and who doses; one author, who alone edits it."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.errors import Refused, UsageError
from kapjournal.text import storable_line

MAX_NUMBER = 9999


class SessionKind(StrEnum):
    """What a session is for, in the order a course takes them."""

    INTAKE = "intake"
    PREPARATION = "preparation"
    DOSING = "dosing"
    INTEGRATION = "integration"
    CHECK_IN = "check-in"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Session:
    """One session. `id` names author and document together; `author` is the member who added it; day and time
    are local; `dosing` are the partners who dose, none where that is not said."""

    id: str
    author: MemberId
    number: int
    kind: SessionKind
    date: dt.date
    time: dt.time | None
    title: str
    dosing: frozenset[MemberId] = frozenset()

    @property
    def order(self) -> tuple[dt.date, dt.time, int, str]:
        """By day and time, then number; a session without a time comes first on its day."""
        return (self.date, self.time or dt.time.min, self.number, self.id)

    @property
    def name(self) -> str:
        """How a screen calls it: “Session 3”, with the title if it has one."""
        return f"Session {self.number}: {self.title}" if self.title else f"Session {self.number}"


def may_add(me: Member, members: Collection[Member]) -> bool:
    """Therapists may add a session, the keeper whatever their role, and partners in a journal without a
    therapist, where it counts. Who reads no sessions adds none."""
    if me.role is Role.PARTNER:
        return is_session_writer(me, members) and not _has_therapist(members)
    return me.role.is_therapist or me.is_keeper


def is_session_writer(author: Member, members: Collection[Member]) -> bool:
    """Whether sessions of this author's belong to the course: a partner's only if they are the keeper, or
    where no therapist ever was. What day a session claims, and who joined when, changes nothing of it."""
    is_partner = author.role is Role.PARTNER and not author.is_keeper
    return not (is_partner and any(m.role.is_therapist for m in members))


def _has_therapist(members: Collection[Member]) -> bool:
    return any(m.role.is_therapist and not m.removed for m in members)


def check_may_add(me: Member, members: Collection[Member]) -> None:
    """Refuse a member who may not add a session."""
    if not may_add(me, members):
        if me.role is not Role.PARTNER:
            raise Refused(f"A {me.role.in_words} adds no sessions: who adds them reads them too.")
        if _has_therapist(members):
            raise Refused("In a journal with a therapist, the therapist adds the sessions.")
        raise Refused("There was a therapist in this journal. Now the keeper adds the sessions.")


def check_number(number: int, others: Iterable[Session]) -> int:
    """Refuse a number out of 1 to 9999 (`UsageError`) or taken by another session (`Refused`)."""
    if not 1 <= number <= MAX_NUMBER:
        raise UsageError(f"A session's number is between 1 and {MAX_NUMBER}.")
    if any(session.number == number for session in others):
        raise Refused(f"There is a session {number} already.")
    return number


def next_number(sessions: Iterable[Session]) -> int:
    """One more than the highest so far; where that is none, the lowest that is free."""
    taken = {session.number for session in sessions}
    following = max(taken, default=0) + 1
    return following if following <= MAX_NUMBER else min(set(range(1, MAX_NUMBER + 1)) - taken, default=1)


def kind_from(word: str) -> SessionKind:
    """Read a kind as written on a command line (`UsageError` names the kinds)."""
    try:
        return SessionKind(word.strip().lower())
    except ValueError:
        raise UsageError(f"There is no session kind “{word}”; they are {', '.join(SessionKind)}.") from None


def title_from(text: str) -> str:
    """A session's title: one line, up to 200 characters, may be empty."""
    return storable_line(text, "title")
