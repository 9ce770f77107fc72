"""What a write-up can draw from the couple's journal: measures, where the course is, their loop, and pages
whose author allowed that."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content import measures as content
from kapjournal.content.steps import sheet_of
from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.domain.couples import Couple, which_partner
from kapjournal.domain.cycle import said_on
from kapjournal.domain.forms import About
from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import JointKind
from kapjournal.domain.measures import Certainty, Measure, beyond_chance, way
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.sessions import Session
from kapjournal.domain.supervision import Source
from kapjournal.presentation import days
from kapjournal.presentation.answered_measures import at_mark_in_words, score_of
from kapjournal.presentation.supervision_drawn import Drawn, sentences
from kapjournal.presentation.supervision_words import IN_WORDS
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

COURSE, THE_LOOP = "The course", "The loop"
SAFETY_ITEM = "safety item marked, see safety"
_BEYOND = {Certainty.YES: "yes", Certainty.NO: "no", Certainty.UNKNOWN: "not known"}


@dataclass(frozen=True, slots=True)
class FromJournal:
    """What is taken from a couple's journal; `first`, `second` and `either` are labels as in `TheTwo`, `days`
    the numbers and days of the sessions, `dose_places` the place of a dose among all (“3 of 8”) by the number
    of its session."""

    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    days: tuple[tuple[int, dt.date], ...] = ()
    dose_places: Mapping[int, str] = field(default_factory=dict)
    course: tuple[Drawn, ...] = ()
    measures: tuple[Drawn, ...] = ()
    pages: tuple[Drawn, ...] = ()
    loop: tuple[Drawn, ...] = ()
    why_not: str = ""


def read_journal(journal: "Journal", couple: Couple) -> FromJournal:
    """Read it, as far as this member may."""
    partners = [one for one in journal.members.all() if one.role is Role.PARTNER]
    which = {
        one.id: which_partner(
            couple, one.label, next((other.label for other in partners if other.id != one.id), "")
        )
        for one in partners
    }
    sessions, doses = sorted(journal.sessions.all(), key=lambda one: one.order), journal.sessions.doses
    places = ((one.number, doses.of(one)) for one in sessions)
    allowed = journal.page_consents.of_pages()
    pages = [one for one in journal.notes.all() if one.id in allowed and not one.beside]
    who = {one: IN_WORDS[about] for one, about in which.items() if about is not None}
    return FromJournal(
        first=tuple(one.label for one in partners if which[one.id] is About.FIRST),
        second=tuple(one.label for one in partners if which[one.id] is About.SECOND),
        either=tuple(one.label for one in partners if which[one.id] is None),
        days=tuple((one.number, one.date) for one in sessions),
        dose_places={number: dose.place for number, dose in places if dose},
        course=tuple(_course(sessions)),
        measures=tuple(_measures(journal.measures.all(), who)),
        pages=tuple(chain.from_iterable(_page(journal, one, who) for one in pages)),
        loop=tuple(_loop(journal, pages, who)),
    )


def _course(sessions: list[Session]) -> Iterator[Drawn]:
    """Which week of the course it is, and which session was the last."""
    today = clock.today()
    held = [one for one in sessions if one.date <= today]
    if held:
        week = (today - held[0].date).days // 7 + 1
        last = held[-1].number
        line = f"week {week} of the course, after session {last}"
        yield Drawn(line, "", "", Source.SESSION, str(last), f"the course, session {last}", COURSE)


def _measures(answers: Iterable[AnsweredMeasure], who: Mapping[MemberId, str]) -> Iterator[Drawn]:
    """Each one's measures from the first to the last total, and whether that is beyond chance; nothing of
    bands and cut-offs."""
    found = sorted(answers, key=lambda one: one.order)
    for member, name in sorted(who.items(), key=lambda one: one[1]):
        for measure in content.all_measures():
            own = [one for one in found if (one.text.of, one.text.measure) == (member, measure.id)]
            yield from _change(measure, own, name)


def _change(measure: Measure, own: list[AnsweredMeasure], name: str) -> Iterator[Drawn]:
    scored = [(one, total) for one in own if (total := _total(one)) is not None]
    if not scored or scored[0][0].text.date == scored[-1][0].text.date:
        return  # answers of one day are no course
    (begun, first), (ended, last) = scored[0], scored[-1]
    smallest = measure.reliable_change.points if measure.reliable_change else None
    chance = _BEYOND[beyond_chance(smallest, last - first)]
    went = way(measure.direction, first, last)
    line = f"{name}: {measure.title} {first} → {last}, {went}, beyond chance: {chance}"
    if at_mark_in_words(own[-1].text):
        line += f", {SAFETY_ITEM}"
    said = f"{measure.title} of {days.long_day(begun.text.date)} and of {days.long_day(ended.text.date)}"
    group = f"{name[0].upper()}{name[1:]}: first to last"
    yield Drawn(shown_line(line), "", "", Source.MEASURE, ended.id, shown_line(said), group)


def _total(one: AnsweredMeasure) -> int | None:
    scored = score_of(one.text)
    return scored[1].total if scored else None


def _page(journal: "Journal", page: Note, who: Mapping[MemberId, str]) -> Iterator[Drawn]:
    """A page whose author allowed it, sentence by sentence, as a quote."""
    if name := who.get(page.author):
        said = _page_named(journal, page)
        for words in sentences(page.text.body):
            group = f"Page of the {name}, allowed by its author"
            yield Drawn(f"{name} wrote: “", words, "”", Source.PAGE, page.id, said, group)


def _page_named(journal: "Journal", page: Note) -> str:
    label = journal.members.label_of(page.author)
    return shown_line(f"page of {label}, {days.long_day(page.text.date)}, allowed for supervision")


def _loop(journal: "Journal", pages: Iterable[Note], who: Mapping[MemberId, str]) -> Iterator[Drawn]:
    """The name that both approved, and of the two halves those whose author allowed that page."""
    if (chosen := journal.joints.holding(JointKind.LOOP)) is not None:
        said = f"name of the loop, approved by both, {days.long_day(chosen.text.date)}"
        name = chosen.text.field("name")
        yield Drawn("they call it “", name, "”", Source.AGREED, chosen.id, said, THE_LOOP)
    allowed = {one.id for one in pages}
    steps = sheet_of(NoteKind.CYCLE).steps
    for half in journal.cycle.loop().halves:
        if half.id in allowed and (name := who.get(half.author, "")):
            there = said_on(steps, half)
            texts = [there.by_step[one.id] for one in steps if one.id in there.by_step]
            for words in chain.from_iterable(map(sentences, (*texts, there.freely))):
                said = _page_named(journal, half)
                yield Drawn(f"{name} wrote: “", words, "”", Source.PAGE, half.id, said, THE_LOOP)
