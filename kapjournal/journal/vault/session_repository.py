"""The therapy sessions this member can read, made from their documents."""

from kapjournal.domain import sessions
from kapjournal.domain.ids import MemberId, RowId
from kapjournal.domain.notes import SessionRef
from kapjournal.domain.sessions import Session
from kapjournal.errors import KapjournalError, NotFound
from kapjournal.journal.documents import registry
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.standing_versions import StoredVersion


class SessionRepository:
    """Finds sessions; a document that is no session is passed over."""

    def __init__(self, envelopes: OpenedEnvelopes, membership: Membership) -> None:
        self._envelopes = envelopes
        self._membership = membership
        self._numbers: dict[str, int] | None = None
        self._decoded: dict[RowId, Session | None] = {}

    def all(self) -> list[Session]:
        """Every session, in no order."""
        return [session for _, session in self.stored()]

    def stored(self) -> list[tuple[StoredVersion, Session]]:
        """Every session with the version it was made from."""
        said = self._envelopes.of_type(registry.SESSION.type)
        # each is decoded once: it is asked for by every page that waits, and by every look
        self._decoded = {one.row: self._decode_once(one) for one in said}
        writers = {author for author in {one.version.author for one in said} if self._may_write(author)}
        read = ((one, self._decoded[one.row]) for one in said if one.version.author in writers)
        return [(stored, session) for stored, session in read if session is not None]

    def _decode_once(self, stored: StoredVersion) -> Session | None:
        if stored.row in self._decoded:
            return self._decoded[stored.row]
        try:
            return registry.SESSION.decode(stored.version)
        except (KapjournalError, LookupError, TypeError, ValueError, AttributeError):
            return None

    def _may_write(self, author: MemberId) -> bool:
        """Whether a session of this author's counts; it is the reader's to judge."""
        members = self._membership.members
        named = next((member for member in members if member.id == author), None)
        return named is not None and sessions.is_session_writer(named, members)

    def numbered(self, number: int) -> tuple[StoredVersion, Session]:
        """The session of that number (`NotFound`); of two, which two programs can make at once, this
        member's, or the first."""
        fitting = [pair for pair in self.stored() if pair[1].number == number]
        if not fitting:
            raise NotFound(f"There is no session {number}.")
        return min(fitting, key=lambda pair: (pair[1].author != self._envelopes.me, pair[1].order))

    def reference(self, number: int | None) -> SessionRef | None:
        """What a note keeps of its session; None for no number and for 0."""
        if not number:
            return None
        _, session = self.numbered(number)
        return SessionRef(session.id, session.number)

    def number_now(self, reference: SessionRef | None) -> int | None:
        """The present number of a session that a note names; the one it had then where this member cannot
        read the session."""
        if reference is None:
            return None
        if self._numbers is None:
            self._numbers = {session.id: session.number for session in self.all()}
        return self._numbers.get(reference.id, reference.number)

    def clear(self) -> None:
        """Forget the numbers: sessions changed."""
        self._numbers = None
