"""Sessions: add, change, list. One author each; the couple and the therapists read them."""

import datetime as dt
from dataclasses import dataclass, replace

from kapjournal.domain import sessions
from kapjournal.domain.members import JournalKind
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.errors import NotFound, Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.unit_of_work import DocumentChange


@dataclass(frozen=True, slots=True)
class SessionChange:
    """What to change of a session; None leaves it, and `untimed` takes its time away."""

    kind: SessionKind | None = None
    date: dt.date | None = None
    time: dt.time | None = None
    number: int | None = None
    title: str | None = None
    untimed: bool = False


class Sessions:
    """The use cases of sessions."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(self) -> list[Session]:
        """Every session this member can read, in the order of the course."""
        with self._access.exclusive() as vault:
            return sorted(vault.sessions.all(), key=lambda session: session.order)

    def get(self, number: int) -> Session:
        """The session of that number (`NotFound`)."""
        with self._access.exclusive() as vault:
            return vault.sessions.numbered(number)[1]

    def add(
        self,
        *,
        kind: SessionKind,
        date: dt.date,
        time: dt.time | None = None,
        number: int | None = None,
        title: str = "",
    ) -> Session:
        """Add a session; without a number it gets the next one."""
        with self._access.exclusive() as vault:
            me = vault.membership.me
            if vault.membership.kind is not JournalKind.COURSE:
                raise Refused("A practice has no sessions of its own: they are in the couple's journal.")
            sessions.check_may_add(me, vault.membership.members)
            with vault.unit_of_work() as unit:
                others = vault.sessions.all()
                chosen = sessions.next_number(others) if number is None else number
                sessions.check_number(chosen, others)
                session = Session("", me.id, chosen, kind, date, time, sessions.title_from(title))
                document = new_document_id()
                content = registry.SESSION.encode(session, None)
                readers = vault.membership.course_readers
                stored = unit.put(DocumentChange(document, registry.SESSION.type, readers, content))
            vault.forget_built()
        return registry.SESSION.decode(stored.version)

    def edit(self, number: int, change: SessionChange) -> Session:
        """Change a session this member added; another's is not theirs to change (`NotFound`)."""
        with self._access.exclusive() as vault:
            with vault.unit_of_work() as unit:
                stored, old = vault.sessions.numbered(number)
                if old.author != vault.me:
                    added_by = vault.membership.label_of(old.author)
                    raise NotFound(f"Session {number} was added by {added_by}, who alone can change it.")
                if change.number is not None and change.number != number:
                    sessions.check_number(change.number, vault.sessions.all())
                content = registry.SESSION.encode(_changed(old, change), stored.version)
                if content.data != stored.version.data:
                    readers = vault.membership.without_removed(stored.version.readers)
                    previous = vault.envelopes.standing(vault.me, stored.version.document)
                    stored = unit.put(
                        DocumentChange.again(stored.version, readers, previous, content=content)
                    )
            vault.forget_built()
        return registry.SESSION.decode(stored.version)

    @property
    def planned(self) -> int:
        """How many sessions the keeper plans in all, to those who see the course; 0 where it was not said."""
        membership = self._access.peek().membership
        sees_course = membership.me.role.is_of_the_course or membership.is_keeper
        return membership.info.planned if sees_course else 0

    def plan(self, count: int) -> None:
        """Say how many sessions are planned in all, 0 to say nothing of it; keeper only."""
        with self._access.exclusive() as vault:
            membership = vault.membership
            membership.check_is_keeper(sessions.KEEPER_PLANS)
            sessions.check_planned(count)
            with vault.unit_of_work() as unit:
                unit.put(membership.papers.info_change(replace(membership.info_now, planned=count)))
            membership.reconcile()


def _changed(old: Session, change: SessionChange) -> Session:
    return replace(
        old,
        kind=change.kind or old.kind,
        date=change.date or old.date,
        time=None if change.untimed else change.time or old.time,
        number=change.number or old.number,
        title=old.title if change.title is None else sessions.title_from(change.title),
    )
