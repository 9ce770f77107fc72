"""One version of one document, and the bytes an envelope carries for it.

    body = head | type: length(1), ASCII | readers x 32 | notified x 32 | follows x 16 | counted(data) |
           counted(words) | proofs: how many(1), each signer(32) | when(8) | counted(claim) | signature(64) |
           rest
    head = layout(1) = 1 | document(16) | author(32) | written(8, in ms) | form(1) | how many readers(1),
           notified(1), follows(1)

What a program must judge has fixed places; the data of the type is JSON, and the words stand outside it, so
that a body never grows by escapes. Data and words are kept as the bytes they came in: what is compared or
signed is never made anew from what was read. What has a later layout is a newer program's.
"""

import datetime as dt
import secrets
import struct
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from kapjournal.crypto.primitives import NotGenuine, counted, digest, purpose
from kapjournal.domain.ids import DocumentId, EnvelopeId, JournalId, MemberId
from kapjournal.errors import Refused
from kapjournal.journal.strict_encoding import from_json, to_json
from kapjournal.journal.trust.proofs import Proof, proofs_from, proofs_to_bytes
from kapjournal.text import stored

LAYOUT = 1
MAX_TYPE_NAME = 31


class DocumentType(StrEnum):
    """What a document is, by the name it has in the file; `registry` says what holds for each."""

    NOTE = "note"
    SESSION = "session"
    JOURNAL_INFO = "journal-info"
    ADDRESS_BOOK = "address-book"
    KEYS = "keys"
    EARLIER = "earlier"
    DELETED = "deleted"
    DRAFT = "draft"
    RECORD_DRAFT = "record-draft"
    SIGNATURE = "signature"
    ADDENDUM = "addendum"
    CASE = "case"
    WAY_IN = "way-in"
    KEPT = "kept"
    SEEN_NOTES = "seen-notes"
    MEASURE = "measure"
    MEASURE_REQUEST = "measure-request"
    SAFETY_MARK = "safety-mark"
    MEASURE_DRAFT = "measure-draft"
    OWN_PROMPTS = "own-prompts"
    IMPORT = "import"
    WAITING = "waiting"
    CHECK_IN = "check-in"
    CHECK_IN_DRAFT = "check-in-draft"
    AFTER_EFFECTS = "after-effects"
    AFTER_EFFECTS_DRAFT = "after-effects-draft"
    DIALOGUE_DRAFT = "dialogue-draft"
    REPLY_DRAFT = "reply-draft"
    HANDED = "handed"
    BRING = "bring"
    TALK_REQUEST = "talk-request"
    POLICY = "policy"
    OFFER = "offer"
    JOINT = "joint"
    APPROVAL = "approval"
    NARROWING = "narrowing"
    PAGE_CONSENT = "page-consent"
    WRITE_UP_WORK = "write-up-work"
    CASE_NAMES = "case-names"
    DEPARTURE = "departure"
    SUPERVISION_REPLY = "supervision-reply"
    ACCESS_REQUEST = "access-request"
    INTAKE = "intake"
    PREPARATION = "preparation"
    COUPLE = "couple"
    PROGRESS = "progress"
    CONTACT = "contact"
    CLOSING = "closing"
    PROCESS = "process"
    SAFETY = "safety"
    PLAN = "plan"
    CONSENT = "consent"
    READY = "ready"
    DOSING = "dosing"
    SUPERVISION = "supervision"


MAX_LISTED = 255
"""As many ids or proofs can one list of a body hold."""


class Content(NamedTuple):
    """The content of a document, apart from who reads it: its data, a JSON object in bytes, and a person's
    words."""

    data: bytes
    text: str = ""
    form: int = 1

    @classmethod
    def of(
        cls, fields: Mapping[str, Any], text: str = "", before: "DocumentVersion | None" = None
    ) -> "Content":
        """The fields of a type in the place of those of the version before; what else that one had, which a
        newer program wrote, stays, in its order."""
        return cls(to_json({**_fields_of(before), **fields}), text)


