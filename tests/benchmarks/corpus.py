"""Journals to measure: one of a single person, and one of three who share a part of what they write."""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import accumulate
from pathlib import Path

from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, NewNote, create
from tests.cast import LABELS, PASSPHRASES
from tests.internals import vault_of
from tests.shared_journal import SharedJournal, meet

WORDS_A_NOTE = 200
RARE = "zephyrous"
"""Stands in one note of five hundred."""

_SHARES = (["", "all", "partner"], [60, 25, 15])
"""Who may read a note besides its author, and in how many notes of a hundred."""


@cache
def vocabulary() -> list[str]:
    """8,000 made-up words, the frequent ones first."""
    rng = random.Random(8)
    return ["".join(rng.choices("etaoinshrdlucmfw", k=rng.randint(2, 10))) for _ in range(8000)]


def notes(count: int, seed: int = 0) -> Iterator[NewNote]:
    """Notes of 200 words, drawn as words are in a language: the n-th most frequent 1/n as often."""
    rng = random.Random(seed)
    words = vocabulary()
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    for number in range(count):
        drawn = rng.choices(words, cum_weights=weights, k=WORDS_A_NOTE)
        if number % 500 == 100:
            drawn[7] = RARE
        yield NewNote(" ".join(drawn), title=" ".join(drawn[:4]), tags=(drawn[5],))


def alone(folder: Path, count: int) -> SharedJournal:
    """A therapist by herself, with all the notes."""
    path, memory = folder / "alone.kap", folder / "alone"
    journal, _ = create(
        path,
        label="Dr Lee",
        role=Role.THERAPIST,
        passphrase=PASSPHRASES["Dr Lee"],
        strength=FLOOR,
        record_folder=memory,
    )
    with journal:
        journal.notes.add_many(notes(count))
        held = Secrets(
            vault_of(journal).secrets.first,
            vault_of(journal).secrets.journal_key,
            vault_of(journal).secrets.keeper,
        )
    return SharedJournal(path, memory, {"Dr Lee": held})


def together(folder: Path, count: int) -> SharedJournal:
    """The three, with a third of the notes each: 60 of 100 private, 25 for all, 15 for the partner alone (a
    therapist shares these with both partners)."""
    shared = meet(folder / "together")
    rng = random.Random(3)
    for seed, label in enumerate(LABELS):
        with shared.open(label) as journal:
            share = iter(rng.choices(*_SHARES, k=count))
            journal.notes.add_many(
                replace(note, share=next(share)) for note in notes(count // len(LABELS), seed)
            )
    for label in LABELS:
        shared.open(label).close()
    return shared
