"""The page that fits now: which kind of note a partner is most likely to want, and why."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import Joint
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.sessions import Session, SessionKind

CAPTURE_HOURS = 24
"""Hours from a dose during which fragments are enough; the night after it is among them."""
REFLECT_HOURS = 72
"""Hours from a dose until which the fragments are gone back to."""
WEAVE_DAYS = 7
"""Days after that of a dose; the last of them is the last for what it means in the week."""
DAYS_BEFORE_DOSE = 3
"""Days before that of a dose on which an intention goes before what is left of the week after another."""
DAYS_BEFORE_SESSION = 7
"""Days before that of the next session on which an intention fits, where nothing goes before it."""
DAYS_OF_A_PRACTICE = 7
"""Days after which a practice that two chose is looked at, where they named no day; and again after a page
on how it went, or if there was none."""
DAYS_OF_ASKING = 2
"""For so many days it is asked how it went: who does not answer is left alone for the rest of the week."""


class Why(StrEnum):
    """Why a page fits now."""

    DOSE = "dose"
    RETURN = "return"
    WEEK = "week"
    PRACTICE = "practice"
    BEFORE_DOSE = "before-dose"
    BEFORE_SESSION = "before-session"
    NOTHING_NEAR = "nothing-near"


@dataclass(frozen=True, slots=True)
class NextPage:
    """The kind of note that fits now, and the session because of which; None where nothing is near. With
    `about` it is on how a practice went, in the words in which two chose it."""

    kind: NoteKind
    why: Why
    session: Session | None = None
    about: str = ""


PLAIN = NextPage(NoteKind.PAGE, Why.NOTHING_NEAR)


def doses_of(sessions: Iterable[Session], me: MemberId) -> list[Session]:
    """The dosing sessions, in order, that name a partner as dosing, or that name nobody."""
    mine = (s for s in sessions if s.kind is SessionKind.DOSING and (not s.dosing or me in s.dosing))
    return sorted(mine, key=lambda session: session.order)


@dataclass(frozen=True, slots=True)
class ChosenPractice:
    """A practice that two chose, in their words, and from when on a partner looks at how it goes."""

    words: str
    looked_at: dt.date

    def is_asked_for(self, today: dt.date) -> bool:
        """Whether it is asked how it goes on this day."""
        days = (today - self.looked_at).days
        return days >= 0 and days % DAYS_OF_A_PRACTICE < DAYS_OF_ASKING


def chosen_practice(joint: Joint | None, pages: Iterable[Note]) -> ChosenPractice | None:
    """The practice that holds, to a partner whose `pages` are given: looked at on the day the two named, or
    a week after they chose it, and a week after the last page on how it went. None if there is none."""
    if joint is None:
        return None
    first = joint.text.review or _a_week_after(joint.text.date)
    later = [_a_week_after(one.text.date) for one in pages if one.text.kind is NoteKind.PRACTICE]
    return ChosenPractice(" · ".join(said for _, said in joint.text.fields), max([first, *later]))


def next_page(
    sessions: Iterable[Session], me: MemberId, now: dt.datetime, practice: ChosenPractice | None = None
) -> NextPage:
    """The page that fits a partner now, by the clock on the wall (`now` has no zone, as sessions have none).

    Hours after a dose are those the clock shows: 24 of them are the same time on the next day, even where the
    clock is changed in the night between. A dose without a time begins with its day, and its hours count from
    noon.
    """
    sessions = sorted(sessions, key=lambda session: session.order)
    mine = doses_of(sessions, me)
    last = next((dose for dose in reversed(mine) if _begins(dose) <= now), None)
    hours = (now - _counted_from(last)) / dt.timedelta(hours=1) if last else REFLECT_HOURS
    if last and hours < CAPTURE_HOURS:
        return NextPage(NoteKind.CAPTURE, Why.DOSE, last)
    if last and hours < REFLECT_HOURS:
        return NextPage(NoteKind.REFLECT, Why.RETURN, last)
    if dose := _next(mine, now, DAYS_BEFORE_DOSE):
        return NextPage(NoteKind.INTENTION, Why.BEFORE_DOSE, dose)
    if last and (now.date() - last.date).days <= WEAVE_DAYS:
        return NextPage(NoteKind.WEAVE, Why.WEEK, last)
    if practice and practice.is_asked_for(now.date()):
        return NextPage(NoteKind.PRACTICE, Why.PRACTICE, about=practice.words)
    return _before_a_session(sessions, mine, now)


def _before_a_session(sessions: Iterable[Session], mine: Iterable[Session], now: dt.datetime) -> NextPage:
    if session := _next(sessions, now, DAYS_BEFORE_SESSION):
        why = Why.BEFORE_DOSE if session in mine else Why.BEFORE_SESSION
        return NextPage(NoteKind.INTENTION, why, session)
    return PLAIN


def _a_week_after(date: dt.date) -> dt.date:
    return date + min(dt.timedelta(DAYS_OF_A_PRACTICE), dt.date.max - date)


def _begins(session: Session) -> dt.datetime:
    return dt.datetime.combine(session.date, session.time or dt.time.min)


def _counted_from(session: Session) -> dt.datetime:
    return dt.datetime.combine(session.date, session.time or dt.time(12))


def _next(ordered: Iterable[Session], now: dt.datetime, days: int) -> Session | None:
    """The first of some sessions that is still to begin, within so many days."""
    to_come = (session for session in ordered if _begins(session) > now)
    first = next(to_come, None)
    return first if first and (first.date - now.date()).days <= days else None
