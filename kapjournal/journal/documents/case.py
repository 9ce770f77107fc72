"""How a couple of a practice lies in a document; its id is the document's own."""

from dataclasses import dataclass

from kapjournal.domain.couples import couple_name
from kapjournal.journal.documents.version import Content, DocumentVersion


@dataclass(frozen=True, slots=True)
class Case:
    """What all who may read of a couple see of them."""

    name: str


def encode(case: Case, before: DocumentVersion | None = None) -> Content:
    """A couple as the content of its document."""
    return Content.of({"name": case.name}, before=before)


def decode(version: DocumentVersion) -> Case:
    """Undo `encode` (`KapjournalError`, `LookupError`, `TypeError`)."""
    return Case(couple_name(str(version.fields()["name"])))
