import pytest

from kapjournal.content import prompts
from kapjournal.domain.notes import NoteKind

ROOM = 72
"""Cells of one line above the page; a longer prompt would be cut."""


@pytest.mark.parametrize("kind", NoteKind)
def test_every_kind_has_two_to_five_prompts_of_two_lines_at_most(kind: NoteKind) -> None:
    given = prompts.prompts_for(kind)
    assert 2 <= len(given.prompts) <= 5
    assert all(0 < len(line) <= 2 * ROOM for line in (*given.prompts, given.hint or "-"))


def test_capture_says_that_it_needs_no_sentences() -> None:
    assert "No sentences needed" in prompts.prompts_for(NoteKind.CAPTURE).hint


@pytest.mark.parametrize(
    "text",
    ["[poem]\nprompts = []", "[page]\nprompts = 'one'", '[page]\nprompts = ["a\\nb"]', "[page]\nscore = 3"],
)
def test_a_file_that_is_not_of_its_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        prompts.read(text)
