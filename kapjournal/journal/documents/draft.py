"""How a draft lies in a document, sealed for its author alone."""

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import EnvelopeId, MemberId
from kapjournal.domain.notes import Draft
from kapjournal.journal.documents.note import text_from_data, text_to_data
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import day_from_text, from_hex


def encode(draft: Draft, before: DocumentVersion | None = None) -> Content:
    """A draft as the content of its document; id and moment of saving are the document's own."""
    data = {
        **text_to_data(draft.text),
        "of": draft.of,
        "readers": sorted(reader.hex() for reader in draft.readers),
        "cursor": list(draft.cursor),
        "replaces": [envelope.hex() for envelope in draft.replaces],
    }
    if draft.opens is not None or (before is not None and "opens" in before.fields()):
        data["opens"] = draft.opens.isoformat() if draft.opens else None
    return Content.of(data, draft.text.body, before)


def decode(version: DocumentVersion) -> Draft:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        row, column = data["cursor"]
        return Draft(
            id=version.document.hex(),
            of=data["of"],
            text=text_from_data(data, version.text),
            readers=frozenset(MemberId(bytes.fromhex(reader)) for reader in data["readers"]),
            cursor=(int(row), int(column)),
            saved=version.written,
            replaces=tuple(EnvelopeId(from_hex(envelope, 16)) for envelope in data["replaces"]),
            opens=day_from_text(data["opens"]) if data.get("opens") else None,
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A draft has a field of the wrong form.") from None
