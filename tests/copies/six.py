"""Everything that can be done with six computers, each act drawn from dice, and what it promises."""

import datetime as dt
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from kapjournal.domain.findings import Severity
from kapjournal.domain.notes import Draft, Note, NoteText, default_kind
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import CannotSave, KapjournalError
from kapjournal.journal import Journal, NewNote, NoteChange, SessionChange
from tests.cast import LABELS
from tests.internals import vault_of

from .computers import Backup, Computer, Met, rows_of
from .fate import Computers, Fate, Killed
from .ledger import Ledger, readers_of_all, standing
from .rest import Rest

DAY = dt.date(2026, 3, 1)
_T = TypeVar("_T")


class Six:
    """The six computers, what was promised, and the acts. `counts` is kept by kind of act."""

    def __init__(self, met: Met, folder: Path, all_computers: Computers, counts: Counter[str]) -> None:
        self.all = all_computers
        self.counts = counts
        self.computers = met.computers(folder)
        self.ledger = Ledger()
        self.folder = folder
        self._words = 0
        for computer in self.computers:
            computer.program()
            self.took_in(computer)

    # --- how an act is done ------------------------------------------------------------------------------

    def one(self, rng: random.Random, label: str | None = None) -> Computer:
        return rng.choice([computer for computer in self.computers if label in (None, computer.label)])

    def words(self) -> str:
        self._words += 1
        return f"w{self._words}."

    def took_in(self, computer: Computer) -> None:
        """What a computer's program has looked at and saved, its memory has taken account of."""
        rows = computer.rows()
        self.ledger.add(rows)
        for row, stands in rows.items():
            computer.remembered[row] = stands and computer.remembered.get(row, True)

    @contextmanager
    def acting(self, computer: Computer, rng: random.Random) -> Iterator[Journal]:
        """One of a computer's programs, with its clock."""
        self.all.skew = dt.timedelta(seconds=(-40, 40)[computer.number - 1] if rng.random() < 0.5 else 0)
        program = computer.program(rng.choice([0, 0, 0, 1]))
        yield program

    def act(
        self,
        computer: Computer,
        program: Journal,
        deed: Callable[[], _T],
        fate: Fate,
        *others: Path,
    ) -> _T | None:
        """Let a program do something; None if it was stopped before it could acknowledge."""
        fresh = set(vault_of(program).envelopes.fresh_drafts)
        paths = (computer.path, *others)
        before = [rows_of(path) for path in paths]
        result, self.all.fate = None, fate
        try:
            result = deed()
            self.counts["acts"] += 1
        except Killed:
            self.counts["kills"] += 1
            computer.killed(program)
        except CannotSave:
            self.counts["cut off by the disk"] += 1
        finally:
            self.all.fate = Fate()
        after = [rows_of(path) for path in paths]
        if result is None and program in computer.programs:
            fresh |= vault_of(program).envelopes.fresh_drafts
        for old, new in zip(before, after, strict=True):
            self.ledger.changed(old, new, fresh)
        if result is None and after != before:
            self.counts["committed and not acknowledged"] += 1
        if result is not None:
            self.took_in(computer)
            self.look(computer, program)
        return result

    def look(self, computer: Computer, program: Journal) -> None:
        """Nobody is accused, at no moment."""
        for finding in program.findings:
            if finding.severity is Severity.NOTICE:
                is_copied = finding.kind.value == "copy-went-on"
                assert self.ledger.cloned or not is_copied, (str(computer), finding)
                continue
            alarm = finding.kind.value.endswith(("-rolled-back", "-absent"))
            assert self.ledger.destroyed and alarm, (str(computer), finding)

    def own_note(self, computer: Computer, program: Journal, rng: random.Random) -> Note | None:
        program.refresh()
        own = [note for note in program.notes.all() if note.author == program.me.id]
        return rng.choice(sorted(own, key=lambda note: note.id)[:4]) if own else None

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
                self.ledger.saved(program, note, _new(before, computer))

    def edit(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng)
        with self.acting(computer, rng) as program:
            note = self.own_note(computer, program, rng)
            if note is None:
                return
            words, before = self.words(), computer.rows()
            meant = readers_of_all(program, note.id)
            self.ledger.meant(words, meant)
            after = self.act(
                computer, program, lambda: program.notes.edit(note.id, NoteChange(words)), fate
            )
            if after is not None:
                assert {program.members.label_of(reader) for reader in after.readers} == meant
                self.ledger.saved(program, after, _new(before, computer))

    def share(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng)
        with self.acting(computer, rng) as program:
            note = self.own_note(computer, program, rng)
            if note is None or note.beside:
                return
            with_whom = rng.choice([label for label in LABELS if label != computer.label])
            before = computer.rows()
            stood = standing(program, note.id)
            for _, words, readers in stood:
                self.ledger.meant(words, {*readers, with_whom})
            self.ledger.shared(note, [with_whom], before)  # also if it is killed: it may be committed
            try:
                after = self.act(computer, program, lambda: program.notes.share(note.id, with_whom), fate)
            except KapjournalError:
                return
            if after is not None:
                self.ledger.saved(program, after, _new(before, computer))

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
            new = _new(before, computer)
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
            self.act(computer, program, lambda: program.notes.delete(note.id) or True, fate)
            new = _new(before, computer)
            if new:
                self.ledger.deleted(note.id, before, frozenset(new))

    # --- drafts -----------------------------------------------------------------------------------------

    def save_draft(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng)
        with self.acting(computer, rng) as program:
            program.refresh()
            words, known = self.words(), program.drafts.all()
            draft = rng.choice(known) if known and rng.random() < 0.5 else self._new_draft(computer, program, rng)
            draft = Draft(draft.id, draft.of, _saying(draft.text, words), draft.readers, (0, 0), None, draft.replaces)
            before = computer.rows()
            saved = self.act(computer, program, lambda: program.drafts.save(draft), fate)
            if saved is not None:
                self.ledger.drafts_of[saved.id] = computer.label
                rows = self.ledger.drafts.setdefault(saved.id, {})
                rows |= dict.fromkeys(_new(before, computer), words)

    def end_draft(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng)
        with self.acting(computer, rng) as program:
            program.refresh()
            known = program.drafts.all()
            if not known:
                return
            draft, before = rng.choice(known), computer.rows()
            if rng.random() < 0.3:
                self.act(computer, program, lambda: program.drafts.discard(draft.id) or True, fate)
            else:
                words = self.words()
                finished = Draft(draft.id, draft.of, _saying(draft.text, words), draft.readers, (0, 0), None, draft.replaces)
                self.ledger.meant(words, {program.members.label_of(one) for one in draft.readers})
                note = self.act(computer, program, lambda: program.drafts.finish(finished), fate)
                if note is not None:
                    self.ledger.saved(program, note, _new(before, computer))
            after = computer.rows()
            rows = self.ledger.drafts.get(draft.id, {})
            for row in before.keys() & rows.keys():
                if not after.get(row, False):
                    del rows[row]

    def _new_draft(self, computer: Computer, program: Journal, rng: random.Random) -> Draft:
        me = program.me
        note = self.own_note(computer, program, rng) if rng.random() < 0.6 else None
        if note is not None:
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
                self.ledger.sessions[session.id] = ({title}, frozenset(_new(before, computer)))

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
            self.act(computer, program, lambda: program.sessions.plan(count) or True, fate)

    def verify(self, rng: random.Random, fate: Fate) -> None:
        computer = self.one(rng)
        with self.acting(computer, rng) as program:
            whom = rng.choice([label for label in LABELS if label != computer.label])
            before = computer.rows()
            done = self.act(computer, program, lambda: program.members.mark_verified(whom) or True, fate)
            if done:
                self.ledger.verified.append((computer.label, whom, frozenset(_new(before, computer))))

    # --- copies -----------------------------------------------------------------------------------------

    def merge(self, rng: random.Random, fate: Fate) -> None:
        """Any two computers' files, by either."""
        computer = self.one(rng)
        others = [one for one in self.computers if one is not computer]
        near = [one for one in others if one.label == computer.label]
        other = rng.choice(near if rng.random() < 0.4 else others)
        with self.acting(computer, rng) as program:
            self.counts["merges"] += 1
            self.act(computer, program, lambda: program.copies.merge(other.path), fate, other.path)

    def replay(self, rng: random.Random, fate: Fate) -> None:
        """An old backup, of whatever computer, is merged with."""
        computer, backup = self.one(rng), self._backup(rng)
        if backup is None:
            return
        old = self.folder / "old copy.kap"
        shutil.copy(backup.path, old)
        with self.acting(computer, rng) as program:
            self.counts["merges with a backup"] += 1
            self.act(computer, program, lambda: program.copies.merge(old), fate)
        old.unlink()

    def look_anew(self, rng: random.Random, fate: Fate) -> None:
        """A program takes in what others wrote; or all of a computer's are closed and one is opened."""
        computer = self.one(rng)
        if rng.random() < 0.5:
            with self.acting(computer, rng) as program:
                self.act(computer, program, lambda: program.refresh() or True, fate)
            return
        computer.shut_down()
        self.counts["opened anew"] += 1
        before, self.all.fate = computer.rows(), fate
        try:
            program = computer.program()
            self.all.fate = Fate()
            self.took_in(computer)
            self.look(computer, program)
        except Killed:
            self.counts["kills"] += 1
        finally:
            self.all.fate = Fate()
        self.ledger.changed(before, computer.rows())

    # --- what goes wrong --------------------------------------------------------------------------------

    def back_up(self, rng: random.Random) -> None:
        computer = self.one(rng)
        computer.program().refresh()
        self.took_in(computer)
        computer.back_up()

    def restore(self, rng: random.Random) -> None:
        """A computer gets an old file of its own; its memory is kept, restored with it, or gone."""
        having = [computer for computer in self.computers if computer.backups]
        if not having:
            return
        computer = rng.choice(having)
        backup = rng.choice(computer.backups)
        how = rng.choice(["kept", "restored", "gone"])
        self.counts[f"restores, memory {how}"] += 1
        computer.put_in_place(backup.path, None if how == "kept" else backup.memory)
        if how == "restored":
            computer.remembered = dict(backup.remembered)
        elif how == "gone":
            shutil.rmtree(computer.memory, ignore_errors=True)
            computer.remembered = {}
        self._destroyed(computer, cloned=how == "restored")

    def clone(self, rng: random.Random) -> None:
        """One computer of a person becomes as the other is, memory and all."""
        label = rng.choice(LABELS)
        source, target = rng.sample([one for one in self.computers if one.label == label], 2)
        self.counts["clones"] += 1
        source.shut_down()
        target.put_in_place(source.path, source.memory)
        target.remembered = dict(source.remembered)
        self._destroyed(target, cloned=True)

    def forget(self, rng: random.Random) -> None:
        """The power fails before what a computer remembers is on its disk: nothing was promised of that."""
        computer = self.one(rng)
        computer.shut_down()
        shutil.rmtree(computer.memory, ignore_errors=True)
        computer.remembered = {}
        self.counts["memories lost"] += 1
        self.look(computer, computer.program())
        self.took_in(computer)

    def _destroyed(self, computer: Computer, *, cloned: bool) -> None:
        self.ledger.some_was_destroyed(self.computers, cloned=cloned)
        self.look(computer, computer.program())
        self.took_in(computer)

    def _backup(self, rng: random.Random) -> Backup | None:
        backups = [backup for computer in self.computers for backup in computer.backups]
        return rng.choice(backups) if backups else None

    # --- rest -------------------------------------------------------------------------------------------

    def rest(self) -> None:
        """Everything is merged with everything until nothing changes; then all promises are looked at."""
        self.all.skew = dt.timedelta()
        Rest(self.computers, self.ledger, self.counts).check()

    def shut_down(self) -> None:
        for computer in self.computers:
            computer.shut_down()


def _saying(text: NoteText, words: str) -> NoteText:
    return NoteText(words, text.kind, text.date, text.title, text.tags, text.session)


def _new(before: dict[bytes, bool], computer: Computer) -> dict[bytes, bool]:
    return {row: stands for row, stands in computer.rows().items() if row not in before}
