"""Reading versions before with their words, which are not kept in memory."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from kapjournal.errors import Damaged
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.vault.opening import authenticate
from kapjournal.journal.vault.standing_versions import StoredEarlier
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
