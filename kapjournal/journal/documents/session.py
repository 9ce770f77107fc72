"""How a therapy session lies in a document."""

import operator

from kapjournal.crypto.primitives import document_name
from kapjournal.domain import sessions
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import day_from_text, time_from_text


def encode(session: Session, before: DocumentVersion | None = None) -> Content:
    """A session as the content of its document; id and author are the document's own."""
    return Content.of(
        {
            "number": session.number,
            "kind": session.kind.value,
            "date": session.date.isoformat(),
            "time": session.time.strftime("%H:%M") if session.time else None,
            "title": session.title,
        },
        before=before,
    )


def decode(version: DocumentVersion) -> Session:
    """Undo `encode` (`KapjournalError`, `LookupError`, `TypeError`, `ValueError`, `AttributeError`)."""
    data = version.fields()
    return Session(
        id=document_name(version.author, version.document),
        author=version.author,
        number=sessions.check_number(operator.index(data["number"]), ()),
        kind=SessionKind(data["kind"]),
        date=day_from_text(data["date"]),
        time=time_from_text(data["time"]) if data["time"] else None,
        title=sessions.title_from(data["title"]),
    )
