"""Packs for a request for access to the record: what goes in, what is withheld and why, and until when.

There are three of a couple: each partner's own, and the joint one, which needs both to authorise. What is in
the own pack of one is the same to the byte whatever there is of the other, and so is the list of what is
withheld: it is made from these rules alone, never from what is there. The therapist can withhold more, item
by item, each on one of four grounds.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from kapjournal.domain.access_requests import AccessRequest, Ground
from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.couples import Couple, which_partner
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import Joint
from kapjournal.domain.kept import KeptNote
from kapjournal.domain.members import Member, Role, folded
from kapjournal.domain.notes import Note
from kapjournal.domain.records import Record, RecordText
from kapjournal.domain.records import about_from as named
from kapjournal.domain.self_reports import AfterEffects, CheckIn, SelfReport
from kapjournal.domain.signing import SignedDocument
from kapjournal.text import shown_line

PURPOSE = "joint pack"
"""What the two authorise somebody for who is to get the joint pack."""

BY_THERAPISTS = "Therapists and co-therapists make packs."
NAMES_FIRST = "Say first what you call the two partners: a pack names the one whose it is."
WHO_IS_WHO = (
    "It is not certain which of the partners in their journal {name} is: the names you gave the two are "
    "others. Call them first by the names they have there."
)
NEEDS_THEIR_JOURNAL = "Both authorise the joint pack in their journal, and that cannot be read now."
NOBODY_AUTHORISED = (
    "Nobody is authorised to receive a joint pack yet: both partners authorise it under Together, for "
    f"“{PURPOSE}”. If it is for the two themselves, they name themselves there, such as “Ana and Ben”."
)
SAY_TO_WHOM = "Say who gets the joint pack: the one whom both authorised, by name."
BOTH_STAND = (
    "A record of {day} was written on two computers at once, and both texts stand. Save it as it should be "
    "first."
)
MAY_STILL_COME = (
    "If both have said yes by now, it comes here once the one who wrote it has opened their journal again."
)
CHANGED_MEANWHILE = "Something changed while it was made, and no pack was written. Look at it again."


class Source(StrEnum):
    """What is no record of its own and can stand in a pack."""

    PART = "part"
    """What a record about both says of one of them alone, in fields of its own."""
    PAGE = "page"
    """A page of a partner’s that they share with the therapist."""
    KEPT = "kept"
    """A page of a partner’s that the therapist kept in the record."""
    OBSERVATION = "observation"
    """A page that somebody of the clinic wrote in the couple’s journal."""
    MEASURE = "measure"
    CHECK_IN = "check-in"
    AFTER_EFFECTS = "after-effects"
    TOGETHER = "together"
    """What both approved."""


Kind: TypeAlias = RecordKind | Source
KINDS: tuple[Kind, ...] = (*RecordKind, *Source)


class Why(StrEnum):
    """Why something is not in a pack. It is said of a kind, whether or not there is any."""

    OF_BOTH = "both"
    OF_ONE = "one"
    OF_THE_OTHER = "other"
    SAID_ALONE = "alone"
    PROCESS = "process"
    SAFETY = "safety"
    SUPERVISION = "supervision"
    FOR_NOBODY = "nobody"


_NEVER: Mapping[Kind, Why] = {
    RecordKind.PROCESS: Why.PROCESS,
    RecordKind.SAFETY: Why.SAFETY,
    RecordKind.SUPERVISION: Why.SUPERVISION,
}

OF_ONE_ALONE = frozenset({*Source} - {Source.OBSERVATION, Source.TOGETHER})
"""What is always of one partner."""
OF_BOTH_ALONE = frozenset({Source.TOGETHER})

_PARTS: Mapping[str, About] = {"first": About.FIRST, "second": About.SECOND}
_ASKED_ALONE = ("violence", "risk")
"""With what the ids of fields begin that hold what was asked of each alone, for their safety."""
_TOTALS_OF_EACH = frozenset({"measures"})
"""Fields in which, of a record about both, stand answers that neither reads of the other."""


def why_withheld(kind: Kind, about: About | None, pack: About) -> Why | None:
    """Why a thing of a kind is not in a pack, that of a partner or of the couple; None for what goes in.
    `about` is whose it is, None where that is not said."""
    if kind in _NEVER and isinstance(kind, RecordKind):
        return _NEVER[kind]
    if about is None:
        return Why.FOR_NOBODY
    if about is pack:
        return None
    if pack is About.COUPLE:
        return Why.OF_ONE
    return Why.OF_BOTH if about is About.COUPLE else Why.OF_THE_OTHER


def always_withheld(pack: About, could_be: Mapping[Kind, Collection[About]]) -> dict[Why, tuple[Kind, ...]]:
    """What is never in a pack, by why: the kinds, whether or not there is any of them. `could_be` says whom
    the kinds of record can be about, as the clinic has its forms."""
    found: dict[Why, dict[Kind, None]] = {}
    for kind in KINDS:
        whose = could_be.get(kind, _whose(kind)) if isinstance(kind, RecordKind) else _whose(kind)
        for about in whose:
            if (why := why_withheld(kind, about, pack)) is not None:
                found.setdefault(why, {})[kind] = None
    found[Why.SAID_ALONE] = {}
    return {why: tuple(found[why]) for why in Why if why in found}


def _whose(kind: Kind) -> tuple[About | None, ...]:
    if kind in OF_ONE_ALONE:
        return (About.FIRST, About.SECOND)
    if kind in OF_BOTH_ALONE:
        return (About.COUPLE,)
    return (*About, None) if kind is Source.OBSERVATION else tuple(About)


def fields_for(text: RecordText, pack: About) -> frozenset[str]:
    """The filled fields of a record that a pack may have: of one about this partner all but what the form
    asks of the other; of one about both what it asks of one alone for that one, and the rest for both. What
    was asked of each alone for their safety is for neither, and no total of a measure for the two."""
    if text.about is not About.COUPLE:
        return frozenset(one for one in text.fields if text.about is pack and _part(one) in (None, pack))
    return frozenset(one for one in text.fields if _field_is_for(one) is pack)


def _field_is_for(field: str) -> About | None:
    if field.startswith(_ASKED_ALONE) or field in _TOTALS_OF_EACH:
        return None
    return _part(field) or About.COUPLE


def _part(field: str) -> About | None:
    """Of which partner alone a form asks something; None of neither, or both."""
    return next((_PARTS[word] for word in field.split("-") if word in _PARTS), None)


class Section(StrEnum):
    """The parts of a pack, in their order."""

    RECORD = "record"
    TOGETHER = "together"
    PAGES = "pages"
    MEASURES = "measures"
    CHECK_INS = "check-ins"
    AFTER_EFFECTS = "after-effects"


_SECTIONS: Mapping[Kind, Section] = {
    Source.TOGETHER: Section.TOGETHER,
    Source.PAGE: Section.PAGES,
    Source.KEPT: Section.PAGES,
    Source.OBSERVATION: Section.PAGES,
    Source.MEASURE: Section.MEASURES,
    Source.CHECK_IN: Section.CHECK_INS,
    Source.AFTER_EFFECTS: Section.AFTER_EFFECTS,
}


# --- what is in one -----------------------------------------------------------------------------------


Thing: TypeAlias = (
    Record | KeptNote | Note | AnsweredMeasure | SelfReport[CheckIn] | SelfReport[AfterEffects] | Joint
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that goes into a pack unless the therapist withholds it. Of a record `fields` are those that
    go in; `signed` is what is known of its signatures, and never of a part of a record."""

    id: str
    kind: Kind
    date: dt.date
    thing: Thing
    written: dt.datetime
    fields: frozenset[str] = frozenset()
    signed: SignedDocument | None = None
    author: str = ""
    """The label of a colleague who wrote it; empty for the therapist and for partners."""

    @property
    def section(self) -> Section:
        """The part of a pack in which it stands."""
        return _SECTIONS.get(self.kind, Section.RECORD)

    @property
    def order(self) -> tuple[int, dt.date, dt.datetime, str]:
        """By section, then by day and as written."""
        return list(Section).index(self.section), self.date, self.written, self.id


