"""What belongs to a write-up and never leaves: where its lines came from, and its review for each recipient.

Two computers of a therapist end alike: nothing pulled or marked is lost, and what was decided differently on
the two is asked again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from enum import StrEnum

from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import folded
from kapjournal.domain.supervision import MAX_PULLED, TOO_MANY_PULLED, Pulled, still_standing
from kapjournal.errors import Refused

MAX_RECIPIENTS = 100
MAX_MARKS = 500
MAX_DECIDED = 5000
TOO_MUCH = "More was decided on this write-up than one keeps. Write a new one."


class Choice(StrEnum):
    """What was decided of something in a review; fixed in the file format."""

    ACCEPT = "accept"
    """The word that was proposed stands in its place."""
    CHANGE = "change"
    """Other words stand in its place."""
    KEEP = "keep"
    """It stays, with a reason."""
    NOBODY = "nobody"
    """A word that means nobody."""
    STORY = "story"
    """What was answered to a question of the story check."""
    ASK = "ask"
    """Two computers decided differently: it is asked again."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, with the other words, the reason or the answer."""

    choice: Choice
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReviewWork:
    """The review for one recipient: the word for the case, the words that stand for names by the main form of
    each, and what was decided, by the key of what it was decided on."""

    recipient: str
    case_word: str
    words: Mapping[str, str] = field(default_factory=dict)
    decided: Mapping[str, Decided] = field(default_factory=dict)

    def joined(self, other: "ReviewWork") -> "ReviewWork":
        """Of both computers. The words of the one with the smaller case word count; a name that the other
        alone has a word for gets that one, if no name has it."""
        first, second = sorted((self, other), key=lambda one: (one.case_word, sorted(one.words.items())))
        words = dict(first.words)
        taken = {folded(word) for word in (*words.values(), first.case_word)}
        for name, word in sorted(second.words.items()):
            if name not in words and folded(word) not in taken:
                words[name] = word
                taken.add(folded(word))
        decided = {**self.decided, **other.decided}
        for key in self.decided.keys() & other.decided.keys():
            if self.decided[key] != other.decided[key]:
                decided[key] = Decided(Choice.ASK)
        recipient = min(self.recipient, other.recipient)
        return ReviewWork(recipient, first.case_word, dict(sorted(words.items())), decided)


@dataclass(frozen=True, slots=True)
class WriteUpWork:
    """What belongs to the write-up of that record id. `marks` are the words and spans that the therapist
    marked: they are names for every recipient."""

    write_up: str
    case: CaseId
    pulled: tuple[Pulled, ...] = ()
    marks: tuple[str, ...] = ()
    reviews: tuple[ReviewWork, ...] = ()

    def review(self, recipient: str) -> ReviewWork | None:
        """The review for a recipient, in whatever letters they are named; None before it began."""
        return next((one for one in self.reviews if same_recipient(one.recipient, recipient)), None)

    def decided_for(self, recipient: str) -> Mapping[str, Decided]:
        """All that was decided in the review for a recipient."""
        review = self.review(recipient)
        return review.decided if review else {}

    def with_pulled(self, pulled: Iterable[Pulled], texts: Sequence[str]) -> "WriteUpWork":
        """With more lines that were pulled in, each once. Where that is more than is kept, those that stand
        in none of the `texts` any more are forgotten (`Refused` if there are still too many)."""
        lines = tuple(dict.fromkeys((*self.pulled, *pulled)))
        if len(lines) > MAX_PULLED:
            lines = still_standing(lines, texts)
        if len(lines) > MAX_PULLED:
            raise Refused(TOO_MANY_PULLED)
        return replace(self, pulled=lines)

    def with_marks(self, marks: Sequence[str]) -> "WriteUpWork":
        """With more that is marked (`Refused` if that is too much)."""
        all_marks = tuple(dict.fromkeys((*self.marks, *marks)))
        if len(all_marks) > MAX_MARKS:
            raise Refused(TOO_MUCH)
        return replace(self, marks=all_marks)

    def with_review(self, review: ReviewWork) -> "WriteUpWork":
        """With this review in the place of that for the same recipient (`Refused` if there are too many)."""
        others = [one for one in self.reviews if not same_recipient(one.recipient, review.recipient)]
        if len(others) >= MAX_RECIPIENTS:
            raise Refused(TOO_MUCH)
        return replace(self, reviews=tuple(sorted((*others, review), key=lambda one: folded(one.recipient))))

    def with_decided(self, recipient: str, decided: Mapping[str, Decided]) -> "WriteUpWork":
        """With more decided in the review for a recipient, which began (`Refused` if that is too much)."""
        review = next(one for one in self.reviews if same_recipient(one.recipient, recipient))
        review = replace(review, decided={**review.decided, **decided})
        if len(review.decided) > MAX_DECIDED:
            raise Refused(TOO_MUCH)
        return self.with_review(review)

    def joined(self, other: "WriteUpWork") -> "WriteUpWork":
        """All of both computers."""
        reviews = {_key(one.recipient): one for one in self.reviews}
        for one in other.reviews:
            key = _key(one.recipient)
            reviews[key] = one.joined(reviews[key]) if key in reviews else one
        return WriteUpWork(
            self.write_up,
            self.case,
            _union(self.pulled, other.pulled),
            tuple(sorted({*self.marks, *other.marks})),
            tuple(reviews[key] for key in sorted(reviews)),
        )


@dataclass(frozen=True, slots=True)
class CaseNames:
    """The names of one couple, or with None of the whole practice: the text of a names file."""

    case: CaseId | None
    words: str = ""

    def joined(self, other: "CaseNames") -> "CaseNames":
        """The lines of both: no name that one computer knows is forgotten by the other."""
        if self.words == other.words:
            return self
        lines = sorted({*self.words.splitlines(), *other.words.splitlines()} - {""})
        return CaseNames(self.case, "\n".join(lines))


def same_recipient(one: str, other: str) -> bool:
    """Whether two names are one recipient's, in whatever letters."""
    return _key(one) == _key(other)


def _key(recipient: str) -> str:
    """What a recipient is told from others by: the words of the name."""
    return " ".join(folded(recipient).split())


def _union(one: tuple[Pulled, ...], other: tuple[Pulled, ...]) -> tuple[Pulled, ...]:
    if one == other:
        return one
    return tuple(sorted({*one, *other}, key=astuple))
