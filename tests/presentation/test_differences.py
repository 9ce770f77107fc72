"""Two wordings, compared line by line."""

from hypothesis import given
from hypothesis import strategies as st

from kapjournal.presentation.differences import ChangedLine, UnchangedLines, compare

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
