"""A signal at every point at which a program can notice it: none of them breaks anything."""

import itertools
import random
import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType

import pytest

from kapjournal import signals
from kapjournal.crypto.identity import forget_identities
from kapjournal.journal import NewNote
from tests.shared_journal import SharedJournal


class Points:
    """Python looks for signals when it enters a function and when one written in C comes back; here each of
    these is a point, and at the point `at` a signal comes."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.passed = 0

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Send the signal at its point, if the block comes that far."""
        sys.setprofile(self._profile)
        try:
            yield
        finally:
            sys.setprofile(None)

    def _profile(self, _frame: FrameType, event: str, _argument: object) -> None:
        if event in ("call", "c_return"):
            self.passed += 1
            if self.passed == self.at:
                sys.setprofile(None)
                signal.raise_signal(signal.SIGTERM)


def stopped_at(point: int, work: Callable[[], object]) -> bool:
    """Whether the signal came before the work was done; then the work must have ended as stopped."""
    points = Points(point)
    with signals.handled():
        try:
            with points.counted():
                work()
        except signals.StopRequested as stopped:
            assert stopped.exit_code == 128 + signal.SIGTERM
            return True
    assert points.passed < point, "The signal was lost."
    return False


def test_a_save_stopped_at_any_point_leaves_file_and_program_in_order(
    shared: SharedJournal, capfd: pytest.CaptureFixture[str]
) -> None:
    with shared.open("Ana") as ana:
        ana.notes.add(NewNote("the first, before everything is warm"))
        for point in itertools.count(1):
            save = partial(ana.notes.add, NewNote(f"stopped at {point}", share="all"))
            if not stopped_at(point, save):
                break
            assert ana.notes.add(NewNote("goes on", share="partner")).text.body == "goes on"
        assert not ana.findings
        saved = sum(note.text.body.startswith("stopped") for note in ana.notes.all())
    assert 100 < saved < point
    assert not "".join(capfd.readouterr())
    shared.assert_whole()


def test_a_visit_stopped_at_any_point_ends_as_stopped_and_the_next_finds_all_well(
    shared: SharedJournal,
) -> None:
    def visit() -> None:
        re.purge()  # as closing does: a visit that was stopped before is no shorter for it
        forget_identities()
        with shared.open("Ben") as ben:
            assert not ben.findings
            ben.notes.add(NewNote("a visit", share="all"))
            ben.notes.all()

    visit()  # what a first visit loads is passed once only
    counting = Points(0)
    with counting.counted():
        visit()
    for point in random.Random("visits").sample(range(1, counting.passed - 100), 150):
        assert stopped_at(point, visit)
    visit()
    shared.assert_whole()


class _Tidied:
    """While an object of this class is tidied up, Python lets no exception out."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGTERM)


@pytest.mark.parametrize("defers", [True, False])
def test_a_stop_while_an_object_is_tidied_up_is_not_lost(defers: bool) -> None:
    went_on = False
    with pytest.raises(signals.StopRequested) as stopped, signals.handled():
        thing = _Tidied()
        del thing
        if defers:
            with signals.deferred():
                pass
            went_on = True
    assert stopped.value.exit_code == 128 + signal.SIGTERM and not went_on
