"""How the version before is kept for its author alone, and what says that a document was deleted."""

from typing import Any, NamedTuple

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import EnvelopeId, MemberId
from kapjournal.journal.documents.files import OwedDrop, owed_in, owed_to_data
from kapjournal.journal.documents.version import Content, DocumentType, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex
from kapjournal.journal.trust.proofs import proofs_from, proofs_to_bytes


class EarlierVersion(NamedTuple):
    """A version before, as it was. `replaced` are the envelopes it lay in, or that it had replaced; `by` is
    the envelope that took their place, and `notified` are the members who could not read that one."""

    version: DocumentVersion
    replaced: tuple[EnvelopeId, ...]
    by: EnvelopeId
    notified: tuple[MemberId, ...]


class Deletion(NamedTuple):
    """That a document was deleted: every envelope it ever lay in, the members who lost it with that, and the
    pieces of its files that were not there to be dropped."""

    replaced: tuple[EnvelopeId, ...]
    notified: tuple[MemberId, ...]
    owed: tuple[OwedDrop, ...] = ()


def encode(kept: EarlierVersion, before: DocumentVersion | None = None) -> Content:
    """A version before as the content of its document."""
    version = kept.version
    fields = {
        "replaced": _hex(kept.replaced),
        "by": kept.by.hex(),
        "notified": _hex(kept.notified),
        "readers": _hex(version.readers),
        "type": str(version.type),
        "form": version.form,
        "data": version.data.decode("utf-8"),
        "proofs": proofs_to_bytes(version.proofs).hex(),
    }
    return Content.of(fields, version.text, before)


def decode(version: DocumentVersion) -> EarlierVersion:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        type_ = data["type"]
        proofs, _ = proofs_from(bytes.fromhex(data["proofs"]), 0)
        kept = version._replace(
            type=DocumentType(type_) if type_ in set(DocumentType) else str(type_),
            form=int(data["form"]),
            readers=_members(data["readers"]),
            data=data["data"].encode("utf-8"),
            proofs=proofs,
            notified=(),
        )
        by = EnvelopeId(from_hex(data["by"], 16))
        return EarlierVersion(kept, _envelopes(data["replaced"]), by, _members(data["notified"]))
    except (LookupError, TypeError, ValueError, AttributeError):
        raise NotGenuine("An earlier version is not of its form.") from None


def encode_deletion(deletion: Deletion, before: DocumentVersion | None = None) -> Content:
    """That a document was deleted, as the content of its last version."""
    fields: dict[str, Any] = {"replaced": _hex(deletion.replaced), "notified": _hex(deletion.notified)}
    if deletion.owed:
        fields["removed"] = owed_to_data(deletion.owed)
    return Content.of(fields, before=before)


def decode_deletion(version: DocumentVersion) -> Deletion:
    """Undo `encode_deletion`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        return Deletion(_envelopes(data["replaced"]), _members(data["notified"]), owed_in(data))
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A deletion is not of its form.") from None


def _hex(ids: tuple[bytes, ...]) -> list[str]:
    return [one.hex() for one in ids]


def _envelopes(texts: list[str]) -> tuple[EnvelopeId, ...]:
    return tuple([EnvelopeId(from_hex(text, 16)) for text in texts])


def _members(texts: list[str]) -> tuple[MemberId, ...]:
    return tuple([MemberId(from_hex(text, 32)) for text in texts])
