"""Successors: new keys for the same member, as the others learn of them."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from kapjournal.crypto.identity import PublicIdentity
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import IdentityId, JournalId, MemberId
from kapjournal.journal.trust.certificates import MAX_SUCCESSORS, Successor, check_successor
from kapjournal.journal.trust.shared_records import SharedRecords


class Identities(NamedTuple):
    """Every identity of a member, the first first. `rivals` claim a place among them and do not count:
    somebody who is not the member has their keys. `is_undecided` if none that claims the next counts."""

    keys: tuple[PublicIdentity, ...]
    rivals: frozenset[IdentityId] = frozenset()
    is_undecided: bool = False

    @property
    def ids(self) -> tuple[IdentityId, ...]:
        """Their hashes."""
        return tuple(public.hash for public in self.keys)


def identities_of(
    journal: JournalId,
    member: MemberId,
    first: PublicIdentity,
    records: Iterable[Successor],
    pinned: Sequence[IdentityId] = (),
) -> Identities:
    """Follow a member's successors from their first keys; each is signed by the keys before and by itself.

    Of two for one number the one that was `pinned` counts; where none was, neither does. More than
    `MAX_SUCCESSORS` are not believed: a further one is as good as disputed.
    """
    own = [record for record in records if record.member == member]
    keys, rivals = [first], set[IdentityId]()
    while True:
        number = len(keys)
        candidates = {}
        for record in own:
            if record.number == number:
                with suppress(NotGenuine):
                    check_successor(record, journal, keys[-1])
                    candidates[record.keys.hash] = record.keys
        known = pinned[number - 1] if len(pinned) >= number else None
        if known is None and len(candidates) == 1 and number <= MAX_SUCCESSORS:
            [known] = candidates
        rivals |= candidates.keys() - {known}
        if known is None or known not in candidates:
            return Identities(tuple(keys), frozenset(rivals), known is None and bool(candidates))
        keys.append(candidates[known])


def keys_of(
    journal: JournalId, member: MemberId, shared: SharedRecords, pinned: Sequence[IdentityId] = ()
) -> tuple[PublicIdentity, ...]:
    """Every identity of a member, the newest last; none if their certificate is not here."""
    first = shared.keys_of(member)
    return identities_of(journal, member, first, shared.successors.values(), pinned).keys if first else ()
