"""How a member's own keys lie in a document, sealed for the member and for their recovery words."""

from dataclasses import dataclass, replace

from kapjournal.crypto.primitives import NotGenuine, digest, purpose
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex

KEYS = DocumentId(digest(purpose("keys document"))[:16])


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """A member's master keys and the journal's keys, the newest last, and the keeper. `recovery` is the
    key of the channel on which the member's recovery words find this document; empty where there are none.
    All keys have 32 bytes."""

    masters: tuple[bytes, ...]
    journal_keys: tuple[bytes, ...]
    keeper: MemberId
    recovery: bytes = b""

    def joined(self, other: "OwnKeys") -> "OwnKeys":
        """What either program of the member knows. The recovery words are this one's, but for those of a
        door whose keys were replaced, and for none where the other has some: a row that was struck is written
        again without."""
        newer, older = set(other.masters) - set(self.masters), set(self.masters) - set(other.masters)
        recovery = other.recovery if newer else self.recovery
        if not (newer or older):
            recovery = self.recovery or other.recovery
        masters = tuple(dict.fromkeys((*other.masters, *self.masters)))
        journal_keys = tuple(dict.fromkeys((*other.journal_keys, *self.journal_keys)))
        return replace(self, masters=masters, journal_keys=journal_keys, recovery=recovery)


def encode(keys: OwnKeys, before: DocumentVersion | None = None) -> Content:
    """The keys as the content of their document."""
    fields = {
        "masters": [key.hex() for key in keys.masters],
        "journal_keys": [key.hex() for key in keys.journal_keys],
        "keeper": keys.keeper.hex(),
        "recovery": keys.recovery.hex(),
    }
    return Content.of(fields, before=before)


def decode(version: DocumentVersion) -> OwnKeys:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        masters, journal_keys = _keys(data["masters"]), _keys(data["journal_keys"])
        if not masters or not journal_keys:
            raise ValueError
        recovery = from_hex(data["recovery"], 32) if data["recovery"] else b""
        return OwnKeys(masters, journal_keys, MemberId(from_hex(data["keeper"], 32)), recovery)
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("The list of keys is not of its form.") from None


def _keys(texts: list[str]) -> tuple[bytes, ...]:
    return tuple(from_hex(text, 32) for text in texts)
