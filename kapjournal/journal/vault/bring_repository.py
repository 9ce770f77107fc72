"""What partners marked to bring to a session, as far as this member reads it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from kapjournal.crypto.primitives import NotGenuine, document_name
from kapjournal.domain import bringing
from kapjournal.domain.bringing import Brought
from kapjournal.domain.members import JournalKind
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal.documents import registry
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.note_repository import NoteRepository
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.standing_versions import StoredVersion


class BringRepository:
    """Finds what is brought. It is the reader's to judge what counts: a partner's own, and to a therapist the
    words, and the pages that they can read too. Nothing is kept: each is made when asked for."""

    def __init__(self, envelopes: OpenedEnvelopes, membership: Membership, notes: NoteRepository) -> None:
        self._envelopes = envelopes
        self._membership = membership
        self._notes = notes

    def check_course(self) -> None:
        """Refuse to mark anything in a practice."""
        if self._membership.kind is not JournalKind.COURSE:
            raise Refused(bringing.ONLY_IN_A_COUPLES_JOURNAL)

    def stored(self) -> Iterator[tuple[StoredVersion, Brought]]:
        """All of it with the version it was made from, in no order."""
        if self._membership.kind is not JournalKind.COURSE:
            return
        me, members = self._membership.me, self._membership.members
        for stored in list(self._envelopes.current.values()):
            version = stored.version
            if version.type == registry.BRING.type and bringing.counts(version.author, me, members):
                with suppress(NotGenuine):
                    found = registry.BRING.decode(version)
                    if not found.note or version.author == me.id or self._is_theirs(found):
                        yield stored, replace(found, id=document_name(version.author, version.document))

    def _is_theirs(self, found: Brought) -> bool:
        """Whether this member can read the page, and it is of who marked it: nobody brings another's."""
        with suppress(NotFound, UsageError):
            return self._notes.find(found.note).author == found.author
        return False
