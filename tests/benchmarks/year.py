"""A year of three people: `python -m tests.benchmarks.year`.

Each week both partners write, change, share and withdraw, the therapist adds a session and an observation,
and the computers' copies are merged at the session. Says what a year leaves in a file and what opening it
costs.
"""

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kapjournal.domain.notes import Draft, NoteText, default_kind
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import NotFound, Refused
from kapjournal.journal import Journal, NewNote, NoteChange
from tests.benchmarks.corpus import notes
from tests.cast import LABELS
from tests.shared_journal import SharedJournal, meet

WEEKS = 52
FIRST = date(2026, 1, 5)
COMPUTERS = {"Dr Lee": ("clinic", "laptop"), "Ana": ("home", "tablet"), "Ben": ("phone",)}


@dataclass
class Year:
    """The copies by whom and where, and what was done."""

    copies: dict[tuple[str, str], SharedJournal]
    rng: random.Random
    acts: int = 0

    def week(self, number: int, fresh: Iterator[NewNote]) -> None:
        """One week of everybody's."""
        day = FIRST + timedelta(weeks=number)
        for label in LABELS:
            for place in COMPUTERS[label]:
                if (label, place) in self.copies:
                    with self.copies[label, place].open(label) as journal:
                        self._write(journal, day, fresh, place == COMPUTERS[label][0])

    def _write(self, journal: Journal, day: date, fresh: Iterator[NewNote], is_first: bool) -> None:
        rng = self.rng
        if journal.me.label == "Dr Lee" and is_first:
            journal.sessions.add(kind=SessionKind.INTEGRATION, date=day)
        for _ in range(rng.randint(1, 4)):
            self._draft(journal, day, next(fresh))
            self.acts += 1
        mine = [note for note in journal.notes.all() if note.author == journal.me.id]
        for note in rng.sample(mine, min(3, len(mine))):
            self.acts += 1
            what = rng.random()
            if what < 0.5:
                journal.notes.edit(note.id, NoteChange(body=next(fresh).body))
            elif what < 0.8:
                with suppress(Refused, NotFound):  # whom a role names differs by who asks
                    journal.notes.share(note.id, rng.choice(("all", "partner", "therapist")))
            elif what < 0.9 and not note.is_private:
                journal.notes.withdraw(note.id, "all")
            elif what > 0.97:
                journal.notes.delete(note.id)

    def _draft(self, journal: Journal, day: date, new: NewNote) -> None:
        """Typed for a while, saved as one types, then finished."""
        kind, draft = default_kind(journal.me.role), None
        for end in (40, 200, 600, len(new.body)):
            text = NoteText(new.body[:end], kind, day, new.title, new.tags)
            draft = journal.drafts.save(Draft(draft.id if draft else "", None, text))
        if draft:
            journal.drafts.finish(draft)

    def meet_up(self) -> None:
        """Everybody's copies come together at the clinic, twice, so that all have all."""
        first, *others = self.copies.items()
        for _ in range(2):
            for (label, _), copy in others:
                with copy.open(label) as journal:
                    journal.copies.merge(first[1].path)


def main() -> None:
    """Simulate and say."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.year", description=__doc__)
    parser.add_argument("--one-file", action="store_true", help="everybody on one computer, nothing to merge")
    one_file = parser.parse_args().one_file
    with tempfile.TemporaryDirectory(prefix="kapjournal-year.") as folder:
        made = meet(Path(folder) / "first")
        places = {(label, place) for label, where in COMPUTERS.items() for place in where}
        copies = {
            who: made
            if one_file or who == ("Dr Lee", "clinic")
            else made.copied(Path(folder) / "-".join(who))
            for who in sorted(places, key=lambda who: who != ("Dr Lee", "clinic"))
        }
        year = Year(copies, random.Random(52))
        fresh = notes(100_000)
        start = time.perf_counter()
        for number in range(WEEKS):
            year.week(number, fresh)
            if not one_file:
                year.meet_up()
        print(f"{year.acts:,} acts of {len(copies)} computers in {time.perf_counter() - start:.0f} s")
        for who, copy in copies.items():
            _say(who, copy)
            if one_file:
                break


def _say(who: tuple[str, str], copy: SharedJournal) -> None:
    label, place = who
    with closing(sqlite3.connect(copy.path)) as database:
        lengths = [length for (length,) in database.execute("SELECT length(sealed) FROM envelope")]
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        with copy.open(label) as journal:
            count, found = len(journal.notes.all()), len(journal.findings)
            taken.append(time.perf_counter() - start)
    dropped = [length for length in lengths if length < 1000]
    print(
        f"{label}, {place}: {count:,} notes, {len(lengths) - len(dropped):,} rows stand, {len(dropped):,} "
        f"are dropped ({sum(dropped) / 1e6:.1f} MB), file {copy.path.stat().st_size / 1e6:.1f} MB, "
        f"opens in {statistics.median(taken) * 1000:.0f} ms, findings {found}"
    )


if __name__ == "__main__":
    main()
