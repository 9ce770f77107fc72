"""How it is written what of a note of this member's waits, beside the note."""

import datetime as dt
from collections.abc import Collection

from kapjournal import clock
from kapjournal.domain import waiting as rules
from kapjournal.domain.apart import NOTHING_MORE_IS_SHARED
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.waiting import Hold, Waiting, When
from kapjournal.errors import Refused
from kapjournal.journal.vault import offer_writer
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.journal.vault.vault import Vault


def shared(
    vault: Vault, chosen: Collection[MemberId], when: When, opens: dt.date | None = None
) -> tuple[frozenset[MemberId], tuple[Hold, ...]]:
    """Who of the `chosen` reads a note at once, and for whom it waits (`Refused`, `UsageError`). To the other
    partner no page goes before the day on which it `opens` to its author. Once sharing has ended it goes to
    nobody, and waits for nobody."""
    if chosen and vault.membership.sharing_has_ended:
        raise Refused(NOTHING_MORE_IS_SHARED)
    now = clock.now()
    if when.waits:
        rules.check_may_wait(vault.membership.me.role)
    if when.until is not None:
        rules.check_to_come(when.until, now)
    closed = clock.moment_of(opens, dt.time.min) if opens and opens > clock.today() else None
    partners = vault.waiting.partners
    paused = vault.waiting.pause_until() if partners & set(chosen) and not when.now else None
    pause = max(filter(None, (paused, closed)), default=None)
    both = offer_writer.exchange(vault, chosen, when, is_paused=pause is not None)
    return rules.shared(chosen, when, partners, pause, now, both)


def save(vault: Vault, unit: UnitOfWork, note: DocumentId, waiting: Waiting) -> None:
    """Write what of a note waits, in the place of all that was said of it. What says nothing any more stays
    as that: or an older state that somebody puts back would count."""
    stored = vault.waiting.of(note)  # an offer that is not made any more is taken back
    if stored.waiting != waiting or len(stored.standing) > 1:
        unit.put(stored.change(waiting, vault.me))
    before, after = stored.waiting.exchanges.values(), waiting.exchanges.values()
    offer_writer.take_back(vault, unit, [both.offer for both in before if both not in after])


def hold(
    vault: Vault,
    unit: UnitOfWork,
    note: DocumentId,
    holds: Collection[Hold] = (),
    settled: Collection[MemberId] = (),
) -> None:
    """Let a note wait for more, and for the `settled` no longer."""
    before = vault.waiting.of(note).waiting
    save(vault, unit, note, before.without(settled).holding(holds))
