"""How a page that a scribe typed for a partner lies in a document: where its words are, and none of them."""

import datetime as dt
from typing import NamedTuple

from kapjournal.crypto.identity import PAGE_KEY_BYTES
from kapjournal.crypto.primitives import NotGenuine, digest, purpose
from kapjournal.crypto.row import ID_BYTES, TOKEN_BYTES
from kapjournal.domain.ids import DocumentId, MemberId, RowId
from kapjournal.domain.notes import SessionRef
from kapjournal.journal.documents.note import session_from_data, session_to_data
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import day_from_text, from_hex, moment_from_text, moment_to_text


class HandedContent(NamedTuple):
    """A page as it is handed over: `of` whose words they are, `written` when they were typed (UTC).

    The words are the body of the row `part`. `sealed` is its key, sealed to whose words they are, so that
    the author of this document has none; `token` drops the row, for either of the two.
    """

    of: MemberId
    date: dt.date
    session: SessionRef | None
    written: dt.datetime
    part: RowId
    token: bytes
    sealed: bytes


def encode(page: HandedContent, before: DocumentVersion | None = None) -> Content:
    """A page as the content of its document."""
    data = {
        "of": page.of.hex(),
        "date": page.date.isoformat(),
        "session": session_to_data(page.session),
        "written": moment_to_text(page.written),
        "part": page.part.hex(),
        "token": page.token.hex(),
        "sealed": page.sealed.hex(),
    }
    return Content.of(data, before=before)


def decode(version: DocumentVersion) -> HandedContent:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        return HandedContent(
            MemberId(from_hex(data["of"], 32)),
            day_from_text(data["date"]),
            session_from_data(data["session"]),
            moment_from_text(data["written"]),
            RowId(from_hex(data["part"], ID_BYTES)),
            from_hex(data["token"], TOKEN_BYTES),
            from_hex(data["sealed"], PAGE_KEY_BYTES),
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A handed page has a field of the wrong form.") from None


def page_document(scribe: MemberId, part: RowId) -> DocumentId:
    """The one document of whose words they are that a handed page becomes: on two computers the same one."""
    return DocumentId(digest(purpose("handed page document", scribe, part))[:16])
