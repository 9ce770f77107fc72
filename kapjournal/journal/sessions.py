"""Sessions: add, change, list. One author each; the couple and the therapists read them."""

import datetime as dt
from dataclasses import dataclass, replace

from kapjournal.domain import doses, sessions
from kapjournal.domain.apart import NOTHING_MORE_IS_SHARED
from kapjournal.domain.doses import Doses
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import JournalKind
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.errors import NotFound, Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.journal_info import JournalInfo
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.unit_of_work import DocumentChange


@dataclass(frozen=True, slots=True)
class SessionChange:
    """What to change of a session; None leaves it, `untimed` takes its time away, and an empty `dosing` what
    was said of that."""

    kind: SessionKind | None = None
    date: dt.date | None = None
    time: dt.time | None = None
    number: int | None = None
    title: str | None = None
    untimed: bool = False
    dosing: frozenset[MemberId] | None = None


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
        dosing: frozenset[MemberId] = frozenset(),
    ) -> Session:
        """Add a session; without a number it gets the next one."""
        with self._access.exclusive() as vault:
            me = vault.membership.me
            if vault.membership.kind is not JournalKind.COURSE:
                raise Refused("A practice has no sessions of its own: they are in the couple's journal.")
            sessions.check_may_add(me, vault.membership.members)
            doses.check_dosing(dosing, kind, vault.membership.members)
            with vault.unit_of_work() as unit:
                others = vault.sessions.all()
                chosen = sessions.next_number(others) if number is None else number
                sessions.check_number(chosen, others)
                session = Session("", me.id, chosen, kind, date, time, sessions.title_from(title), dosing)
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
                changed = _changed(old, change)
                if change.dosing:
                    doses.check_dosing(changed.dosing, changed.kind, vault.membership.members)
                content = registry.SESSION.encode(changed, stored.version)
                if content.data != stored.version.data:
                    readers = vault.membership.without_removed(stored.version.readers)
                    previous = vault.envelopes.standing(vault.me, stored.version.document)
                    stored = unit.put(
                        DocumentChange.again(stored.version, readers, previous, content=content)
                    )
            vault.forget_built()
        return registry.SESSION.decode(stored.version)

    @property
    def doses(self) -> Doses:
        """The doses of the course, to those who read all its sessions; to others none."""
        reads_all = self._access.peek().membership.me.role.is_of_the_course
        return Doses(self.all(), self.planned_doses) if reads_all else Doses()

    @property
    def planned_doses(self) -> int:
        """How many doses the keeper plans in all, to those who see the course; 0 where it was not said."""
        return self._plan.planned_doses

    @property
    def planned(self) -> int:
        """How many sessions the keeper planned in all before doses were planned; 0 where it was not said."""
        return self._plan.planned

    @property
    def _plan(self) -> JournalInfo:
        membership = self._access.peek().membership
        sees_course = membership.me.role.is_of_the_course or membership.is_keeper
        return membership.info if sees_course else JournalInfo()

    def plan(self, count: int) -> None:
        """Say how many doses are planned in all; keeper only. A number of sessions that was said before stays
        beside it; 0 says nothing of either."""
        with self._access.exclusive() as vault:
            membership = vault.membership
            membership.check_is_keeper(doses.KEEPER_PLANS)
            doses.check_planned(count)
            info = membership.info_now
            plan = replace(info, planned_doses=count, planned=info.planned if count else 0)
            with vault.unit_of_work() as unit:
                if membership.sharing_has_ended:
                    raise Refused(NOTHING_MORE_IS_SHARED)
                unit.put(membership.papers.info_change(plan))
            membership.reconcile()


def _changed(old: Session, change: SessionChange) -> Session:
    kind = change.kind or old.kind
    dosing = old.dosing if change.dosing is None and kind is SessionKind.DOSING else change.dosing
    return replace(
        old,
        kind=kind,
        date=change.date or old.date,
        time=None if change.untimed else change.time or old.time,
        number=change.number or old.number,
        title=old.title if change.title is None else sessions.title_from(change.title),
        dosing=dosing or frozenset(),
    )
