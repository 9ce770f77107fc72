"""The journal info: what the keeper says to every member about the journal; there is one such document."""

from dataclasses import dataclass

from kapjournal.crypto.primitives import digest, purpose
from kapjournal.domain.ids import DocumentId, RevokedId
from kapjournal.domain.sessions import MAX_PLANNED
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex_list, to_hex_list

JOURNAL_INFO = DocumentId(digest(purpose("about document"))[:16])


@dataclass(frozen=True, slots=True)
class JournalInfo:
    """The title; who is `revoked`: ids of removed members, public keys of cancelled grants; and how many
    sessions are `planned` in all, 0 where that was not said."""

    title: str = ""
    revoked: frozenset[RevokedId] = frozenset()
    planned: int = 0


def encode(info: JournalInfo) -> Content:
    """The journal info as the content of its document."""
    return Content({"title": info.title, "gone": to_hex_list(info.revoked), "planned": info.planned})


def decode(version: DocumentVersion) -> JournalInfo:
    """Undo `encode`; what is not of its form says nothing."""
    data = version.data or {}
    try:
        return JournalInfo(str(data["title"]), from_hex_list(data["gone"]), _planned(data.get("planned")))
    except (LookupError, TypeError, ValueError):
        return JournalInfo()


def _planned(value: object) -> int:
    """A value that is no such number was not said; the rest is still believed."""
    return value if type(value) is int and 0 <= value <= MAX_PLANNED else 0
