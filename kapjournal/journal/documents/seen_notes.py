"""How it lies in a document which pages of a couple a therapist could read: one document for each couple,
sealed for them alone."""

from kapjournal.crypto.primitives import NAME_LENGTH, NotGenuine, digest, purpose
from kapjournal.domain.ids import CaseId, DocumentId
from kapjournal.domain.kept import MAX_SEEN, SeenNote, SeenNotes
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import day_from_text, from_hex

MARK_BYTES = 8
"""So much of an envelope's id tells it from the others of one file."""


def document_of(case: CaseId) -> DocumentId:
    """The one document of a member's for a couple."""
    return DocumentId(digest(purpose("seen notes document", case))[:16])


def encode(seen: SeenNotes, before: DocumentVersion | None = None) -> Content:
    """What was seen as the content of its document, by id."""
    notes = [
        [note, one.mark.hex(), one.seen.isoformat(), one.gone.isoformat() if one.gone else None]
        for note, one in sorted(seen.notes.items())
    ]
    return Content.of({"case": seen.case.hex(), "notes": notes}, before=before)


def decode(version: DocumentVersion) -> SeenNotes:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        if type(data["notes"]) is not list or len(data["notes"]) > MAX_SEEN:
            raise ValueError
        notes = {
            from_hex(note, NAME_LENGTH // 2).hex(): SeenNote(
                from_hex(mark, MARK_BYTES), day_from_text(seen), day_from_text(gone) if gone else None
            )
            for note, mark, seen, gone in data["notes"]
        }
        return SeenNotes(CaseId(from_hex(data["case"], 16)), notes)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise NotGenuine("What was seen is not of its form.") from None
