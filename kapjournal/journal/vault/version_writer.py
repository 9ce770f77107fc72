"""How a member's own notes and records are written again: for more readers or fewer, or with other words in
the place of the versions before."""

from collections.abc import Iterable, Sequence

from kapjournal.domain.ids import MemberId
from kapjournal.domain.signing import SIGNED_IS_LOCKED
from kapjournal.errors import Refused
from kapjournal.journal.documents.version import Content
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault


def replace(
    vault: Vault,
    unit: UnitOfWork,
    stored: StoredVersion,
    readers: frozenset[MemberId],
    content: Content,
    previous: Sequence[StoredVersion],
) -> StoredVersion:
    """Write a content in the place of these versions, for those of the readers who are still here."""
    present = vault.membership.without_removed(readers) | {stored.version.author}
    return unit.put(DocumentChange.again(stored.version, present, previous, content=content))


def share(vault: Vault, unit: UnitOfWork, stored: StoredVersion, more: frozenset[MemberId]) -> StoredVersion:
    """Write the same words for more readers, those who are still here. Of several versions that stand
    they get none (`Refused`)."""
    check_one_text(vault, stored)
    version = stored.version
    return replace(vault, unit, stored, more.union(version.readers), version.content, [stored])


def withdraw(
    vault: Vault, unit: UnitOfWork, stored: StoredVersion, lost: frozenset[MemberId]
) -> StoredVersion:
    """Write the same words without some of their readers. Of several versions that stand each keeps its
    words and its other readers."""
    written = stored
    for one in _standing(vault, stored):
        if lost & frozenset(one.version.readers):
            kept = frozenset(one.version.readers) - lost
            changed = replace(vault, unit, one, kept, one.version.content, [one])
            written = changed if one is stored else written
    return written


def check_one_text(vault: Vault, stored: StoredVersion) -> None:
    """Refuse to share what two computers wrote at once."""
    if len(_standing(vault, stored)) > 1:
        raise Refused(
            "This was written on two computers at once, and both texts stand. Open it, save it as "
            "it should be, then share it."
        )


def check_unlocked(standing: Iterable[StoredVersion]) -> None:
    """Refuse to change, to delete, or to attach to, what is signed."""
    if any(one.version.proofs for one in standing):
        raise Refused(SIGNED_IS_LOCKED)


def readers_of_each(standing: Iterable[StoredVersion]) -> frozenset[MemberId]:
    """Who could read every version that stands: the readers of what is saved in their place."""
    return frozenset.intersection(*(frozenset(one.version.readers) for one in standing))


def _standing(vault: Vault, stored: StoredVersion) -> list[StoredVersion]:
    return vault.envelopes.standing(stored.version.author, stored.version.document)
