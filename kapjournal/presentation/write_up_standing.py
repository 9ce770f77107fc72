"""Where each write-up of a couple stands: written, reviewed for somebody, left, answered."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.couples import Couple
from kapjournal.domain.departures import Departure
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import Record
from kapjournal.domain.review import Review
from kapjournal.domain.supervision import QUESTION, RECIPIENT
from kapjournal.domain.supervision_reply import Act, Reply
from kapjournal.domain.write_up_work import same_recipient
from kapjournal.presentation import days
from kapjournal.presentation.couple_journal import looked_into
from kapjournal.presentation.supervision_brief import in_a_line
from kapjournal.presentation.write_up_review import who_is_who
from kapjournal.text import shown, shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

TITLE = "Supervision"
NONE_YET = "No write-up yet. It begins with a question."
OF_THERAPISTS = "Write-ups for supervision are a therapist’s."
NOT_FINISHED = "a draft"
FOR_NOBODY = "reviewed for nobody yet"
WRITTEN = "written"
ANSWERED = "answered"
BEGUN = "begun to be typed, not finished"
NO_QUESTION = "No question yet"
WHO_READS_IT = "For whom do you review it?"
NEW_WORDS = "Names and places are replaced by words that are new for each recipient."


class Stage(StrEnum):
    """What is done with a write-up, one after the other; the values are what the stages are called."""

    WRITE = "Write"
    REVIEW = "Review"
    LEAVE = "Let it leave"
    ANSWER = "Answer"


@dataclass(frozen=True, slots=True)
class Looked:
    """How far the review for a recipient is: so much of `all` that is to be looked at. `words` says which
    word stands for whom to them."""

    recipient: str
    done: int
    all: int
    is_complete: bool
    words: str = ""

    @classmethod
    def of(cls, review: Review, words: str = "") -> "Looked":
        """How far a review is."""
        many = len(review.items) + len(review.words) + len(review.questions)
        return cls(review.recipient, many - review.open, many, review.is_complete, words)

    def __str__(self) -> str:
        """“3 of 17 looked at for Dr Kern”."""
        whom = shown_line(self.recipient)
        if self.is_complete:
            return f"reviewed for {whom}"
        return f"{self.done} of {self.all} looked at for {whom}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A write-up, how far its reviews are, what of it left and what was answered, oldest first. `begun` says
    that another answer is on the way, and `unread` why a review could not be looked at, if it could not."""

    record: Record
    looked: tuple[Looked, ...] = ()
    left: tuple[Departure, ...] = ()
    replies: tuple[Reply, ...] = ()
    begun: bool = False
    unread: str = ""

    @property
    def question(self) -> str:
        """Its question, on one line."""
        return shown_line(self.record.text.fields.get(QUESTION, "").strip()) or NO_QUESTION

    @property
    def stage(self) -> Stage:
        """What comes next."""
        if self.left:
            return Stage.ANSWER
        return Stage.LEAVE if any(one.is_complete for one in self.looked) else Stage.REVIEW

    @property
    def recipient(self) -> str:
        """Who is to read it: by the write-up itself, else for whom it left, was reviewed or begun to be."""
        said = self.record.text.fields.get(RECIPIENT, "").strip()
        left = [one.recipient for one in reversed(self.left)]
        looked = sorted(self.looked, key=lambda one: not one.is_complete)
        return next(filter(None, (said, *left, *(one.recipient for one in looked))), "")

    @property
    def in_words(self) -> str:
        """Where it stands, in one line: the furthest it came."""
        if self.replies:
            return f"{ANSWERED} on {days.long_day(days.of(self.replies[-1].written))}"
        if self.left:
            return left_in_words(self.left[-1])
        return "; ".join(map(str, self.looked)) or FOR_NOBODY


@dataclass(frozen=True, slots=True)
class OfCouple:
    """What a therapist finds of a couple: drafts of write-ups, and write-ups, the newest first."""

    couple: Couple
    drafts: tuple[RecordDraft, ...]
    standings: tuple[Standing, ...]


def comes_next(standing: Standing) -> str:
    """“next: review”, or that nothing does."""
    return ANSWERED if standing.replies else f"next: {standing.stage.value.lower()}"


def left_in_words(left: Departure) -> str:
    """“left on 3 December for Dr Kern as docx, to be destroyed by 3 March 2027”."""
    return ", ".join(_left_in_two_lines(left))


def _left_in_two_lines(left: Departure) -> tuple[str, str]:
    day, whom = days.long_day(days.of(left.left)), shown_line(left.recipient)
    begin = f"left on {day} for {whom} as {shown_line(left.format)}"
    if left.destroyed is not None:
        return begin, f"destroyed on {days.long_day(left.destroyed)}"
    return begin, f"to be destroyed by {days.long_day(left.destroy_by)}"


