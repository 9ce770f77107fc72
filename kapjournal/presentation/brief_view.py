"""The brief as it is read from an open practice and a couple's journal."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content import measures as content
from kapjournal.content.forms import form_for
from kapjournal.domain import record_signing
from kapjournal.domain.answered_measures import AnsweredMeasure, SafetyMark
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import RowKind
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.joint import JointKind
from kapjournal.domain.measures import Certainty, beyond_chance, is_clinically_significant, way
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.records import Record
from kapjournal.domain.sessions import Session
from kapjournal.presentation import access_requests, bringing, days, people, policy, supervision_brief
from kapjournal.presentation.agreed import Agreed, less_or_closed, most_needed, read_agreed
from kapjournal.presentation.answered_measures import at_mark_in_words, score_of, title_of
from kapjournal.presentation.brief import Brief, Entry, Section
from kapjournal.presentation.bringing import BroughtLine
from kapjournal.presentation.couple_journal import looked_into
from kapjournal.presentation.dosing import row_in_words
from kapjournal.presentation.own_brief import in_a_line
from kapjournal.presentation.readers import listed
from kapjournal.presentation.records import about_in_words
from kapjournal.presentation.self_reports import is_for_today, noticed_in_words, place_in_short
from kapjournal.presentation.sessions import coming
from kapjournal.presentation.supervision_brief import FROM_SUPERVISION
from kapjournal.text import excerpt, shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

AFTER = "After the dose"
ACCESS = "Access to the record"
WHOLE = 1_000
"""Characters of what was agreed, noted or planned: a boundary that is cut off is none."""
A_LINE = 100
"""Characters of a person's words that fit into a brief."""
MOST = 2
"""Pages of one partner that are shown; how many there are more is said."""


@dataclass(frozen=True, slots=True)
class _Theirs:
    """What the brief takes from a couple's journal."""

    coming: str = ""
    sections: Mapping[str, Section] | None = None
    why_not: str = ""
    secrets: str = ""
    agreed: Agreed = field(default_factory=Agreed)


def read_brief(practice: "Journal", couple: Couple, theirs: "Journal | None" = None) -> Brief:
    """The brief of a couple of the practice. Their journal is opened for it and closed again, unless it is
    open (`JournalLocked` if the practice was locked meanwhile)."""
    found = looked_into(practice, couple, _from_journal, lambda why: _Theirs(why_not=why), theirs)
    records = sorted(practice.records.all(couple.case), key=lambda one: one.order)
    of_record = {
        section.heading: section
        for section in (
            Section("Agreed", tuple(_agreed(found.agreed, records)), rows=2),
            Section(AFTER, (*_entries(found, AFTER), *_after_effects(records, couple))),
            Section(FROM_SUPERVISION, tuple(supervision_brief.entries(practice, couple.case)), rows=2),
            Section(ACCESS, tuple(_asked_for(practice, couple))),
            Section("Plan", tuple(_plan(records))),
            Section("Unsigned", tuple(_unsigned(records, practice.me))),
        )
    }
    sections = {**(found.sections or {}), **of_record}
    shown = [sections[name] for name in _ORDER if name in sections and sections[name].entries]
    intake = [one.text.fields for one in records if one.kind is RecordKind.INTAKE]
    secrets = found.secrets or (intake[-1].get("secrets-policy", "") if intake else "")
    return Brief(shown_line(couple.name), found.coming, shown_line(secrets), tuple(shown), found.why_not)


_ORDER = (
    "Safety",
    "Asks to talk",
    "To bring",
    "Since last time",
    "Intentions",
    "Agreed",
    "Practice",
    AFTER,
    "Beyond chance",
    FROM_SUPERVISION,
    ACCESS,
    "Plan",
    "Unsigned",
)
"""The sections in the order in which they are needed."""


def _asked_for(practice: "Journal", couple: Couple) -> Iterator[Entry]:
    """The requests for a pack that wait."""
    if practice.me.role.is_therapist:
        for request in practice.packs.open_requests(couple.case):
            yield Entry("", access_requests.request_in_words(request, couple))


def _entries(found: _Theirs, heading: str) -> tuple[Entry, ...]:
    """What the couple's journal has under a heading that the record adds to."""
    section = (found.sections or {}).get(heading)
    return section.entries if section else ()


