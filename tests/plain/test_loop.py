"""The loop, a witness's page and a topic, said aloud."""

import pytest

from kapjournal import clock
from kapjournal.domain.notes import NoteKind
from kapjournal.presentation.cycle import CLINIC_NOT_OUT
from kapjournal.presentation.witness import PASSED
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened

HALF = ("loop", "write half", "It goes quiet.", ".", ".", "Alone.", ".", ".", ".", ".")
"""A half with two of the six fields."""


def test_two_halves_are_written_alone_released_and_said_field_after_field(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, *HALF, "release", "yes", "back", "quit")
    assert plain.not_typed == []
    assert "Your half is not written yet." in said and "Step 3 of 6. Underneath I feel." in said
    assert "Ben sees that you released it, and no word of it until you can read theirs." in said
    said = plain.enters("Ben", BEN, *HALF, "release", "yes", "back", "quit")
    assert "Ana has released a half. You can read it once you release yours too." in said
    assert "Alone." not in said.split("Underneath I feel.")[0]
    plain.enters("Ana", ANA, "quit")
    plain.enters("Ben", BEN, "quit")
    told = [plain.enters(who, door, "loop", "back", "quit") for who, door in (("Ana", ANA), ("Ben", BEN))]
    for said in told:
        assert "When\nAna: It goes quiet.\nBen: It goes quiet.\nUnderneath I feel\nAna: Alone." in said
    said = plain.enters(
        "Ana", ANA, "loop", "otherwise", "He stayed.", "2026-03-09", "back", "loop", "back", "quit"
    )
    assert plain.not_typed == []
    assert "Times it went otherwise\n9 March 2026, Ana: He stayed." in said
    said = plain.enters("Dr Lee", LEE, "loop", "quit")
    assert CLINIC_NOT_OUT in said and "It goes quiet." not in said and plain.not_typed == []


def test_a_half_on_its_way_comes_back_at_its_field(plain: PlainConversation) -> None:
    plain.enters("Ana", ANA, "loop", "write half", "It goes quiet.", ".", "A shut", "end of input")
    with opened(plain, "Ana", ANA) as ana:
        (draft,) = ana.drafts.all()
        assert draft.text.kind is NoteKind.CYCLE
        assert draft.text.body.endswith("## On the outside I show\n\nA shut\nend of input")
    said = plain.enters("Ana", ANA, "drafts", "1", "hatch.", ".", ".", ".", ".", ".", "quit")
    assert "Step 2 of 6. On the outside I show." in said and "It is a note now. Only you can read it." in said


def test_a_witness_is_told_once_at_the_next_line_that_seven_minutes_have_passed(
    plain: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter([0.0, 60.0, 421.0, *[500.0] * 50])
    monkeypatch.setattr(clock, "uptime", lambda: next(looks))
    said = plain.enters(
        "Ana", ANA, "witness", "Two people.", "A kitchen.", "Nobody is the villain.", ".", ".", ".", "quit"
    )
    assert plain.not_typed == []
    assert said.count(PASSED) == 1 and "Step 3 of 3." in said
    assert said.count("afraid of your partner") == 3
    with opened(plain, "Ana", ANA) as ana:
        (note,) = ana.notes.all()
        assert note.is_private and note.text.kind is NoteKind.WITNESS
        assert note.text.body.endswith("\n\nTwo people.\nA kitchen.\nNobody is the villain.")


def test_a_topic_is_chosen_among_the_kinds_and_brings_its_prompts(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, "write", "money", "", ".prompt", "The blue folder.", ".", "done", "quit")
    assert plain.not_typed == []
    assert "Picture opening the bank statement together." in said
    with opened(plain, "Ana", ANA) as ana:
        (note,) = ana.notes.all()
        assert (note.text.kind, note.text.tags) == (NoteKind.PAGE, ("money",)) and note.is_private
