"""One version of one document, and the bytes an envelope carries for it.

    body = length(4) | JSON of everything but the words | the words, UTF-8

The words stand outside the JSON so that a body never grows by escapes: ten million newlines stay that many
bytes. What is not of this form to the letter is not genuine.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kapjournal.crypto.envelope import Mark
from kapjournal.crypto.primitives import NotGenuine, counted


class DocumentKind(StrEnum):
    """What a document is, which decides on which channel it may come and from whom."""

    NOTE = "note"
    SESSION = "session"
    ABOUT = "about"  # the keeper's: title, removed members, cancelled tickets
    PINS = "pins"  # to oneself: who the members are
    EARLIER = "earlier"  # to oneself: a note's version before
    DRAFT = "draft"  # to oneself, on the drafts' own channel


@dataclass(frozen=True, slots=True)
class Version:
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
    follows: Mark | None = None
    told: tuple[bytes, ...] = ()

    def to_bytes(self) -> bytes:
        """The body of an envelope."""
        fields = {
            "document": self.document.hex(),
            "kind": self.kind.value,
            "author": self.author.hex(),
            "readers": [reader.hex() for reader in self.readers],
            "told": [member.hex() for member in self.told],
            "written": moment_to_text(self.written),
            "replica": self.replica.hex(),
            "follows": [part.hex() for part in self.follows] if self.follows else None,
            "data": self.data,
        }
        return counted(to_json(fields)) + self.text.encode("utf-8")

    @classmethod
    def from_bytes(cls, body: bytes) -> "Version":
        """Undo `to_bytes`, or raise `NotGenuine`."""
        end = 4 + int.from_bytes(body[:4], "big")
        if len(body) < max(end, 4):
            raise NotGenuine("A document is cut short.")
        fields = from_json(body[4:end])
        if set(fields) != _FIELDS:
            raise NotGenuine("A document lacks a field or has one too many.")
        try:
            follows = fields["follows"]
            data = fields["data"]
            if data is not None and not isinstance(data, dict):
                raise TypeError
            return cls(
                document=sized(fields["document"], 16),
                kind=DocumentKind(fields["kind"]),
                author=sized(fields["author"], 32),
                readers=tuple([sized(reader, 32) for reader in fields["readers"]]),
                told=tuple([sized(member, 32) for member in fields["told"]]),
                written=moment_from_text(fields["written"]),
                replica=sized(fields["replica"], 16),
                follows=Mark(sized(follows[0], 16), sized(follows[1], 32)) if follows else None,
                data=data,
                text=body[end:].decode("utf-8"),
            )
        except (TypeError, ValueError, LookupError):
            raise NotGenuine("A document has a field of the wrong form.") from None


_FIELDS = {"document", "kind", "author", "readers", "told", "written", "replica", "follows", "data"}


def to_json(value: object) -> bytes:
    """JSON as the format has it: UTF-8, no spaces, no NaN."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def from_json(data: bytes) -> dict[str, Any]:
    """A strict JSON object: UTF-8, no key twice, no NaN, no lone surrogate, or `NotGenuine`."""
    try:
        value = _decode(data.decode("utf-8"))
        if b"\\u" in data:
            to_json(value)  # an escape can spell half a character, which has no UTF-8
    except (ValueError, RecursionError):
        raise NotGenuine("A document is not the JSON it should be.") from None
    if not isinstance(value, dict):
        raise NotGenuine("A document is not the JSON it should be.")
    return value


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


_decode = json.JSONDecoder(object_pairs_hook=_no_key_twice, parse_constant=_no_constant).decode
