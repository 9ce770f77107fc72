"""How a therapy session lies in a document."""

import operator
from typing import Any

from kapjournal.crypto.primitives import document_name
from kapjournal.domain import sessions
from kapjournal.domain.doses import MAX_DOSING
from kapjournal.domain.ids import MemberId
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.journal.documents.version import Content, DocumentVersion, value_in
from kapjournal.journal.strict_encoding import day_from_text, from_hex, time_from_text, to_hex_list


def encode(session: Session, before: DocumentVersion | None = None) -> Content:
    """A session as the content of its document; id and author are the document's own.

    Who doses is written where it is another than before: what a newer program says there stays.
    """
    says_so = _dosing(value_in(before, "dosing")) == session.dosing
    return Content.of(
        {
            "number": session.number,
            "kind": session.kind.value,
            "date": session.date.isoformat(),
            "time": session.time.strftime("%H:%M") if session.time else None,
            "title": session.title,
            **({} if says_so else {"dosing": to_hex_list(session.dosing)}),
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
        dosing=_dosing(data.get("dosing")),
    )


def _dosing(value: Any) -> frozenset[MemberId]:
    """One or two members; anything else was not said, and the rest of the session still counts."""
    if not isinstance(value, list) or len(value) > MAX_DOSING:
        return frozenset()
    try:
        return frozenset(MemberId(from_hex(one, 32)) for one in value)
    except (TypeError, ValueError):
        return frozenset()
