"""A therapist's morning with many couples: `python -m tests.benchmarks.practice --couples 200 --notes 500`.

From the practice's open door to the list of couples, until the next session and *new* stand beside each, one
couple's journal, and a search across all. Each beside its floor: reading the same rows and opening the same
envelopes, one journal after the other.
"""

import argparse
import datetime as dt
import hashlib
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.couples import Couple
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal, NewNote, search_across
from kapjournal.presentation.glances import Seen, look
from kapjournal.store import JournalFile
from tests.benchmarks.__main__ import apart, show
from tests.benchmarks.corpus import RARE, notes, vocabulary
from tests.benchmarks.measures import Figure, peak_memory, read_and_open_of
from tests.cast import LABELS, PASSPHRASES, practice_of_lee
from tests.internals import vault_of
from tests.shared_journal import meet

_SHARES = (["", "all", "partner", "therapist"], [45, 25, 10, 20])


@dataclass(frozen=True)
class ManyCouples:
    """A practice on one computer, and what the therapist's door holds."""

    path: Path
    memory: Path
    held: Secrets

    def open(self) -> Journal:
        """Open the practice, whose passphrase was stretched before."""
        return Journal(JournalFile(self.path), self.held, self.memory)


def build(folder: Path, couples: int, count: int) -> ManyCouples:
    """A practice with so many couples, in each journal so many notes of all three, and a session to come."""
    path, memory = folder / "practice.kap", folder / "memory"
    practice = practice_of_lee(path, memory)
    rng = random.Random(5)
    with practice:
        held = vault_of(practice).secrets
        for number in range(couples):
            shared = meet(folder / str(number))
            for seed, label in enumerate(LABELS):
                computer = memory if label == "Dr Lee" else folder / "elsewhere"
                with Journal(JournalFile(shared.path), shared.held[label], computer) as journal:
                    _write(journal, number, list(notes(count // len(LABELS), 3 * number + seed)), rng)
            passphrase = PASSPHRASES["Dr Lee"]
            practice.couples.add(f"Couple {number}", shared.path, label="Dr Lee", passphrase=passphrase)
    return ManyCouples(path, memory, held)


def _write(journal: Journal, number: int, written: list[NewNote], rng: random.Random) -> None:
    """One person's notes, 45 of 100 private; the therapist's session to come."""
    if journal.me.role is Role.THERAPIST:
        day = dt.date.today() + dt.timedelta(days=number % 30)
        journal.sessions.add(kind=SessionKind.DOSING, date=day)
    shares = rng.choices(*_SHARES, k=len(written))
    if journal.me.role is Role.THERAPIST:
        shares = ["partner" if share == "therapist" else share for share in shares]
    journal.notes.add_many(replace(note, share=share) for note, share in zip(written, shares, strict=True))


class _CheapDoor:
    """In the place of Argon2id while the corpus is made: none of its doors is opened with a passphrase."""

    def __init__(self, *, salt: bytes, length: int, **_: object) -> None:
        self._salt, self._length = salt, length

    def derive(self, words: bytes) -> bytes:
        """A key at once."""
        return hashlib.blake2b(words, key=self._salt, digest_size=self._length).digest()


@dataclass
class Taken:
    """Seconds by the clock and of the processor, `of` so many times, or of the floor."""

    clock: float = 0.0
    processor: float = 0.0
    of: int = 1

    def figures(self, name: str, floor: "Taken") -> list[Figure]:
        """Both beside the floor, for one time."""
        return [
            Figure(name, self.clock / self.of, floor.clock / floor.of),
            Figure(f"{name}: processor", self.processor / self.of, floor.processor / floor.of),
        ]

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Add what the block takes."""
        start, processor = time.perf_counter(), time.process_time()
        yield
        self.clock += time.perf_counter() - start
        self.processor += time.process_time() - processor


def _floor(practice: Journal, couples: list[Couple], of: int = 1) -> Taken:
    """Of one journal after the other: reading its rows and opening the bodies this therapist can read."""
    floor = Taken(of=of)
    for couple in couples:
        with practice.open_couple(couple.case) as journal:
            least = read_and_open_of(journal)
        with floor.timed():
            least()
    return floor


def unlocking(many: ManyCouples) -> list[Figure]:
    """From the door to the list: this is when it is painted."""
    with many.open() as practice:
        least = read_and_open_of(practice)
    taken, floor = Taken(of=7), Taken(of=7)
    for _ in range(7):
        with taken.timed():
            practice = many.open()
            practice.couples.all()
        practice.close()
        with floor.timed():
            least()
    return taken.figures("open the practice to the list of couples", floor)


def glancing(many: ManyCouples) -> list[Figure]:
    """The next session and *new* beside each couple, in the background: the first time, again after a lock,
    and once more on coming back from a couple."""
    first, again, back = Taken(), Taken(), Taken()
    seen: Seen = {}
    with many.open() as practice:
        couples = practice.couples.all()
        for taken in (first, again, back):
            if taken is again:
                seen.clear()
            with taken.timed():
                for couple in couples:
                    look(practice, couple, seen)
        memory = peak_memory()
        floor = _floor(practice, couples)
    return [
        *first.figures("look into each couple, the first time", floor),
        *again.figures("look into each couple, after a lock", floor),
        *back.figures("look into each couple, nothing changed", floor),
        Figure("peak memory then", memory, unit="B"),
    ]


def entering(many: ManyCouples) -> list[Figure]:
    """One couple's journal, to the list of its notes."""
    with many.open() as practice:
        couples = practice.couples.all()[:7]
        taken = Taken(of=len(couples))
        for couple in couples:
            with taken.timed():
                journal = practice.open_couple(couple.case)
                journal.notes.all()
            journal.close()
        floor = _floor(practice, couples, of=len(couples))
    return taken.figures("open a couple to the list of notes", floor)


def searching(many: ManyCouples, name: str, query: str) -> list[Figure]:
    """A search across all, and how soon the first couple is searched."""
    taken, first = Taken(), 0.0
    with many.open() as practice:
        couples = practice.couples.all()
        practice.open_couple(couples[0].case).close()  # what is imported once
        start = time.perf_counter()
        with taken.timed():
            for _ in search_across(practice, query, most=10):
                first = first or (time.perf_counter() - start)
        memory = peak_memory()
        floor = _floor(practice, couples)
    return [
        *taken.figures(f"search across for {name}", floor),
        Figure("the first couple of it", first, floor.clock / len(couples)),
        Figure("peak memory then", memory, unit="B"),
    ]


def main() -> None:
    """Build, then measure each in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.practice", description=__doc__)
    parser.add_argument("--couples", type=int, default=20, metavar="N")
    parser.add_argument("--notes", type=int, default=500, metavar="N", help="in each couple's journal")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kapjournal-practice.") as folder:
        start = time.perf_counter()
        with patch("kapjournal.crypto.kdf.Argon2id", _CheapDoor):
            many = build(Path(folder), given.couples, given.notes)
        taken = time.perf_counter() - start
        size = sum(path.stat().st_size for path in Path(folder).glob("*/ours.kap"))
        print(f"{given.couples} couples of {given.notes} notes, {size / 1e6:.0f} MB; made in {taken:.0f} s")
        show(apart(unlocking, many))
        show(apart(glancing, many))
        show(apart(entering, many))
        for name, query in (("a rare word", RARE), ("the commonest word", vocabulary()[0])):
            show(apart(searching, many, name, query))


if __name__ == "__main__":
    main()
