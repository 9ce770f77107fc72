"""Reading versions before with their words, which are not kept in memory."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import EnvelopeId
from kapjournal.domain.notes import NoteText
from kapjournal.errors import Damaged
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.vault.opening import authenticate
from kapjournal.journal.vault.standing_versions import StoredEarlier, StoredVersion
from kapjournal.journal.vault.vault import Vault
from kapjournal.store import Snapshot


def earlier_version(vault: Vault, snapshot: Snapshot, kept: StoredEarlier) -> DocumentVersion:
    """A version before, as it was (`Damaged`)."""
    me, sealed = vault.me, snapshot.row(kept.row)
    opened = vault.envelopes.channels.open_own(kept.row, sealed) if sealed else None
    if opened is None or opened.body is None:
        raise Damaged("An earlier version of this note is damaged.")
    version = authenticate(opened.body, me, me, registry.ChannelKind.TO_SELF, vault.membership.keeper)
    if version is None or version.type != registry.EARLIER.type:
        raise Damaged("An earlier version of this note is damaged.")
    return registry.EARLIER.decode(version).version


def earlier_versions(
    vault: Vault, snapshot: Snapshot, earlier: Iterable[StoredEarlier]
) -> Iterator[DocumentVersion]:
    """Those of the versions before that can be read."""
    for kept in earlier:
        with suppress(Damaged):
            yield earlier_version(vault, snapshot, kept)


def seen_by_now(
    vault: Vault, snapshot: Snapshot, note: StoredVersion, seen: Collection[EnvelopeId]
) -> frozenset[EnvelopeId]:
    """Which versions of a note of this member's somebody knows who saw those of `seen`: these, and any that
    say the same since, for other readers or with other files."""
    document = note.version.document
    unseen = [one for one in vault.envelopes.standing(vault.me, document) if one.envelope not in seen]
    if not unseen:
        return frozenset(seen)
    earlier = vault.envelopes.versions.earlier.get(document, [])
    kept = [one for one in earlier if not frozenset(seen).isdisjoint(one.replaced)]
    texts = {_text_of(version) for version in earlier_versions(vault, snapshot, kept)} - {None}
    return frozenset(seen).union(one.envelope for one in unseen if _text_of(one.version) in texts)


def alike(vault: Vault, note: StoredVersion) -> frozenset[EnvelopeId]:
    """This version of a note of this member's and those that stand beside it with the same text."""
    text = _text_of(note.version)
    standing = vault.envelopes.standing(vault.me, note.version.document)
    return frozenset(one.envelope for one in standing if one is note or _text_of(one.version) == text)


def _text_of(version: DocumentVersion) -> NoteText | None:
    with suppress(NotGenuine):
        if version.type == registry.NOTE.type:
            return registry.NOTE.decode(version).text
    return None
