"""What every face says of the answers in a couple's journal, of requests, and of a therapist's safety marks.

To a partner no band, no cut-off and no mark is said, and nothing of the other's answers, which are not there.
"""

from typing import TYPE_CHECKING

from kapjournal.content import measures as content
from kapjournal.content.measure_packs import Pack, PackItem
from kapjournal.domain.answered_measures import (
    AnsweredMeasure,
    Contact,
    MeasureRequest,
    MeasureText,
    SafetyMark,
)
from kapjournal.domain.measures import Measure, Score, is_at_safety_mark, score
from kapjournal.domain.members import Role
from kapjournal.errors import UsageError
from kapjournal.presentation import days
from kapjournal.presentation.crisis_notice import whom_to_call
from kapjournal.presentation.measures import lines_for_partner, lines_for_staff
from kapjournal.text import shown, shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NOBODY_SEES_YET = (
    "Nobody sees the answers before you open this journal again, and nobody is told of them meanwhile, "
    "whatever they are. Agree on another way for what cannot wait."
)
"""Said to a therapist who asks for a measure between sessions."""

WITHDRAWN = "They may have read it already, and a safety mark that a therapist has of it stays."
DELETED = "The answers are gone, for their readers too."
OPEN_MARK = "A safety mark is open. See: {marks}."
OPEN_MARK_HERE = "A safety mark is open. Press {marks} to read it."
"""The same where there is a key for it. Neither names anybody: somebody else may see the screen."""
NO_MARKS = "There is no safety mark."
NOTHING_ASKED = "Nothing is asked for."
NO_ANSWERS = "There are no answers here that you can read."
ON_PAPER = "from paper"
LEAVE_OUT = "Enter leaves it out."
CHOOSE = "Choose a number from 1 to {count}, or leave it out."
UNKNOWN = "This measure is not known here; a newer kapjournal wrote it."


def title_of(measure_id: str) -> str:
    """What a measure is called; its id where this program does not know it."""
    measure = content.known(measure_id)
    return shown_line(measure.title) if measure else measure_id


def score_of(text: MeasureText) -> tuple[Measure, Score] | None:
    """A measure and the score of answers to it; None where this program does not know the measure."""
    measure = content.known(text.measure)
    return None if measure is None else (measure, score(measure, text.answers))


def score_lines(journal: "Journal", text: MeasureText) -> list[tuple[str, str]]:
    """What the member whose door is open is shown of a score, by heading."""
    found = score_of(text)
    if found is None:
        return [("total", UNKNOWN)]
    return lines_for_partner(*found) if journal.me.role is Role.PARTNER else lines_for_staff(*found)


def in_a_row(journal: "Journal", text: MeasureText) -> str:
    """The score in a list: to a partner the total alone, to the clinic with its band or, where there are
    none, the cut-off: “8 of 27 · mild”."""
    found = score_of(text)
    if found is None or journal.me.role is Role.PARTNER or found[1].total is None:
        return score_lines(journal, text)[0][1]
    total, *rest = lines_for_staff(*found)
    beside = next((words for heading, words in rest if heading in ("band", "cut-off")), "")
    return " · ".join(filter(None, (total[1].partition(",")[0], beside, at_mark_in_words(text))))


def at_mark_in_words(text: MeasureText) -> str:
    """“item 9 at 3” of answers whose safety item is at its mark; a total says nothing of it. Else empty."""
    measure = content.known(text.measure)
    if measure is None or measure.safety is None or not is_at_safety_mark(measure, text.answers):
        return ""
    return f"item {measure.safety.item} at {text.answers[measure.safety.item - 1]}"


def crisis_lines(journal: "Journal", found: AnsweredMeasure) -> str:
    """Whom to call, for the member who wrote down answers at the safety mark; empty for everybody else, and
    for other answers."""
    if found.author != journal.me.id:
        return ""
    for text in (found.text, *found.beside):
        measure = content.known(text.measure)
        if measure and (said := whom_to_call(measure, text.answers, is_from_paper=text.is_from_paper)):
            return said
    return ""


def question(pack: Pack, item: PackItem) -> list[str]:
    """One item in the words of the instrument: its text, then each answer with the number that chooses it,
    in the order of the page."""
    lines = [f"{item.number} of {len(pack.items)}", *shown(item.text).split("\n")]
    return [*lines, *(f"  {place}  {shown_line(one.text)}" for place, one in enumerate(item.answers, 1))]


def chosen(item: PackItem, typed: str) -> int:
    """The value of the answer whose number is typed (`UsageError` for any other)."""
    for place, one in enumerate(item.answers, 1):
        if typed == str(place):
            return one.value
    raise UsageError(CHOOSE.format(count=len(item.answers)))


def introduction(pack: Pack) -> list[str]:
    """What stands before the items."""
    return [shown_line(pack.title), *filter(None, shown(pack.introduction).split("\n"))]


def request_in_words(journal: "Journal", request: MeasureRequest) -> str:
    """“Dr Lee asks you for PHQ-9, by 3 December 2026: before we meet”, or whom this member asked."""
    label_of = journal.members.label_of
    who = "You ask" if request.author == journal.me.id else f"{label_of(request.author)} asks"
    whom = "you" if request.of == journal.me.id else label_of(request.of)
    by = f", by {days.long_day(request.date)}" if request.date else ""
    line = f": {request.words}" if request.words else ""
    return shown_line(f"{who} {whom} for {title_of(request.measure)}{by}{line}")


def mark_in_words(journal: "Journal", mark: SafetyMark) -> str:
    """“Ana · PHQ-9 of 2 March 2026 · item 9 at 1 · met 3 Mar 2026, 09:00”; where the answers are not readable
    any more, that is said."""
    met = mark.shown
    said = [
        journal.members.label_of(mark.of),
        f"{title_of(mark.measure)} of {days.long_day(mark.date)}",
        f"item {mark.item} at {met.value}",
        f"met {days.at(met.moment)}",
    ]
    if mark.answers not in {one.id for one in journal.measures.all()}:
        said.append("withdrawn or deleted since")
    return shown_line(" · ".join(said))


def contact_in_words(contact: Contact) -> str:
    """“3 Mar 2026, 09:00 · on the phone · safe for now”."""
    return shown_line(f"{days.at(contact.when)} · {contact.how} · {contact.outcome}")


def has_open_mark(journal: "Journal") -> bool:
    """Whether a safety mark of this therapist's is open."""
    return journal.me.role.is_therapist and any(one.is_open for one in journal.measures.marks())


def open_marks(journal: "Journal", where: str) -> str:
    """That a safety mark is open, to a therapist, with where to look; empty if none is. It names nobody: a
    screen may be seen by others."""
    return OPEN_MARK.format(marks=where) if has_open_mark(journal) else ""


def asked_of_me(journal: "Journal") -> list[MeasureRequest]:
    """What this partner is asked for and has not answered since, the oldest first."""
    me = journal.me.id
    return [one for one in journal.measures.requests() if one.of == me and not one.answered]
