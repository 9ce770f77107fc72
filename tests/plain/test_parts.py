"""The parts check-in said aloud, step by step."""

from kapjournal import paths
from kapjournal.content import steps as content
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


HALF = ("parts", "The guard.", ".", "Half", ".back", "")
"""To the second step and out of it."""


def test_a_half_done_one_goes_on_at_its_step_and_becomes_one_note(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, *HALF, "drafts", "1", "an answer.", ".", ".", ".", "calm", "no", "quit")
    assert plain.not_typed == []
    assert "kept as a draft, which only you can open." in said
    again = said.split("It goes on where you stopped.")[1]
    assert "Step 2 of 6. How do I feel towards it?" in again and "Step 1 of 6." not in again
    assert "You answered:\nHalf\n" in again and "It is a note now. Only you can read it." in again
    with opened(plain, "Ana", ANA) as ana:
        (note,) = ana.notes.all()
        assert not ana.drafts.all()
        assert note.text.body == (
            "## Which part of me is nearest right now?\n\nThe guard.\n\n"
            "## How do I feel towards it?\n\nHalf\nan answer.\n\n"
            "## Which of these is here, even a little?\n\ncalm\n\n"
            "## May I speak for this part to my partner?\n\nno"
        )


def test_words_that_were_chosen_stand_until_others_are(plain: PlainConversation) -> None:
    begun = ("parts", ".", ".", ".", ".", "calm", "back", "no", "drafts", "1")
    said = plain.enters("Ana", ANA, *begun, "", "back", "no", "drafts", "1", "courage", "", "quit")
    assert plain.not_typed == [] and said.count("You answered:\ncalm\n") == 2
    with opened(plain, "Ana", ANA) as ana:
        (note,) = ana.notes.all()
        assert note.text.body == "## Which of these is here, even a little?\n\ncourage"


def test_after_a_lock_it_goes_on_at_the_step_that_was_asked_last(plain: PlainConversation) -> None:
    locked = ("parts", "The guard.", ".", ".crisis", ".lock", "Ana", ANA)
    said = plain.enters("Ana", ANA, *locked, "Tired of it.", ".", ".back", "no", "quit")
    assert plain.not_typed == [] and "988" in said.split("Step 2 of 6.")[1]
    assert "Step 2 of 6." in said.split("This is the page you were writing.")[1]
    assert "Step 1 of 6." not in said.split("This is the page you were writing.")[1]
    with opened(plain, "Ana", ANA) as ana:
        (draft,) = ana.drafts.all()
        assert draft.text.body.endswith("The guard.\n\n## How do I feel towards it?\n\nTired of it.")


def test_a_half_done_one_is_thrown_away_on_leaving_it(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, *HALF, "drafts", "1", ".back", "yes", "quit")
    assert plain.not_typed == [] and "There are no drafts." in said
    with opened(plain, "Ana", ANA) as ana:
        assert not ana.drafts.all() and not ana.notes.all()


def test_a_lock_before_the_first_answer_leaves_nothing_behind(plain: PlainConversation) -> None:
    for answers in ((".back",), (".", ".", ".", ".", "", "")):
        plain.enters("Ana", ANA, "parts", ".lock", "Ana", ANA, *answers, "quit")
        assert plain.not_typed == []
        with opened(plain, "Ana", ANA) as ana:
            assert not ana.drafts.all() and not ana.notes.all()


def test_nothing_is_kept_of_a_check_in_without_an_answer(plain: PlainConversation) -> None:
    plain.enters("Ana", ANA, "parts", ".", ".back", "parts", ".", ".", ".", ".", "back", "quit")
    assert plain.not_typed == []
    with opened(plain, "Ana", ANA) as ana:
        assert not ana.drafts.all()


def test_a_page_of_the_kind_that_is_no_check_in_goes_on_as_a_page(plain: PlainConversation) -> None:
    said = plain.enters(
        "Ana", ANA, "write", "parts", "", "Free.", ".", "keep", "drafts", "1", "More.", ".", "done", "quit"
    )
    assert plain.not_typed == [] and "Step 1 of 6." not in said
    assert said.count("To be asked step by step, go back and choose parts.") == 1
    with opened(plain, "Ana", ANA) as ana:
        assert [note.text.body for note in ana.notes.all()] == ["Free.\nMore."]


def test_a_clinics_steps_are_asked_and_what_is_wrong_in_its_file_is_said_first(
    plain: PlainConversation,
) -> None:
    folder = paths.config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "parts.toml").write_text('[nearest]\nquestion = "Who is here?"\n\n[fear]\nhelp = 3\n')
    content._read.cache_clear()
    said = plain.enters("Ana", ANA, "parts", ".back", "quit")
    assert "parts.toml, line 5: “help” is one line of text" in said.split("The door of Ana is open.")[0]
    assert "Step 1 of 6. Who is here? A name, an age" in said
