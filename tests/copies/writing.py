"""What people write: notes, drafts, the course and whom they compared their digits with."""

import datetime as dt
import random
from dataclasses import replace

from kapjournal.domain.notes import Draft, NoteText, default_kind
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import Refused
from kapjournal.journal import Journal, NewNote, NoteChange, SessionChange
from tests.cast import LABELS

from .acting import Acting, done, new_rows
from .computers import Computer
from .fate import Fate
from .ledger import readers_of_all, standing

DAY = dt.date(2026, 3, 1)


class Writing(Acting):
    """Acts of one person at one computer, each with what it promises."""

    # --- notes ------------------------------------------------------------------------------------------

    def write(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng)
        with self.acting(computer, rng) as program:
            others = [label for label in LABELS if label != computer.label]
            readers = rng.sample(others, rng.randint(0, 2))
            words, before = self.words(), computer.rows()
            self.ledger.meant(words, {computer.label, *readers})
            note = self.act(
                computer, program, lambda: program.notes.add(NewNote(words, share=",".join(readers))), fate
            )
            if note is not None:
                self.ledger.saved(program, note, new_rows(before, computer))

    def edit(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng)
        with self.acting(computer, rng) as program:
            note = self.own_note(computer, program, rng)
            if note is None:
                return
            words, before = self.words(), computer.rows()
            meant = readers_of_all(program, note.id)
            self.ledger.meant(words, meant)
            after = self.act(computer, program, lambda: program.notes.edit(note.id, NoteChange(words)), fate)
            if after is not None:
                assert {program.members.label_of(reader) for reader in after.readers} == meant
                self.ledger.saved(program, after, new_rows(before, computer))

    def share(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng)
        with self.acting(computer, rng) as program:
            note = self.own_note(computer, program, rng)
            if note is None or note.beside:
                return
            with_whom = rng.choice([label for label in LABELS if label != computer.label])
            before = computer.rows()
            stood = standing(program, note.id)
            for one in stood:
                self.ledger.meant(one.words, {*one.readers, with_whom})
            self.ledger.shared(note, [with_whom], before)  # also if it is killed: it may be committed
            try:
                after = self.act(computer, program, lambda: program.notes.share(note.id, with_whom), fate)
            except Refused:
                return
            if after is not None:
                self.ledger.saved(program, after, new_rows(before, computer))

    def withdraw(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng)
        with self.acting(computer, rng) as program:
            note = self.own_note(computer, program, rng)
            if note is None or note.is_private:
                return
            readers = sorted(program.members.label_of(one) for one in note.readers - {note.author})
            whom = rng.choice(readers)
            before = computer.rows()
            after = self.act(computer, program, lambda: program.notes.withdraw(note.id, whom), fate)
            new = new_rows(before, computer)
            if after is not None:
                self.ledger.saved(program, after, new)
            if after is not None or (new and program not in computer.programs):
                self.ledger.withdrawn(note, [whom], frozenset(new))

    def delete(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng)
        with self.acting(computer, rng) as program:
            note = self.own_note(computer, program, rng)
            if note is None:
                return
            before = computer.rows()
            self.act(computer, program, done(lambda: program.notes.delete(note.id)), fate)
            new = new_rows(before, computer)
            if new:
                self.ledger.deleted(note.id, before, frozenset(new))

    # --- drafts -----------------------------------------------------------------------------------------

    def save_draft(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng)
        with self.acting(computer, rng) as program:
            program.refresh()
            words, known = self.words(), program.drafts.all()
            draft = rng.choice(known) if known and rng.random() < 0.5 else self._new_draft(computer, rng)
            draft = replace(draft, text=replace(draft.text, body=words))
            before = computer.rows()
            saved = self.act(computer, program, lambda: program.drafts.save(draft), fate)
            if saved is not None:
                self.ledger.drafts_of[saved.id] = computer.label
                rows = self.ledger.drafts.setdefault(saved.id, {})
                rows |= dict.fromkeys(new_rows(before, computer), words)

    def end_draft(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng)
        with self.acting(computer, rng) as program:
            program.refresh()
            known = program.drafts.all()
            if not known:
                return
            draft, before = rng.choice(known), computer.rows()
            if rng.random() < 0.3:
                self.act(computer, program, done(lambda: program.drafts.discard(draft.id)), fate)
            else:
                self._finish(computer, program, draft, fate)
            after = computer.rows()
            rows = self.ledger.drafts.get(draft.id, {})
            for row in before.keys() & rows.keys():
                if not after.get(row, False):
                    del rows[row]

    def _finish(self, computer: Computer, program: Journal, draft: Draft, fate: Fate) -> None:
        words, before = self.words(), computer.rows()
        finished = replace(draft, text=replace(draft.text, body=words))
        stood = standing(program, draft.of)
        readers = {program.members.label_of(one) for one in draft.readers} | {computer.label}
        meant = readers_of_all(program, draft.of) if stood else readers
        self.ledger.meant(words, meant)
        note = self.act(computer, program, lambda: program.drafts.finish(finished), fate)
        if note is None:
            return
        self.ledger.saved(program, note, new_rows(before, computer))
        assert {program.members.label_of(one) for one in note.readers_of_a_save} == meant
        seen = {self.ledger.words_of[one] for one in draft.replaces if one in self.ledger.words_of}
        unseen = [one for one in stood if one.envelope not in draft.replaces and draft.replaces]
        now = computer.rows()
        dropped = [one for one in unseen if not now[one.row] and one.words not in seen]
        assert not dropped, "a save dropped words that its author had not seen"

    def _new_draft(self, computer: Computer, rng: random.Random) -> Draft:
        program = computer.programs[0]
        me = program.me
        note = self.own_note(computer, program, rng) if rng.random() < 0.6 else None
        if note is not None:
            self.ledger.words_of |= {one.envelope: one.words for one in standing(program, note.id)}
            return Draft("", note.id, note.text, note.readers, (0, 0), None, note.versions)
        others = [program.members.get(label).id for label in LABELS if label != me.label]
        readers = frozenset({me.id, *rng.sample(others, rng.randint(0, 2))})
        return Draft("", None, NoteText("", default_kind(me.role), DAY), readers)

    # --- the course and the people ----------------------------------------------------------------------

    def add_session(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng, "Dr Lee")
        with self.acting(computer, rng) as program:
            title, before = self.words(), computer.rows()
            session = self.act(
                computer,
                program,
                lambda: program.sessions.add(kind=SessionKind.DOSING, date=DAY, title=title),
                fate,
            )
            if session is not None:
                self.ledger.sessions[session.id] = ({title}, frozenset(new_rows(before, computer)))

    def edit_session(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng, "Dr Lee")
        with self.acting(computer, rng) as program:
            program.refresh()
            sessions = program.sessions.all()
            if not sessions:
                return
            number, title = rng.choice(sessions).number, self.words()
            known = program.sessions.get(number).id
            if known in self.ledger.sessions:
                self.ledger.sessions[known][0].add(title)
            self.act(
                computer, program, lambda: program.sessions.edit(number, SessionChange(title=title)), fate
            )

    def plan(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng, "Dr Lee")
        with self.acting(computer, rng) as program:
            count = rng.randint(1, 30)
            self.ledger.plans.add(count)
            self.act(computer, program, done(lambda: program.sessions.plan(count)), fate)

    def verify(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng)
        with self.acting(computer, rng) as program:
            whom = rng.choice([label for label in LABELS if label != computer.label])
            before = computer.rows()
            compared = self.act(computer, program, done(lambda: program.members.mark_verified(whom)), fate)
            if compared:
                self.ledger.verified.append((computer.label, whom, frozenset(new_rows(before, computer))))
