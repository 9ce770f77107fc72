"""What a journal of several people should show, as plain dictionaries: nothing sealed, nothing stored."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kapjournal.domain.members import Role
from kapjournal.errors import KapjournalError, NotFound, Refused

COURSE = {Role.PARTNER, Role.THERAPIST}


class State(NamedTuple):
    """One state of a note: its words and who may read them."""

    body: str
    title: str
    tags: tuple[str, ...]
    session: tuple[str, int] | None
    readers: frozenset[str]


class Seen(NamedTuple):
    """A note as one person sees it."""

    author: str
    body: str
    title: str
    tags: tuple[str, ...]
    session: int | None
    readers: frozenset[str]


@dataclass(frozen=True)
class Person:
    """Somebody who joined. `strangers` came or went without them: they never met."""

    role: Role
    removed: bool = False
    strangers: frozenset[str] = frozenset()


@dataclass
class Paper:
    """A note with all its states, the present one last."""

    author: str
    states: list[State]

    @property
    def now(self) -> State:
        return self.states[-1]

    def become(self, state: State) -> None:
        self.states.append(state)


@dataclass(frozen=True)
class Sheet:
    """A draft: the note it will change, if any, and its words."""

    author: str
    of: str | None
    state: State


@dataclass(frozen=True)
class Meeting:
    """A session; all are the keeper's."""

    number: int
    title: str
    readers: frozenset[str]


@dataclass
class Model:
    """The whole journal. Notes, sheets and sessions are known by the ids the journal gave them."""

    people: dict[str, Person] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)

    @property
    def present(self) -> dict[str, Role]:
        return {label: person.role for label, person in self.people.items() if not person.removed}

    @property
    def course(self) -> frozenset[str]:
        return frozenset(label for label, role in self.present.items() if role in COURSE)

    def gone(self, as_known_to: str) -> frozenset[str]:
        """Who is removed, as one person knows it: the keeper no longer tells those who were removed."""
        if self.people[as_known_to].removed:
            return frozenset()
        return frozenset(label for label, person in self.people.items() if person.removed)

    def join(self, label: str, role: Role) -> None:
        for other, person in self.people.items():
            if person.removed:
                self.people[other] = replace(person, strangers=person.strangers | {label})
        self.people[label] = Person(role, strangers=frozenset(self.people) - set(self.present))
        if role in COURSE:
            for number, meeting in self.meetings.items():
                self.meetings[number] = replace(meeting, readers=self.course | {"Lee"})

    def remove(self, label: str) -> None:
        self.people[label] = replace(self.people[label], removed=True)

    def readers(self, who: str, me: str, *, removed_too: bool = False) -> frozenset[str] | KapjournalError:
        """Whom the words of a command name, or how they are answered."""
        met = {i: p for i, p in self.people.items() if i not in self.people[me].strangers}
        known = {i: p.role for i, p in met.items() if removed_too or not p.removed}
        chosen: set[str] = set()
        for word in who.split(","):
            having = {label for label, role in known.items() if role == word} - {me}
            if word == "all":
                chosen |= {label for label, role in known.items() if role in COURSE}
            elif word in known:
                chosen.add(word)
            elif having:
                chosen |= having
            elif word in met:
                return Refused()
            else:
                return NotFound()
        return frozenset(chosen - {me}) or Refused()

    def own(self, me: str) -> list[str]:
        return [note_id for note_id, paper in self.papers.items() if paper.author == me]

    def others(self, me: str) -> list[str]:
        return [note_id for note_id, paper in self.papers.items() if paper.author != me]

    def edit(self, note_id: str, changed: State) -> None:
        """New words; their readers are the old ones who are still here."""
        paper = self.papers[note_id]
        if changed[:4] != paper.now[:4]:
            here = paper.now.readers - self.gone(paper.author)
            paper.become(changed._replace(readers=here))

    def delete(self, note_id: str) -> None:
        del self.papers[note_id]
        self.sheets = {i: sheet for i, sheet in self.sheets.items() if sheet.of != note_id}

    def shows(self, me: str) -> dict[str, Seen]:
        """Every note one person can read."""
        return {
            note_id: Seen(
                paper.author,
                paper.now.body,
                paper.now.title,
                paper.now.tags,
                self._number(paper.now, me),
                paper.now.readers,
            )
            for note_id, paper in self.papers.items()
            if me in paper.now.readers
        }

    def _number(self, state: State, me: str) -> int | None:
        if state.session is None:
            return None
        session_id, number = state.session
        meeting = self.meetings[session_id]
        return meeting.number if me in meeting.readers else number
