"""What a search can be filtered by: author, session, kind and tag."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kapjournal.domain.course import Course
from kapjournal.domain.members import Member, folded
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.sessions import Session


@dataclass(frozen=True, slots=True)
class FilterOptions:
    """What there is to choose from."""

    by: list[str]
    session: list[int]
    kind: list[NoteKind]
    tag: list[str]


def filter_options(
    notes: Sequence[Note], members: Iterable[Member], sessions: Iterable[Session]
) -> FilterOptions:
    """Only what stands in some note the member can read: a filter betrays nothing else."""
    authors = {note.author for note in notes}
    course = Course(sessions)
    numbers = {course.session_of(note) for note in notes}
    return FilterOptions(
        by=sorted({member.label for member in members if member.id in authors}, key=folded),
        session=[session.number for session in course.sessions if session.number in numbers],
        kind=sorted({note.text.kind for note in notes}, key=list(NoteKind).index),
        tag=_tags(notes),
    )


def _tags(notes: Iterable[Note]) -> list[str]:
    tags: dict[str, str] = {}
    for note in notes:
        for tag in note.text.tags:
            tags.setdefault(folded(tag), tag)
    return [tags[name] for name in sorted(tags)]
