"""Whatever six computers do with one journal, in whatever order: at rest every promise holds."""

import random
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as hypothesis_seed
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from .computers import Met
from .dice import ACTS, DISASTERS, MISHAPS, run
from .fate import Computers, Fate
from .six import Six

DICE = st.randoms(use_true_random=False)
FATES = st.one_of(
    st.just((None, False)), st.just((None, False)), st.tuples(st.integers(0, 30), st.booleans())
)
NOTES = ("write", "edit", "share", "withdraw", "delete", "save_draft", "end_draft")


class SixComputers(RuleBasedStateMachine):
    """Each rule is one act of one person at one computer; `teardown` brings everything to rest."""

    met: Met

    @initialize()
    def begin(self) -> None:
        self.open = ExitStack()
        folder = self.open.enter_context(tempfile.TemporaryDirectory())
        computers = self.open.enter_context(Computers().running())
        self.six = Six(self.met, Path(folder), computers, Counter())
        self.open.callback(self.six.shut_down)

    @rule(act=st.sampled_from(NOTES), dice=DICE, fate=FATES)
    def write(self, act: str, dice: random.Random, fate: tuple[int | None, bool]) -> None:
        getattr(self.six, act)(dice, Fate(*fate))

    @rule(act=st.sampled_from([act for act, _ in ACTS]), dice=DICE, fate=FATES)
    def do_anything(self, act: str, dice: random.Random, fate: tuple[int | None, bool]) -> None:
        getattr(self.six, act)(dice, Fate(*fate))

    @rule(dice=DICE, fate=FATES)
    def merge(self, dice: random.Random, fate: tuple[int | None, bool]) -> None:
        self.six.merge(dice, Fate(*fate))

    @rule(act=st.sampled_from([act for act, _ in (*MISHAPS, *DISASTERS)]), dice=DICE)
    def go_wrong(self, act: str, dice: random.Random) -> None:
        getattr(self.six, act)(dice)

    def teardown(self) -> None:
        if hasattr(self, "six"):
            with self.open:
                self.six.rest()


@pytest.mark.parametrize("part", range(3))
def test_at_rest_every_promise_holds(met: Met, part: int) -> None:
    chosen = settings(
        max_examples=5,
        stateful_step_count=25,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    machine = type(f"SixComputers{part}", (SixComputers,), {"met": met})
    run_state_machine_as_test(hypothesis_seed(part)(machine), settings=chosen)


@pytest.mark.parametrize("seed", range(4))
def test_a_longer_history_by_dice(met: Met, seed: int) -> None:
    run(met, seed, 60, Counter())
