"""Answers to measures in a couple's journal: who writes and who reads them, what a therapist asked for, and
the mark that stays with a therapist until they have been in contact.

One partner's answers are never the other's to read, whoever wrote them down.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from kapjournal import clock
from kapjournal.domain.audience import one_colleague
from kapjournal.domain.ids import EnvelopeId, MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.parsing import not_ahead
from kapjournal.errors import Refused, UsageError
from kapjournal.text import is_line, storable, storable_line, without_unseen

MAX_ANSWERS = 100
MAX_VALUE = 999
MAX_PACK = 200
MAX_CONTACT_TEXT = 10_000
MAX_CONTACTS = 500
MAX_MET = 500

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
    """When a therapist's program met answers, the value of their safety item (0 if it was left out), and the
    `answers_digest` (8 bytes) of what stood there: answers that were changed are met anew."""

    moment: dt.datetime
    value: int
    answers_digest: bytes


@dataclass(frozen=True, slots=True, order=True)
class Contact:
    """A contact line: when somebody was in touch and how, what came of it, when that was written, and the
    digests of the answers it `closes`: those that its author had before them."""

    when: dt.datetime
    how: str
    outcome: str
    written: dt.datetime
    closes: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class SafetyMark:
    """What a therapist noted of answers with a safety item that were readable to them. It is a mark once
    the item was at `at` or above. It stays when the answers are withdrawn or deleted, and goes with a contact
    line alone; what was noted stays. It is kept for lower answers too: whether there is one tells nobody who
    holds the file what was answered.

    `answers` is the id of the answers, `author` who wrote them down, `of` whose they are."""

    answers: str
    author: MemberId
    of: MemberId
    measure: str
    date: dt.date
    item: int
    at: int
    met: tuple[Met, ...]
    contacts: tuple[Contact, ...] = ()
    id: str = ""

    @property
    def at_mark(self) -> tuple[Met, ...]:
        """When the item was met at its mark, the earliest first."""
        return tuple(one for one in self.met if one.value >= self.at)

    @property
    def open_met(self) -> tuple[Met, ...]:
        """Of these the ones that no contact line closes. It goes by what its author had before them, and by
        no clock: a line about one answer says nothing of another that came meanwhile."""
        closed = {digest for one in self.contacts for digest in one.closes}
        return tuple(one for one in self.at_mark if one.answers_digest not in closed)

    @property
    def is_open(self) -> bool:
        """Whether it was met at its mark by answers that no contact line closes."""
        return bool(self.open_met)

    @property
    def shown(self) -> Met:
        """What a list shows of a mark: what is open or, if nothing is, what was met, at its highest and then
        its latest."""
        return max(self.open_met or self.at_mark, key=lambda one: (one.value, one.moment))

    def met_also(self, met: Iterable[Met]) -> "SafetyMark":
        """The same, having met these too. Of more than `MAX_MET` the earliest are let go, but never the
        highest that is open."""
        by_digest = {one.answers_digest: one for one in sorted({*self.met, *met}, reverse=True)}
        every = replace(self, met=tuple(sorted(by_digest.values())))
        if len(every.met) <= MAX_MET:
            return every
        newest = every.met[-MAX_MET + 1 :]
        kept = {*newest, every.shown} if every.is_open else {*newest}
        return replace(self, met=tuple(sorted(kept)))

    def with_contact(self, contact: Contact, seen: "SafetyMark") -> "SafetyMark":
        """The same with a contact line more, which closes what was open in it as it was `seen` (`Refused` if
        there is no room)."""
        if len(self.contacts) >= MAX_CONTACTS:
            raise Refused(f"A mark holds at most {MAX_CONTACTS} contact lines.")
        closing = replace(contact, closes=tuple(sorted(one.answers_digest for one in seen.open_met)))
        return replace(self, contacts=tuple(sorted({*self.contacts, closing})))

    def joined(self, other: "SafetyMark") -> "SafetyMark":
        """What either computer of the therapist noted; of the rest that of this one."""
        contacts = sorted({*self.contacts, *other.contacts})[-MAX_CONTACTS:]
        return replace(self, contacts=tuple(contacts)).met_also(other.met)

    def closing_nothing(self) -> "SafetyMark":
        """The same, with contact lines that stand there and close nothing."""
        return replace(self, contacts=tuple(replace(one, closes=()) for one in self.contacts))


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
    """A contact line as it is stored (`UsageError` if something of it is missing, or the day is ahead)."""
    not_ahead(clock.local(when).date())
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
