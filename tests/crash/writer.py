"""A warm process that forks writers: killing one then costs milliseconds, not the second its imports take.

Run as a script. Each line on stdin is a job, for which a writer is forked. It reports through the job's FIFO,
one JSON list a line, each only once what it says is true:

    ["pid", 123]                                  first of all
    ["found", sentence, ...]                      what was amiss at opening; nothing if all was well
    ["saved", note id, serial, digest of body]    after every save of a note, and ["draft", ...] of a draft
    ["ended", how]                                unless it was killed
"""

import hashlib
import itertools
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from kapjournal import clock, signals
from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Draft, NoteKind, NoteText, default_kind
from kapjournal.journal import Journal, NewNote, NoteChange
from kapjournal.store import JournalFile
from tests.internals import finding_sentences

Report = Callable[..., None]

_LETTERS = "abcdefgh æøå\n"
_LENGTHS = (40, 1200, 9000)


@dataclass(frozen=True)
class Job:
    """What a writer is to do. `saves` 0 means until it is killed; `die_at` that it kills itself right after
    that many reported saves; `watched` that signals end it as they end a command."""

    fifo: str
    path: str
    memory: str
    held: tuple[str, str, str]
    seed: int
    saves: int = 0
    die_at: int = 0
    watched: bool = False

    def to_line(self) -> str:
        """For the stdin of the warm process."""
        return json.dumps(asdict(self)) + "\n"


def body_of(rng: random.Random, serial: int) -> str:
    """A body that says itself whether it is whole: its second line is the digest of all but that line."""
    words = "".join(rng.choices(_LETTERS, k=rng.choice(_LENGTHS)))
    return f"{serial}\n{digest_of(f'{serial}{words}')}\n{words}"


def is_whole(body: str) -> bool:
    """Whether a body is to the letter one that a writer made."""
    serial, digest, words = body.split("\n", 2)
    return digest == digest_of(serial + words)


def serial_of(body: str) -> int:
    """When, among all saves, a body was made."""
    return int(body.split("\n", 1)[0])


def digest_of(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def write(journal: Journal, rng: random.Random, saves: int, report: Report) -> None:
    """Save in a loop, in every way there is, and report each save once it came back."""
    kind = default_kind(journal.me.role)
    mine: list[str] = []
    draft_id = ""
    for _ in range(saves) if saves else itertools.count():
        body = body_of(rng, time.time_ns())
        what = rng.random() if mine else 0.0
        if 0.75 < what < 0.85:
            draft_id = journal.drafts.save(draft_of(draft_id, body, kind)).id
            report("draft", draft_id, serial_of(body), digest_of(body))
            continue
        if what < 0.5:
            note = journal.notes.add(NewNote(body, title="so", share=rng.choice(["", "", "all", "partner"])))
            mine.append(note.id)
        elif what < 0.75:
            note = journal.notes.edit(rng.choice(mine), NoteChange(body=body))
        else:
            note = journal.notes.get(rng.choice(mine))
            note = (
                journal.notes.share(note.id, "all")
                if note.is_private
                else journal.notes.withdraw(note.id, "all")
            )
            body = note.text.body
        report("saved", note.id, serial_of(body), digest_of(body))


def draft_of(draft_id: str, body: str, kind: NoteKind) -> Draft:
    """A draft of a new note."""
    return Draft(draft_id, None, NoteText(body, kind, clock.today()))


def carry_out(job: Job) -> None:
    """Be one writer."""
    fifo = os.open(job.fifo, os.O_WRONLY)
    reported = 0

    def report(*line: object) -> None:
        nonlocal reported
        os.write(fifo, (json.dumps(line) + "\n").encode())
        reported += line[0] in ("saved", "draft")
        if reported and reported == job.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    report("pid", os.getpid())
    first, journal_key, keeper = (bytes.fromhex(part) for part in job.held)
    held = Secrets(first, journal_key, MemberId(keeper))
    try:
        with Journal(JournalFile(Path(job.path)), held, Path(job.memory)) as journal:
            report("found", *finding_sentences(journal))
            if job.watched:
                with signals.handled():
                    write(journal, random.Random(job.seed), job.saves, report)
            else:
                write(journal, random.Random(job.seed), job.saves, report)
    except signals.StopRequested as stopped:
        report("ended", stopped.exit_code)
    except Exception as error:  # noqa: BLE001 - whatever it was, the test is to hear of it
        report("ended", repr(error))
    else:
        report("ended", 0)


def serve() -> None:
    """Fork a writer for every job on stdin."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it would go unheard, and a writer on for ever
    for line in sys.stdin:
        job = json.loads(line)
        if os.fork() == 0:
            carry_out(Job(**{**job, "held": tuple(job["held"])}))
            os._exit(0)


if __name__ == "__main__":
    serve()
