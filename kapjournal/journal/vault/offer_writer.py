"""How an offer is written, and taken back."""

import secrets
from collections.abc import Collection, Iterable

from kapjournal import clock
from kapjournal.domain import offers as rules
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.offers import Offer, Promise
from kapjournal.domain.waiting import BothFirst, Hold, When
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.offer import NONCE_BYTES, commitment_to
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault


def exchange(vault: Vault, chosen: Collection[MemberId], when: When, *, is_paused: bool) -> BothFirst | None:
    """What a page is offered with, if it is to go when the partner among the `chosen` gives one too
    (`Refused`, `NotFound`)."""
    if not when.is_exchange:
        return None
    partners = vault.waiting.partners & vault.membership.present_ids & set(chosen) - {vault.me}
    if len(partners) != 1:
        raise Refused(rules.ONE_PARTNER)
    if when.in_return:
        [partner] = partners
        _answered(vault, partner, when.in_return)
    if is_paused:
        raise Refused(rules.NOT_IN_A_PAUSE)
    return BothFirst(new_document_id(), secrets.token_bytes(NONCE_BYTES))


def offer(vault: Vault, unit: UnitOfWork, stored: StoredVersion, holds: Iterable[Hold], when: When) -> None:
    """Write the offers with which a note is bound."""
    for hold in holds:
        if isinstance(hold.condition, BothFirst):
            both, page = hold.condition, stored.version.digest(vault.journal_id)
            said = Offer(
                author=vault.me,
                document=both.offer,
                commitment=commitment_to(both.nonce, page),
                about=rules.about_from(when.about),
                written=clock.now(),
                in_return=_answered(vault, hold.reader, when.in_return) if when.in_return else None,
            )
            readers, spec = frozenset({vault.me, hold.reader}), registry.OFFER
            unit.put(DocumentChange(both.offer, spec.type, readers, spec.encode(said, None)))


def take_back(vault: Vault, unit: UnitOfWork, offers: Iterable[DocumentId]) -> None:
    """Delete offers of this member's, those that stand."""
    for document in offers:
        standing = vault.envelopes.standing(vault.me, document)
        if standing:
            unit.delete(standing, [])


def offers_of(vault: Vault, note: DocumentId) -> list[DocumentId]:
    """Every offer of this member's that was made with a note of theirs."""
    waiting = vault.waiting.of(note).waiting.exchanges.values()
    given = (one.document for one in vault.offers.of(vault.me) if one.opening and one.opening.note == note)
    return [*(both.offer for both in waiting), *given]


def is_bound(vault: Vault, note: DocumentId) -> bool:
    """Whether a note of this member's is offered, or was given and the other page is not here yet. Once
    sharing has ended no exchange comes about, and none is."""
    if vault.membership.sharing_has_ended:
        return False
    given = (one for one in vault.offers.of(vault.me) if one.opening and one.opening.note == note)
    is_offered = bool(vault.waiting.of(note).waiting.exchanges)
    return is_offered or any(vault.offers.is_under_way(one) for one in given)


def check_unbound(vault: Vault, note: DocumentId) -> None:
    """Refuse to change a note while it is bound."""
    if is_bound(vault, note):
        raise Refused(rules.BOUND)


def _answered(vault: Vault, partner: MemberId, offer_id: str) -> Promise:
    """What the offer of a partner binds that is to be answered (`NotFound`, `Refused`)."""
    found = one_by_id(vault.offers.of(partner), offer_id, "offer of theirs", lambda one: [one.id])
    if not vault.offers.is_open(found):
        raise Refused(rules.ANSWERED)
    return found.promise