@dataclass(frozen=True, slots=True)
class Withheld:
    """One thing that the therapist withholds, by the id of its item."""

    item: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as it stands now, all of it: `items` in their order. `recipient` and `authorisation`, the digest
    of its words, are of the joint one. `is_whole` is False where the couple's journal could not be read;
    `two` are the labels of the partners there, for the joint one, in the order in which what both approved
    names them."""

    request: AccessRequest
    items: tuple[Item, ...]
    recipient: str = ""
    authorisation: str = ""
    is_whole: bool = True
    two: Mapping[MemberId, str] = field(default_factory=dict)

    @property
    def about(self) -> About:
        """Whose it is: a partner's own, or for both."""
        return self.request.about

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """What the therapist decided before to withhold of what is in it now."""
        here = {item.id for item in self.items}
        return tuple(Withheld(item, ground) for item, ground in self.request.withholding if item in here)

    def without(
        self, withheld: Iterable[Withheld]
    ) -> tuple[tuple[Item, ...], tuple[tuple[Item, Ground], ...]]:
        """What goes in, and what the therapist withholds on which ground (`NotFound`, `UsageError` for an id
        that is none of these)."""
        grounds: dict[str, Ground] = {}
        for one in withheld:
            item = one_by_id(self.items, one.item, "thing in this pack", lambda item: [item.id])
            grounds[item.id] = one.ground
        gone = tuple((item, grounds[item.id]) for item in self.items if item.id in grounds)
        return tuple(item for item in self.items if item.id not in grounds), gone


def about_from(word: str, couple: Couple) -> About:
    """Whose pack: `first`, `second`, the name of a partner, or `both` for the joint one (`UsageError`)."""
    return About.COUPLE if folded(word) == "both" else named(word, couple.first, couple.second)


def name_of(couple: Couple, about: About) -> str:
    """What the therapist calls a partner."""
    return shown_line(couple.first if about is About.FIRST else couple.second)


def called(couple: Couple, label: str) -> About | None:
    """Which of the two has this very name."""
    names = {folded(couple.first): About.FIRST, folded(couple.second): About.SECOND}
    return names.get(folded(label))


# --- who is who -----------------------------------------------------------------------------------------


def who_is_who(couple: Couple, members: Iterable[Member]) -> dict[MemberId, About]:
    """Which of the two partners in the practice each in their journal is, those of whom it is certain."""
    partners = [one for one in members if one.role is Role.PARTNER]
    found: dict[MemberId, About] = {}
    for one in partners:
        others = [other.label for other in partners if other.id != one.id]
        about = which_partner(couple, one.label, others[0] if len(others) == 1 else "")
        if about is not None:
            found[one.id] = about
    return found


def whose_observation(
    readers: Collection[MemberId], partners: Collection[MemberId], who: Mapping[MemberId, About]
) -> About | None:
    """Whom a page of the clinic's in the couple's journal is for, by which of the `partners` can read it;
    None for one that neither can."""
    reading = [one for one in partners if one in readers]
    if len(reading) > 1:
        return About.COUPLE
    return who.get(reading[0]) if reading else None
