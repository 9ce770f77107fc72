"""Going apart: a member ends sharing for everybody, and nothing tells which of them it was."""

from kapjournal.domain.apart import HAS_ENDED_ALREADY, ONLY_IN_A_COUPLES_JOURNAL
from kapjournal.domain.members import JournalKind
from kapjournal.errors import Refused
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.catching_up import catch_up
from kapjournal.journal.vault.vault import Vault


class GoingApart:
    """The use cases of going apart. Every member can; none is told who did."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    @property
    def has_ended(self) -> bool:
        """Whether nothing more is shared in this journal, without waiting for the vault."""
        return self._access.peek().membership.sharing_has_ended

    def check_may_end(self) -> None:
        """Refuse what cannot be ended: a practice, or where the file says that it has ended; without waiting
        for the vault."""
        _check(self._access.peek())

    def end(self) -> None:
        """End sharing for everybody (`Refused`). It cannot be undone; what each can read stays as it is.

        The write has one row, which any member could have made. Then this program looks into the file as it
        would if another's had written there: whatever it says, notes or writes afterwards is the same.
        """
        with self._access.exclusive() as vault:
            with vault.unit_of_work(remember=False) as unit:
                _check(vault)
                unit.put_end_of_sharing()
            vault.announcement_is_due = True
            catch_up(vault)


def _check(vault: Vault) -> None:
    if vault.membership.kind is not JournalKind.COURSE:
        raise Refused(ONLY_IN_A_COUPLES_JOURNAL)
    if vault.membership.me.removed:
        raise Refused("You were removed from this journal: nothing of yours goes to others any more.")
    if vault.envelopes.shared.says_ended:
        raise Refused(HAS_ENDED_ALREADY)
