"""The write-up of a case for supervision: what it cannot be without, on which basis it may leave, and where
its lines came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kapjournal.domain.copied import runs
from kapjournal.domain.copied import words as words_of
from kapjournal.domain.forms import Form
from kapjournal.domain.partner_words import LEAD
from kapjournal.errors import Refused, UsageError
from kapjournal.text import MAX_LINE, QUESTION_MARKS, shown_line, storable, storable_line

QUESTION, WANTED, BASIS, RECIPIENT = "question", "wanted", "basis", "recipient"
"""Ids of the fields of a write-up that have rules of their own."""

NO_QUESTION = "My question: a write-up begins with it. Type it."
NO_QUESTION_MARK = "My question: one sentence that ends with a question mark."
NO_WRITE_UP = "That is no write-up for supervision."
ANOTHER_COUPLE = "That is about another couple. A write-up is about one."
NEVER_FROM_SAFETY = "Nothing of a safety note goes into a write-up. Its fields for safety are a status alone."
COPIED_FROM_SAFETY = (
    "“{words}” stands in a safety note of theirs, word for word. Nothing of it goes into a write-up: its "
    "fields for safety are a status alone."
)
COPIED_FROM_PROCESS = (
    "“{words}” stands in a process note of yours, word for word. Such words leave within your own programme "
    "alone."
)
COPIED_FROM_PAGE = (
    "“{words}” stands on a partner’s page, word for word. Its author does not allow that page to be used for "
    "supervision, in these words, today."
)
NOT_FROM_ANOTHER = "What stands in a write-up has sources of its own: pull it from these."
REASON_NEEDED = (
    "A line of a process note goes into a write-up with a reason, one by one. Say why it is needed."
)
TOO_MANY_PULLED = "More lines were pulled into this write-up than one has. Write a new one."
NOTHING_WANTED = "What I want: say what the other is to do with your question."


class Basis(StrEnum):
    """On what ground a write-up may leave the therapist; the values are the answers of the form."""

    OWN_PROGRAMME = "own programme"
    """Supervision within the clinic, of which the couple was told at intake."""
    AUTHORISED = "authorised by each partner"
    """Somebody outside, for whom each partner gave an authorisation with a purpose and a last day."""
    DEIDENTIFIED = "de-identified and reviewed"
    """Somebody outside, who is to know of nobody in it."""


_BY_LETTER = dict(zip("abc", Basis, strict=True))

PURPOSE = "supervision"
"""For what a write-up leaves, unless something else is said."""

TWO_TEXTS = "Two texts stand in this write-up, written on two computers. Make them one first."
NO_BASIS = (
    "Say on which basis it leaves: A own programme, B authorised by each partner, or C de-identified and "
    "reviewed."
)
NAMES_FIRST = "Say what the two are called first: nobody would find their names."
NO_RECIPIENT = "Say who is to read it."
NOT_TOLD = (
    "Within your own programme it leaves once a consent in the record says that they were told of it at "
    "intake: “supervision”, with the day. There is none that stands for {whom}."
)
PROCESS_ELSEWHERE = (
    "A line of your process note stands in it: “{line}”. Such a line leaves within your own programme alone."
)
PAGE_NOT_ALLOWED = (
    "A line of a partner’s page stands in it: “{line}”. Its author does not allow that page to be used for "
    "supervision, in these words, today."
)
NEEDS_THEIR_JOURNAL = "That is looked up in their journal, which cannot be read now."
SOURCE_IS_GONE = "Of what this line is from nothing is left to look at: “{line}”. Take the line out."
NAMED_AROUND = "“{text}” stands in {what}, and that goes with the write-up. Say it without that name."
STILL_NAMED = "“{heading}” would still say “{text}”. Change the text, and review it again."


def basis_from(word: str) -> Basis:
    """Read a basis: its letter, or its words (`UsageError`)."""
    said = word.strip().casefold()
    if said in _BY_LETTER:
        return _BY_LETTER[said]
    try:
        return Basis(said)
    except ValueError:
        raise UsageError(NO_BASIS) from None


def in_full(fields: Mapping[str, str], form: Form) -> dict[str, str]:
    """Fields of a write-up as they are stored: a basis may be said by its letter, and what is wanted by how
    it begins, as long as that is one answer alone (`UsageError`)."""
    said = dict(fields)
    if (basis := said.get(BASIS, "").strip().casefold()) in _BY_LETTER:
        said[BASIS] = _BY_LETTER[basis]
    if begin := said.get(WANTED, "").strip().casefold():
        found = [one for one in form.field(WANTED).answers if one.casefold().startswith(begin)]
        said[WANTED] = found[0] if len(found) == 1 else said[WANTED]
    return said


def checked_recipient(name: str) -> str:
    """Who is to read it, as it is kept (`UsageError` for nobody)."""
    line = " ".join(storable_line(name, "recipient").split())
    if not line:
        raise UsageError(NO_RECIPIENT)
    return line


def question_from(words: str) -> str:
    """Read the question of a write-up (`UsageError`)."""
    question = words.strip()
    if not question:
        raise UsageError(NO_QUESTION)
    if not question.endswith(QUESTION_MARKS):
        raise UsageError(NO_QUESTION_MARK)
    return question


def check_question(fields: Mapping[str, str]) -> None:
    """Refuse a write-up without a question, or that does not say what is wanted (`UsageError`)."""
    question_from(fields.get(QUESTION, ""))
    if not fields.get(WANTED, "").strip():
        raise UsageError(NOTHING_WANTED)


# --- where a line came from -------------------------------------------------------------------------------

RUN = 3
"""So many words of a pulled line in a row are still that line; where no spaces are written, so many pairs of
characters."""
MAX_PULLED = 500


SAFETY, PROCESS, SUPERVISION = "safety", "process", "supervision"
"""Kinds of record that a line is never pulled from, or with a reason alone."""


class Source(StrEnum):
    """What a line can be pulled from; fixed in the file format. What a record is, is looked up in it."""

    RECORD = "record"
    PAGE = "page"
    """A partner's page in the couple's journal."""
    KEPT = "kept"
    """A partner's page that is kept in the record."""
    MEASURE = "measure"
    SESSION = "session"
    AGREED = "agreed"
    """What both partners approved in the couple's journal."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """A line that was pulled into a field of a write-up. `source` is “KIND:ID”, of `Source`: the id of the
    record, page, kept page, measure or approved words, or the number of the session. `reason` is why a line
    of a process note is needed, else empty; `said` is the source in words, for the therapist alone."""

    field: str
    line: str
    source: str
    reason: str = ""
    said: str = ""

    @property
    def kind(self) -> Source:
        """What it was pulled from (`UsageError`)."""
        try:
            return Source(self.source.partition(":")[0])
        except ValueError:
            known = ", ".join(f"{one}:ID" for one in Source)
            raise UsageError(f"“{shown_line(self.source)}” is no source; they are {known}.") from None

    @property
    def of(self) -> str:
        """The id of what it was pulled from."""
        return self.source.partition(":")[2]

    def stands_in(self, texts: Iterable[str]) -> bool:
        """Whether some of it still stands in one of these texts: all of a short line, or three words of it in
        a row. A line that was reworded in part is still that line."""
        return bool(still_standing([self], texts))


def still_standing(pulled: Iterable[Pulled], texts: Iterable[str]) -> tuple[Pulled, ...]:
    """The lines of which some still stands in one of these texts."""
    there: set[tuple[str, ...]] = set()
    for words in map(words_of, texts):
        for length in range(RUN + 1):
            there |= set(runs(words, length))
    found = []
    for one in pulled:
        words = words_of(LEAD.sub("", one.line, count=1))
        if not there.isdisjoint(runs(words, min(RUN, len(words)))):
            found.append(one)
    return tuple(found)


def checked_line(pulled: Pulled) -> Pulled:
    """The same line as it is stored (`UsageError`, `Refused`)."""
    line = storable(pulled.line.strip())
    if not words_of(line):
        raise UsageError("A line that is pulled in has words.")
    if not pulled.of:
        raise UsageError(f"“{shown_line(pulled.source)}” does not say which {pulled.kind} it is.")
    source = storable_line(pulled.source, "source", MAX_LINE)
    reason = storable_line(pulled.reason, "reason", MAX_LINE)
    return Pulled(pulled.field, line, source, reason, storable_line(pulled.said, "source", MAX_LINE))


def check_source(kind: str, reason: str) -> None:
    """Refuse what never goes into a write-up, by the kind of the record it is from, and a line of a process
    note without a reason (`Refused`)."""
    if kind in (SAFETY, SUPERVISION):
        raise Refused(NEVER_FROM_SAFETY if kind == SAFETY else NOT_FROM_ANOTHER)
    if kind == PROCESS and not reason:
        raise Refused(REASON_NEEDED)
