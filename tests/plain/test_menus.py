"""Choosing from menus, in the words of the screens."""

from types import SimpleNamespace
from typing import Any

import pytest

from kapjournal.journal import NewNote
from kapjournal.plain import course, main_menu, writing
from kapjournal.plain.line_editor import LineEditor
from kapjournal.plain.menus import Entry, find
from kapjournal.tui import actions
from tests.cli.command_line import ANA

from .plain_conversation import PlainConversation, opened


def test_a_long_list_is_said_in_parts_and_can_be_chosen_from_at_any_time(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add_many(NewNote(f"number {number:02}.") for number in range(1, 46))
    said = plain.enters("Ana", ANA, "read", "1", "", "45", "back", "", "3", "quit")
    assert plain.not_typed == []
    assert "\n40. number " in said
    assert "\n41. number " not in said
    assert said.count("End of the note.") == 2


def test_the_words_are_those_of_the_screens() -> None:
    entries: list[Entry[Any]] = [*main_menu._ENTRIES, *course._OWN_ENTRIES, *_page_entries()]
    said = {(entry.word, entry.sentence) for entry in entries}
    shared = {action.label for action in actions.ACTIONS} & {entry.word for entry in entries}
    assert shared >= {"write", "drafts", "search", "findings", "share", "withdraw", "edit", "done", "discard"}
    for action in actions.ACTIONS:
        if action.id in shared - {"quit", "settings"}:
            assert (action.label, action.sentence) in said


def _page_entries() -> tuple[Entry[LineEditor], ...]:
    class Nobody:
        draft = type("Draft", (), {"of": None, "readers": frozenset()})
        unlocked = type(
            "Unlocked",
            (),
            {"readers": lambda *_: "", "journal": SimpleNamespace(notes=SimpleNamespace(all=list))},
        )()

    return writing._end_entries(Nobody())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "place"),
    [("2", 1), ("write", 1), ("W", 1), ("r", 0), ("0", None), ("9", None), ("", None), ("x", None)],
)
def test_a_choice_is_found_by_number_word_or_beginning(answer: str, place: int | None) -> None:
    assert find(answer, ["read", "write"]) == place


def test_a_word_that_is_a_number_goes_before_the_number_of_a_line() -> None:
    assert [find(answer, ["3", "17", "write"]) for answer in ("3", "17", "2", "9")] == [0, 1, 1, None]
