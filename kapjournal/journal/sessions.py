"""Sessions: add, change, list. One author each; the couple and the therapists read them."""

import datetime as dt
import operator
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from kapjournal.crypto.primitives import document_name
from kapjournal.domain import sessions
from kapjournal.domain.members import Role
from kapjournal.domain.notes import SessionRef
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.errors import KapjournalError, NotFound, Refused
from kapjournal.journal.core import whole
from kapjournal.journal.desk import Writing
from kapjournal.journal.greeting import Greeting
from kapjournal.journal.shelf import Held
from kapjournal.journal.version import DocumentKind


@dataclass(frozen=True, slots=True)
class SessionChange:
    """What to change of a session; None leaves it, and `untimed` takes its time away."""

    kind: SessionKind | None = None
    date: dt.date | None = None
    time: dt.time | None = None
    number: int | None = None
    title: str | None = None
    untimed: bool = False


class Sessions(Greeting):
    """The use cases of sessions."""

    _numbers: Mapping[str, int] = MappingProxyType({})

    @whole
    def sessions(self) -> list[Session]:
        """Every session one can read, in the order of the course."""
        return sorted((session for _, session in self._sessions()), key=lambda session: session.order)

    @whole
    def session(self, number: int) -> Session:
        """The session of that number (`NotFound`)."""
        return self._numbered(number)[1]

    @whole
    def add_session(
        self,
        *,
        kind: SessionKind,
        date: dt.date,
        time: dt.time | None = None,
        number: int | None = None,
        title: str = "",
    ) -> Session:
        """Add a session; without a number it gets the next one."""
        sessions.check_may_add(self.me, self.members)
        with self.sitting() as at_work:
            others = [session for _, session in self._sessions()]
            chosen = sessions.next_number(others) if number is None else number
            sessions.check_number(chosen, others)
            data = _data(kind, date, time, chosen, sessions.title_from(title))
            course = {m.id for m in self.members if m.role.is_of_the_course and not m.removed}
            readers = frozenset(course | {self.shelf.me})
            held = at_work.put(Writing(secrets.token_bytes(16), DocumentKind.SESSION, readers, data))
        self._changed()
        return _session(held)

    @whole
    def edit_session(self, number: int, change: SessionChange) -> Session:
        """Change a session oneself added; anybody else's is not one's own (`NotFound`)."""
        with self.sitting() as at_work:
            held, old = self._numbered(number)
            if old.author != self.shelf.me:
                added_by = self.label_of(old.author)
                raise NotFound(f"Session {number} was added by {added_by}, who alone can change it.")
            if change.number is not None and change.number != number:
                sessions.check_number(change.number, [session for _, session in self._sessions()])
            data = _data(
                change.kind or old.kind,
                change.date or old.date,
                None if change.untimed else change.time or old.time,
                change.number or number,
                old.title if change.title is None else sessions.title_from(change.title),
            )
            if data != held.version.data:
                readers = self._still_here(held.version.readers)
                held = at_work.put(
                    Writing(held.version.document, DocumentKind.SESSION, readers, data, previous=held)
                )
        self._changed()
        return _session(held)

    @property
    def planned(self) -> int:
        """How many sessions the keeper plans in all, to those who see the course; 0 where it was not said."""
        sees_the_course = self.me.role.is_of_the_course or self.me.is_keeper
        return self.about.planned if sees_the_course else 0

    @whole
    def plan(self, count: int) -> None:
        """Say how many sessions are planned in all, 0 to say nothing of it; keeper only."""
        if not self.me.is_keeper:
            raise Refused("Only the keeper of this journal, who made it, says how many sessions are planned.")
        sessions.check_planned(count)
        with self.sitting() as at_work:
            about = replace(self.about, gone=self.papers.gone, planned=count)
            at_work.put(self._new_about(about, frozenset(m.id for m in self.members if not m.removed)))
        self._call_roll(dict)

    def _numbered(self, number: int) -> tuple[Held, Session]:
        """Of two sessions with one number, which two programs can make at once, one's own, or the first."""
        fitting = [pair for pair in self._sessions() if pair[1].number == number]
        if not fitting:
            raise NotFound(f"There is no session {number}.")
        return min(fitting, key=lambda pair: (pair[1].author != self.shelf.me, pair[1].order))

    def _sessions(self) -> list[tuple[Held, Session]]:
        found = []
        for held in self.shelf.current.values():
            if held.version.kind is DocumentKind.SESSION and held.version.data is not None:
                try:
                    found.append((held, _session(held)))
                except (KapjournalError, LookupError, TypeError, ValueError, AttributeError):
                    continue
        return found

    def _number_now(self, ref: SessionRef | None) -> int | None:
        """The present number of a session a note names; the one it had then where one cannot read it."""
        if ref is None:
            return None
        if not self._numbers:
            self._numbers = {session.id: session.number for _, session in self._sessions()}
        return self._numbers.get(ref.id, ref.number)

    def _changed(self) -> None:
        super()._changed()
        self._numbers = {}

    def _role_of(self, author: bytes) -> Role:
        return {member.id: member.role for member in self.members}[author]


def _data(
    kind: SessionKind, date: dt.date, time: dt.time | None, number: int, title: str
) -> Mapping[str, Any]:
    return {
        "number": number,
        "kind": kind.value,
        "date": date.isoformat(),
        "time": time.strftime("%H:%M") if time else None,
        "title": title,
    }


def _session(held: Held) -> Session:
    version = held.version
    data = version.data or {}
    return Session(
        id=document_name(version.author, version.document),
        author=version.author,
        number=sessions.check_number(operator.index(data["number"]), ()),
        kind=SessionKind(data["kind"]),
        date=dt.date.fromisoformat(data["date"]),
        time=dt.datetime.strptime(data["time"], "%H:%M").time() if data["time"] else None,
        title=sessions.title_from(data["title"]),
    )