def read_write_ups(practice: "Journal", couple: Couple) -> OfCouple:
    """The member's own write-ups of a couple and drafts of some; how far a review is, is read beside."""
    practice.refresh()
    mine = [
        one
        for one in practice.records.all(couple.case)
        if one.kind is RecordKind.SUPERVISION and one.author == practice.me.id
    ]
    drafts = [
        one
        for one in practice.record_drafts.all()
        if one.kind is RecordKind.SUPERVISION and one.case == couple.case and one.of is None
    ]
    left = practice.write_ups.departures(couple.case)
    standings = [_without_reviews(practice, one, left) for one in reversed(mine)]
    return OfCouple(couple, tuple(drafts), tuple(standings))


def read_standing(
    practice: "Journal", couple: Couple, record_id: str, theirs: "Journal | None" = None
) -> Standing:
    """Where one write-up stands, its reviews too."""
    record = practice.write_ups.get(record_id)
    standing = _without_reviews(practice, record, practice.write_ups.departures(couple.case))
    return with_reviews(practice, couple, standing, theirs)


def with_reviews(
    practice: "Journal", couple: Couple, standing: Standing, theirs: "Journal | None" = None
) -> Standing:
    """The same with how far its reviews are. The couple's journal is opened once for all of them."""
    record, write_ups = standing.record, practice.write_ups
    recipients = write_ups.recipients(record.id)
    if not recipients:
        return standing

    def look(journal: "Journal | None") -> Standing:
        found = [write_ups.review(record.id, one, journal) for one in recipients]
        words = write_ups.words_for(record.id)
        looked = tuple(Looked.of(one, who_is_who(words[one.recipient])) for one in found)
        return replace(standing, looked=looked)

    return looked_into(practice, couple, look, lambda _: look(None), theirs)


def _without_reviews(practice: "Journal", record: Record, left: Sequence[Departure]) -> Standing:
    theirs = tuple(one for one in left if one.write_up == record.id)
    replies, begun = practice.write_ups.replies(record.id), practice.reply_drafts.of(record.id) is not None
    return Standing(record, (), theirs, tuple(replies), begun)


# --- its stages -------------------------------------------------------------------------------------------


def stages(standing: Standing) -> Iterator[tuple[Stage, tuple[str, ...]]]:
    """Each stage with what was done in it, line by line."""
    record = standing.record
    layout = record.text.layout.lower()
    yield Stage.WRITE, (f"{layout or WRITTEN}, of {days.long_day(record.text.date)}",)
    looked = [line for one in standing.looked for line in (str(one), one.words) if line]
    yield Stage.REVIEW, tuple(looked) or (FOR_NOBODY,)
    left = [line for one in standing.left for line in _left_in_two_lines(one)]
    yield Stage.LEAVE, tuple(left) or ("has not left",)
    begun = (BEGUN,) if standing.begun else ()
    yield Stage.ANSWER, (*map(_answer, standing.replies), *begun) or ("none yet",)


def answers(standing: Standing) -> Iterator[tuple[str, str]]:
    """Each answer under who gave it and when, what was agreed, and whom their words stand for."""
    for reply in standing.replies:
        who = shown_line(reply.recipient) or "Somebody"
        words = [one.words for one in standing.looked if same_recipient(one.recipient, reply.recipient)]
        acts = ("– " + act_in_words(act) for act in reply.acts)
        said = [shown(reply.words.strip()), *acts, *words]
        yield f"{who}, {days.long_day(days.of(reply.written))}", "\n".join(filter(None, said))


def act_in_words(act: Act) -> str:
    """An act, and what came of it once that was said."""
    said = in_a_line(act)
    if act.closed is None:
        return said
    return f"{said} · {shown_line(act.happened) or 'put aside'}"


def _answer(reply: Reply) -> str:
    acts = len(reply.acts)
    agreed = {0: "", 1: ", 1 thing agreed"}.get(acts, f", {acts} things agreed")
    return f"{shown_line(reply.recipient) or 'somebody'} on {days.long_day(days.of(reply.written))}{agreed}"


# --- what is to be destroyed ------------------------------------------------------------------------------


def due_first(found: Sequence[Departure], today: dt.date) -> list[Departure]:
    """What should be destroyed by now first, then what left last."""
    return sorted(reversed(found), key=lambda one: not one.is_due(today))


def reminder(practice: "Journal") -> str:
    """One line if something that left should be destroyed by now; else nothing."""
    if not practice.me.role.is_therapist:
        return ""
    due = practice.write_ups.destroy_due(clock.today())
    if not due:
        return ""
    things = "A write-up that left is" if len(due) == 1 else f"{len(due)} write-ups that left are"
    return f"{things} to be destroyed by now. Press {{ledger}} for the ledger."
