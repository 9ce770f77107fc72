"""Long histories: `python -m tests.copies RUNS STEPS SEED [FOLDER]` prints what was done and how much of it,
every ten runs and at the end; it ends at the first promise that is broken, with the seed that breaks it."""

import gc
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from .computers import FRONTS, Met
from .dice import run


def main(arguments: list[str]) -> int:
    runs, steps, seed = (int(one) for one in (*arguments, "20", "100", "1")[:3])
    parent = arguments[3] if len(arguments) > 3 else None
    broken: list[int] = []
    counts: Counter[str] = Counter()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=parent) as name:
        folder = Path(name, "met")
        folder.mkdir()
        met = Met.at(folder)
        for number in range(seed, seed + runs):
            trace: list[str] = []
            try:
                run(met, number, steps, counts, trace.append)
            except AssertionError:
                broken.append(number)
                traceback.print_exc()
                print(f"broken with {steps} steps and the seed {number}, at step {len(trace)}: {trace[-1:]}")
                break
            FRONTS.clear()
            gc.collect()
            if counts["runs"] % 10 == 0:
                print(time.strftime("%H:%M:%S"), dict(sorted(counts.items())), flush=True)
    print(f"{counts['runs']} runs of {steps} steps in {time.monotonic() - began:.0f} s")
    for kind, count in sorted(counts.items()):
        print(f"{count:8,} {kind}")
    print(f"{len(broken):8,} runs in which a promise was broken: {broken}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
