"""Everything that can be done with six computers: what is written, how copies meet, and what goes wrong."""

import datetime as dt
import random
import shutil

from tests.cast import LABELS

from .acting import done
from .computers import Backup, Computer
from .fate import Fate, Killed
from .rest import Rest
from .writing import Writing


class Six(Writing):
    """The six computers and every act; `rest` brings them together and looks at what was promised."""

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
                self.act(computer, program, done(program.refresh), fate)
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
