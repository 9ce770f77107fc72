"""What a search can be narrowed by: whose notes, of which session, kind and tag."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kapjournal.domain.members import Member, folded
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.sessions import Session


@dataclass(frozen=True, slots=True)
class Choices:
    """What the notes one can read give to choose from."""

    by: list[str]
    session: list[int]
    kind: list[NoteKind]
    tag: list[str]


def choices(notes: Sequence[Note], members: Iterable[Member], sessions: Iterable[Session]) -> Choices:
    """Only what stands in some readable note: a filter betrays nothing else."""
    authors = {note.author for note in notes}
    numbers = {note.session for note in notes}
    return Choices(
        by=sorted({member.label for member in members if member.id in authors}, key=folded),
        session=[session.number for session in sessions if session.number in numbers],
        kind=sorted({note.text.kind for note in notes}, key=list(NoteKind).index),
        tag=_tags(notes),
    )


def _tags(notes: Iterable[Note]) -> list[str]:
    tags: dict[str, str] = {}
    for note in notes:
        for tag in note.text.tags:
            tags.setdefault(folded(tag), tag)
    return [tags[name] for name in sorted(tags)]
