"""What a document that is about the content of another names it by."""

from typing import NamedTuple

from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.journal.strict_encoding import from_hex


class ContentName(NamedTuple):
    """One content: whose document, which, and the digest (32 bytes). It names no later one."""

    author: MemberId
    document: DocumentId
    digest: bytes

    def to_list(self) -> list[str]:
        """As it lies in data."""
        return [self.author.hex(), self.document.hex(), self.digest.hex()]

    @classmethod
    def from_list(cls, texts: list[str]) -> "ContentName":
        """Undo `to_list`, or raise `TypeError` or `ValueError`."""
        author, document, digest = texts
        return cls(MemberId(from_hex(author, 32)), DocumentId(from_hex(document, 16)), from_hex(digest, 32))
