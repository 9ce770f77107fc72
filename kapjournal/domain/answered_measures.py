"""Answers to measures in a couple's journal: who writes and who reads them, what a therapist asked for, and
the mark that stays with a therapist until they have been in contact.

One partner's answers are never the other's to read, whoever wrote them down.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from kapjournal.domain.audience import one_colleague
from kapjournal.domain.ids import EnvelopeId, MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.errors import Refused, UsageError
from kapjournal.text import is_line, storable, storable_line, without_unseen

MAX_ANSWERS = 100
MAX_VALUE = 999
MAX_PACK = 200
MAX_CONTACT_TEXT = 10_000
MAX_CONTACTS = 500

ONLY_IN_A_COUPLES_JOURNAL = (
    "Measures are answered in a couple’s journal, and this is a practice. Open theirs: -c NAME."
)
PARTNERS_ANSWER = "A partner answers for themselves. What was answered on paper is entered: measure paper."
THERAPISTS_ENTER = "Therapists and co-therapists enter what was answered on paper."
THERAPISTS_ASK = "Therapists and co-therapists ask for a measure."
THERAPISTS_MARK = "Marks are kept by therapists and co-therapists."
NEVER_THE_OTHER = "Answers to a measure are never shared with the other partner, and cannot be."
ONE_AT_A_TIME = "Name each reader of a measure by their label: not “all”, and no role."
ONLY_A_PARTNER = "Answers are a partner’s: say which, by their label."


@dataclass(frozen=True, slots=True)
class MeasureText:
    """What was answered: which `measure`, `of` whom, on which day, and the values in the order of the items,
    None for one that was left out. `pack` says to which words; it is empty for what comes from paper."""

    measure: str
    of: MemberId
    date: dt.date
    answers: tuple[int | None, ...]
    pack: str = ""

    @property
    def is_from_paper(self) -> bool:
        """Whether it was answered on paper and entered by a therapist."""
        return not self.pack


@dataclass(frozen=True, slots=True)
class AnsweredMeasure:
    """Answers as one person may read them. `beside` are texts that were written at the same time on another
    computer of the author's; the rest is as of a note."""

    id: str
    author: MemberId
    readers: frozenset[MemberId]
    text: MeasureText
    written: dt.datetime
    revised: dt.datetime | None = None
    beside: tuple[MeasureText, ...] = ()
    versions: tuple[EnvelopeId, ...] = ()

    @property
    def order(self) -> tuple[dt.date, dt.datetime, str]:
        """By day, then by when they were written."""
        return self.text.date, self.written, self.id


@dataclass(frozen=True, slots=True)
class MeasureVersion:
    """The present or an earlier state of answers, for their author: `saved` is when it became so (UTC)."""

    number: int
    saved: dt.datetime
    text: MeasureText
    readers: frozenset[MemberId]


@dataclass(frozen=True, slots=True)
class MeasureRequest:
    """That a therapist asks one partner for a measure, by the day `date` if one was said, with one line.
    `answered` is the id of the first answers since that the reader can read; empty while there are none."""

    author: MemberId
    measure: str
    of: MemberId
    date: dt.date | None
    words: str
    written: dt.datetime
    id: str = ""
    answered: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Met:
    """When a therapist's program met the safety item at its mark, and at which value."""

    moment: dt.datetime
    value: int


@dataclass(frozen=True, slots=True, order=True)
class Contact:
    """A contact line: when somebody was in touch and how, what came of it, and when that was written."""

    when: dt.datetime
    how: str
    outcome: str
    written: dt.datetime


