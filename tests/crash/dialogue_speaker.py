"""Two partners speak and are killed: at a step right after it is kept, or somewhere within keeping the page.

Run as a script. Each line on stdin is a job, for which a process is forked; when all are dead, it ends.
"""

import json
import os
import signal
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from kapjournal import clock
from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.dialogue import Dialogue, Step
from kapjournal.domain.dialogue_page import KeptPage
from kapjournal.domain.ids import MemberId
from kapjournal.journal import Journal
from kapjournal.presentation import dialogue as saying
from kapjournal.store import JournalFile

SENTINEL = "xylophone"
"""A word in every line of the page, and in what was typed at each step."""


@dataclass(frozen=True)
class Job:
    """Which journal, what both doors hold, at which step they die; without one within keeping the page, so
    many seconds after that began."""

    path: str
    memory: str
    held: tuple[tuple[str, str, str], tuple[str, str, str]]
    step: str = ""
    after: float = 0.0

    def to_line(self) -> str:
        """For the stdin of the script."""
        return json.dumps(asdict(self)) + "\n"


def door(job: Job, which: int) -> Journal:
    """The open door of one of the two."""
    first, journal_key, keeper = (bytes.fromhex(part) for part in job.held[which])
    held = Secrets(first, journal_key, MemberId(keeper))
    return Journal(JournalFile(Path(job.path)), held, Path(job.memory))


def speak(job: Job, keeps: int) -> None:
    """Go from step to step until one kills it, or the page is kept."""
    with door(job, 0) as ana, door(job, 1) as ben:
        doors, there = (ana, ben), Dialogue(ana.me.id, ben.me.id, typed=True)
        page = KeptPage().filled({"topic": SENTINEL, "summary-first": f"the {SENTINEL}"}, clock.today())
        while there.step is not Step.APPROVE:
            there = there.on()
            saying.go_on(doors, there)
            if there.step.value == job.step:
                os.kill(os.getpid(), signal.SIGKILL)
        page = page.approved_by(ana.me.id).approved_by(ben.me.id)
        os.write(keeps, b"k")
        saying.keep(doors, there, page)
        os.write(keeps, b"d")
        time.sleep(60)


def main() -> None:
    """Fork for each job, and kill what does not die by itself."""
    for line in sys.stdin:
        given = json.loads(line)
        job = Job(**{**given, "held": tuple(tuple(one) for one in given["held"])})
        told, keeps = os.pipe()
        if (pid := os.fork()) == 0:
            os.close(told)
            speak(job, keeps)
            os._exit(1)
        os.close(keeps)
        said = os.read(told, 1)
        if said:
            time.sleep(job.after)
            os.kill(pid, signal.SIGKILL)
            said += os.read(told, 1)
        os.close(told)
        _, status = os.waitpid(pid, 0)
        print(json.dumps([said.decode(), os.WTERMSIG(status)]), flush=True)


if __name__ == "__main__":
    main()
