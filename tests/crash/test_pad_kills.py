"""A program that is killed in the middle of the dose pad has lost no line that it stamped."""

import random
import subprocess
import sys
import time
from pathlib import Path

from kapjournal import clock
from kapjournal.domain.forms import About
from kapjournal.domain.records import SessionNamed
from kapjournal.journal import Journal
from kapjournal.store import JournalFile
from tests.crash import pad_writer
from tests.internals import finding_sentences, vault_of
from tests.journal.practices import practice

KILLS = 10
ROOT = Path(pad_writer.__file__).parents[2]


def test_killed_at_any_moment_of_a_dosing_session(tmp_path: Path) -> None:
    made = practice(tmp_path)
    case, path, memory, held = made.couple(), made.path, made.folder / "memory", vault_of(made.lee).secrets
    made.close()
    rng, stamped = random.Random(11), [-1]
    opens = (held.first.hex(), held.journal_key.hex(), held.keeper.hex())
    for _ in range(KILLS):
        told = (str(path), str(memory), *opens, case.hex(), str(stamped[-1] + 1))
        command = [sys.executable, pad_writer.__file__, *told]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
            assert running.stdout
            first = running.stdout.readline()
            assert first, "it stamps at least one line"
            time.sleep(rng.uniform(0.0, 0.05))
            running.kill()
            stamped += [int(first), *map(int, running.stdout)]
    with Journal(JournalFile(path), held, memory) as lee:
        assert finding_sentences(lee) == []
        pad = lee.pads.open(case, SessionNamed(3, clock.today()), clock.today()).pad
        found = {int(row.fields["words"]) for whose in (About.FIRST, About.SECOND) for row in pad.rows(whose)}
    assert found >= set(stamped[1:]) and len(stamped) > KILLS
