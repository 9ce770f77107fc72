"""The offers of this member and of their partner, and how it stands with each page that was offered."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from kapjournal.crypto.primitives import NotGenuine, document_name
from kapjournal.domain import offers as rules
from kapjournal.domain.ids import DocumentId, JournalId, MemberId
from kapjournal.domain.offers import Exchange, Offer, Opening, Promise
from kapjournal.domain.waiting import BothFirst
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.offer import commitment_to
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange


class StoredOffer(NamedTuple):
    """An offer of this member's, with the versions that stand of it."""

    offer: Offer
    standing: tuple[StoredVersion, ...]

    def opened(self, note: DocumentId, nonce: bytes, in_return: Promise) -> DocumentChange:
        """What is to be written of it when its page is given for the promise of the other."""
        version = self.standing[0].version
        offer = replace(self.offer, opening=Opening(note, nonce), in_return=in_return)
        content = registry.OFFER.encode(offer, version)
        return DocumentChange.again(version, frozenset(version.readers), self.standing, content=content)


class OfferRepository:
    """Finds offers. Only partners make any, each to the other; what keys before the newest wrote, at either
    end, says nothing: or whoever knew the old passphrase could answer in a partner's name."""

    def __init__(self, journal_id: JournalId, envelopes: OpenedEnvelopes, membership: Membership) -> None:
        self._journal_id = journal_id
        self._envelopes = envelopes
        self._membership = membership

    def own(self, document: DocumentId) -> StoredOffer | None:
        """An offer of this member's that stands."""
        stored = self._envelopes.current.get((self._envelopes.me, document))
        offer = self._offer(stored) if stored and self._is_by_newest_keys(stored) else None
        if offer is None:
            return None
        return StoredOffer(offer, tuple(self._envelopes.standing(self._envelopes.me, document)))

    def all(self) -> Iterator[Offer]:
        """Every offer that counts, this member's and the partner's, in no order."""
        here = {member.id: member for member in self._membership.members}
        for stored in self._envelopes.of_type(registry.OFFER.type):
            author = stored.version.author
            is_mine = author == self._envelopes.me
            if is_mine or (author in here and rules.may_exchange(here[author], self._membership.me)):
                offer = self._offer(stored) if self._is_by_newest_keys(stored) else None
                if offer is not None:
                    yield offer

    def of(self, author: MemberId) -> list[Offer]:
        """The offers of one member that count, the one written last first."""
        found = [offer for offer in self.all() if offer.author == author]
        return sorted(found, key=lambda offer: (offer.written, offer.document), reverse=True)

    def is_open(self, offer: Offer) -> bool:
        """Whether this member can answer an offer of their partner's, and has not yet."""
        mine = (one.in_return for one in self.of(self._envelopes.me))
        return offer.author != self._envelopes.me and offer.is_open and offer.promise not in mine

    # --- exchanges --------------------------------------------------------------------------------------

    def met(self, partner: MemberId, both: BothFirst) -> tuple[Exchange, Offer | None]:
        """How it stands with a page that this member offered to the partner, and the offer it goes for."""
        mine = self.own(both.offer)
        return rules.met(mine.offer if mine else None, self.of(partner), self.fits)

    def fits(self, offer: Offer) -> bool | None:
        """Whether the page that was given for an offer is the one that it bound; None while there is none
        here."""
        if offer.opening is None:
            return None
        standing = self._envelopes.standing(offer.author, offer.opening.note)
        pages = [one.version for one in standing if one.version.type == registry.NOTE.type]
        bound = (commitment_to(offer.opening.nonce, page.digest(self._journal_id)) for page in pages)
        return offer.commitment in bound if pages else None

    def is_under_way(self, offer: Offer) -> bool:
        """Whether this member gave a page, and the partner is still to give the one it was given for."""
        others = [one for one in self.all() if one.author != self._envelopes.me]
        theirs = rules.named(offer.in_return, others) if offer.opening else None
        return theirs is not None and theirs.opening is None

    # --- one offer --------------------------------------------------------------------------------------

    def _is_by_newest_keys(self, stored: StoredVersion) -> bool:
        channels, author = self._envelopes.channels, stored.version.author
        newest = channels.own if author == self._envelopes.me else channels.incoming.get(author)
        return newest is not None and stored.channel is newest

    def _offer(self, stored: StoredVersion) -> Offer | None:
        version = stored.version
        if version.type == registry.OFFER.type:
            with suppress(NotGenuine):
                offer = registry.OFFER.decode(version)
                return replace(offer, id=document_name(version.author, version.document))
        return None
