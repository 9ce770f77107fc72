"""Two wordings, compared line by line."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.presentation.differences import ChangedLine, Effort, UnchangedLines, compare

WORDINGS = st.lists(st.sampled_from(["", "a", "b", "c d"])).map("\n".join)


@given(WORDINGS, WORDINGS)
def test_both_wordings_can_be_put_together_again(before: str, after: str) -> None:
    old: list[str] = []
    new: list[str] = []
    for part in compare(before, after):
        if isinstance(part, UnchangedLines):
            assert part.start == len(new)
            old += part.lines
            new += part.lines
        else:
            assert part.place == len(new)
            old += [part.before] if part.before is not None else []
            new += [part.after] if part.after is not None else []
    assert ("\n".join(old), "\n".join(new)) == (before, after)


def test_a_line_put_in_stands_before_the_next() -> None:
    assert list(compare("one\ntwo", "one\nnew\ntwo")) == [
        UnchangedLines(0, ["one"]),
        ChangedLine(1, None, "new"),
        UnchangedLines(2, ["two"]),
    ]


@given(WORDINGS, WORDINGS)
def test_long_wordings_can_be_put_together_again(before: str, after: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("kapjournal.presentation.differences.MOST_EFFORT", 3)
        test_both_wordings_can_be_put_together_again.hypothesis.inner_test(before, after)  # type: ignore[attr-defined]


def test_a_long_wording_keeps_what_stayed() -> None:
    """Half of 40,000 lines, each in a hundred places, changed: pair by pair there would be no end."""
    rng = random.Random(3)
    old = [str(rng.randrange(400)) for _ in range(40_000)]
    old[::50] = [f"only {number}" for number in range(800)]
    new = [line if rng.random() < 0.5 or "only" in line else line + "!" for line in old]
    kept = [
        line
        for part in compare("\n".join(old), "\n".join(new))
        if isinstance(part, UnchangedLines)
        for line in part.lines
    ]
    assert sum("only" in line for line in kept) == 800


def test_what_is_compared_is_counted_and_has_an_end() -> None:
    effort = Effort()
    old, new = ["b", *["a"] * 200, "c"], ["d", *["a"] * 200, "e"]
    assert [effort.allows(old, new) for _ in range(4)] == [True, True, False, False]
    assert effort.allows(["a"], ["b"])


def test_a_long_line_with_one_change_is_little_to_compare() -> None:
    line = ["the", "light"] * 900
    assert Effort().allows([*line, "was", *line[:50]], [*line, "is", *line[:50]])