@dataclass(frozen=True, slots=True)
class SafetyMark:
    """A therapist's own mark: answers whose safety item is at its mark were readable to them. It stays when
    these are withdrawn or deleted, and goes with a contact line alone; what was noted stays.

    `answers` is the id of the answers, `author` who wrote them down, `of` whose they are."""

    answers: str
    author: MemberId
    of: MemberId
    measure: str
    date: dt.date
    item: int
    met: tuple[Met, ...]
    contacts: tuple[Contact, ...] = ()
    id: str = ""

    @property
    def is_open(self) -> bool:
        """Whether no contact line was written since it was met last."""
        return not self.contacts or max(one.written for one in self.contacts) < self.met[-1].moment

    @property
    def highest(self) -> int:
        """The highest value at which it was met."""
        return max(one.value for one in self.met)

    def met_again(self, met: Met) -> "SafetyMark":
        """The same, met once more."""
        return replace(self, met=tuple(sorted({*self.met, met})))

    def with_contact(self, contact: Contact) -> "SafetyMark":
        """The same with a contact line more (`Refused` if there is no room)."""
        if len(self.contacts) >= MAX_CONTACTS:
            raise Refused(f"A mark holds at most {MAX_CONTACTS} contact lines.")
        return replace(self, contacts=tuple(sorted({*self.contacts, contact})))

    def joined(self, other: "SafetyMark") -> "SafetyMark":
        """What either computer of the therapist noted; of the rest that of this one."""
        met, contacts = {*self.met, *other.met}, {*self.contacts, *other.contacts}
        return replace(self, met=tuple(sorted(met)), contacts=tuple(sorted(contacts)[-MAX_CONTACTS:]))


def check_may_answer(role: Role) -> None:
    """Refuse whoever is no partner."""
    if role is not Role.PARTNER:
        raise Refused(PARTNERS_ANSWER)


def check_therapist(role: Role, sentence: str) -> None:
    """Refuse whoever is no therapist, in the words given."""
    if not role.is_therapist:
        raise Refused(sentence)


def counts(text: MeasureText, author: MemberId, members: Sequence[Member]) -> bool:
    """Whether answers are ones that their author may write: a partner's own to the words of a pack, or a
    partner's from paper by a therapist. It is the reader's to judge."""
    roles = {member.id: member.role for member in members}
    if roles.get(text.of) is not Role.PARTNER or author not in roles:
        return False
    if roles[author] is Role.PARTNER:
        return author == text.of and not text.is_from_paper
    return roles[author].is_therapist and text.is_from_paper


def may_be_shown(of: MemberId, me: Member) -> bool:
    """Whether what is of one partner is anything for a member: never for another partner."""
    return me.role is not Role.PARTNER or me.id == of


def readers_from(who: str, of: MemberId, members: Sequence[Member], me: MemberId) -> frozenset[MemberId]:
    """Read labels, comma separated, as readers of one partner's answers. The other partner, a role and “all”
    are `Refused`, an unknown label is `NotFound`."""
    words = [word.strip() for word in who.split(",") if word.strip()]
    if not words:
        raise UsageError("Say with whom: labels, comma separated.")
    chosen = frozenset(one_colleague(word, members, me, ONE_AT_A_TIME) for word in words)
    check_readers(chosen, of, members)
    return chosen


def check_readers(readers: Collection[MemberId], of: MemberId, members: Iterable[Member]) -> None:
    """Refuse any partner but the one whose answers they are."""
    if any(one.id in readers and not may_be_shown(of, one) for one in members):
        raise Refused(NEVER_THE_OTHER)


def partner_called(label: str, named: Member) -> MemberId:
    """The partner whom a label names (`Refused` for anybody else)."""
    if named.role is not Role.PARTNER:
        raise Refused(ONLY_A_PARTNER)
    if named.removed:
        raise Refused(f"{label} was removed from this journal.")
    return named.id


def contact_from(when: dt.datetime, how: str, outcome: str, written: dt.datetime) -> Contact:
    """A contact line as it is stored (`UsageError` if something of it is missing)."""
    how = storable_line(how, "line that says how")
    if not how:
        raise UsageError("Say how you were in contact: on the phone, in person.")
    if not without_unseen(outcome).strip():
        raise UsageError("Say what came of it.")
    if len(outcome) > MAX_CONTACT_TEXT:
        raise UsageError(f"What came of it has at most {MAX_CONTACT_TEXT:,} characters.")
    return Contact(when.astimezone(dt.UTC).replace(second=0, microsecond=0), how, storable(outcome), written)


def is_contact(contact: Contact) -> bool:
    """Whether a contact line is one that `contact_from` makes."""
    return is_line(contact.how) and bool(contact.how) and 0 < len(contact.outcome) <= MAX_CONTACT_TEXT
