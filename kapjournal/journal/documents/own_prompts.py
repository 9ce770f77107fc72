"""How a member's own prompts lie in a document: one for each member, sealed for them alone."""

from kapjournal.crypto.primitives import NotGenuine, digest, purpose
from kapjournal.domain.ids import DocumentId
from kapjournal.domain.own_prompts import MAX_LENGTH, MAX_OF_A_KIND, OwnPrompts
from kapjournal.journal.documents.version import MAX_TYPE_NAME, Content, DocumentVersion
from kapjournal.text import is_line

MAX_KINDS = 255


def document() -> DocumentId:
    """The one document of each member."""
    return DocumentId(digest(purpose("own prompts document"))[:16])


def encode(prompts: OwnPrompts, before: DocumentVersion | None = None) -> Content:
    """The prompts as the content of their document."""
    by_kind = {kind: list(lines) for kind, lines in sorted(prompts.by_kind.items())}
    return Content.of({"prompts": by_kind}, before=before)


def decode(version: DocumentVersion) -> OwnPrompts:
    """Undo `encode`, or raise `NotGenuine`."""
    given = version.fields().get("prompts")
    if not isinstance(given, dict) or len(given) > MAX_KINDS:
        raise NotGenuine("Own prompts are not of their form.")
    for kind, lines in given.items():
        if not is_line(kind) or len(kind) > MAX_TYPE_NAME or not _are_prompts(lines):
            raise NotGenuine("Own prompts are not of their form.")
    return OwnPrompts({kind: tuple(lines) for kind, lines in given.items()})


def _are_prompts(lines: object) -> bool:
    return (
        isinstance(lines, list)
        and len(lines) <= MAX_OF_A_KIND
        and all(isinstance(one, str) and is_line(one) and len(one) <= MAX_LENGTH for one in lines)
    )
