"""How a couple of a practice lies in a document; its id is the document's own."""

from dataclasses import dataclass

from kapjournal.domain.couples import couple_name, partner_names
from kapjournal.journal.documents.version import Content, DocumentVersion


@dataclass(frozen=True, slots=True)
class Case:
    """What all who may read of a couple see of them. `first` and `second` are the partners' names, or
    empty."""

    name: str
    first: str = ""
    second: str = ""


def encode(case: Case, before: DocumentVersion | None = None) -> Content:
    """A couple as the content of its document."""
    return Content.of({"name": case.name, "partners": [case.first, case.second]}, before=before)


def decode(version: DocumentVersion) -> Case:
    """Undo `encode` (`KapjournalError`, `LookupError`, `TypeError`, `ValueError`)."""
    data = version.fields()
    first, second = data.get("partners", ["", ""])
    return Case(couple_name(str(data["name"])), *partner_names(str(first), str(second)))
