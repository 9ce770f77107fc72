"""The practice will: made, tried, revoked by the member whose door its shares open."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations

from kapjournal import clock
from kapjournal.crypto import shares
from kapjournal.crypto.envelope import ChannelKey
from kapjournal.crypto.keyring import will_channel
from kapjournal.domain.members import JournalKind
from kapjournal.domain.will import ONLY_IN_A_PRACTICE, Will, check_there_is, custodian_and_line
from kapjournal.errors import Refused, UnlockFailed
from kapjournal.journal.documents.keys import SealedWill, closed, decided_now
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.opening import bodies_on
from kapjournal.journal.vault.vault import Vault

OPENED_NOTHING = (
    "Those shares opened nothing here. They are of another practice, or of a will that was closed since: by "
    "a newer one, by new keys, or by whoever made it."
)


def generated_shares() -> tuple[str, ...]:
    """Three shares of 33 words each that open nothing yet."""
    return shares.split(secrets.token_bytes(shares.WILL_BYTES))


class PracticeWill:
    """The use cases of a will. In a couple's own journal there is none, and none is made."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def standing(self) -> Will | None:
        """This member's will; None where there is none, or it was closed."""
        with self._practice() as vault:
            return _standing(vault.membership.own_keys.will)

    def check_may_be_made(self) -> None:
        """Refuse a will in a couple's journal, before anything was drawn (`Refused`)."""
        with self._practice():
            pass

    def is_found_by(self, channel: ChannelKey) -> bool:
        """Whether the shares of this member's will are those of this channel."""
        with self._access.exclusive() as vault:
            return is_found_by(vault, channel)

    def make(self, given: Sequence[str], custodian: str, beside: str = "") -> bool:
        """Let any two of three shares open this member's door, and in the same moment those of a will before
        no longer, in every copy of the file that this one reaches; False if there was none. To be called once
        the shares are on paper.

        No key changes: who has an older copy of the file and two older shares reads on.
        """
        custodian, beside = custodian_and_line(custodian, beside)
        found = {shares.united(two) for two in combinations(given, shares.NEEDED)}
        if len(given) != shares.SHARES or len(found) > 1:
            raise UnlockFailed(shares.OF_DIFFERENT_WILLS)
        with self._practice() as vault:
            key = will_channel(found.pop(), vault.journal_id).raw

            def made(before: SealedWill | None) -> SealedWill:
                return SealedWill(key, Will(custodian, beside, decided_now(before)))

            return _standing(_decide(vault, made)) is not None

    def rehearse(self, given: Sequence[str]) -> Will:
        """Prove that two shares are of the will that stands and find it in the file, and note the day;
        nothing is opened by it (`UnlockFailed`, `Refused` without a will)."""
        with self._practice() as vault:
            check_there_is(_standing(vault.membership.own_keys.will))
            channel = will_channel(shares.united(given), vault.journal_id)
            with vault.file.reading() as snapshot:
                is_here = next(bodies_on(channel, snapshot.rows()), None) is not None

            def rehearsed(sealed: SealedWill | None) -> SealedWill:
                if sealed is None or sealed.key != channel.raw or not is_here:
                    raise UnlockFailed(OPENED_NOTHING)
                return replace(sealed, will=replace(sealed.will, rehearsed=clock.today()))

            now = rehearsed(vault.membership.own_keys.will)
            if now != vault.membership.own_keys.will:
                _decide(vault, rehearsed)
            return now.will

    def revoke(self) -> Will:
        """Close this member's will: its shares open nothing any more, in every copy of the file that this one
        reaches (`Refused` without a will). Returns what it was."""
        with self._practice() as vault:
            will = check_there_is(_standing(vault.membership.own_keys.will))
            _decide(vault, closed)
            return will

    @contextmanager
    def _practice(self) -> Iterator[Vault]:
        with self._access.exclusive() as vault:
            if vault.membership.kind is not JournalKind.PRACTICE:
                raise Refused(ONLY_IN_A_PRACTICE)
            yield vault


def is_found_by(vault: Vault, channel: ChannelKey) -> bool:
    """Whether a channel is that of the will which stands, and the keys it leads to were not replaced."""
    sealed = vault.membership.own_keys.will
    return sealed is not None and sealed.key == channel.raw and not vault.membership.is_superseded


def _standing(sealed: SealedWill | None) -> Will | None:
    return sealed.will if sealed and sealed.key else None


def _decide(vault: Vault, decide: Callable[[SealedWill | None], SealedWill | None]) -> SealedWill | None:
    """Write what is decided of what stands, level with other programs; returns what stood."""
    with vault.unit_of_work() as unit:
        before = vault.membership.own_keys.will
        keys = replace(vault.membership.own_keys, will=decide(before))
        vault.membership.papers.put_keys(unit, keys)
        unit.check_taken()
    vault.membership.own_keys = keys
    return before
