"""What the screens say while a measure is answered or entered from paper: which there are, how far it is,
and who reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content import measures as content
from kapjournal.content.measure_packs import pack_for, pack_with
from kapjournal.domain.answered_measures import AnsweredMeasure, may_be_shown
from kapjournal.domain.ids import MemberId
from kapjournal.domain.measure_drafts import MeasureDraft, draft_of, new_draft
from kapjournal.domain.measures import Measure
from kapjournal.domain.members import Member
from kapjournal.errors import UsageError
from kapjournal.presentation.answered_measures import asked_of_me
from kapjournal.presentation.measures import no_pack
from kapjournal.presentation.people import others
from kapjournal.presentation.readers import listed
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

WHICH = "Which one?"
FROM_PAPER = "The values stand on the paper. What was asked is not needed here."
NO_PACKS = (
    "There are no official words on this computer for {titles}, so these cannot be answered here. Answer "
    "them on paper; the therapist enters them."
)
ALL_ANSWERED = "Every question has an answer."
NOT_SCORED = "Left out: {items}. That is kept so, and the rest with it; no total is made of it."
SHARING = "They see these answers and every later version. You can stop that; what was read stays read."
WHO_READS = "Who reads it"
YOU_ALONE = "Only you, unless you tick somebody. Your partner never can: they are not in this list."
NOBODY_ELSE = "Only you. There is nobody else here who could read it."
READERS_STAY = "{readers} can read these answers; that stays so."
KEPT = "It is kept. {readers} can read it."
HALF_DONE_KEPT = "What you answered so far is kept, for you alone. It is first in the list of measures."
THROW_AWAY = "Throw these answers away?"
THROWING_AWAY = "What was answered so far goes; nobody has read it."
THROWING_AWAY_A_CHANGE = "The answers stay as they were before this change."
THROWN_AWAY = "They are thrown away."
WORDS_ARE_GONE = (
    "The words these answers were given to are not on this computer, or were changed. Answers to other words "
    "would be others, so nothing can be changed here; what was answered is kept."
)
DATE_OF_PAPER = "Day on the paper"
ON_PAPER_READERS = "{partner} and you can read it, from the moment it is done."
NOTHING_YET_ANSWERED = "Nothing is answered yet."
ASKED_AND_CANNOT_READ = "{names} asked for it and cannot read it: open it and press s to share it."


def asked_and_cannot_read(journal: "Journal", draft: MeasureDraft) -> str:
    """Who asked for these answers and is not among their readers, so that nobody takes what is kept for what
    was given; empty if there is nobody."""
    asked = [one for one in asked_of_me(journal) if one.measure == draft.measure]
    without = {one.author for one in asked} - draft.readers
    if not without:
        return ""
    names = listed(sorted(journal.members.label_of(one) for one in without))
    return ASKED_AND_CANNOT_READ.format(names=names)


@dataclass(frozen=True, slots=True)
class Offer:
    """A measure to choose; `why_not` is a sentence where it cannot be answered on this computer."""

    measure: Measure
    why_not: str = ""

    @property
    def is_usable(self) -> bool:
        """Whether it can be answered here."""
        return not self.why_not


def offers() -> list[Offer]:
    """Every measure, those first that can be answered in words on this computer. An example is there to try a
    pack with, and is offered where nothing else is."""
    found = [Offer(one, "" if pack_for(one.id) else no_pack(one)) for one in content.all_measures()]
    real = [one for one in found if not one.measure.is_example]
    usable = [one for one in real if not one.why_not] or [one for one in found if not one.why_not]
    return [*usable, *(one for one in real if one.why_not)]


def why_not_the_rest(offers: Sequence[Offer]) -> str:
    """Which measures cannot be answered on this computer, and what to do instead; empty if all can be."""
    titles = [one.measure.title for one in offers if not one.is_usable]
    return shown_line(NO_PACKS.format(titles=listed(titles))) if titles else ""


def draft_to_answer(journal: "Journal", measure_id: str) -> MeasureDraft | None:
    """Answers of this member's that are on the way, to words that are here, or, without any, new ones; None
    without words for it."""
    for one in journal.measure_drafts.all():
        if one.measure == measure_id and not one.changes and pack_with(one.measure, one.pack):
            return one
    measure, pack = content.measure(measure_id), pack_for(measure_id)
    return None if pack is None else new_draft(measure, journal.me.id, pack.fingerprint)


def draft_to_enter(journal: "Journal", measure_id: str, of: MemberId) -> MeasureDraft:
    """What is being entered from paper of this partner or, without anything, a new page for it."""
    unfinished = (
        one
        for one in journal.measure_drafts.all()
        if (one.measure, one.of) == (measure_id, of) and not one.changes and one.is_from_paper
    )
    today = clock.today().isoformat()
    return next(unfinished, new_draft(content.measure(measure_id), of, date=today))


def draft_to_change(journal: "Journal", found: AnsweredMeasure) -> MeasureDraft:
    """The unfinished change of answers or, without one, a new one with what stands now: they may have been
    shared since they were read (`NotFound`)."""
    unfinished = (one for one in journal.measure_drafts.all() if one.changes == found.id)
    return next(unfinished, None) or draft_of(journal.measures.get(found.id))


def possible_readers(journal: "Journal", of: MemberId) -> list[Member]:
    """Who besides the member at the screen may read the answers of a partner: that partner and everybody of
    the clinic who is in this journal, and never the other partner."""
    return [one for one in others(journal.members.all(), journal.me.id) if may_be_shown(of, one)]


def value_on_paper(measure: Measure, number: int, typed: str) -> int:
    """The value of an item that is typed (`UsageError` names those it has)."""
    values = sorted(measure.item(number).values)
    for value in values:
        if typed == str(value):
            return value
    known = ", ".join(map(str, values))
    raise UsageError(f"{shown_line(measure.title)}, item {number}, has the values {known}.")


def how_far(draft: MeasureDraft) -> str:
    """“5 of 9 answered”."""
    return f"{draft.answered} of {len(draft.answers)} answered"


def left_out(draft: MeasureDraft) -> str:
    """Which items have no answer, and what becomes of that; that all have one, if so."""
    missing = [str(number) for number, value in enumerate(draft.answers, 1) if value is None]
    return NOT_SCORED.format(items=", ".join(missing)) if missing else ALL_ANSWERED


_BY_THE_AUTHOR = {
    "edit": "change them",
    "share": "share them",
    "withdraw": "stop sharing them",
    "history": "see their earlier versions",
    "delete": "delete them",
}


def why_not(journal: "Journal", deed: str, found: AnsweredMeasure) -> str:
    """Why the member cannot do this with answers; empty if they can."""
    if deed in _BY_THE_AUTHOR and found.author != journal.me.id:
        author = shown_line(journal.members.label_of(found.author))
        return f"{author} wrote these down; only {author} can {_BY_THE_AUTHOR[deed]}."
    if deed == "withdraw" and len(found.readers) == 1:
        return "Only you can read these answers: there is nobody to stop sharing them with."
    if deed == "share" and not could_also_read(journal, found):
        return "Everybody who may read these answers can read them already."
    if deed == "edit" and found.text.pack and pack_with(found.text.measure, found.text.pack) is None:
        return WORDS_ARE_GONE
    return ""


def could_also_read(journal: "Journal", found: AnsweredMeasure) -> list[Member]:
    """Who may read answers and cannot yet."""
    return [one for one in possible_readers(journal, found.text.of) if one.id not in found.readers]
