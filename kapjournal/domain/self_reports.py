"""What a partner reports of themselves: check-ins, by sliders, and cards on after-effects of a dose.

Nothing of it is scored, and each thing that is asked can be left out. A check-in is its author's alone until
they share it. An after-effects card is for its author and the clinic, and never for the other partner.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from kapjournal.domain.audience import resolve
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.notes import SessionRef
from kapjournal.errors import Refused, UsageError

LOWEST, HIGHEST = 0, 10
"""The ends of every slider."""

MAX_NAMES = 40
"""As many sliders or after-effects can one report name."""
MAX_DAY = 9999

ONLY_IN_A_COUPLES_JOURNAL = (
    "Check-ins and after-effects are in a couple’s journal, and this is a practice. Open theirs: -c NAME."
)
PARTNERS_REPORT = "A partner reports this of themselves; nobody else does it for them."
NEVER_THE_PARTNER = "What you say of after-effects is for the clinic. It is never shared with your partner."
NOTHING_SAID = "Nothing is said yet: move one slider, or write a line."
NOTHING_ANSWERED = "Nothing is answered yet."


class Moment(StrEnum):
    """When a check-in is made, as seen from the sessions."""

    BEFORE = "before"
    AFTER = "after"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How a partner is: the `values` of the sliders that were moved, each 0 to 10, by name, and a `line` of
    their own. `moment` and `session` are None where they were not said. `written` is when (UTC)."""

    date: dt.date
    written: dt.datetime
    moment: Moment | None = None
    session: SessionRef | None = None
    values: tuple[tuple[str, int], ...] = ()
    line: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.values or self.line)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that was typed."""
        return (self.line,)

    def value_of(self, name: str) -> int | None:
        """The value of a slider; None if it was left out."""
        return dict(self.values).get(name)

    def with_value(self, name: str, value: int | None) -> "CheckIn":
        """The same with another value of a slider, None for one that is left out."""
        return replace(self, values=_with(self.values, name, value))

    @property
    def emptied(self) -> "CheckIn":
        """The same with nothing said, for a screen that has to forget."""
        return CheckIn(self.date, self.written)


@dataclass(frozen=True, slots=True)
class AfterEffects:
    """What a partner noticed after a dose: by name yes or no, and a line beside some. `session` is the dose,
    and `day` how many days after it; None where there was none. `written` is when (UTC)."""

    date: dt.date
    written: dt.datetime
    session: SessionRef | None = None
    day: int | None = None
    answers: tuple[tuple[str, bool], ...] = ()
    lines: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.answers or self.lines)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that was typed."""
        return tuple(line for _, line in self.lines)

    @property
    def noticed(self) -> frozenset[str]:
        """What was answered with yes."""
        return frozenset(name for name, is_so in self.answers if is_so)

    def answer_to(self, name: str) -> bool | None:
        """The answer; None if it was left out."""
        return dict(self.answers).get(name)

    def line_of(self, name: str) -> str:
        """The line beside an answer; may be empty."""
        return dict(self.lines).get(name, "")

    def with_answer(self, name: str, answer: bool | None) -> "AfterEffects":
        """The same with another answer, None for one that is left out."""
        return replace(self, answers=_with(self.answers, name, answer))

    def with_line(self, name: str, line: str) -> "AfterEffects":
        """The same with another line beside an answer."""
        return replace(self, lines=_with(self.lines, name, line or None))

    @property
    def emptied(self) -> "AfterEffects":
        """The same with nothing said, for a screen that has to forget."""
        return AfterEffects(self.date, self.written)


Report: TypeAlias = CheckIn | AfterEffects
R = TypeVar("R", bound=Report)
R_co = TypeVar("R_co", bound=Report, covariant=True)
V = TypeVar("V", int, bool, str)


