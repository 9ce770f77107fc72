"""A writer that is killed loses nothing it was told is saved, and leaves nothing half done."""

import os
import random
import signal
import time
from contextlib import suppress

import pytest

from tests.cast import LABELS
from tests.crash.conftest import Running, Warm
from tests.crash.ledger import Ledger
from tests.shared_journal import SharedJournal

KILLS_A_JOURNAL = 20
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def _writes_until_dead(running: Running, label: str, ledger: Ledger) -> list[object]:
    """Keep every report; returns the last word."""
    last: list[object] = []
    for report in running.reports:
        ledger.enter(label, report)
        last = report
    return last


def _after_a_moment(rng: random.Random) -> None:
    """Long enough for a few saves, and to end anywhere within one."""
    time.sleep(rng.uniform(0.0, 0.025))


@pytest.mark.parametrize("journal", range(5))
def test_killed_at_the_moment_an_id_is_printed(shared: SharedJournal, warm: Warm, journal: int) -> None:
    rng, ledger = random.Random(journal), Ledger()
    for _ in range(KILLS_A_JOURNAL):
        label = rng.choice(LABELS)
        running = warm.start(shared, label, die_at=rng.randint(1, 4))
        last = _writes_until_dead(running, label, ledger)
        assert last[0] in ("saved", "draft"), last
    ledger.assert_kept(shared)


@pytest.mark.parametrize("journal", range(5))
def test_killed_at_any_moment(shared: SharedJournal, warm: Warm, journal: int) -> None:
    rng, ledger = random.Random(100 + journal), Ledger()
    for _ in range(KILLS_A_JOURNAL):
        label = rng.choice(LABELS)
        running = warm.start(shared, label)
        _after_a_moment(rng)
        os.kill(running.pid, signal.SIGKILL)
        last = _writes_until_dead(running, label, ledger)
        assert last[:1] != ["ended"], last
    ledger.assert_kept(shared)


@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.parametrize("times", [1, 2], ids=["once", "impatiently"])
def test_told_to_end_at_any_moment(shared: SharedJournal, warm: Warm, name: str, times: int) -> None:
    rng, ledger = random.Random(name), Ledger()
    for _ in range(8):
        label = rng.choice(LABELS)
        running = warm.start(shared, label, watched=True)
        ledger.enter(label, next(running.reports))
        _after_a_moment(rng)
        for _ in range(times):
            if times > 1:
                time.sleep(rng.uniform(0.0, 0.002))
            with suppress(ProcessLookupError):
                os.kill(running.pid, getattr(signal, name))
        last = _writes_until_dead(running, label, ledger)
        if times == 1:
            assert last == ["ended", 128 + getattr(signal, name)]
            assert not shared.path.with_name(shared.path.name + "-wal").exists()
    ledger.assert_kept(shared)


@pytest.mark.parametrize("together", [("Ana", "Ben"), ("Ana", "Ana"), LABELS], ids="-".join)
def test_programs_writing_to_one_file_at_once(
    shared: SharedJournal, warm: Warm, together: tuple[str, ...]
) -> None:
    ledger = Ledger()
    at_work = [(label, warm.start(shared, label, saves=40)) for label in together]
    for label, running in at_work:
        saves = 0
        for report in running.reports:
            ledger.enter(label, report)
            saves += report[0] in ("saved", "draft")
        assert report == ["ended", 0]
        assert saves == 40
    ledger.assert_kept(shared)


def test_one_of_two_programs_is_killed(shared: SharedJournal, warm: Warm) -> None:
    rng, ledger = random.Random(7), Ledger()
    going_on = warm.start(shared, "Ana", saves=150)
    for _ in range(10):
        killed = warm.start(shared, "Ben")
        _after_a_moment(rng)
        os.kill(killed.pid, signal.SIGKILL)
        _writes_until_dead(killed, "Ben", ledger)
    assert _writes_until_dead(going_on, "Ana", ledger) == ["ended", 0]
    ledger.assert_kept(shared)
