"""One version of one document, and the bytes an envelope carries for it.

    body = head | readers x 32 | told x 32 | follows: id(16), h(32) | counted(JSON of the data) | words, UTF-8
    head = document(16) | author(32) | replica(16) | written(8, in ms) | kind(1) | how many readers(1),
           told(1), follows(1)

What a program must judge has fixed places; only the kind's own data is JSON, and the words stand outside it,
so that a body never grows by escapes. What is not of this form to the letter is not genuine.
"""

import datetime as dt
import json
import struct
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from kapjournal.crypto.envelope import EnvelopeRef
from kapjournal.crypto.primitives import NotGenuine, counted
from kapjournal.errors import Refused
from kapjournal.text import stored


class DocumentKind(StrEnum):
    """What a document is, which decides on which channel it may come and from whom. The order is the
    format's."""

    NOTE = "note"
    SESSION = "session"
    ABOUT = "about"  # the keeper's: title, and who was taken back
    PAPERS = "papers"  # to oneself: who the members are
    EARLIER = "earlier"  # to oneself: a note's version before
    DRAFT = "draft"  # to oneself, on the drafts' own channel


class Version(NamedTuple):
    """A document version as its author wrote it.

    `document` (16 bytes) with `author` (identity hash) names the document. `follows` is the envelope of the
    version before. `readers` are identity hashes, the author's among them. `told` are those whose wrap in
    the same envelope is a notice. `data` is the kind's own, None once the document is deleted.
    """

    document: bytes
    kind: DocumentKind
    author: bytes
    readers: tuple[bytes, ...]
    written: dt.datetime
    replica: bytes
    data: Mapping[str, Any] | None
    text: str = ""
    follows: EnvelopeRef | None = None
    told: tuple[bytes, ...] = ()

    def to_bytes(self) -> bytes:
        """The body of an envelope."""
        head = _HEAD.pack(
            self.document,
            self.author,
            self.replica,
            round((self.written - _EPOCH) / _MILLISECOND),
            _KINDS.index(self.kind),
            len(self.readers),
            len(self.told),
            self.follows is not None,
        )
        data = b"" if self.data is None else to_json(self.data)
        members = (*self.readers, *self.told, *(self.follows or ()))
        return b"".join((head, *members, counted(data), self.text.encode("utf-8")))

    @classmethod
    def from_bytes(cls, body: bytes) -> "Version":
        """Undo `to_bytes`, or raise `NotGenuine`."""
        try:
            document, author, replica, written, kind, readers, told, follows = _HEAD.unpack_from(body)
            first_told = _HEAD.size + 32 * readers
            before = first_told + 32 * told
            data = before + 48 * follows
            words = data + 4 + int.from_bytes(body[data : data + 4], "big")
            if follows > 1 or words > len(body) or data + 4 > len(body):
                raise ValueError
            return cls(
                document=document,
                kind=_KINDS[kind],
                author=author,
                readers=_members(body[_HEAD.size : first_told]),
                told=_members(body[first_told:before]),
                written=_EPOCH + written * _MILLISECOND,
                replica=replica,
                follows=EnvelopeRef(body[before : before + 16], body[before + 16 : data])
                if follows
                else None,
                data=from_json(body[data + 4 : words]) if words > data + 4 else None,
                text=stored(body[words:]),
            )
        except (struct.error, ValueError, LookupError, OverflowError, Refused):
            raise NotGenuine("A document has a field of the wrong form.") from None


@lru_cache(maxsize=256)
def _members(hashes: bytes) -> tuple[bytes, ...]:
    """Identity hashes that stand end to end; nearly every note has the same few, and they share them."""
    return tuple([hashes[at : at + 32] for at in range(0, len(hashes), 32)])


def forget_members() -> None:
    """Let go of every list of readers that was met, when a journal is locked."""
    _members.cache_clear()


_MOST_DEPTH = 16
_HEAD = struct.Struct(">16s32s16sqBBBB")
_KINDS = tuple(DocumentKind)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MILLISECOND = dt.timedelta(milliseconds=1)


def to_json(value: object) -> bytes:
    """JSON as the format has it: UTF-8, no spaces, no NaN."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def from_json(data: bytes) -> dict[str, Any]:
    """A strict JSON object: UTF-8, nothing around it, no key twice, no NaN, no lone surrogate, or
    `NotGenuine`."""
    try:
        text = data.decode("utf-8")
        value, end = _JSON.raw_decode(text)
        if end != len(text):
            raise ValueError("something after the object")
        if b"\\u" in data:
            to_json(value)  # an escape can spell half a character, which has no UTF-8
    except (ValueError, RecursionError):
        raise NotGenuine("A document is not the JSON it should be.") from None
    deep = data.count(b"[") + data.count(b"{") > _MOST_DEPTH and not _is_shallow(value)
    if deep or not isinstance(value, dict):
        raise NotGenuine("A document is not the JSON it should be.")
    return value


def _is_shallow(value: object) -> bool:
    level = [value]
    for _ in range(_MOST_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return not level


def sized(text: object, length: int) -> bytes:
    """Exactly `length` bytes from lower-case hexadecimal (`ValueError`, `TypeError`)."""
    data = bytes.fromhex(text)  # type: ignore[arg-type]
    if len(data) != length or data.hex() != text:
        raise ValueError
    return data


def moment_to_text(moment: dt.datetime) -> str:
    """A UTC moment to the millisecond, ISO 8601 with Z."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_from_text(text: str) -> dt.datetime:
    """Undo `moment_to_text` (`ValueError`)."""
    if len(text) != 24 or text[-1] != "Z":
        raise ValueError
    return dt.datetime.fromisoformat(text)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key twice")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(name)


_JSON = json.JSONDecoder(object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
