"""How a note's text lies in a document."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain import notes
from kapjournal.domain.notes import NoteKind, NoteText, SessionRef
from kapjournal.errors import KapjournalError
from kapjournal.journal.version import moment_to_text
from kapjournal.text import storable, storable_line


def note_data(text: NoteText, written: dt.datetime, revised: dt.datetime | None) -> dict[str, Any]:
    """All of a finished note but the body: `written` first, `revised` when its words last changed (UTC)."""
    return {
        **text_data(text),
        "written": moment_to_text(written),
        "revised": moment_to_text(revised) if revised else None,
    }


def text_data(text: NoteText) -> dict[str, Any]:
    """All of a note's text but the body, for a document."""
    return {
        "title": text.title,
        "kind": text.kind.value,
        "date": text.date.isoformat(),
        "tags": list(text.tags),
        "session": [text.session.id, text.session.number] if text.session else None,
    }


def text_from(data: Mapping[str, Any], body: str) -> NoteText:
    """Undo `text_data`; what our own program would never have written is `NotGenuine`."""
    match data:
        case {
            "title": str(title),
            "kind": str(kind),
            "date": str(date),
            "tags": [*tags],
            "session": None | [str(), int()] as session,
        } if all(isinstance(tag, str) for tag in tags):
            pass
        case _:
            raise NotGenuine("A note lacks a field, or has one of the wrong form.")
    try:
        return NoteText(
            body=storable(body),
            kind=NoteKind(kind),
            date=dt.date.fromisoformat(date),
            title=storable_line(title, "title"),
            tags=notes.tags_from(tags) if tags else (),
            session=SessionRef(*session) if session else None,
        )
    except (KapjournalError, ValueError):
        raise NotGenuine("A note has a field of the wrong form.") from None
