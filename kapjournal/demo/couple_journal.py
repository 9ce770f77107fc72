"""Builds the journal of a couple of the demo: create, invite, join; then each person writes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from kapjournal import clock
from kapjournal.demo import story
from kapjournal.demo.reports import write_reports
from kapjournal.demo.story import (
    Story,
    StoryAgreement,
    StoryMark,
    StoryNote,
    StoryPerson,
    StoryTyped,
    date_of,
    evening_of,
    moment_on,
)
from kapjournal.domain.audience import resolve
from kapjournal.domain.doses import dosing_from
from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import JointKind, JointText
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Draft, Note, NoteText, SessionRef
from kapjournal.domain.policy import DEFAULT_HOUR
from kapjournal.domain.waiting import When
from kapjournal.journal import Journal, KdfStrength, NewNote, NoteChange, create, join


def build_journal(
    course: Story,
    path: Path,
    record_folder: Path | None,
    strength: KdfStrength,
    count: int = 0,
    by_keeper: Callable[[Journal], None] = lambda _: None,
) -> None:
    """Build the journal of a course at `path`, grown to about `count` notes; what the keeper writes besides
    is written `by_keeper`. A door that was made stays open
    until everything is written: to stretch its passphrase once more takes longer than all that is written."""
    with ExitStack() as doors:
        opened = [doors.enter_context(journal) for journal in _entered(course, path, record_folder, strength)]
        for journal in (*opened, *opened):
            journal.refresh()  # the keys of all meet
        _add_sessions(opened[0], course)
        if course.agreement:
            _agree({one.me.label: one for one in opened}, course.agreement)
        more: dict[str, list[StoryNote]] = defaultdict(list)
        missing = count - sum(len(person.notes) + len(person.typed) for person in course.people)
        for label, entry in story.filler_notes(course, max(0, missing)):
            more[label].append(entry)
        for journal, person in zip(opened, course.people, strict=True):
            journal.refresh()
            _write_as(journal, person, more[person.label])
        _approve_together(opened, course)
        by_keeper(opened[0])
        for journal in opened:
            journal.refresh()  # what was offered goes, and what was offered for it
        for journal, person in zip(opened, course.people, strict=True):
            _look_around(journal, person)


def _entered(
    course: Story, path: Path, record_folder: Path | None, strength: KdfStrength
) -> Iterable[Journal]:
    """The keeper's open journal, then that of each other who joins."""
    keeper, *others = course.people
    begun, _ = create(
        path,
        label=keeper.label,
        role=keeper.role,
        passphrase=keeper.passphrase,
        title=course.title,
        with_recovery=False,
        strength=strength,
        record_folder=record_folder,
    )
    yield begun
    for other in others:
        joined, _ = join(
            path,
            code=begun.members.invite(other.label, other.role, strength=strength),
            label=other.label,
            passphrase=other.passphrase,
            with_recovery=False,
            strength=strength,
            record_folder=record_folder,
        )
        yield joined


def _add_sessions(journal: Journal, course: Story) -> None:
    for session in course.sessions:
        journal.sessions.add(
            number=session.number,
            kind=session.kind,
            date=date_of(session.day),
            time=session.time,
            title=session.title,
            dosing=dosing_from(session.doses, journal.members.all()),
        )
    journal.sessions.plan(course.planned_doses)
    if course.secrets:
        with clock.at(evening_of(course.sessions[0].day)):
            journal.policies.write(course.secrets, DEFAULT_HOUR)


def _agree(opened: Mapping[str, Journal], agreement: StoryAgreement) -> None:
    """Let everybody approve what one of them writes down; then somebody asks for less."""
    for journal in opened.values():
        journal.refresh()
    text = JointText(JointKind.AGREEMENT, agreement.fields, date_of(agreement.day))
    with clock.at(evening_of(agreement.day)):
        joint = opened[agreement.by].joints.propose(text)
        for label, journal in opened.items():
            journal.refresh()
            if label != agreement.by:
                journal.joints.approve(joint.id)
    for less in agreement.less:
        opened[less.by].refresh()
        with clock.at(moment_on(less.day, less.time)):
            opened[less.by].joints.narrow(joint.id, less.line)


