"""Pages that somebody types for a partner who cannot, such as straight after a session: who may type, whose
the words are, and what whoever typed them still knows."""

import datetime as dt
from dataclasses import dataclass, replace

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.notes import NoteKind, SessionRef
from kapjournal.errors import Refused, UsageError

ONLY_IN_A_COUPLES_JOURNAL = (
    "A page is typed for a partner in a couple’s journal, and this is a practice. Open theirs: -c NAME."
)
WHO_TYPES = "A partner, a therapist or a co-therapist can type for somebody else."
ONLY_A_PARTNER = "A page is typed for a partner: say which, by their label."
NOT_FOR_YOURSELF = "That is you. Your own page is a note: write it as one."
NO_WORDS = "There are no words on the page."

KIND = NoteKind.CAPTURE
"""What a page becomes that was typed for somebody: the first fragments after a session."""


@dataclass(frozen=True, slots=True)
class ScribePage:
    """A page that is being typed: `of` whose `words` they are. `id` and `saved` (UTC) are those of what was
    sealed last, which nobody but they can open; empty before."""

    of: MemberId
    date: dt.date
    session: SessionRef | None = None
    words: str = ""
    id: str = ""
    saved: dt.datetime | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of some length."""
        return (self.words,)

    @property
    def without_words(self) -> "ScribePage":
        """The same without a word that was typed."""
        return replace(self, words="")


@dataclass(frozen=True, slots=True)
class HandedPage:
    """What a scribe knows of a page that was handed over and that can still be taken back; `session` is the
    present number, `written` when it was typed (UTC)."""

    id: str
    of: MemberId
    date: dt.date
    session: int | None
    written: dt.datetime


def may_type(role: Role) -> bool:
    """Whether a member of this role types for others."""
    return role.is_of_the_course


def check_may_type(role: Role) -> None:
    """Refuse whoever does not type for others."""
    if not may_type(role):
        raise Refused(WHO_TYPES)


def whose_words(label: str, named: Member, me: MemberId) -> MemberId:
    """The other partner, or the partner, whom a label names (`Refused`)."""
    if named.role is not Role.PARTNER:
        raise Refused(ONLY_A_PARTNER)
    if named.id == me:
        raise UsageError(NOT_FOR_YOURSELF)
    if named.removed:
        raise Refused(f"{label} was removed from this journal.")
    return named.id
