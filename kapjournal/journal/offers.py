"""Both first: what the partner offers, and how it stands with what was given. A page is offered, and an offer
answered, by sharing the page (`When`); keeping the page takes its offer back."""

from kapjournal.crypto.primitives import document_name
from kapjournal.domain.notes import Note
from kapjournal.domain.offers import Offer
from kapjournal.journal.vault import offer_writer
from kapjournal.journal.vault.access import VaultAccess


class Offers:
    """The use cases of offers. They are the partners' alone."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def to_me(self) -> list[Offer]:
        """What the partner offers and this member can answer, the oldest first; nothing once sharing has
        ended."""
        with self._access.exclusive() as vault:
            if vault.membership.sharing_has_ended:
                return []
            return sorted(
                filter(vault.offers.is_open, vault.offers.all()), key=lambda one: (one.written, one.id)
            )

    def under_way(self) -> list[Note]:
        """The pages that this member gave and for which the partner's is not here yet."""
        with self._access.exclusive() as vault:
            given = [one for one in vault.offers.of(vault.me) if vault.offers.is_under_way(one)]
            names = [document_name(vault.me, one.opening.note) for one in given if one.opening is not None]
            return [vault.notes.find(name) for name in names]

    def is_bound(self, note: Note) -> bool:
        """Whether a note of this member's stays as it is, because it is offered, without waiting for the
        vault."""
        vault = self._access.peek()
        name = vault.notes.known_name(note.id)
        return name is not None and name[0] == vault.me and offer_writer.is_bound(vault, name[1])

    def is_as_offered(self, note: Note) -> bool:
        """Whether a page of the partner's is word for word what they offered, also if they never did, without
        waiting for the vault."""
        vault = self._access.peek()
        name = vault.notes.known_name(note.id)
        if name is None:
            return True
        theirs = (one for one in vault.offers.of(name[0]) if one.opening and one.opening.note == name[1])
        return all(vault.offers.fits(one) is not False for one in theirs)
