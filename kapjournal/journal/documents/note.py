"""How a note lies in a document."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from kapjournal.crypto.primitives import NAME_LENGTH, NotGenuine
from kapjournal.domain.notes import MAX_TAG, MAX_TAGS, NoteKind, NoteText, SessionRef
from kapjournal.journal.documents.files import AttachedFile, files_in
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import day_from_text, moment_from_text, moment_to_text
from kapjournal.text import MAX_LINE, is_line


class NoteContent(NamedTuple):
    """A finished note: `written` first, `revised` when its words last changed (UTC), None if never.

    `files` are read and not written: other words leave the files of the version before to the byte."""

    text: NoteText
    written: dt.datetime
    revised: dt.datetime | None = None
    files: tuple[AttachedFile, ...] = ()


def encode(note: NoteContent, before: DocumentVersion | None = None) -> Content:
    """A note as the content of its document."""
    revised = moment_to_text(note.revised) if note.revised else None
    data = {**text_to_data(note.text), "written": moment_to_text(note.written), "revised": revised}
    return Content.of(data, note.text.body, before)


def decode(version: DocumentVersion) -> NoteContent:
    """Undo `encode` (`NotGenuine`, `LookupError`, `TypeError`, `ValueError`)."""
    data = version.fields()
    return NoteContent(
        text_from_data(data, version.text),
        moment_from_text(data["written"]),
        moment_from_text(data["revised"]) if data["revised"] else None,
        files_in(data),
    )


def text_to_data(text: NoteText) -> dict[str, Any]:
    """All of a note's text but the body, for a document."""
    return {
        "title": text.title,
        "kind": text.kind.value,
        "date": text.date.isoformat(),
        "tags": list(text.tags),
        "session": [text.session.id, text.session.number] if text.session else None,
    }


def text_from_data(data: Mapping[str, Any], body: str) -> NoteText:
    """Undo `text_to_data`; what this program would never have written is `NotGenuine`.

    `body` was checked when its document was read.
    """
    try:
        title, tags, session = data["title"], data["tags"], data["session"]
        if type(tags) is not list or len(tags) > MAX_TAGS or len(title) > MAX_LINE:
            raise ValueError
        if any(len(tag) > MAX_TAG for tag in tags) or not is_line("".join((title, *tags))):
            raise ValueError
        match session:
            case None:
                reference = None
            case [str(name), int(number)] if len(name) == NAME_LENGTH:
                reference = SessionRef(name, number)
            case _:
                raise ValueError
        return NoteText(
            body=body,
            kind=_KINDS[data["kind"]],
            date=day_from_text(data["date"]),
            title=title,
            tags=tuple(tags),
            session=reference,
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A note has a field of the wrong form.") from None


_KINDS = {kind.value: kind for kind in NoteKind}
