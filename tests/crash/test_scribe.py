"""Typing for somebody, cut off at any moment: what was sealed arrives, and arrives once."""

import json
import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from tests.attached import part_rows
from tests.shared_journal import SharedJournal

KILLS = 12


Report = Callable[[str, str], object]
"""What was done, and the words it was done with."""


def killed_meanwhile(work: Callable[[Report], object], after: float) -> list[tuple[str, str]]:
    """Do some work in a process that is killed after some seconds; what it had reported by then."""
    out, into = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(out)
        with suppress(BaseException):
            work(lambda *said: os.write(into, (json.dumps(said) + "\n").encode()))
        os._exit(1)
    os.close(into)
    with os.fdopen(out) as lines:
        first = lines.readline()
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
        said = [first, *lines]
    os.waitpid(pid, 0)
    return [(what, words) for what, words in (json.loads(line) for line in said if line.endswith("\n"))]


@pytest.mark.parametrize("seed", range(2))
def test_killed_while_typing_or_handing_over(shared: SharedJournal, seed: int) -> None:
    rng = random.Random(seed)
    handed: set[str] = set()
    for kill in range(KILLS):

        def type_on(report: Report, kill: int = kill) -> None:
            lee = shared.open("Dr Lee")
            report("open", "")
            number = 0
            while True:
                number += 1
                page = lee.scribe.begin("Ana")
                for length in range(1, 4):
                    words = f"{kill} {number} " + "hallway " * length
                    page = lee.scribe.save(replace(page, words=words))
                    report("saved", words)
                lee.scribe.hand_over(replace(page, words=words))
                report("handed", words)

        said = killed_meanwhile(type_on, rng.uniform(0.0, 0.15))
        handed |= {words for done, words in said if done == "handed"}
        what, last = said[-1]
        with shared.open("Dr Lee") as lee:
            assert lee.drafts.all() == [] == lee.notes.all()
            lee.scribe.hand_over_left()
        with shared.open("Ana") as ana:
            bodies = [note.text.body for note in ana.notes.all()]
        assert len(set(bodies)) == len(bodies), "nothing twice"
        assert handed <= set(bodies)
        if what == "saved":
            begun = " ".join(last.split(" ")[:2])
            [arrived] = [body for body in bodies if body.startswith(begun + " ")]
            assert len(arrived) >= len(last), "what was said to be saved, or more"
    shared.open("Dr Lee").close()
    assert [sealed for sealed in part_rows(shared.path).values() if sealed[:1] == b"\2"] == []
    shared.assert_whole()


def test_killed_while_it_is_taken_in(shared: SharedJournal) -> None:
    rng = random.Random(3)
    sent: set[str] = set()
    for number in range(KILLS):
        with shared.open("Dr Lee") as lee:
            for each in range(3):
                sent.add(words := f"{number} {each} hallway")
                lee.scribe.hand_over(replace(lee.scribe.begin("Ana"), words=words))

        def open_hers(report: Report) -> None:
            report("open", "")
            shared.open("Ana")
            signal.pause()

        killed_meanwhile(open_hers, rng.uniform(0.0, 0.12))
        with shared.open("Ana") as ana:
            assert sorted(note.text.body for note in ana.notes.all()) == sorted(sent)
    shared.open("Dr Lee").close()
    shared.assert_whole()
