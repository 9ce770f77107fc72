"""How a note lies in a document."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from kapjournal.crypto.primitives import NAME_LENGTH, NotGenuine
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import MAX_TAG, MAX_TAGS, NoteKind, NoteText, SessionRef, TypedBy
from kapjournal.journal.documents.files import AttachedFile, files_in, to_data
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import day_from_text, from_hex, moment_from_text, moment_to_text
from kapjournal.text import MAX_LINE, is_line


class NoteContent(NamedTuple):
    """A finished note: `written` first, `revised` when its words last changed (UTC), None if never.

    `files` and `typed_by` are written with the first version; other words leave them to the byte."""

    text: NoteText
    written: dt.datetime
    revised: dt.datetime | None = None
    files: tuple[AttachedFile, ...] = ()
    typed_by: TypedBy | None = None


def encode(note: NoteContent, before: DocumentVersion | None = None) -> Content:
    """A note as the content of its document."""
    revised = moment_to_text(note.revised) if note.revised else None
    data = {**text_to_data(note.text), "written": moment_to_text(note.written), "revised": revised}
    if note.typed_by is not None:
        data["typed_by"] = [note.typed_by.scribe.hex(), moment_to_text(note.typed_by.moment)]
    if before is None and note.files:
        data["files"] = [to_data(file) for file in note.files]
    return Content.of(data, note.text.body, before)


def decode(version: DocumentVersion) -> NoteContent:
    """Undo `encode` (`NotGenuine`, `LookupError`, `TypeError`, `ValueError`)."""
    data = version.fields()
    return NoteContent(
        text_from_data(data, version.text),
        moment_from_text(data["written"]),
        moment_from_text(data["revised"]) if data["revised"] else None,
        files_in(data),
        _typed_by(data["typed_by"]) if "typed_by" in data else None,
    )


def text_to_data(text: NoteText) -> dict[str, Any]:
    """All of a note's text but the body, for a document."""
    return {
        "title": text.title,
        "kind": text.kind.value,
        "date": text.date.isoformat(),
        "tags": list(text.tags),
        "session": session_to_data(text.session),
    }


def session_to_data(session: SessionRef | None) -> list[str | int] | None:
    """Which session it is, and its number then."""
    return [session.id, session.number] if session else None


def session_from_data(data: object) -> SessionRef | None:
    """Undo `session_to_data` (`ValueError`, `TypeError`)."""
    match data:
        case None:
            return None
        case [str(name), int(number)] if len(name) == NAME_LENGTH:
            return SessionRef(name, number)
        case _:
            raise ValueError


def text_from_data(data: Mapping[str, Any], body: str) -> NoteText:
    """Undo `text_to_data`; what this program would never have written is `NotGenuine`.

    `body` was checked when its document was read.
    """
    try:
        title, tags = data["title"], data["tags"]
        if type(tags) is not list or len(tags) > MAX_TAGS or len(title) > MAX_LINE:
            raise ValueError
        if any(len(tag) > MAX_TAG for tag in tags) or not is_line("".join((title, *tags))):
            raise ValueError
        return NoteText(
            body=body,
            kind=_KINDS[data["kind"]],
            date=day_from_text(data["date"]),
            title=title,
            tags=tuple(tags),
            session=session_from_data(data["session"]),
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A note has a field of the wrong form.") from None


def _typed_by(data: tuple[str, str]) -> TypedBy:
    scribe, moment = data
    return TypedBy(MemberId(from_hex(scribe, 32)), moment_from_text(moment))


_KINDS = {kind.value: kind for kind in NoteKind}