class DocumentVersion(NamedTuple):
    """A version of a document as its author wrote it.

    `document` with `author` names the document. The author is among the `readers`; `notified` are those whose
    wrap in the same envelope is a notice. `follows` are the envelopes of the versions it took the place of.
    `written` is None where the moment said is outside the years 1970 to 2199.
    """

    document: DocumentId
    type: str
    author: MemberId
    readers: tuple[MemberId, ...]
    written: dt.datetime | None
    data: bytes
    text: str = ""
    form: int = 1
    follows: tuple[EnvelopeId, ...] = ()
    notified: tuple[MemberId, ...] = ()
    proofs: tuple[Proof, ...] = ()
    rest: bytes = b""

    @property
    def content(self) -> Content:
        """What it says, to the byte."""
        return Content(self.data, self.text, self.form)

    def fields(self) -> dict[str, Any]:
        """The data as a mapping, or `NotGenuine`."""
        return from_json(self.data)

    def digest(self, journal: JournalId) -> bytes:
        """What is signed and compared (32 bytes): the content, and whose it is. Nothing in it says who
        reads."""
        return digest(
            purpose("content", journal, self.document, self.author)
            + bytes([self.form])
            + counted(self.type.encode("ascii"))
            + counted(self.data)
            + counted(self.text.encode("utf-8"))
        )

    def to_bytes(self) -> bytes:
        """The body of an envelope."""
        written = _NO_MOMENT if self.written is None else round((self.written - _EPOCH) / _MILLISECOND)
        name = self.type.encode("ascii")
        counts = (self.form, len(self.readers), len(self.notified), len(self.follows))
        return b"".join(
            (
                _HEAD.pack(LAYOUT, self.document, self.author, written, *counts),
                bytes([len(name)]),
                name,
                *self.readers,
                *self.notified,
                *self.follows,
                counted(self.data),
                counted(self.text.encode("utf-8")),
                proofs_to_bytes(self.proofs),
                self.rest,
            )
        )

    @classmethod
    def from_bytes(cls, body: bytes) -> "DocumentVersion":
        """Undo `to_bytes`, or raise `NotGenuine`. A body of a later layout is not for this function."""
        try:
            layout, document, author, written, form, readers, notified, follows = _HEAD.unpack_from(body)
            at = _HEAD.size + 1 + body[_HEAD.size]
            name = body[_HEAD.size + 1 : at]
            first_notified = at + 32 * readers
            first_followed = first_notified + 32 * notified
            data = first_followed + 16 * follows
            words = data + 4 + int.from_bytes(body[data : data + 4], "big")
            proofs = words + 4 + int.from_bytes(body[words : words + 4], "big")
            if layout != LAYOUT or proofs >= len(body) or not 0 < len(name) <= MAX_TYPE_NAME:
                raise ValueError
            signed, rest = proofs_from(body, proofs) if body[proofs] else ((), proofs + 1)
            return cls(  # in the order of the fields: half the time of naming them, for every note at opening
                DocumentId(document),
                _TYPES.get(name) or _newer_type(name),
                MemberId(author),
                _members(body[at:first_notified]),
                _EPOCH + written * _MILLISECOND if 0 <= written < _YEAR_2200 else None,
                body[data + 4 : words],
                stored(body[words + 4 : proofs]),
                form,
                tuple([EnvelopeId(body[i : i + 16]) for i in range(first_followed, data, 16)])
                if follows
                else (),
                _members(body[first_notified:first_followed]) if notified else (),
                signed,
                body[rest:],
            )
        except (struct.error, ValueError, LookupError, OverflowError, Refused):
            raise NotGenuine("A document has a field of the wrong form.") from None


def new_document_id() -> DocumentId:
    """An id that no document has."""
    return DocumentId(secrets.token_bytes(16))


def value_in(before: DocumentVersion | None, key: str) -> Any:
    """What the version before has under a key that may be missing; None if nothing."""
    return _fields_of(before).get(key)


def _fields_of(before: DocumentVersion | None) -> dict[str, Any]:
    if before is not None:
        with suppress(NotGenuine):
            return before.fields()
    return {}


def is_newer_layout(body: bytes) -> bool:
    """Whether a body is laid out in a way that this program does not know."""
    return body[:1] != bytes([LAYOUT])


def _newer_type(name: bytes) -> str:
    """A type that this program does not know (`ValueError` if no program would name one so)."""
    text = name.decode("ascii")
    if not set(text) <= _TYPE_LETTERS:
        raise ValueError
    return text


@lru_cache(maxsize=256)
def _members(ids: bytes) -> tuple[MemberId, ...]:
    """Member ids that stand end to end; nearly every note has the same few, and they share them."""
    return tuple([MemberId(ids[at : at + 32]) for at in range(0, len(ids), 32)])


def forget_members() -> None:
    """Let go of every list of readers that was met, when a journal is locked."""
    _members.cache_clear()


_HEAD = struct.Struct(">B16s32sqBBBB")
_TYPES = {type_.encode("ascii"): type_ for type_ in DocumentType}
_TYPE_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MILLISECOND = dt.timedelta(milliseconds=1)
_NO_MOMENT = -1
_YEAR_2200 = (dt.datetime(2200, 1, 1, tzinfo=dt.UTC) - _EPOCH) // _MILLISECOND
