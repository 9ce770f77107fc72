"""Answers on a day: they fit their measure, and have a total once none is missing."""

import pytest

from kapjournal.errors import UsageError
from tests.answered import answered


def test_a_total_comes_with_the_last_answer() -> None:
    assert answered("csi4", 5, 6, 5, 5, None).score.total is None
    assert answered("csi4", 5, 6, 5, 5, 5).score.total == 21


@pytest.mark.parametrize("answers", [(6, 5, 5), (6, 5, 5, 6), (6, 5, 5, 5, 5)], ids=str)
def test_answers_of_another_measure_are_refused(answers: tuple[int, ...]) -> None:
    with pytest.raises(UsageError, match="CSI-4"):
        answered("csi4", 5, *answers)
