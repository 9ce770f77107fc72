"""How the answer to a write-up on the way lies in a document, sealed for its author alone."""

from kapjournal.crypto.primitives import NAME_LENGTH, NotGenuine
from kapjournal.domain.ids import CaseId
from kapjournal.domain.reply_drafts import ReplyDraft
from kapjournal.errors import KapjournalError
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex
from kapjournal.text import storable


def encode(draft: ReplyDraft, before: DocumentVersion | None = None) -> Content:
    """A draft as the content of its document; its words stand outside the data, and id and moment of saving
    are the document's own."""
    fields = {
        "case": draft.case.hex(),
        "write_up": draft.write_up,
        "recipient": draft.recipient,
        "acts": draft.acts,
    }
    return Content.of(fields, draft.words, before)


def decode(version: DocumentVersion) -> ReplyDraft:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        return ReplyDraft(
            case=CaseId(from_hex(data["case"], 16)),
            write_up=from_hex(data["write_up"], NAME_LENGTH // 2).hex(),
            recipient=storable(data["recipient"]),
            words=version.text,
            acts=storable(data["acts"]),
            id=version.document.hex(),
            saved=version.written,
        )
    except (KapjournalError, LookupError, TypeError, ValueError, AttributeError):
        raise NotGenuine("The draft of an answer has a field of the wrong form.") from None