def _write_as(journal: Journal, person: StoryPerson, more: Iterable[StoryNote]) -> None:
    journal.members.acknowledge(*(member.label for member in journal.members.all() if member.is_announced))
    for minutes, entry in enumerate(person.notes):  # those of one day keep their order
        evening, later = evening_of(entry.day), dt.timedelta(minutes=minutes)
        note = _written(journal, entry, evening + later)
        with clock.at(evening + dt.timedelta(hours=1)):
            if entry.before:
                journal.notes.edit(note.id, NoteChange(body=entry.body))
            if entry.withdraw:
                journal.notes.withdraw(note.id, entry.withdraw)
        if entry.allowed is not None:
            with clock.at(evening_of(entry.allowed)):
                journal.page_consents.give(note.id)
    for page in person.typed:
        _type(journal, page)
    if person.reports:
        write_reports(journal, person.reports)
    for mark in person.marks:
        _mark(journal, mark)
    journal.notes.add_many(_new_note(entry) for entry in more)
    for entry in person.drafts:
        journal.drafts.save(_draft(entry, journal))


def _approve_together(opened: Iterable[Journal], course: Story) -> None:
    """Let both partners approve what they approved, at one keyboard."""
    partners = {one.me.label: one for one in opened if one.me.role is Role.PARTNER}
    for one in course.together:
        [other] = (journal for label, journal in partners.items() if label != one.by)
        review = None if one.review is None else date_of(one.review)
        text = JointText(one.kind, one.fields, date_of(one.day), review)
        with clock.at(evening_of(one.day)):
            partners[one.by].joints.together(other.joints, text)
        other.refresh()


def _written(journal: Journal, entry: StoryNote, moment: dt.datetime) -> Note:
    """A note; a letter is closed before it is shared, and so waits until it opens."""
    new = _new_note(entry)
    if entry.answers:
        [offer] = [one for one in journal.offers.to_me() if one.about == entry.answers]
        new = replace(new, when=When(in_return=offer.id))
    if entry.opens is None:
        with clock.at(moment):
            return journal.notes.add(new)
    opens = date_of(entry.opens)
    with clock.at(moment):
        note = journal.notes.add(replace(new, share=""))
        closed = journal.waiting.close(note.id, opens)
        return journal.notes.share(note.id, new.share) if new.share else closed


def _type(journal: Journal, page: StoryTyped) -> None:
    """Type a page for a partner, before they leave."""
    with clock.at(moment_on(page.day, dt.time(12))):
        empty = journal.scribe.begin(page.of, page.session)
        journal.scribe.hand_over(replace(empty, words=page.body))


def _mark(journal: Journal, mark: StoryMark) -> None:
    page = next(note for note in journal.notes.all(by=journal.me.label) if note.text.title == mark.page)
    with clock.at(evening_of(mark.day)):
        if mark.line:
            journal.bringing.words(mark.line, page.text.date)
        else:
            journal.bringing.page(page.id)


def _look_around(journal: Journal, person: StoryPerson) -> None:
    """Let what came since this person was last here be new to them, and nothing else."""
    journal.refresh()
    for note in journal.notes.all():
        if note.text.date <= date_of(person.here):
            journal.notes.looked_at(note)


def _new_note(entry: StoryNote) -> NewNote:
    return NewNote(
        body=entry.before or entry.body,
        title=entry.title,
        kind=entry.kind,
        date=date_of(entry.day),
        tags=entry.tags,
        session=entry.session,
        share=entry.share,
        when=When(next_session=entry.waits, both_first=bool(entry.offers), about=entry.offers),
    )


def _draft(entry: StoryNote, journal: Journal) -> Draft:
    session = journal.sessions.get(entry.session) if entry.session is not None else None
    text = NoteText(
        body=entry.body,
        kind=entry.kind,
        date=date_of(entry.day),
        title=entry.title,
        tags=entry.tags,
        session=SessionRef(session.id, session.number) if session else None,
    )
    readers = (
        resolve(entry.share, journal.members.all(), journal.me.id) if entry.share else frozenset[MemberId]()
    )
    lines = entry.body.split("\n")
    return Draft(id="", of=None, text=text, readers=readers, cursor=(len(lines) - 1, len(lines[-1])))
