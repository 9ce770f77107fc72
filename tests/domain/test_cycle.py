"""The loop as pages: which halves stand beside each other, and how a half is read, whatever was typed."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.content.steps import sheet_of
from kapjournal.domain.cycle import OTHERWISE, Loop, Said, is_half, loop, said_on
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.notes import Note, NoteKind, NoteText
from kapjournal.domain.steps import page

STEPS = sheet_of(NoteKind.CYCLE).steps
ANA, BEN, LEE = (MemberId(letter * 32) for letter in (b"b", b"a", b"l"))
MEMBERS = [
    Member(LEE, "Dr Lee", Role.THERAPIST, "", is_keeper=True),
    Member(BEN, "Ben", Role.PARTNER, ""),
    Member(ANA, "ana", Role.PARTNER, ""),
]
DAY = dt.date(2026, 3, 9)


def note(author: MemberId, *readers: MemberId, hour: int = 9, tags: tuple[str, ...] = ()) -> Note:
    written = dt.datetime(2026, 3, 9, hour, tzinfo=dt.UTC)
    text = NoteText("words", NoteKind.CYCLE, DAY, tags=tags)
    return Note(
        f"{author[:1].decode()}{hour}", author, frozenset({author, *readers}), text, written, None, None
    )


HERS, HIS = note(ANA, BEN), note(BEN, ANA, hour=10)


@pytest.mark.parametrize("notes", [[HERS, HIS], [HIS, HERS]])
def test_the_halves_are_in_the_order_of_the_labels_for_whoever_looks(notes: list[Note]) -> None:
    for me in (ANA, BEN, LEE):
        assert loop(notes, MEMBERS, me).halves == (HERS, HIS)
        assert loop(notes, reversed(MEMBERS), me).halves == (HERS, HIS)


def test_one_half_alone_is_shown_to_nobody_beside_nothing() -> None:
    for notes in ([HERS], [HERS, note(BEN)], [note(ANA), HIS], [note(ANA, LEE), note(BEN, LEE)]):
        assert loop(notes, MEMBERS, LEE) == Loop()
        assert loop(notes, MEMBERS, ANA).halves == ()
    assert loop([HERS, note(LEE, ANA, BEN)], MEMBERS, ANA).halves == ()
    assert loop([HERS, HIS], [replace(MEMBERS[1], removed=True), *MEMBERS[2:]], ANA).halves == ()


def test_of_several_the_last_that_both_can_read_counts() -> None:
    older, newer, alone = note(ANA, BEN, hour=8), note(ANA, BEN, hour=11), note(ANA, hour=12)
    found = loop([newer, HIS, alone, older, HERS], MEMBERS, ANA)
    assert found.halves == (newer, HIS) and found.own == alone
    assert loop([newer, HIS, older, HERS], MEMBERS, BEN).own == HIS


def test_a_line_on_a_time_it_went_otherwise_is_no_half() -> None:
    line = note(ANA, BEN, hour=20, tags=("hall", OTHERWISE.title()))
    private, therapists = note(BEN, hour=21, tags=(OTHERWISE,)), note(LEE, ANA, BEN, tags=(OTHERWISE,))
    assert not is_half(line) and is_half(HERS)
    assert not is_half(replace(HERS, text=replace(HERS.text, kind=NoteKind.PAGE)))
    found = loop([HERS, HIS, line, private, therapists], MEMBERS, BEN)
    assert (found.halves, found.otherwise) == ((HERS, HIS), (line,))


def said(body: str) -> Said:
    return said_on(STEPS, replace(HERS, text=replace(HERS.text, body=body)))


words = (
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1)
    .map(str.strip)
    .filter(lambda text: text and not text.lstrip().startswith("#"))
)


@given(st.dictionaries(st.sampled_from([step.id for step in STEPS]), words, min_size=1))
def test_what_was_written_field_by_field_comes_back(answers: dict[str, str]) -> None:
    assert said(page(STEPS, answers)) == Said(answers)


@given(st.text(st.sampled_from("# \nWhenOuts.…x>-*")) | st.text())
def test_no_line_of_a_half_is_lost(body: str) -> None:
    found = said(body)
    shown = "\n".join([*found.by_step.values(), found.freely]).split("\n")
    headings = {step.question.casefold() for step in STEPS}
    for line in body.split("\n"):
        bare = line.strip().lstrip("#").strip(" \t.:…?#").casefold()
        assert not line.strip() or line in shown or bare in headings or not bare


def test_headings_are_known_however_they_are_typed() -> None:
    found = said("first\n# when …\nthe door\n#### UNDERNEATH I FEEL:\nsmall\n## Weather\nfog\n## When\nagain")
    assert found.by_step == {"when": "the door\nagain", "under": "small"}
    assert found.freely == "first\n## Weather\nfog"
    assert said("Only my own words.\nWhen it rains.") == Said(freely="Only my own words.\nWhen it rains.")


def test_two_texts_beside_each_other_are_shown_whole() -> None:
    both = replace(HERS, beside=(replace(HERS.text, body="## When\n\nelsewhere"),))
    assert said_on(STEPS, both) == Said(freely=both.words)
