"""Typing for a partner who cannot: the words go to whose they are, and stay with nobody else."""

from dataclasses import replace

from kapjournal import clock
from kapjournal.crypto.primitives import document_name
from kapjournal.domain import scribe
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.scribe import HandedPage, ScribePage
from kapjournal.errors import Refused, UsageError
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.handed import HandedContent
from kapjournal.journal.vault import handed_pages
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.vault import Vault
from kapjournal.text import storable


class Scribe:
    """The use cases of pages typed for somebody. Words that came in are given out by none of them."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def begin(self, whose: str, session: int | None = None) -> ScribePage:
        """An empty page of today for the partner of that label (`NotFound`, `Refused`); nothing is saved."""
        with self._access.exclusive() as vault:
            handed_pages.check_course(vault)
            membership = vault.membership
            scribe.check_may_type(membership.me.role)
            of = scribe.whose_words(whose, membership.get(whose), vault.me)
            handed_pages.check_reachable(vault, of)
            return ScribePage(of, clock.today(), vault.sessions.reference(session))

    def save(self, page: ScribePage) -> ScribePage:
        """Seal the words so far to whose they are, in the place of those before; what comes back has none.
        Should the program end, they are there to be handed over (`hand_over_left`)."""
        storable(page.words)
        with self._access.exclusive() as vault, vault.unit_of_work(remember=False) as unit:
            stored = handed_pages.put_draft(vault, unit, page)
        version = stored.version
        return replace(page.without_words, id=version.document.hex(), saved=version.written)

    def hand_over(self, page: ScribePage) -> HandedPage:
        """Hand the page over: sealed to whose words they are alone (`UsageError` without any)."""
        if not storable(page.words).strip():
            raise UsageError(scribe.NO_WORDS)
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                stored = handed_pages.hand_over(vault, unit, page)
            return _page(vault, stored, registry.HANDED.decode(stored.version))

    def hand_over_left(self) -> list[HandedPage]:
        """Hand over what was being typed when the program ended. For the moment in which a person opens their
        door: whoever types at the same time in another program would be cut short."""
        with self._access.exclusive() as vault:
            if next(handed_pages.left_over(vault), None) is None:
                return []
            with vault.unit_of_work() as unit:
                handed = handed_pages.hand_over_left(vault, unit)
            return [_page(vault, stored, registry.HANDED.decode(stored.version)) for stored in handed]

    def discard(self, page_id: str) -> None:
        """Let nothing be left of a page that was not handed over, if anything of it was sealed."""
        with self._access.exclusive() as vault, vault.unit_of_work() as unit:
            handed_pages.drop_draft(vault, unit, page_id)

    def handed(self) -> list[HandedPage]:
        """What this member handed over and can take back, the oldest first: whose words they are has not
        opened the journal since, as far as this copy knows."""
        with self._access.exclusive() as vault:
            return [_page(vault, stored, content) for stored, content in self._own(vault)]

    def take_back(self, page_id: str) -> None:
        """Take back a page whose words came to the wrong person, or were to come to nobody (`NotFound`;
        `Refused` if it is theirs by now)."""
        with self._access.exclusive() as vault:
            own, what = handed_pages.own(vault), "page that you typed and that is not taken in yet,"
            stored, content = one_by_id(own, page_id, what, lambda one: [_page(vault, *one).id])
            with vault.unit_of_work() as unit:
                if handed_pages.is_taken_in(unit.transaction, content):
                    label = vault.membership.label_of(content.of)
                    raise Refused(f"{label} has it by now: it is their page.")
                handed_pages.take_back(vault, unit, stored, content)

    def _own(self, vault: Vault) -> list[tuple[StoredVersion, HandedContent]]:
        with vault.file.reading() as snapshot:
            found = [one for one in handed_pages.own(vault) if not handed_pages.is_taken_in(snapshot, one[1])]
        return sorted(found, key=lambda one: (one[1].written, one[0].envelope))


def _page(vault: Vault, stored: StoredVersion, content: HandedContent) -> HandedPage:
    return HandedPage(
        document_name(stored.version.author, stored.version.document),
        content.of,
        content.date,
        vault.sessions.number_now(content.session),
        content.written,
    )
