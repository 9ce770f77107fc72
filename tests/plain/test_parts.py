"""The parts check-in said aloud, step by step."""

from kapjournal.domain.notes import NoteKind
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened


def test_six_steps_make_one_note_and_a_yes_a_page_for_the_partner(plain: PlainConversation) -> None:
    said = plain.enters(
        *("Ana", ANA, "parts", "The guard.", "", "At the door.", ".", ".", "Of noise.", ".", "."),
        *("anger", "calm, courage", "yes", "yes", "no", "yes", "no", "And so I ask.", ".", "done", "yes"),
        "quit",
    )
    assert said.count("take it to your therapist") == 6
    assert "“anger” is none of calm" in said
    with opened(plain, "Ana", ANA) as ana:
        notes = {note.text.kind: note for note in ana.notes.all()}
    assert notes[NoteKind.PARTS].is_private
    assert notes[NoteKind.PARTS].text.body == (
        "## Which part of me is nearest right now?\n\nThe guard.\n\nAt the door.\n\n"
        "## What is it afraid would happen if it stopped its job?\n\nOf noise.\n\n"
        "## Which of these is here, even a little?\n\ncalm, courage\n\n"
        "## May I speak for this part to my partner?\n\nyes"
    )
    with opened(plain, "Ben", BEN) as ben:
        (note,) = ben.notes.all()
        assert note.text.body == "> Of noise.\n\nAnd so I ask."


def test_nothing_follows_from_not_yet_and_nothing_is_made_of_nothing(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, "parts", ".", ".", ".", ".", "", "not yet", "quit")
    assert "It is a note now." in said and "Begin a page" not in said
    said = plain.enters("Ana", ANA, "parts", ".", ".", ".", ".", "", "", "quit")
    assert "Nothing is answered yet." in said


def test_a_lock_keeps_every_line_in_a_draft(plain: PlainConversation) -> None:
    plain.enters("Ana", ANA, "parts", "The guard.", ".", "Half", "end of input")
    with opened(plain, "Ana", ANA) as ana:
        (draft,) = ana.drafts.all()
        assert draft.text.body.endswith("## How do I feel towards it?\n\nHalf\nend of input")
    assert "Check in with a part" not in plain.enters("Dr Lee", LEE, "", "quit")
