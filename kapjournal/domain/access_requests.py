"""Requests for access to the record: who asked for a pack, the day it is due, and what left for it."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from kapjournal.domain.forms import About
from kapjournal.domain.ids import CaseId
from kapjournal.errors import Refused, UsageError
from kapjournal.text import shown_line

MAX_PACKS = 100
"""So many packs leave for one request at most."""
MAX_WITHHELD = 10_000
"""So many things are withheld of one pack at most."""

NOT_ASKED = "Nobody’s request for this pack is noted. Note who asked, and when, first."
ANSWERED_ALREADY = "It was noted on {day} that this was answered."
NOT_AHEAD = "{day} has not come yet: a request is noted once it was made."


class Ground(StrEnum):
    """Why a therapist withholds one thing that would go in."""

    CONFIDENCE = "confidence"
    DANGER = "danger"
    HARM = "harm"
    PROCEEDING = "proceeding"


def ground_from(word: str) -> Ground:
    """Read a ground as written on a command line (`UsageError` names the grounds)."""
    try:
        return Ground(word.strip().lower())
    except ValueError:
        raise UsageError(f"There is no ground “{shown_line(word)}”; they are {', '.join(Ground)}.") from None


@dataclass(frozen=True, slots=True)
class PackLeft:
    """A pack that left: to whom, in which form, the SHA-256 of its markdown above the foot, by which
    authorisation (the digest of its words, or empty), how many things were in it, what the therapist withheld
    on which ground, and when (UTC)."""

    recipient: str
    form: str
    sha256: str
    authorisation: str
    items: int
    withheld: tuple[tuple[str, Ground], ...]
    left: dt.datetime


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """That somebody asked for a pack: one partner for their own, or `about` the couple both for the joint
    one. It is `due` on a day; `answered` is the day on which a pack left, or on which it was noted that it
    was answered otherwise. `withholding` is what the therapist withholds of it on which ground, by the id of
    the thing."""

    case: CaseId
    about: About
    asked: dt.date
    due: dt.date
    answered: dt.date | None = None
    packs: tuple[PackLeft, ...] = ()
    id: str = ""
    withholding: tuple[tuple[str, Ground], ...] = ()

    def joined(self, other: "AccessRequest") -> "AccessRequest":
        """Of both computers: every pack that left, the earlier day on which it was answered, and all that is
        withheld on either."""
        days = [day for day in (self.answered, other.answered) if day is not None]
        packs = {*self.packs, *other.packs}
        return replace(
            self,
            answered=min(days, default=None),
            packs=tuple(sorted(packs, key=lambda one: (one.left, one.form, one.sha256))[-MAX_PACKS:]),
            withholding=_by_thing({*self.withholding, *other.withholding}),
        )

    def with_pack(self, left: PackLeft, today: dt.date) -> "AccessRequest":
        """The same once a pack left for it (`Refused` if too many did)."""
        if len(self.packs) >= MAX_PACKS:
            raise Refused(f"{MAX_PACKS} packs left for this request. Note a new one.")
        return replace(self, answered=self.answered or today, packs=(*self.packs, left))

    def without_pack(self, left: PackLeft) -> "AccessRequest":
        """The same as before that pack: it did not leave."""
        packs = tuple(one for one in self.packs if one != left)
        return replace(self, answered=self.answered if packs else None, packs=packs)

    def withheld(self, item: str, ground: Ground | None) -> "AccessRequest":
        """The same once a thing is withheld on a ground or, with None, goes in (`Refused` if too much is)."""
        others = [one for one in self.withholding if one[0] != item]
        if len(others) >= MAX_WITHHELD:
            raise Refused(f"{MAX_WITHHELD:,} things are withheld of this pack, and no more can be.")
        return replace(self, withholding=_by_thing([*others, *([(item, ground)] if ground else [])]))

    def noted_answered(self, today: dt.date) -> "AccessRequest":
        """The same once it was answered without a pack (`Refused` if that was noted before)."""
        if self.answered is not None:
            raise Refused(ANSWERED_ALREADY.format(day=self.answered.isoformat()))
        return replace(self, answered=today)

    def id_of(self, left: PackLeft) -> str:
        """The id of a pack that left for it, the same on every computer: several can have one hash."""
        whole = f"{self.id} {left.left.isoformat()} {left.form} {left.sha256}"
        return hashlib.sha256(whole.encode()).hexdigest()[:20]

    def is_due(self, today: dt.date) -> bool:
        """Whether its day has come, and it is not answered."""
        return self.answered is None and self.due <= today


def _by_thing(withheld: Iterable[tuple[str, Ground]]) -> tuple[tuple[str, Ground], ...]:
    """In one order, each thing once."""
    return tuple(sorted(dict(sorted(withheld, reverse=True)).items()))


def new_request(case: CaseId, about: About, asked: dt.date, days: int, today: dt.date) -> AccessRequest:
    """A request that was made on a day (`UsageError` for one that has not come)."""
    if asked > today:
        raise UsageError(NOT_AHEAD.format(day=asked.isoformat()))
    return AccessRequest(case, about, asked, asked + dt.timedelta(days=days))


def request_for(requests: Iterable[AccessRequest], about: About) -> AccessRequest:
    """The request that a pack answers: the oldest that is open or, without one, the last (`Refused` if nobody
    asked)."""
    asked = sorted((one for one in requests if one.about is about), key=lambda one: (one.asked, one.id))
    if not asked:
        raise Refused(NOT_ASKED)
    return next((one for one in asked if one.answered is None), asked[-1])
