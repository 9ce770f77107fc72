"""Typing for a partner line by line."""

import pytest

from kapjournal.idle import Inactivity
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened


def pages_of(plain: PlainConversation, label: str = "Ana", door: str = ANA) -> list[str]:
    with opened(plain, label, door) as journal:
        return [note.text.body for note in journal.notes.all() if note.typed_by is not None]


def test_a_therapist_types_and_the_page_is_the_partners(plain: PlainConversation) -> None:
    lines = ("The light", "", "quit", "..", ".", "", "quit")
    said = plain.enters("Dr Lee", LEE, "scribe", "ana", *lines)
    for sentence in (
        "Ana’s words, typed by Dr Lee.",
        "They are sealed to Ana alone, as you type.",
        "It is with Ana now, as a page of their own. You cannot open it.",
    ):
        assert sentence in said
    assert "draft" not in said.split("It is with Ana now")[1]
    assert plain.not_typed == []
    said = plain.enters("Ana", ANA, "read", "1", "1", "hear", "back", "back", "quit")
    assert "Typed by Dr Lee on" in said and "Change what is not as you said it." in said
    assert pages_of(plain) == ["The light\n\nquit\n."]


def test_a_page_is_written_on_or_thrown_away(plain: PlainConversation) -> None:
    said = plain.enters("Ben", BEN, "scribe", "1", "one", ".", "write on", "two", ".", "hand", "quit")
    assert "Type on." in said and pages_of(plain) == ["one\ntwo"]
    said = plain.enters("Ben", BEN, "scribe", "1", "three", ".", "throw", "no", ".", "throw", "yes", "quit")
    assert "The page is gone. Nobody has it." in said and pages_of(plain) == ["one\ntwo"]
    assert "Nothing was typed" in plain.enters("Ben", BEN, "scribe", "1", ".", "quit")


def test_a_page_for_the_wrong_person_is_taken_back(plain: PlainConversation) -> None:
    steps = ("scribe", "ben", "for Ana", ".", "", "scribe", "3", "no", "scribe", "3", "yes", "quit")
    said = plain.enters("Dr Lee", LEE, *steps)
    assert "3. Take back for Ben," in said and "The page is taken back. Nobody has it." in said
    assert pages_of(plain, "Ben", BEN) == []


@pytest.mark.parametrize("end", [(), (".lock",), (".", "quit"), (".", "back", "quit"), (".", "lock")])
def test_however_it_is_left_it_is_handed_over(plain: PlainConversation, end: tuple[str, ...]) -> None:
    plain.says(LEE, "scribe", "ana", "one", "two", *end, path=plain.file, label="Dr Lee")
    with opened(plain, "Dr Lee", LEE) as lee:
        assert lee.notes.all() == [] == lee.drafts.all()
    plain.enters("Dr Lee", LEE, "quit")  # after the last of these the journal was closed before
    assert pages_of(plain) == ["one\ntwo"]


def test_a_line_after_a_silence_is_nobodys_and_the_rest_arrives(
    plain: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet = False

    def falls_silent(_: str) -> str:
        nonlocal quiet
        quiet = True
        return "two"

    with monkeypatch.context() as patch:
        patch.setattr(Inactivity, "is_over", lambda *_: quiet)
        said = plain.says(LEE, "scribe", "ana", "one", falls_silent, path=plain.file, label="Dr Lee")
    assert "The line that ended the silence is not kept" in said
    said = plain.enters("Dr Lee", LEE, "quit")
    assert "What you were typing before is handed over now, to Ana." in said
    assert pages_of(plain) == ["one"]
