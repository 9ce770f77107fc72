"""The registry: what holds for every document of a type, and the codec that writes and reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Draft
from kapjournal.domain.sessions import Session
from kapjournal.journal.documents import address_book, draft, journal_info, note, session
from kapjournal.journal.documents.journal_info import JournalInfo
from kapjournal.journal.documents.note import EarlierNote, NoteContent
from kapjournal.journal.documents.version import Content, DocumentType, DocumentVersion
from kapjournal.journal.trust.address_book import AddressBook

V = TypeVar("V")
"""The value that an author writes."""
R = TypeVar("R")
"""What a reader makes of it."""


class ChannelKind(Enum):
    """The kinds of channel on which a member finds envelopes."""

    FROM_OTHERS = auto()
    """The channel of another member to the reader."""
    TO_SELF = auto()
    """The author's channel to themselves."""
    DRAFTS = auto()
    """The author's channel of drafts, which no head covers."""


class Writers(Enum):
    """Who writes documents of a type. Which kinds of note a role writes is the domain's to say."""

    EVERY_MEMBER = auto()
    KEEPER = auto()

    def include(self, author: MemberId, keeper: MemberId) -> bool:
        """Whether the author is one of them."""
        return self is Writers.EVERY_MEMBER or author == keeper


@dataclass(frozen=True, slots=True)
class DocumentSpec(Generic[V, R]):
    """One type of document. With `keeps_earlier`, the version before is kept for its author."""

    type: DocumentType
    encode: Callable[[V], Content]
    decode: Callable[[DocumentVersion], R]
    channels: frozenset[ChannelKind]
    writers: Writers = Writers.EVERY_MEMBER
    keeps_earlier: bool = False


_SHARED = frozenset({ChannelKind.FROM_OTHERS, ChannelKind.TO_SELF})
_OWN = frozenset({ChannelKind.TO_SELF})

NOTE: DocumentSpec[NoteContent, NoteContent] = DocumentSpec(
    DocumentType.NOTE, note.encode, note.decode, _SHARED, keeps_earlier=True
)
EARLIER: DocumentSpec[DocumentVersion, EarlierNote] = DocumentSpec(
    DocumentType.EARLIER, note.encode_earlier, note.decode_earlier, _OWN
)
DRAFT: DocumentSpec[Draft, Draft] = DocumentSpec(
    DocumentType.DRAFT, draft.encode, draft.decode, frozenset({ChannelKind.DRAFTS})
)
SESSION: DocumentSpec[Session, Session] = DocumentSpec(
    DocumentType.SESSION, session.encode, session.decode, _SHARED
)
JOURNAL_INFO: DocumentSpec[JournalInfo, JournalInfo] = DocumentSpec(
    DocumentType.JOURNAL_INFO, journal_info.encode, journal_info.decode, _SHARED, writers=Writers.KEEPER
)
ADDRESS_BOOK: DocumentSpec[AddressBook, AddressBook] = DocumentSpec(
    DocumentType.ADDRESS_BOOK, address_book.encode, address_book.decode, _OWN
)

SPECS: dict[DocumentType, DocumentSpec[Any, Any]] = {
    spec.type: spec for spec in (NOTE, EARLIER, DRAFT, SESSION, JOURNAL_INFO, ADDRESS_BOOK)
}
