"""How a clinical record on the way lies in a document, sealed for its author alone."""

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.forms import MAIN_TEXT, About, RecordKind
from kapjournal.domain.ids import CaseId, EnvelopeId
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.errors import KapjournalError
from kapjournal.journal.documents.dosing_rows import rows_from_data, rows_to_data
from kapjournal.journal.documents.pulled_lines import pulled_from_data, pulled_to_data
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex
from kapjournal.text import storable


def encode(draft: RecordDraft, before: DocumentVersion | None = None) -> Content:
    """A draft as the content of its document; id and moment of saving are the document's own. The main text
    stands outside the data, as words."""
    fields = draft.fields
    words = fields.pop(MAIN_TEXT, "")
    data = {
        "of": draft.of,
        "case": draft.case.hex(),
        "kind": draft.kind.value,
        "about": draft.about.value if draft.about else None,
        "date": draft.date,
        "session": draft.session,
        "layout": draft.layout,
        "fields": fields,
        "rows": rows_to_data(draft.rows),
        "cursor": list(draft.cursor),
        "replaces": [envelope.hex() for envelope in draft.replaces],
        **({"pulled": pulled_to_data(draft.pulled)} if draft.pulled else {}),
    }
    return Content.of(data, words, before)


def decode(version: DocumentVersion) -> RecordDraft:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        field, row, column = data["cursor"]
        values = {str(name): storable(value) for name, value in data["fields"].items()}
        values |= {MAIN_TEXT: version.text} if version.text else {}
        return RecordDraft(
            id=version.document.hex(),
            of=data["of"],
            case=CaseId(from_hex(data["case"], 16)),
            kind=RecordKind(data["kind"]),
            about=About(data["about"]) if data["about"] is not None else None,
            date=storable(data["date"]),
            session=storable(data["session"]),
            layout=storable(data["layout"]),
            values=tuple(sorted(values.items())),
            rows=rows_from_data(data["rows"]),
            cursor=(str(field), int(row), int(column)),
            saved=version.written,
            replaces=tuple(EnvelopeId(from_hex(envelope, 16)) for envelope in data["replaces"]),
            pulled=pulled_from_data(data.get("pulled", [])),
        )
    except (KapjournalError, LookupError, TypeError, ValueError, AttributeError):
        raise NotGenuine("A draft has a field of the wrong form.") from None
