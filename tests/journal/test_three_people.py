"""Three people and more, two programs at once, in any order: everybody sees what a plain model says."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from kapjournal.crypto import kdf
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import KapjournalError, NotFound, Refused, UnlockFailed
from kapjournal.journal import NewNote, NoteChange, SessionChange, join

from .plain_model import Meeting, Paper, Sheet, State
from .state_machine import DAY, PASSPHRASE, PEOPLE, JournalStateMachine

PICK = st.integers(0, 999)
WORD = st.sampled_from(["", "rain", "رَحْمَة", "👩🏽‍🤝‍👩🏻", "two\n\nlines\t", "x" * 5000])
TITLE = st.sampled_from(["", "A title", "Ein Wort"])
TAGS = st.sampled_from([(), ("calm",), ("calm", "night sky")])
SESSION = st.sampled_from([0, 1, 1, 2, 3])
NAMES = [
    "all",
    "Ana",
    "Ben",
    "Sue",
    "all",
    "Ana,Sue",
    "Ben,Lee",
    "Lee",
    "Cleo",
    "partner",
    "prescriber",
    "Nobody",
]
SHARED = st.sampled_from(NAMES)


class Journals(JournalStateMachine):
    """Each rule is one deed of one person at one of their programs, done to the journal and to the model.

    A deed is `quiet` when no other program looks before the next one: so programs fall behind each other.
    """

    # --- people -------------------------------------------------------------------------------------

    @rule(label=st.sampled_from(["Ana", "Ben", "Cleo", "Sue"]))
    def invite_and_join(self, label: str) -> None:
        self.all_look()
        role, present = PEOPLE[label], self.model.present
        full = role is Role.PARTNER and list(present.values()).count(Role.PARTNER) == 2
        if label in present or full:
            with pytest.raises(Refused):
                self.programs["Lee"][0].members.invite(label, role)
            return
        if label in self.model.people:
            return  # a label stays with who had it, so they would join as somebody else
        self.let_in(label)

    @rule()
    def cancelled_invitation(self) -> None:
        self.all_look()
        lee = self.programs["Lee"][0]
        code = lee.members.invite("Pat", Role.PRESCRIBER)
        lee.members.cancel_invitation("Pat")
        with pytest.raises(UnlockFailed):
            join(self.path, code=code, label="Pat", passphrase=PASSPHRASE, record_folder=self.memory)
        self.all_look()

    @precondition(lambda self: len(self.model.people) > 2)
    @rule(pick=PICK, quiet=st.booleans())
    def remove(self, pick: int, quiet: bool) -> None:
        label = self.one(sorted(set(self.model.people) - {"Lee"}), pick)
        if self.model.people[label].removed:
            with pytest.raises(Refused):
                self.programs["Lee"][0].members.remove(label)
        else:
            self.programs["Lee"][-1].members.remove(label)
            self.model.remove(label)
        self.look(quiet)

    @rule(pick=PICK, quiet=st.booleans())
    def open_again(self, pick: int, quiet: bool) -> None:
        label = self.one(sorted(self.programs), pick)
        self.programs[label].pop(0).close()
        self.programs[label].append(self.open(label))
        self.look(quiet)

    @rule(pick=PICK)
    def second_program(self, pick: int) -> None:
        label = self.one(sorted(self.programs), pick)
        if len(self.programs[label]) == 1:
            self.programs[label].append(self.open(label))
        else:
            self.programs[label].pop().close()
        self.look(False)

    # --- notes --------------------------------------------------------------------------------------

    @rule(
        pick=PICK,
        body=WORD,
        title=TITLE,
        tags=TAGS,
        session=SESSION,
        who=st.none() | SHARED,
        quiet=st.booleans(),
    )
    def write(
        self,
        pick: int,
        body: str,
        title: str,
        tags: tuple[str, ...],
        session: int,
        who: str | None,
        quiet: bool,
    ) -> None:
        label, program = self.somebody(pick)
        if self.model.people[label].removed:
            who = None
        chosen = self.model.readers(who, label) if who else frozenset[str]()
        reference = self.reference(session, label)
        new = NewNote(body, title, tags=tags, session=session, share=who or "", date=DAY)
        wrong = [answer for answer in (chosen, reference) if isinstance(answer, KapjournalError)]
        if wrong:
            self.refused(wrong, lambda: program.notes.add(new))
        else:
            note = program.notes.add(new)
            assert isinstance(chosen, frozenset) and not isinstance(reference, KapjournalError)
            state = State(body, title, tags, reference, chosen | {label})
            self.model.papers[note.id] = Paper(label, [state])
        self.look(quiet)

    @rule(
        pick=PICK,
        which=PICK,
        body=st.none() | WORD,
        title=st.none() | TITLE,
        tags=st.none() | TAGS,
        session=st.none() | SESSION,
        quiet=st.booleans(),
    )
    def edit(
        self,
        pick: int,
        which: int,
        body: str | None,
        title: str | None,
        tags: tuple[str, ...] | None,
        session: int | None,
        quiet: bool,
    ) -> None:
        label, program = self.somebody(pick)
        own = self.model.own(label)
        if not own:
            return
        note_id = self.one(own, which)
        now = self.model.papers[note_id].now
        if self.model.people[label].removed and len(now.readers) > 1:
            return  # refused once their program knows it: nothing more of theirs goes to others
        reference = now.session if session is None else self.reference(session, label)
        change = NoteChange(body, title, tags=tags, session=session)
        if isinstance(reference, KapjournalError):
            self.refused([reference], lambda: program.notes.edit(note_id, change))
        else:
            program.notes.edit(note_id, change)
            self.model.edit(
                note_id,
                State(
                    now.body if body is None else body,
                    now.title if title is None else title,
                    now.tags if tags is None else tags,
                    reference,
                    now.readers,
                ),
            )
        self.look(quiet)

    @rule(pick=PICK, which=PICK, who=SHARED, quiet=st.booleans())
    def share(self, pick: int, which: int, who: str, quiet: bool) -> None:
        label, program = self.somebody(pick)
        own = self.model.own(label)
        if not own or self.model.people[label].removed:
            return
        note_id = self.one(own, which)
        chosen, paper = self.model.readers(who, label), self.model.papers[note_id]
        if isinstance(chosen, KapjournalError):
            self.refused([chosen], lambda: program.notes.share(note_id, who))
        else:
            program.notes.share(note_id, who)
            if not chosen <= paper.now.readers:
                readers = (paper.now.readers | chosen) - self.model.gone(label)
                paper.become(paper.now._replace(readers=readers))
        self.look(quiet)

    @rule(pick=PICK, which=PICK, who=SHARED, quiet=st.booleans())
    def withdraw(self, pick: int, which: int, who: str, quiet: bool) -> None:
        label, program = self.somebody(pick)
        own = self.model.own(label)
        if not own:
            return
        note_id = self.one(own, which)
        paper = self.model.papers[note_id]
        chosen = self.model.readers(who, label, removed_too=True)
        if isinstance(chosen, KapjournalError):
            self.refused([chosen], lambda: program.notes.withdraw(note_id, who))
        elif not chosen & paper.now.readers:
            self.refused([Refused()], lambda: program.notes.withdraw(note_id, who))
        else:
            program.notes.withdraw(note_id, who)
            readers = paper.now.readers - chosen - self.model.gone(label)
            paper.become(paper.now._replace(readers=readers))
        self.look(quiet)

    @rule(pick=PICK, which=PICK, quiet=st.booleans())
    def delete(self, pick: int, which: int, quiet: bool) -> None:
        label, program = self.somebody(pick)
        own = self.model.own(label)
        if not own:
            return
        note_id = self.one(own, which)
        program.notes.delete(note_id)
        self.model.delete(note_id)
        with pytest.raises(NotFound):
            program.notes.get(note_id)
        self.look(quiet)

    @rule(pick=PICK, which=PICK)
    def reach_for_anothers(self, pick: int, which: int) -> None:
        label, program = self.somebody(pick)
        others = self.model.others(label)
        if not others:
            return
        note_id = self.one(others, which)
        deeds: list[Callable[[], Any]] = [
            lambda: program.notes.edit(note_id, NoteChange("mine now")),
            lambda: program.notes.share(note_id, "all"),
            lambda: program.notes.withdraw(note_id, "all"),
            lambda: program.notes.delete(note_id),
            lambda: program.notes.history(note_id),
        ]
        for deed in deeds:
            with pytest.raises(NotFound):
                deed()

    # --- drafts -------------------------------------------------------------------------------------

    @rule(pick=PICK, which=PICK, new=st.booleans(), body=WORD, quiet=st.booleans())
    def save_draft(self, pick: int, which: int, new: bool, body: str, quiet: bool) -> None:
        label, program = self.somebody(pick)
        kept = self.sheets(label)
        own = self.model.own(label)
        if kept and not new:
            draft_id = self.one(kept, which)
            sheet = self.model.sheets[draft_id]
        else:
            of = self.one([None, *own], which)
            draft_id = ""
            state = self.model.papers[of].now if of else State("", "", (), None, frozenset({label}))
            sheet = Sheet(label, of, state)
        sheet = replace(sheet, state=sheet.state._replace(body=body))
        saved = program.drafts.save(self.draft(draft_id, sheet, program))
        self.model.sheets[saved.id] = sheet
        self.look(quiet)

    @rule(pick=PICK, which=PICK, body=WORD, quiet=st.booleans())
    def finish_draft(self, pick: int, which: int, body: str, quiet: bool) -> None:
        label, program = self.somebody(pick)
        kept = self.sheets(label)
        if not kept:
            return
        draft_id = self.one(kept, which)
        sheet = self.model.sheets.pop(draft_id)
        state = sheet.state._replace(body=body)
        note = program.drafts.finish(self.draft(draft_id, replace(sheet, state=state), program))
        if sheet.of in self.model.papers:
            assert note.id == sheet.of
            self.model.edit(note.id, state)
        else:
            self.model.papers[note.id] = Paper(label, [state._replace(readers=frozenset({label}))])
        self.look(quiet)

    @rule(pick=PICK, which=PICK, quiet=st.booleans())
    def discard_draft(self, pick: int, which: int, quiet: bool) -> None:
        label, program = self.somebody(pick)
        kept = self.sheets(label)
        if kept:
            draft_id = self.one(kept, which)
            program.drafts.discard(draft_id)
            del self.model.sheets[draft_id]
            self.look(quiet)

    # --- sessions -----------------------------------------------------------------------------------

    @rule(pick=PICK, title=TITLE, quiet=st.booleans())
    def add_session(self, pick: int, title: str, quiet: bool) -> None:
        label, program = self.somebody(pick)
        meetings = self.model.meetings
        if self.model.people[label].role is Role.PARTNER:
            with pytest.raises(Refused):
                program.sessions.add(kind=SessionKind.DOSING, date=DAY)
        elif label == "Lee" and len(meetings) < 4:
            session = program.sessions.add(kind=SessionKind.DOSING, date=DAY, title=title)
            assert session.number == max((m.number for m in meetings.values()), default=0) + 1
            meetings[session.id] = Meeting(session.number, title, self.model.course)
        self.look(quiet)

    @precondition(lambda self: self.model.meetings)
    @rule(which=PICK, number=st.integers(1, 6), title=TITLE, quiet=st.booleans())
    def edit_session(self, which: int, number: int, title: str, quiet: bool) -> None:
        program = self.one(self.programs["Lee"], which)
        meetings = self.model.meetings
        session_id = self.one(list(meetings), which)
        old = meetings[session_id]
        change = SessionChange(number=number, title=title)
        if number != old.number and number in [m.number for m in meetings.values()]:
            with pytest.raises(Refused):
                program.sessions.edit(old.number, change)
        else:
            program.sessions.edit(old.number, change)
            new = Meeting(number, title, old.readers)
            if new != old:
                meetings[session_id] = replace(new, readers=old.readers - self.model.gone("Lee"))
        self.look(quiet)


def _quick_stretch(passphrase: str, salt: bytes, strength: kdf.KdfStrength) -> bytes:
    return hashlib.sha256(passphrase.encode() + salt).digest()


def test_everybody_reads_exactly_what_the_plain_model_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kdf, "stretch", _quick_stretch)
    run_state_machine_as_test(
        Journals,
        settings=settings(
            phases=[Phase.explicit, Phase.generate],
            max_examples=28,
            stateful_step_count=40,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
