"""The versions of a note, and what changed between them."""

import pytest

from kapjournal.journal import NewNote, NoteChange
from kapjournal.plain.differences import differences
from kapjournal.presentation.drafts import NOTE_BESIDE
from tests.cli.command_line import ANA

from .plain_conversation import PlainConversation, opened


def test_history_says_what_changed_and_a_wording_can_be_used_again(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        note = ana.notes.add(NewNote("It was dark in the hall.\nStay.", title="Hall"))
        ana.notes.edit(note.id, NoteChange(body="It was bright in the hall.\nStay.\nPlease."))
    said = plain.enters(
        *("Ana", ANA, "search", "hall", "1", "history", "1", "back", "2", "use again", ".", "done"),
        *("back", "back", "back", "quit"),
    )
    assert plain.not_typed == []
    assert "In line 1, “dark” became “bright”." in said
    assert "Line 3 is new: Please." in said
    assert "As it was first written:" in said
    with opened(plain, "Ana", ANA) as ana:
        assert ana.notes.all(by="Ana")[0].text.body == "It was dark in the hall.\nStay."
        assert len(ana.notes.history(note.id)) == 3


def test_a_wording_used_again_leaves_what_is_written_meanwhile_beside(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        note = ana.notes.add(NewNote("It was dark in the hall."))
        ana.notes.edit(note.id, NoteChange(body="It was bright in the hall."))

    def meanwhile(_: str) -> str:
        with opened(plain, "Ana", ANA) as ana:
            ana.notes.edit(note.id, NoteChange(body="It was neither."))
        return "done"

    said = plain.enters(
        *("Ana", ANA, "search", "hall", "1", "history", "2", "use again", ".", meanwhile),
        *("back", "back", "back", "quit"),
    )
    assert NOTE_BESIDE in said
    with opened(plain, "Ana", ANA) as ana:
        now = ana.notes.get(note.id)
        assert (now.text.body, [text.body for text in now.beside]) == (
            "It was dark in the hall.",
            ["It was neither."],
        )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("a b c d", "a b c d", []),
        ("a b c d", "a b x c d", ["In line 1, “x” was put in after “a b”."]),
        ("a b c d", "b c d", ["In line 1, “a” was taken out at the beginning."]),
        ("a b c", "a  b c", ["In line 1, only the spaces changed."]),
        ("all of it", "quite another", ["Line 1 was: all of it", "Line 1 is now: quite another"]),
        ("a\nb\nc", "a\nc", ["Before line 2, this was taken out: b"]),
        ("a", "a\n\nb", ["Line 2 is new, and empty.", "Line 3 is new: b"]),
    ],
)
def test_differences_are_sentences(before: str, after: str, said: list[str]) -> None:
    assert list(differences(before, after)) == said
