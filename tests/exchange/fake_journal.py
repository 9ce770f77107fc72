"""What an export asks of a journal, held in memory: enough to try every odd title without a disk."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kapjournal.domain.doses import Doses
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.notes import Note, NoteKind, NoteText, SessionRef
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.domain.signing import SignedDocument
from kapjournal.errors import NotFound

if TYPE_CHECKING:
    from kapjournal.journal import Journal

ANA = Member(MemberId(b"a" * 32), "Ana", Role.PARTNER, "Ana")
BEN = Member(MemberId(b"b" * 32), "Ben", Role.PARTNER, "Ben")
LEE = Member(MemberId(b"l" * 32), "Dr Lee", Role.THERAPIST, "Dr Lee", is_keeper=True)
FIRST = Session("s1", LEE.id, 1, SessionKind.DOSING, dt.date(2024, 11, 10), None, "", frozenset({ANA.id}))
SECOND = Session("s2", LEE.id, 2, SessionKind.DOSING, dt.date(2024, 11, 20), None, "The light")


@dataclass
class FakeJournal:
    """Ana's view of a journal of three; use cases answer from what it keeps."""

    kept: list[Note] = field(default_factory=list)
    course: Sequence[Session] = (FIRST, SECOND)
    path: Path = Path("ours.kap")
    title: str = "Ours"
    me: Member = ANA
    signed: Mapping[str, SignedDocument] = field(default_factory=dict)

    @property
    def journal(self) -> "Journal":
        return cast("Journal", self)

    @property
    def notes(self) -> "_Notes":
        return _Notes(self.kept)

    @property
    def sessions(self) -> "_Sessions":
        return _Sessions(self.course)

    @property
    def signing(self) -> "_Signing":
        return _Signing(self.signed)

    @property
    def members(self) -> "_Members":
        return _Members()


@dataclass
class _Signing:
    signed: Mapping[str, SignedDocument]

    def of_all(self, notes: Sequence[Note]) -> dict[str, SignedDocument]:
        return {note.id: self.signed[note.id] for note in notes if note.id in self.signed}


class _Members:
    doubted_authors: frozenset[MemberId] = frozenset()

    def all(self) -> tuple[Member, ...]:
        return (LEE, ANA, BEN)

    def label_of(self, member_id: MemberId) -> str:
        return next(member.label for member in self.all() if member.id == member_id)


@dataclass
class _Sessions:
    course: Sequence[Session]

    @property
    def doses(self) -> Doses:
        return Doses(self.course, 8)

    def all(self) -> list[Session]:
        return list(self.course)

    def get(self, number: int) -> Session:
        for session in self.course:
            if session.number == number:
                return session
        raise NotFound("There is no such session.")


@dataclass
class _Notes:
    kept: Sequence[Note]

    def all(self) -> list[Note]:
        return sorted(self.kept, key=lambda note: note.text.date)

    def get(self, note_id: str) -> Note:
        for note in self.kept:
            if note.id == note_id:
                return note
        raise NotFound("There is no such note.")


def note(
    id: str,
    body: str = "words",
    *,
    title: str = "",
    author: Member = ANA,
    readers: Sequence[Member] = (),
    date: dt.date = dt.date(2024, 11, 12),
    tags: tuple[str, ...] = (),
    session: Session | None = None,
) -> Note:
    """A note of Ana's, unless said otherwise."""
    ref = SessionRef(session.id, session.number) if session else None
    return Note(
        id=id,
        author=author.id,
        readers=frozenset({author.id, *(reader.id for reader in readers)}),
        text=NoteText(body, NoteKind.PAGE, date, title, tags, ref),
        written=dt.datetime(2024, 11, 12, 8, 30, 15, 123456, tzinfo=dt.UTC),
        revised=None,
        session=session.number if session else None,
    )
