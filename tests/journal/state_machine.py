"""Several people with up to two programs each, and the look that compares what they show with the model."""

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize

from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Draft, Note, NoteKind, NoteText, SessionRef
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import KapjournalError, NotFound
from kapjournal.journal import Journal, create, join
from kapjournal.store import JournalFile
from tests.internals import vault_of

from .plain_model import Meeting, Model, Seen, Sheet, State

PEOPLE = {"Ana": Role.PARTNER, "Ben": Role.PARTNER, "Cleo": Role.PARTNER, "Sue": Role.PRESCRIBER}
PASSPHRASE = "a passphrase long enough"
DAY = dt.date(2026, 3, 1)

_T = TypeVar("_T")


class JournalStateMachine(RuleBasedStateMachine):
    """A state machine: the people, their programs, and what all of them must show."""

    @initialize(order=st.permutations(["Ana", "Ben", "Sue"]), many=st.integers(0, 3))
    def begin(self, order: list[str], many: int) -> None:
        self.model = Model()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "ours.kap")
        self.memory = Path(self.folder.name, "memory")
        self.programs: dict[str, list[Journal]] = {}
        self.keys: dict[str, Secrets] = {}
        keeper, _ = create(
            self.path,
            label="Lee",
            role=Role.THERAPIST,
            passphrase=PASSPHRASE,
            title="Ours",
            with_recovery=False,
            record_folder=self.memory,
        )
        self.arrive("Lee", Role.THERAPIST, keeper)
        first = keeper.sessions.add(kind=SessionKind.PREPARATION, date=DAY)
        self.model.meetings[first.id] = Meeting(1, "", frozenset({"Lee"}))
        for label in order[:many]:
            self.let_in(label)

    # --- looking ------------------------------------------------------------------------------------

    def teardown(self) -> None:
        if not hasattr(self, "model"):
            return
        self.all_look()
        for label, programs in self.programs.items():
            for program in programs:
                report = program.check()
                assert report.notes == len(self.model.shows(label))
                assert report.is_clean, report.findings
                found = {hit.note.id for hit in program.search("rain", limit=999)}
                assert found == {i for i, seen in self.model.shows(label).items() if "rain" in seen.body}
                program.close()
        self.folder.cleanup()

    def look(self, quiet: bool) -> None:
        if not quiet:
            self.all_look()

    def all_look(self) -> None:
        """Let every program take in what the others wrote, until none has anything more to say."""
        every = [program for programs in self.programs.values() for program in programs]
        for _ in range(6):
            if not any([program.refresh() for program in every]):
                break
        else:
            pytest.fail("The programs go on greeting each other.")
        for label, programs in self.programs.items():
            for program in programs:
                self._compare(label, program)

    def _compare(self, label: str, program: Journal) -> None:
        model = self.model
        assert {note.id: self._seen(program, note) for note in program.notes.all()} == model.shows(label)
        for note_id in model.own(label):
            assert self._history(program, note_id) == model.papers[note_id].states
        drafts = {draft.id: (draft.of, draft.text.body) for draft in program.drafts.all()}
        assert drafts == {i: (model.sheets[i].of, model.sheets[i].state.body) for i in self.sheets(label)}
        sessions = {s.id: (s.number, s.title) for s in program.sessions.all()}
        assert sessions == {i: (m.number, m.title) for i, m in model.meetings.items() if label in m.readers}
        if not model.people[label].removed:
            here = {member.label: member.role for member in program.members.all() if not member.removed}
            assert (here, program.title) == (model.present, "Ours")
        assert program.findings == ()

    def _seen(self, program: Journal, note: Note) -> Seen:
        readers = frozenset(program.members.label_of(reader) for reader in note.readers)
        text = note.text
        return Seen(
            program.members.label_of(note.author), text.body, text.title, text.tags, note.session, readers
        )

    def _history(self, program: Journal, note_id: str) -> list[State]:
        states = []
        for number, version in enumerate(program.notes.history(note_id), start=1):
            assert version.number == number
            text = version.text
            session = (text.session.id, text.session.number) if text.session else None
            readers = frozenset(program.members.label_of(reader) for reader in version.readers)
            states.append(State(text.body, text.title, text.tags, session, readers))
        return states

    # --- helpers ------------------------------------------------------------------------------------

    def let_in(self, label: str) -> None:
        """Somebody is invited and joins, and everybody's program meets them."""
        code = self.programs["Lee"][-1].members.invite(label, PEOPLE[label])
        joined, _ = join(
            self.path,
            code=code,
            label=label,
            passphrase=PASSPHRASE,
            with_recovery=False,
            record_folder=self.memory,
        )
        self.arrive(label, PEOPLE[label], joined)
        self.all_look()

    def arrive(self, label: str, role: Role, program: Journal) -> None:
        self.model.join(label, role)
        self.programs[label] = [program]
        self.keys[label] = Secrets(
            vault_of(program).secrets.first,
            vault_of(program).secrets.journal_key,
            vault_of(program).secrets.keeper,
        )

    def open(self, label: str) -> Journal:
        return Journal(JournalFile(self.path), self.keys[label], self.memory)

    def somebody(self, pick: int) -> tuple[str, Journal]:
        label = self.one(sorted(self.programs), pick)
        return label, self.one(self.programs[label], pick // 7)

    def sheets(self, label: str) -> list[str]:
        return [draft_id for draft_id, sheet in self.model.sheets.items() if sheet.author == label]

    def reference(self, number: int, label: str) -> tuple[str, int] | KapjournalError | None:
        if not number:
            return None
        for session_id, meeting in self.model.meetings.items():
            if meeting.number == number and label in meeting.readers:
                return session_id, number
        return NotFound()

    @staticmethod
    def draft(draft_id: str, sheet: Sheet, program: Journal) -> Draft:
        state = sheet.state
        kind = NoteKind.PAGE if program.me.role is Role.PARTNER else NoteKind.OBSERVATION
        session = SessionRef(*state.session) if state.session else None
        return Draft(draft_id, sheet.of, NoteText(state.body, kind, DAY, state.title, state.tags, session))

    @staticmethod
    def one(things: list[_T], pick: int) -> _T:
        return things[pick % len(things)]

    @staticmethod
    def refused(answers: list[Any], deed: Callable[[], Any]) -> None:
        with pytest.raises(tuple(type(answer) for answer in answers)):
            deed()
