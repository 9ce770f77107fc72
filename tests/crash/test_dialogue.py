"""A dialogue that is killed goes on at its step; its page is kept by both to the letter, or by nobody."""

import json
import random
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from kapjournal.domain.dialogue import STEPS, Step, draft_of
from kapjournal.domain.joint import Standing
from kapjournal.journal import Journal
from kapjournal.presentation import dialogue as saying
from tests.crash import dialogue_speaker
from tests.crash.dialogue_speaker import SENTINEL, Job
from tests.internals import vault_of
from tests.shared_journal import SharedJournal

KILLS = 40
_NAMES = ("Ana", "Ben")


def carried_out(jobs: Iterable[Job]) -> list[tuple[str, int]]:
    """How far each came, and by which signal it died."""
    ran = subprocess.run(
        [sys.executable, dialogue_speaker.__file__],
        input="".join(job.to_line() for job in jobs),
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(dialogue_speaker.__file__).parents[2],
    )
    return [tuple(json.loads(line)) for line in ran.stdout.splitlines()]


def job(shared: SharedJournal, step: str = "", after: float = 0.0) -> Job:
    first, second = (
        (held.first.hex(), held.journal_key.hex(), held.keeper.hex())
        for held in (shared.held[label] for label in _NAMES)
    )
    return Job(str(shared.path), str(shared.memory), (first, second), step, after)


def decrypted(journal: Journal) -> bytes:
    """All that a door has a key to."""
    envelopes = vault_of(journal).envelopes
    stored = (*envelopes.current.values(), *envelopes.drafts.values())
    return b"".join(one.version.to_bytes() for one in stored)


def test_killed_at_every_step_it_goes_on_there_and_no_word_was_kept(
    met: SharedJournal, tmp_path: Path
) -> None:
    steps = [step for step in STEPS[1:] if step is not Step.THANKS]
    copies = [met.copied(tmp_path / step.value) for step in steps]
    ended = carried_out(job(one, step.value) for one, step in zip(copies, steps, strict=True))
    assert ended == [("", signal.SIGKILL)] * len(steps)
    for one, step in zip(copies, steps, strict=True):
        with one.open("Ana") as ana, one.open("Ben") as ben:
            there = saying.begun((ana, ben))
            assert there.step is (Step.KEEP if step is Step.APPROVE else step)
            assert there.typed and there.first == ana.me.id
            assert saying.begun((ben, ana)) == there, "whoever opens it first"
            found = ana.dialogue_drafts.current()
            assert found is not None and found.step is draft_of(there).step
            assert ben.dialogue_drafts.current() is None
            for journal in (ana, ben):
                assert SENTINEL.encode() not in decrypted(journal) and journal.joints.all() == []
        one.assert_whole()


def test_killed_while_the_page_is_kept_both_have_it_or_nobody(met: SharedJournal, tmp_path: Path) -> None:
    rng = random.Random(7)
    copies = [met.copied(tmp_path / str(number)) for number in range(KILLS)]
    ended = carried_out(job(one, after=rng.uniform(0.0, 0.05)) for one in copies)
    assert {number for _, number in ended} == {signal.SIGKILL}
    for one, (said, _) in zip(copies, ended, strict=True):
        kept = []
        for label in _NAMES:
            with one.open(label) as journal:
                found = journal.joints.all()
                assert [joint.standing for joint in found] in ([], [Standing.HOLDS])
                assert bool(found) == (SENTINEL.encode() in decrypted(journal))
                kept.append([joint.text.fields for joint in found])
        assert kept[0] == kept[1]
        assert kept[0] or said == "k", "what was said to be kept is lost"
        one.assert_whole()
