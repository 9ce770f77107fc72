"""A member's own prompts: read them, and put others in their place."""

from collections.abc import Iterable
from contextlib import suppress

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.members import JournalKind
from kapjournal.domain.notes import NoteKind, check_may_write
from kapjournal.domain.own_prompts import OwnPrompts
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.own_prompts import document
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.unit_of_work import DocumentChange
from kapjournal.journal.vault.vault import Vault

ONLY_IN_A_COUPLES_JOURNAL = "There are prompts of your own in a couple's journal alone."


class Prompts:
    """The use cases of own prompts. Nobody but their author can read them."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(self) -> OwnPrompts:
        """All of this member's."""
        with self._access.exclusive() as vault:
            return _own(vault)

    def put(self, kind: NoteKind, lines: Iterable[str]) -> OwnPrompts:
        """Let these be the member's own prompts of a kind they may write; none takes them away (`Refused`,
        `UsageError`)."""
        with self._access.exclusive() as vault:
            if vault.membership.kind is not JournalKind.COURSE:
                raise Refused(ONLY_IN_A_COUPLES_JOURNAL)
            check_may_write(vault.membership.me.role, kind)
            before = _own(vault)
            after = before.put(kind, lines)
            if after != before:
                with vault.unit_of_work() as unit:
                    spec, previous = (
                        registry.OWN_PROMPTS,
                        tuple(vault.envelopes.standing(vault.me, document())),
                    )
                    content = spec.encode(after, previous[0].version if previous else None)
                    unit.put(DocumentChange(document(), spec.type, frozenset({vault.me}), content, previous))
            return after


def _own(vault: Vault) -> OwnPrompts:
    """What this member has, joined from all that stands by the latest keys: who knew the passphrase before
    writes nothing above a page."""
    found = None
    for stored in vault.envelopes.by_latest_keys(vault.me, document()):
        if stored.version.type == registry.OWN_PROMPTS.type:
            with suppress(NotGenuine):
                said = registry.OWN_PROMPTS.decode(stored.version)
                found = said.joined(found) if found else said
    return found or OwnPrompts()
