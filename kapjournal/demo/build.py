"""Builds the demo journal: create, invite, join; then each person unlocks it and writes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kapjournal import clock, paths
from kapjournal.demo import story
from kapjournal.demo.story import Story, StoryNote, StoryPerson
from kapjournal.domain.audience import resolve
from kapjournal.domain.doses import dosing_from
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
from kapjournal.staging import until_the_end

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


def temporary_folder() -> Path:
    """A place for a demo that goes when the program ends."""
    return until_the_end("kapjournal-demo-")


def build(
    folder: Path,
    *,
    notes: int | None = None,
    record_folder: Path | None = None,
    strength: KdfStrength = FLOOR,
) -> Demo:
    """Build `demo.kap` in `folder`, with about `notes` notes in all, but never fewer than the story has.

    The doors have the weakest Argon2id the format accepts, so that it is quick: their passphrases are
    printed beside them and protect nothing. `Refused` if there is a `demo.kap` already; if building fails,
    the unfinished file is removed.
    """
    path = paths.private_folder(folder) / FILE_NAME
    if path.exists():
        raise Refused(f"There is a {FILE_NAME} in {folder} already; it is left as it is.")
    course = story.load()
    try:
        _create_and_join(course, path, record_folder, strength)
        _write_everything(course, path, record_folder, notes or 0)
    except BaseException:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(FILE_NAME + suffix).unlink(missing_ok=True)
        raise
    return Demo(path, tuple(Door(person.label, person.role, person.passphrase) for person in course.people))


def _create_and_join(course: Story, path: Path, record_folder: Path | None, strength: KdfStrength) -> None:
    """The keeper creates the journal; the others join."""
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
    with begun:
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
            record_folder=record_folder,
        )
        joined.close()


def _write_everything(course: Story, path: Path, record_folder: Path | None, count: int) -> None:
    """Each person unlocks the journal once, which also exchanges the keys of all three, and writes; the
    keeper, who is the first, adds the sessions."""
    more: dict[str, list[StoryNote]] = defaultdict(list)
    missing = count - sum(len(person.notes) for person in course.people)
    for label, entry in story.filler_notes(course, max(0, missing)):
        more[label].append(entry)
    for person in course.people:
        with unlock(
            path, label=person.label, passphrase=person.passphrase, record_folder=record_folder
        ) as journal:
            if journal.me.is_keeper:
                _add_sessions(journal, course)
            _write_as(journal, person, more[person.label])


def _add_sessions(journal: Journal, course: Story) -> None:
    for session in course.sessions:
        journal.sessions.add(
            number=session.number,
            kind=session.kind,
            date=_date(session.day),
            time=session.time,
            title=session.title,
            dosing=dosing_from(session.doses, journal.members.all()),
        )
    journal.sessions.plan(course.planned_doses)


def _write_as(journal: Journal, person: StoryPerson, more: Iterable[StoryNote]) -> None:
    journal.members.acknowledge(*(member.label for member in journal.members.all() if member.is_announced))
    for entry in person.notes:
        new = _new_note(entry)
        with clock.at(_evening(new.date)):
            note = journal.notes.add(new)
        with clock.at(_evening(new.date) + dt.timedelta(hours=1)):
            if entry.before:
                journal.notes.edit(note.id, NoteChange(body=entry.body))
            if entry.withdraw:
                journal.notes.withdraw(note.id, entry.withdraw)
    journal.notes.add_many(_new_note(entry) for entry in more)
    for entry in person.drafts:
        journal.drafts.save(_draft(entry, journal))


def _new_note(entry: StoryNote) -> NewNote:
    return NewNote(
        body=entry.before or entry.body,
        title=entry.title,
        kind=entry.kind,
        date=_date(entry.day),
        tags=entry.tags,
        session=entry.session,
        share=entry.share,
    )


def _draft(entry: StoryNote, journal: Journal) -> Draft:
    session = journal.sessions.get(entry.session) if entry.session is not None else None
    text = NoteText(
        body=entry.body,
        kind=entry.kind,
        date=_date(entry.day),
        title=entry.title,
        tags=entry.tags,
        session=SessionRef(session.id, session.number) if session else None,
    )
    readers = (
        resolve(entry.share, journal.members.all(), journal.me.id) if entry.share else frozenset[MemberId]()
    )
    lines = entry.body.split("\n")
    return Draft(id="", of=None, text=text, readers=readers, cursor=(len(lines) - 1, len(lines[-1])))


def _date(day: int) -> dt.date:
    return clock.today() + dt.timedelta(day)


def _evening(day: dt.date | None) -> dt.datetime:
    """The moment at which a note about a day is written."""
    return dt.datetime.combine(day or clock.today(), dt.time(19, 30), dt.UTC)