def _from_journal(journal: "Journal") -> _Theirs:
    today, sessions = clock.today(), journal.sessions.all()
    session, dose = coming(journal)
    before = [one for one in sessions if one.date < today]
    partners = people.partners(journal)
    notes = [one for one in journal.notes.all() if one.author != journal.me.id]
    marks = [one for one in journal.measures.marks() if one.is_open]
    marked = bringing.read_lines(journal)
    silent = [one for one in partners if one.id not in {line.brought.author for line in marked}]
    sections = (
        Section("Safety", tuple(Entry("", _mark(journal, one)) for one in marks), is_urgent=True, rows=0),
        Section("Asks to talk", tuple(_talk(journal, partners))),
        Section("To bring", tuple(_brought(marked, partners)), rows=2),
        Section("Since last time", tuple(_since(notes, silent, before)), rows=2),
        Section("Intentions", tuple(_intentions(notes, partners)), rows=2),
        Section("Practice", tuple(_practice(journal)), rows=2),
        Section(AFTER, tuple(_cards(journal, partners))),
        Section("Beyond chance", tuple(_measures(journal.measures.all(), partners))),
    )
    said = days.of_session(session, dose) if session else ""
    secrets = journal.policies.current().secrets
    chosen = policy.name_of(secrets) if secrets else ""
    return _Theirs(said, {one.heading: one for one in sections}, secrets=chosen, agreed=read_agreed(journal))


def _agreed(agreed: Agreed, records: Iterable[Record]) -> Iterator[Entry]:
    """What holds, with the less that was asked for, and what waits for the therapist's yes."""
    holds, noted = most_needed(agreed, records)
    for line in (*holds, *noted):
        yield Entry("", excerpt(line, WHOLE))
    if last := less_or_closed(agreed, WHOLE):
        yield Entry("", excerpt(last, WHOLE), is_whole=bool(agreed.less))
    for line in agreed.awaits:
        yield Entry("", f"Waits for your yes. {line}")


def _mark(journal: "Journal", mark: SafetyMark) -> str:
    """“Ana · item 9 at 1 · PHQ-9 of 18 Nov · no contact noted yet”."""
    label, met = shown_line(journal.members.label_of(mark.of)), mark.shown
    of = f"{title_of(mark.measure)} of {days.short(mark.date)}"
    return f"{label} · item {mark.item} at {met.value} · {of} · no contact noted yet"


def _talk(journal: "Journal", partners: Iterable[Member]) -> Iterator[Entry]:
    """Who asks to talk without saying what about."""
    found = journal.talking.current()
    for partner in partners:
        for one in (one for one in found if one.author == partner.id):
            yield Entry(shown_line(partner.label), f"since {days.short(days.of(one.written))}")


def _brought(marked: Iterable[BroughtLine], partners: Iterable[Member]) -> Iterator[Entry]:
    """What each marked for this session, in their words: they chose it, so that nothing of it is left out."""
    lines = list(marked)
    for partner in partners:
        for line in (one for one in lines if one.brought.author == partner.id):
            words = _words(line.note) if line.note else excerpt(line.brought.words, WHOLE)
            yield Entry(line.who, f"“{words}” · {days.short(line.brought.date)}")


def _since(notes: Iterable[Note], partners: Iterable[Member], before: list[Session]) -> Iterator[Entry]:
    """What those shared since the last session who marked nothing, their newest words first."""
    since = before[-1].date if before else dt.date.min
    by_author, left = list(notes), list[str]()
    for partner in partners:
        own = [
            one
            for one in by_author
            if one.author == partner.id and one.text.date >= since and one.text.kind is not NoteKind.INTENTION
        ]
        own.sort(key=lambda one: (one.text.date, one.written, one.id), reverse=True)
        for note in own[:MOST]:
            yield Entry(shown_line(partner.label), f"“{_words(note)}” · {days.short(note.text.date)}")
        left += [f"{len(own) - MOST} of {shown_line(partner.label)}"] if len(own) > MOST else []
    if left:
        yield Entry("", f"and {listed(left)} besides")


def _intentions(notes: Iterable[Note], partners: Iterable[Member]) -> Iterator[Entry]:
    newest: dict[object, Note] = {}
    for note in sorted(notes, key=lambda one: (one.text.date, one.written, one.id)):
        if note.text.kind is NoteKind.INTENTION:
            newest[note.author] = note
    for partner in partners:
        if partner.id in newest:
            note = newest[partner.id]
            yield Entry(shown_line(partner.label), f"“{_words(note)}” · {days.short(note.text.date)}")


