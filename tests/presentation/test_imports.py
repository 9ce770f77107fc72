"""What is said of an import: what is true of many is said once, with how many they are."""

import pytest

from kapjournal.domain.incoming import Plan, Problem
from kapjournal.presentation.imports import problems


def plan(*lost: tuple[str, str]) -> Plan:
    return Plan(problems=tuple(Problem(where, why) for where, why in lost))


@pytest.mark.parametrize(
    ("count", "line"),
    [
        (1, "0.md: It is a link."),
        (2, "0.md: It is a link. So it is with 1.md."),
        (3, "0.md: It is a link. So it is with 1.md and 2.md."),
        (2000, "0.md: It is a link. So it is with 2,000 in all, also with 1.md and 2.md."),
    ],
)
def test_what_is_true_of_many_is_said_once(count: int, line: str) -> None:
    assert problems(plan(*((f"{n}.md", "It is a link.") for n in range(count)))) == [line]


def test_so_many_lines_are_said_and_of_the_rest_how_many() -> None:
    many = [(f"{n}.md", f"Why {n % 30}.") for n in range(60)]
    said = problems(plan(*many), 20)
    assert said[0] == "0.md: Why 0. So it is with 30.md." and len(said) == 21
    assert said[-1] == "And 20 more that cannot come."
    assert len(problems(plan(*many), 60)) == 30
