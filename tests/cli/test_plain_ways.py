"""How one comes to the talk line by line: the options, the doors, the lock, and the words of the screens."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kapjournal.cli.launch import without_command
from kapjournal.cli.plain import course, home, writing
from kapjournal.cli.plain.menus import Entry, find
from kapjournal.cli.plain.page import Page
from kapjournal.idle import Inactivity
from kapjournal.tui import actions

from .desk import ANA, BEN, Desk
from .talker import Talker, opened

# doors


def test_a_wrong_passphrase_is_said_calmly_and_the_third_leaves(talker: Talker) -> None:
    said = talker.says("Ana", "wrong one here", "wrong two here", "wrong three here", "never typed")
    assert talker.code == 3
    assert said.count("That did not open a door.") == 3
    assert talker.not_typed == ["never typed"]
    assert talker.err == ""


def test_several_files_are_asked_for_and_a_missing_one_is_an_error(talker: Talker) -> None:
    (talker.folder / "other.kap").write_bytes(talker.file.read_bytes())
    said = talker.says("ours", "back", "2", "ana", ANA, "quit")
    assert "1. other.kap: open this journal." in said
    assert "The door of Ana is open." in said
    talker.says(path=Path("nowhere.kap"))
    assert talker.code == 4


def test_quiet_locks_and_the_line_that_ends_it_is_no_answer(
    talker: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]

    def clock() -> float:
        return now[0]

    def later(line: str) -> Callable[[str], str]:
        def after(_: str) -> str:
            now[0] += 3600
            return line

        return after

    monkeypatch.setattr("kapjournal.cli.plain.talk.Inactivity", lambda limit: Inactivity(limit, clock, clock))
    said = talker.enters("Ana", ANA, later("read"), "Ana", ANA, "read", "quit")
    assert said.count("Locked after 5 minutes without a line.") == 1
    assert said.index("Locked") < said.index("The course. Choose")

    said = talker.enters(
        "Ana",
        ANA,
        *("write", "", "", "one"),
        later("two"),
        *("Ben", BEN, "lock"),
        "Ana",
        ANA,
        "three",
        ".",
        "done",
    )
    with opened(talker, "Ana", ANA) as ana:
        assert [note.text.body for note in ana.notes.all()] == ["one\ntwo\nthree"]
    assert said.count("The page that was being written waits behind its author’s door.") == 2
    assert said.count("This is the page you were writing.") == 1
    assert "two" not in said


# the registry, and the way in


def test_the_words_are_those_of_the_screens() -> None:
    entries: list[Entry[Any]] = [*home._ENTRIES, *course._OWN_ENTRIES, *_page_entries()]
    said = {(entry.word, entry.sentence) for entry in entries}
    shared = {action.label for action in actions.ACTIONS} & {entry.word for entry in entries}
    assert shared >= {"write", "drafts", "search", "findings", "share", "withdraw", "edit", "done", "discard"}
    for action in actions.ACTIONS:
        if action.id in shared - {"quit", "settings"}:
            assert (action.label, action.sentence) in said


def _page_entries() -> tuple[Entry[Page], ...]:
    class Nobody:
        draft = type("Draft", (), {"of": None, "readers": frozenset()})
        seat = type(
            "Seat",
            (),
            {"readers": lambda *_: "", "journal": type("J", (), {"notes": lambda *_: []})()},
        )()

    return writing._end_entries(Nobody())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "place"),
    [("2", 1), ("write", 1), ("W", 1), ("r", 0), ("0", None), ("9", None), ("", None), ("x", None)],
)
def test_a_choice_is_found_by_number_word_or_beginning(answer: str, place: int | None) -> None:
    assert find(answer, ["read", "write"]) == place


@pytest.mark.parametrize(
    ("arguments", "environment", "plain"),
    [
        (["--plain"], {}, True),
        (["--plain", "-j", "f.kap", "-a", "Ana"], {}, True),
        (["-j", "f.kap", "--plain"], {}, True),
        ([], {"KAPJOURNAL_PLAIN": "1"}, True),
        ([], {"KAPJOURNAL_PLAIN": "0"}, False),
        ([], {}, False),
    ],
)
def test_the_plain_face_is_asked_for_without_the_parser(
    arguments: list[str], environment: dict[str, str], plain: bool
) -> None:
    launch = without_command(arguments, environment)
    assert launch is not None
    assert launch.plain is plain
    assert launch.path == (Path("f.kap") if "f.kap" in arguments else None)


def test_what_the_quick_way_does_not_know_is_for_the_parser(desk: Desk) -> None:
    assert without_command(["--plain", "note", "list"], {}) is None
    assert without_command([], {"KAPJOURNAL_PLAIN": "perhaps"}) is None
    outcome = desk.run("--plain", "--passphrase-file", "x")
    assert getattr(outcome.code, "plain", False) is True
