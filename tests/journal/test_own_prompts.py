"""Own prompts: sealed for their author alone, the same on all their computers, and never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.notes import NoteKind
from kapjournal.domain.own_prompts import MAX_LENGTH, MAX_OF_A_KIND, OwnPrompts
from kapjournal.errors import KapjournalError, Refused, UsageError
from tests.journal.open_journals import OpenJournals

lines = st.lists(st.text("abc", min_size=1), max_size=5).map(lambda some: tuple(dict.fromkeys(some)))
prompts = st.dictionaries(st.sampled_from(["page", "weave", "of-tomorrow"]), lines).map(OwnPrompts)


def test_they_stay_and_nobody_else_has_them(three: OpenJournals) -> None:
    three.ana.own_prompts.put(
        NoteKind.BODY, [" Where is the hum? ", "", "Where is the hum?", "What is warm?"]
    )
    three.ana.own_prompts.put(NoteKind.PAGE, ["One thing."])
    for journal in (three.ben, three.lee):
        journal.refresh()
        assert journal.own_prompts.all() == OwnPrompts() and not journal.findings
    assert three.ana.own_prompts.all().of(NoteKind.BODY) == ("Where is the hum?", "What is warm?")
    assert three.ana.own_prompts.put(NoteKind.BODY, []).by_kind == {"page": ("One thing.",)}


@pytest.mark.parametrize("bad", [["x" * (MAX_LENGTH + 1)], ["a\x1b[2J"], [str(n) for n in range(21)]])
def test_what_is_no_prompt_is_refused_and_those_before_stay(three: OpenJournals, bad: list[str]) -> None:
    three.ana.own_prompts.put(NoteKind.BODY, ["Where?"])
    with pytest.raises(KapjournalError):
        three.ana.own_prompts.put(NoteKind.BODY, bad)
    assert three.ana.own_prompts.all().of(NoteKind.BODY) == ("Where?",)


def test_only_for_kinds_that_one_writes(three: OpenJournals) -> None:
    assert three.lee.own_prompts.put(NoteKind.OBSERVATION, ["Who reached first?"]).by_kind
    with pytest.raises(Refused):
        three.lee.own_prompts.put(NoteKind.BODY, ["Where?"])
    with pytest.raises(UsageError):
        OwnPrompts().put(NoteKind.PAGE, map(str, range(MAX_OF_A_KIND + 1)))


@given(prompts, prompts)
def test_joining_loses_no_line_and_ends_the_same_on_both_computers(
    one: OwnPrompts, other: OwnPrompts
) -> None:
    both = one.joined(other)
    assert both == other.joined(one) == both.joined(one) == both.joined(both)
    for each in (one, other):
        assert all(set(lines) <= set(both.by_kind[kind]) for kind, lines in each.by_kind.items())
