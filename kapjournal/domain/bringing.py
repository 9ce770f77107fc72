"""What a partner marks to bring to a session: a page of theirs, or words alone. Therapists read it, the other
partner never does.

A mark is for the first session that begins after it was made. It names none: a session that is moved takes
what is brought to it along. Once the day of that session is over, the mark is no longer current.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.sessions import Session
from kapjournal.errors import Refused, UsageError
from kapjournal.text import storable, without_unseen

MAX_WORDS = 2_000
"""The longest words that are marked without their page, in characters."""

ONLY_IN_A_COUPLES_JOURNAL = (
    "What is brought to a session is marked in a couple’s journal, and this is a practice. Open theirs: -c "
    "NAME."
)
PARTNERS_BRING = "Partners mark what they bring to a session."
NO_THERAPIST = "There is no therapist in this journal who could read it."
ONLY_YOUR_OWN = "You can bring what you wrote yourself. What others wrote is theirs to bring."


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody marked, as one person may read it. `note` is the id of their page where the whole page is
    meant, and `words` are empty then; words alone name no page. `date` is the day of the page, or of the
    mark; `written` is when it was marked (UTC)."""

    author: MemberId
    note: str
    words: str
    date: dt.date
    written: dt.datetime
    id: str = ""

    @property
    def order(self) -> tuple[dt.datetime, str]:
        """As they were marked."""
        return self.written, self.id


@dataclass(frozen=True, slots=True)
class TalkRequest:
    """That a partner asks the therapists to talk, without saying what about; `written` is when (UTC)."""

    author: MemberId
    written: dt.datetime
    id: str = ""


def check_may_bring(me: Member) -> None:
    """Refuse whoever is no partner."""
    if me.role is not Role.PARTNER:
        raise Refused(PARTNERS_BRING)


def therapists_here(members: Iterable[Member]) -> frozenset[MemberId]:
    """The therapists who are here."""
    return frozenset(one.id for one in members if one.role.is_therapist and not one.removed)


def readers_of_what_is_brought(members: Iterable[Member]) -> frozenset[MemberId]:
    """The therapists (`Refused` if there is none)."""
    found = therapists_here(members)
    if not found:
        raise Refused(NO_THERAPIST)
    return found


def counts(author: MemberId, me: Member, members: Iterable[Member]) -> bool:
    """Whether what an author's program sealed as brought is that to a reader: of a partner, to the partner
    themselves and to therapists. To one partner's program the other's does not exist, whoever sealed it."""
    roles = {member.id: member.role for member in members}
    return roles.get(author) is Role.PARTNER and (author == me.id or me.role.is_therapist)


def words_from(text: str) -> str:
    """Words as they are marked, trimmed (`UsageError` if there are none or too many)."""
    words = storable(text).strip()
    if not without_unseen(words).strip():
        raise UsageError("There are no words to bring.")
    if len(words) > MAX_WORDS:
        raise UsageError(
            f"Bring at most {MAX_WORDS:,} characters of words, or the whole page; these are {len(words):,}."
        )
    return words


def is_current(written: dt.datetime, sessions: Iterable[Session], now: dt.datetime) -> bool:
    """Whether no session that a mark could be for is over: none of an earlier day than that of `now` began
    after `written`. Both are local."""
    return not any(one.date < now.date() and _begins_after(one, written) for one in sessions)


def counting_for(author: MemberId, sessions: Iterable[Session], members: Iterable[Member]) -> list[Session]:
    """The sessions for which something that a partner marked can be: none that the other partner added. With
    one of yesterday they could have the other's request go unread."""
    others = {one.id for one in members if one.role is Role.PARTNER and one.id != author}
    return [one for one in sessions if one.author not in others]


def last_over(sessions: Iterable[Session], now: dt.datetime) -> list[Session]:
    """Of the sessions of an earlier day than that of `now` the last with a time and the last without one:
    whatever is over, is so by one of them. `now` is local."""
    past = sorted((one for one in sessions if one.date < now.date()), key=lambda one: one.order)
    return list({one.time is None: one for one in past}.values())


def brought_to(written: dt.datetime, sessions: Sequence[Session]) -> Session | None:
    """The first session that begins after a mark was made, None while there is none; `written` is local."""
    return next((one for one in sorted(sessions, key=lambda s: s.order) if _begins_after(one, written)), None)


def _begins_after(session: Session, moment: dt.datetime) -> bool:
    """A session without a time may be over when its day is: what is marked on that day goes to the next."""
    if session.time is None:
        return session.date > moment.date()
    return (session.date, session.time) > (moment.date(), moment.time())
