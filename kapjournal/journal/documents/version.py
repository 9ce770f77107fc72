"""One version of one document, and the bytes an envelope carries for it.

    body = head | readers x 32 | told x 32 | follows: id(16), h(32) | counted(JSON of the data) | words, UTF-8
    head = document(16) | author(32) | replica(16) | written(8, in ms) | type(1) | how many readers(1),
           told(1), follows(1)

What a program must judge has fixed places; only the data of the type is JSON, and the words stand outside it,
so that a body never grows by escapes. Whatever is not of this form to the letter is not genuine.
"""

import datetime as dt
import struct
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from kapjournal.crypto.envelope import EnvelopeRef
from kapjournal.crypto.primitives import NotGenuine, counted
from kapjournal.domain.ids import DocumentId, EnvelopeId, MemberId, ReplicaId
from kapjournal.errors import Refused
from kapjournal.journal.strict_encoding import from_json, to_json
from kapjournal.text import stored


class DocumentType(StrEnum):
    """What a document is. The order is the format's; `registry` says what holds for each."""

    NOTE = "note"
    SESSION = "session"
    JOURNAL_INFO = "journal info"
    ADDRESS_BOOK = "address book"
    EARLIER = "earlier"
    DRAFT = "draft"


class Content(NamedTuple):
    """What a codec makes of a value: the data of its type, which becomes JSON, and a person's words."""

    data: Mapping[str, Any]
    text: str = ""


class DocumentVersion(NamedTuple):
    """A version of a document as its author wrote it.

    `document` with `author` names the document. `follows` is the envelope of the version before. The author
    is among the `readers`. `told` are those whose wrap in the same envelope is a notice. `data` is None once
    the document is deleted.
    """

    document: DocumentId
    type: DocumentType
    author: MemberId
    readers: tuple[MemberId, ...]
    written: dt.datetime
    replica: ReplicaId
    data: Mapping[str, Any] | None
    text: str = ""
    follows: EnvelopeRef | None = None
    told: tuple[MemberId, ...] = ()

    def to_bytes(self) -> bytes:
        """The body of an envelope."""
        head = _HEAD.pack(
            self.document,
            self.author,
            self.replica,
            round((self.written - _EPOCH) / _MILLISECOND),
            _TYPES.index(self.type),
            len(self.readers),
            len(self.told),
            self.follows is not None,
        )
        data = b"" if self.data is None else to_json(self.data)
        members = (*self.readers, *self.told, *(self.follows or ()))
        return b"".join((head, *members, counted(data), self.text.encode("utf-8")))

    @classmethod
    def from_bytes(cls, body: bytes) -> "DocumentVersion":
        """Undo `to_bytes`, or raise `NotGenuine`."""
        try:
            document, author, replica, written, type_, readers, told, follows = _HEAD.unpack_from(body)
            first_told = _HEAD.size + 32 * readers
            before = first_told + 32 * told
            data = before + 48 * follows
            words = data + 4 + int.from_bytes(body[data : data + 4], "big")
            if follows > 1 or words > len(body) or data + 4 > len(body):
                raise ValueError
            followed = EnvelopeRef(EnvelopeId(body[before : before + 16]), body[before + 16 : data])
            return cls(
                document=document,
                type=_TYPES[type_],
                author=author,
                readers=_members(body[_HEAD.size : first_told]),
                told=_members(body[first_told:before]),
                written=_EPOCH + written * _MILLISECOND,
                replica=replica,
                follows=followed if follows else None,
                data=from_json(body[data + 4 : words]) if words > data + 4 else None,
                text=stored(body[words:]),
            )
        except (struct.error, ValueError, LookupError, OverflowError, Refused):
            raise NotGenuine("A document has a field of the wrong form.") from None


@lru_cache(maxsize=256)
def _members(ids: bytes) -> tuple[MemberId, ...]:
    """Member ids that stand end to end; nearly every note has the same few, and they share them."""
    return tuple([MemberId(ids[at : at + 32]) for at in range(0, len(ids), 32)])


def forget_members() -> None:
    """Let go of every list of readers that was met, when a journal is locked."""
    _members.cache_clear()


_HEAD = struct.Struct(">16s32s16sqBBBB")
_TYPES = tuple(DocumentType)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MILLISECOND = dt.timedelta(milliseconds=1)
