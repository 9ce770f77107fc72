"""How a dialogue on its way lies in a document, sealed for its author alone: where it is, no word of it."""

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.dialogue import DialogueDraft, Step
from kapjournal.domain.ids import MemberId
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex, moment_from_text, moment_to_text


def encode_draft(draft: DialogueDraft, before: DocumentVersion | None = None) -> Content:
    """A draft as the content of its document; id and moment of saving are the document's own."""
    data = {
        "first": draft.first.hex(),
        "step": draft.step.value,
        "switched": draft.switched,
        "typed": draft.typed,
        "at": moment_to_text(draft.at) if draft.at else None,
    }
    return Content.of(data, before=before)


def decode_draft(version: DocumentVersion) -> DialogueDraft:
    """Undo `encode_draft`, or raise `NotGenuine`: also for words, of which it has none."""
    data = version.fields()
    try:
        if version.text or type(data["switched"]) is not bool or type(data["typed"]) is not bool:
            raise ValueError
        return DialogueDraft(
            MemberId(from_hex(data["first"], 32)),
            Step(data["step"]),
            data["switched"],
            data["typed"],
            moment_from_text(data["at"]) if data["at"] is not None else None,
            version.document.hex(),
            version.written,
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A dialogue has a field of the wrong form.") from None
