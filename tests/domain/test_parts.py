"""The parts check-in as a page: what was answered comes back, and nothing is counted."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kapjournal.content.steps import sheet_of
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind, new_draft
from kapjournal.domain.parts import for_partner, may_be_spoken_for
from kapjournal.domain.steps import is_in_steps, page, read

STEPS = sheet_of(NoteKind.PARTS).steps
ANA, BEN = MemberId(b"a" * 32), MemberId(b"b" * 32)
EMPTY = new_draft(ANA, Role.PARTNER, dt.date(2026, 11, 19))

words = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool)
answers = st.dictionaries(st.sampled_from([step.id for step in STEPS]), words, min_size=1)


@given(answers)
def test_what_was_answered_comes_back(answered: dict[str, str]) -> None:
    assert read(STEPS, page(STEPS, answered)) == answered


@given(st.text())
def test_a_page_of_ones_own_is_no_check_in_unless_it_reads_as_one(body: str) -> None:
    found = read(STEPS, body)
    assert found is None or body.lstrip().startswith("## ")


def test_a_step_that_is_passed_over_leaves_nothing_on_the_page() -> None:
    assert page(STEPS, {"nearest": " The guard.\n", "fear": "  ", "here": "calm, courage"}) == (
        "## Which part of me is nearest right now?\n\nThe guard.\n\n"
        "## Which of these is here, even a little?\n\ncalm, courage"
    )
    assert page(STEPS, {}) == "" and read(STEPS, "") is None


def test_steps_out_of_order_or_twice_are_a_page_of_ones_own() -> None:
    whole = page(STEPS, {"nearest": "a", "fear": "b"})
    assert read(STEPS, f"{whole}\n\n{whole}") is None
    assert read(STEPS, f"Hello.\n\n{whole}") is None
    in_steps = replace(EMPTY, text=replace(EMPTY.text, kind=NoteKind.PARTS, body=whole))
    assert is_in_steps(NoteKind.PARTS, STEPS, in_steps)
    assert not is_in_steps(NoteKind.PARTS, STEPS, replace(in_steps, of="a note"))
    assert not is_in_steps(NoteKind.PARTS, STEPS, replace(EMPTY, text=replace(EMPTY.text, body=whole)))


def test_words_are_ticked_and_only_a_yes_leads_on() -> None:
    here, speak = STEPS[4], STEPS[5]
    assert len(here.words) == 8 and speak.one and not here.one
    assert here.answer({"courage", "calm", "anger"}) == "calm, courage"
    assert here.ticked("courage, calm , x") == ("calm", "courage")
    assert [may_be_spoken_for({"speak": word}) for word in (*speak.words, "")] == [True, False, False, False]


def test_a_page_for_the_partner_begins_with_what_was_chosen_and_has_gone_to_nobody() -> None:
    begun = for_partner(EMPTY, ["One line\n\nand another", "Two"], BEN)
    assert begun.text.body == "> One line\n>\n> and another\n\n> Two\n\n"
    assert (begun.text.kind, begun.readers, begun.id) == (NoteKind.APPRECIATION, frozenset({ANA, BEN}), "")
    assert for_partner(EMPTY, [], BEN).text.body == ""
