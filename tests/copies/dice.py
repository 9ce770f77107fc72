"""A long history by weighted dice."""

import random
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from .computers import Met
from .fate import Computers, Fate
from .six import Six

ACTS: tuple[tuple[str, float], ...] = (
    ("write", 6),
    ("edit", 14),
    ("share", 5),
    ("withdraw", 5),
    ("delete", 3),
    ("save_draft", 5),
    ("end_draft", 4),
    ("add_session", 2),
    ("edit_session", 3),
    ("plan", 2),
    ("verify", 1),
    ("merge", 15),
    ("replay", 2),
    ("look_anew", 4),
)
MISHAPS: tuple[tuple[str, float], ...] = (("back_up", 3), ("forget", 1))
DISASTERS: tuple[tuple[str, float], ...] = (("restore", 5), ("clone", 1))


def fate_of(rng: random.Random) -> Fate:
    """Three times in four a program is left in peace."""
    if rng.random() < 0.75:
        return Fate()
    return Fate(rng.randrange(12) if rng.random() < 0.8 else rng.randrange(80), disk=rng.random() < 0.3)


def run(
    met: Met, seed: int, steps: int, counts: Counter[str], trace: Callable[[str], None] | None = None
) -> None:
    """One history; an `AssertionError` where a promise was broken."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(dir=met.folder.parent) as name, Computers().running() as computers:
        six = Six(met, Path(name), computers, counts)
        acts = (*ACTS, *MISHAPS, *(DISASTERS if rng.random() < 0.5 else ()))
        names, weights = zip(*acts, strict=True)
        try:
            for _ in range(steps):
                act = rng.choices(names, weights)[0]
                if trace is not None:
                    trace(act)
                deed = getattr(six, act)
                if act in dict(ACTS):
                    deed(rng, fate_of(rng))
                else:
                    deed(rng)
            six.rest()
            counts["runs"] += 1
            counts["runs in which nothing was destroyed"] += not six.ledger.destroyed
        finally:
            six.shut_down()
