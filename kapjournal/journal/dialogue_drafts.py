"""A dialogue on its way: where two partners are, sealed for the one whose door is open, until it is over."""

from contextlib import suppress

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.dialogue import ONLY_IN_A_COUPLES_JOURNAL, DialogueDraft
from kapjournal.domain.members import JournalKind
from kapjournal.domain.partners import check_partner
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.vault import draft_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault

_SPEC = registry.DIALOGUE_DRAFT


class DialogueDrafts:
    """The use cases of a dialogue on its way. A partner has one at most, and no word stands in it."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def current(self) -> DialogueDraft | None:
        """Where this member was interrupted, or until when a dialogue was put off; None as a rule."""
        with self._access.exclusive() as vault:
            return max(_all(vault), key=lambda draft: (draft.saved is not None, draft.saved), default=None)

    def save(self, draft: DialogueDraft) -> DialogueDraft:
        """Seal where the two are, in the place of where they were (`Refused` to whoever is no partner)."""
        with self._access.exclusive() as vault:
            if vault.membership.kind is not JournalKind.COURSE:
                raise Refused(ONLY_IN_A_COUPLES_JOURNAL)
            check_partner(vault.membership.me)
            first, *others = [*(one.id for one in _all(vault)), ""]
            with vault.unit_of_work(remember=False) as unit:
                _drop(vault, unit, others)
                stored = draft_writer.save(vault, unit, _SPEC, draft, first, None)
        return _SPEC.decode(stored.version)

    def drop(self) -> None:
        """Let go of it; there may be none."""
        with self._access.exclusive() as vault:
            if found := [one.id for one in _all(vault)]:
                with vault.unit_of_work() as unit:
                    _drop(vault, unit, found)


def _all(vault: Vault) -> list[DialogueDraft]:
    found: list[DialogueDraft] = []
    for stored in draft_writer.newest(vault, _SPEC.type):
        with suppress(NotGenuine):
            found.append(_SPEC.decode(stored.version))
    return found


def _drop(vault: Vault, unit: UnitOfWork, ids: list[str]) -> None:
    for draft_id in ids:
        draft_writer.drop_finished(vault, unit, _SPEC.type, draft_id, None)