@dataclass(frozen=True, slots=True)
class SelfReport(Generic[R_co]):
    """A check-in or a card as one person may read it. It is never changed once it is made: it is shared,
    withdrawn or deleted."""

    id: str
    author: MemberId
    readers: frozenset[MemberId]
    said: R_co

    @property
    def order(self) -> tuple[dt.date, dt.datetime, str]:
        """By day, then by when it was made."""
        return self.said.date, self.said.written, self.id


@dataclass(frozen=True, slots=True)
class SelfReportDraft:
    """A check-in or a card on the way. `readers` are who else is to read it, None for the usual ones. `id`
    and `saved` are the draft's own bookkeeping."""

    said: Report
    readers: frozenset[MemberId] | None = None
    id: str = ""
    saved: dt.datetime | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that was typed."""
        return self.said.texts

    @property
    def emptied(self) -> "SelfReportDraft":
        """The same with nothing said, for a screen that has to forget."""
        return replace(self, said=self.said.emptied)


def check_may_report(role: Role) -> None:
    """Refuse whoever is no partner."""
    if role is not Role.PARTNER:
        raise Refused(PARTNERS_REPORT)


def check_not_empty(said: Report) -> None:
    """Refuse a report in which nothing is said (`UsageError`)."""
    if said.is_empty:
        raise UsageError(NOTHING_SAID if isinstance(said, CheckIn) else NOTHING_ANSWERED)


def counts(author: MemberId, members: Iterable[Member]) -> bool:
    """Whether a report is one that its author may write: a partner's. It is the reader's to judge."""
    return any(one.id == author and one.role is Role.PARTNER for one in members)


def may_be_shown(said: Report, author: MemberId, me: Member) -> bool:
    """Whether a report is anything for a member: after-effects never for another partner."""
    return isinstance(said, CheckIn) or me.role is not Role.PARTNER or me.id == author


def usual_readers(said: Report, members: Iterable[Member]) -> frozenset[MemberId]:
    """Who reads a report besides its author if they say nothing: of a check-in nobody, of after-effects the
    therapists and the prescriber who are here."""
    if isinstance(said, CheckIn):
        return frozenset()
    clinic = (one for one in members if one.role.is_therapist or one.role is Role.PRESCRIBER)
    return frozenset(one.id for one in clinic if not one.removed)


def readers_from(said: Report, who: str, members: Sequence[Member], me: MemberId) -> frozenset[MemberId]:
    """Read labels, roles or `all` as further readers of a report; the other partner is `Refused` for
    after-effects."""
    chosen = resolve(who, members, me)
    check_readers(said, chosen, members, me)
    return chosen


def check_readers(
    said: Report, readers: Collection[MemberId], members: Iterable[Member], author: MemberId
) -> None:
    """Refuse the other partner as a reader of after-effects."""
    here = (one for one in members if one.id in readers)
    if not all(may_be_shown(said, author, one) for one in here):
        raise Refused(NEVER_THE_PARTNER)


def is_name(text: object) -> bool:
    """Whether something can be the name of a slider or an after-effect."""
    return isinstance(text, str) and _NAME.fullmatch(text) is not None


def slider_value(text: str) -> int:
    """Read what a slider was moved to, 0 to 10 (`UsageError`)."""
    word = text.strip()
    if not (word.isascii() and word.isdecimal()) or len(word) > 2 or not LOWEST <= int(word) <= HIGHEST:
        raise UsageError(f"A slider goes from {LOWEST} to {HIGHEST}, and “{text}” is not on it.")
    return int(word)


def moment_from(word: str) -> Moment:
    """Read when a check-in is made (`UsageError` names the words)."""
    try:
        return Moment(word.strip().lower())
    except ValueError:
        raise UsageError(f"Say {', '.join(Moment)} for when it is; “{word}” is none of them.") from None


_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


def _with(pairs: tuple[tuple[str, V], ...], name: str, value: V | None) -> tuple[tuple[str, V], ...]:
    """The pairs by name, with another value under one, or without it for None."""
    by_name = {one: before for one, before in pairs if one != name}
    if value is not None:
        by_name[name] = value
    return tuple((one, by_name[one]) for one in sorted(by_name))
