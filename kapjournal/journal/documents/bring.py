"""How what a partner marks to bring to a session lies in a document."""

from kapjournal.crypto.primitives import NAME_LENGTH, NotGenuine
from kapjournal.domain.bringing import MAX_WORDS, Brought
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import day_from_text, from_hex, moment_from_text, moment_to_text


def encode(brought: Brought, before: DocumentVersion | None = None) -> Content:
    """What is brought as the content of its document; the words stand outside the data."""
    data = {
        "note": brought.note or None,
        "date": brought.date.isoformat(),
        "written": moment_to_text(brought.written),
    }
    return Content.of(data, brought.words, before)


def decode(version: DocumentVersion) -> Brought:
    """Undo `encode`, or raise `NotGenuine`: also for a page with words beside it, and for neither."""
    data = version.fields()
    try:
        note = from_hex(data["note"], NAME_LENGTH // 2).hex() if data["note"] is not None else ""
        if bool(note) == bool(version.text) or len(version.text) > MAX_WORDS:
            raise ValueError
        return Brought(
            version.author,
            note,
            version.text,
            day_from_text(data["date"]),
            moment_from_text(data["written"]),
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("What is brought to a session has a field of the wrong form.") from None
