"""How it lies in a document what of a note waits: one document for each note, sealed for its author alone."""

import datetime as dt
from typing import Any, NamedTuple

from kapjournal.crypto.primitives import NotGenuine, digest, purpose
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.waiting import BothFirst, Hold, NextSession, Until, Waiting
from kapjournal.journal.documents.offer import NONCE_BYTES
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import (
    day_from_text,
    from_hex,
    moment_from_text,
    moment_to_text,
)

_MAX_HOLDS = 8
"""As many members as a journal has."""


class NoteWaiting(NamedTuple):
    """A note of this author's, and what of it waits."""

    note: DocumentId
    waiting: Waiting


def waiting_document(note: DocumentId) -> DocumentId:
    """The one document of an author's for a note of theirs."""
    return DocumentId(digest(purpose("waiting document", note))[:16])


def encode(said: NoteWaiting, before: DocumentVersion | None = None) -> Content:
    """What waits as the content of its document."""
    waiting = said.waiting
    data = {
        "note": said.note.hex(),
        "holds": [_hold_to_data(hold) for hold in waiting.holds],
        "tray": moment_to_text(waiting.tray) if waiting.tray else None,
        "opens": waiting.opens.isoformat() if waiting.opens else None,
    }
    return Content.of(data, before=before)


def decode(version: DocumentVersion) -> NoteWaiting:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        note = DocumentId(from_hex(data["note"], 16))
        if type(data["holds"]) is not list:
            raise ValueError
        holds = tuple([_hold_from_data(hold) for hold in data["holds"]])
        if len({hold.reader for hold in holds}) != len(holds) or len(holds) > _MAX_HOLDS:
            raise ValueError
        tray, opens = data["tray"], data["opens"]
        return NoteWaiting(note, Waiting(holds, _moment(tray), day_from_text(opens) if opens else None))
    except (LookupError, TypeError, ValueError, AttributeError):
        raise NotGenuine("What waits is not of its form.") from None


def _moment(text: Any) -> dt.datetime | None:
    return None if text is None else moment_from_text(text)


def _hold_to_data(hold: Hold) -> list[str]:
    match hold.condition:
        case Until(moment):
            return [hold.reader.hex(), "until", moment_to_text(moment)]
        case NextSession(since):
            return [hold.reader.hex(), "session", moment_to_text(since)]
        case BothFirst(offer, nonce):
            return [hold.reader.hex(), "offer", offer.hex(), nonce.hex()]


def _hold_from_data(data: Any) -> Hold:
    match data:
        case [reader, "until", moment]:
            return Hold(MemberId(from_hex(reader, 32)), Until(moment_from_text(moment)))
        case [reader, "session", since]:
            return Hold(MemberId(from_hex(reader, 32)), NextSession(moment_from_text(since)))
        case [reader, "offer", offer, nonce]:
            both = BothFirst(DocumentId(from_hex(offer, 16)), from_hex(nonce, NONCE_BYTES))
            return Hold(MemberId(from_hex(reader, 32)), both)
        case _:
            raise ValueError