def _practice(journal: "Journal") -> Iterator[Entry]:
    """What the two chose to do, where both let therapists read it."""
    if (chosen := journal.joints.holding(JointKind.PRACTICE)) is not None:
        yield Entry("", f"{in_a_line(chosen)} · since {days.short(chosen.text.date)}")


def _words(note: Note) -> str:
    return excerpt(note.text.body, A_LINE) or shown_line(note.text.title)


def _measures(answers: Iterable[AnsweredMeasure], partners: Iterable[Member]) -> Iterator[Entry]:
    """Each one's measures that changed beyond chance: since the day before or, if not, since the first. Where
    the safety item is at its mark that is said beside it: a lower total is no good news then."""
    found = sorted(answers, key=lambda one: one.order)
    for partner in partners:
        for measure in content.all_measures():
            own = [one for one in found if (one.text.of, one.text.measure) == (partner.id, measure.id)]
            scored = [(one.text.date, total) for one in own if (total := _total(one)) is not None]
            earlier = [one for one in scored if one[0] < scored[-1][0]]  # answers of one day are no course
            smallest = measure.reliable_change.points if measure.reliable_change else None
            for day, before in [*earlier[-1:], *earlier[:1]]:
                last = scored[-1][1]
                if beyond_chance(smallest, last - before) is Certainty.YES:
                    went = way(measure.direction, before, last)
                    words = f"{measure.title} {before} → {last} since {days.short(day)}: {went}"
                    if is_clinically_significant(measure, before, last):
                        words += ", clinically significant as published"
                    at_mark = at_mark_in_words(own[-1].text)
                    yield Entry(shown_line(partner.label), ", and ".join(filter(None, (words, at_mark))))
                    break


def _total(one: AnsweredMeasure) -> int | None:
    scored = score_of(one.text)
    return scored[1].total if scored else None


def _after_effects(records: Iterable[Record], couple: Couple) -> Iterator[Entry]:
    """The effects and the adverse event of each one's last dosing record."""
    last = {one.text.about: one for one in records if one.kind is RecordKind.DOSING}
    for about in (About.FIRST, About.SECOND):
        if (record := last.get(about)) is None:
            continue
        said = [row_in_words(row) for row in record.text.rows if row.kind == RowKind.EFFECT]
        is_adverse = record.text.fields.get("adverse") == "yes"
        if is_adverse:
            said.append(f"adverse event: {excerpt(record.text.fields.get('adverse-what', ''), WHOLE)}")
        if said:
            words = excerpt(f"{days.short(record.text.date)}: {'; '.join(said)}", WHOLE)
            yield Entry(about_in_words(about, couple), words, is_whole=is_adverse)


def _cards(journal: "Journal", partners: Iterable[Member]) -> Iterator[Entry]:
    """What each partner noticed after their last dose: their last card, and those before it that had
    something for the clinic that day."""
    cards = journal.after_effects.all()
    for partner in partners:
        own = [one.said for one in cards if one.author == partner.id]
        for said in own:
            for_today = is_for_today(said)
            if said is own[-1] or (for_today and said.session == own[-1].session):
                about = " · ".join(filter(None, (place_in_short(said), days.short(said.date))))
                words = f"{about}{', for the clinic that day' if for_today else ''}: {noticed_in_words(said)}"
                yield Entry(shown_line(partner.label), excerpt(words, WHOLE), is_whole=for_today)


def _plan(records: Iterable[Record]) -> Iterator[Entry]:
    """The plan line and the homework of the last progress note that has one; and its day, if another note
    came after."""
    notes = [one for one in records if one.kind is RecordKind.PROGRESS]
    planned = [one for one in notes if any(one.text.fields.get(name, "").strip() for name, _ in _PLANNED)]
    for name, who in _PLANNED if planned else ():
        if words := excerpt(planned[-1].text.fields.get(name, ""), WHOLE):
            day = "" if planned[-1] is notes[-1] else f" · {days.short(planned[-1].text.date)}"
            yield Entry(who, f"{words}{day}")


_PLANNED = ("plan", ""), ("homework", "Homework")


def _unsigned(records: Iterable[Record], me: Member) -> Iterator[Entry]:
    """What waits for the member's signature, on one line."""
    waiting = [
        f"{shown_line(form_for(one.kind).title)} {days.short(one.text.date)}"
        for one in records
        if record_signing.awaits_signature_in_lists(one, me.id)
    ]
    if waiting:
        yield Entry("", ", ".join(waiting))
