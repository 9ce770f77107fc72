"""Plays the story through the use cases: create, invite, join; then each writes through their own door."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kapjournal import clock, paths
from kapjournal.demo import story
from kapjournal.demo.story import Page, Person, Story
from kapjournal.domain.audience import resolve
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Draft, NoteText, SessionRef
from kapjournal.errors import Refused
from kapjournal.journal import (
    FLOOR,
    Journal,
    KdfStrength,
    NewNote,
    NoteChange,
    create,
    join,
    unlock,
)

FILE_NAME = "demo" + paths.SUFFIX


@dataclass(frozen=True, slots=True)
class Door:
    """One way into the demo."""

    label: str
    role: Role
    passphrase: str


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the demo lies and how to open it."""

    path: Path
    doors: tuple[Door, ...]


def build(
    folder: Path, *, notes: int | None = None, memory: Path | None = None, strength: KdfStrength = FLOOR
) -> Demo:
    """Build `demo.kap` in `folder`; `notes` grows it to about so many, and never below the story's own.

    The doors have the weakest Argon2id the format accepts, so that it is quick: their passphrases are
    printed beside them and guard nothing. `Refused` if there is a `demo.kap`; where building fails, what
    was begun is taken away again.
    """
    path = paths.private_folder(folder) / FILE_NAME
    if path.exists():
        raise Refused(f"There is a {FILE_NAME} in {folder} already; it is left as it is.")
    course = story.load()
    try:
        _meet(course, path, memory, strength)
        _write(course, path, memory, notes or 0)
    except BaseException:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(FILE_NAME + suffix).unlink(missing_ok=True)
        raise
    return Demo(path, tuple(Door(person.label, person.role, person.passphrase) for person in course.people))


def _meet(course: Story, path: Path, memory: Path | None, strength: KdfStrength) -> None:
    """The keeper begins the journal and lays out the sessions; the others join."""
    keeper, *others = course.people
    begun, _ = create(
        path,
        label=keeper.label,
        role=keeper.role,
        passphrase=keeper.passphrase,
        title=course.title,
        with_recovery=False,
        strength=strength,
        record_folder=memory,
    )
    with begun:
        for meeting in course.meetings:
            begun.sessions.add(
                number=meeting.number,
                kind=meeting.kind,
                date=_date(meeting.day),
                time=meeting.time,
                title=meeting.title,
            )
        begun.sessions.plan(course.planned)
        codes = {
            other.label: begun.members.invite(other.label, other.role, strength=strength) for other in others
        }
    for other in others:
        joined, _ = join(
            path,
            code=codes[other.label],
            label=other.label,
            passphrase=other.passphrase,
            with_recovery=False,
            strength=strength,
            record_folder=memory,
        )
        joined.close()


def _write(course: Story, path: Path, memory: Path | None, count: int) -> None:
    """Everybody opens their door once, which lets the keys of all three meet, and writes."""
    more: dict[str, list[Page]] = defaultdict(list)
    missing = count - sum(len(person.notes) for person in course.people)
    for label, page in story.grown(course, max(0, missing)):
        more[label].append(page)
    for person in course.people:
        with unlock(path, label=person.label, passphrase=person.passphrase, record_folder=memory) as journal:
            _write_all(journal, person, more[person.label])


def _write_all(journal: Journal, person: Person, more: Iterable[Page]) -> None:
    for page in person.notes:
        new = _new(page)
        with clock.at(_evening(new.date)):
            note = journal.notes.add(new)
        with clock.at(_evening(new.date) + dt.timedelta(hours=1)):
            if page.before:
                journal.notes.edit(note.id, NoteChange(body=page.body))
            if page.withdraw:
                journal.notes.withdraw(note.id, page.withdraw)
    journal.notes.add_many(_new(page) for page in more)
    for page in person.drafts:
        journal.drafts.save(_draft(page, journal))


def _new(page: Page) -> NewNote:
    return NewNote(
        body=page.before or page.body,
        title=page.title,
        kind=page.kind,
        date=_date(page.day),
        tags=page.tags,
        session=page.session,
        share=page.share,
    )


def _draft(page: Page, journal: Journal) -> Draft:
    session = journal.sessions.get(page.session) if page.session is not None else None
    text = NoteText(
        body=page.body,
        kind=page.kind,
        date=_date(page.day),
        title=page.title,
        tags=page.tags,
        session=SessionRef(session.id, session.number) if session else None,
    )
    readers = (
        resolve(page.share, journal.members.all(), journal.me.id) if page.share else frozenset[MemberId]()
    )
    lines = page.body.split("\n")
    return Draft(id="", of=None, text=text, readers=readers, cursor=(len(lines) - 1, len(lines[-1])))


def _date(day: int) -> dt.date:
    return clock.today() + dt.timedelta(day)


def _evening(day: dt.date | None) -> dt.datetime:
    """When somebody sits down to write about a day."""
    return dt.datetime.combine(day or clock.today(), dt.time(19, 30), dt.UTC)
