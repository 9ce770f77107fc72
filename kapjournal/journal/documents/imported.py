"""How an import lies in a document: what came at one time, sealed for whoever brought it, so that it can be
undone."""

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import DocumentId
from kapjournal.domain.incoming import MAX_NOTES, Import
from kapjournal.journal.documents.version import MAX_TYPE_NAME, Content, DocumentVersion
from kapjournal.journal.strict_encoding import moment_from_text, moment_to_text
from kapjournal.text import MAX_LINE, is_line

_ID_BYTES = 16


def encode(one: Import, before: DocumentVersion | None = None) -> Content:
    """An import as the content of its document; the ids of the notes stand end to end."""
    fields = {
        "source": one.kind,
        "name": one.name,
        "moment": moment_to_text(one.moment),
        "notes": b"".join(one.notes).hex(),
    }
    return Content.of(fields, before=before)


def decode(version: DocumentVersion) -> Import:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        source, name, listed = data["source"], data["name"], data["notes"]
        ids = bytes.fromhex(listed)
        if not is_line(source + name) or not 0 < len(source) <= MAX_TYPE_NAME or len(name) > MAX_LINE:
            raise ValueError
        if ids.hex() != listed or len(ids) % _ID_BYTES or len(ids) > MAX_NOTES * _ID_BYTES:
            raise ValueError
        notes = tuple([DocumentId(ids[at : at + _ID_BYTES]) for at in range(0, len(ids), _ID_BYTES)])
        return Import(source, name, moment_from_text(data["moment"]), notes)
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("An import is not of its form.") from None
