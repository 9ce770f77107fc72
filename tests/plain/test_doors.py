"""Doors: wrong passphrases, several files, and the lock."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.idle import Inactivity
from kapjournal.presentation import sentences
from tests.cli.command_line import ANA, BEN

from .plain_conversation import PlainConversation, opened


def test_a_forgotten_passphrase_says_what_is_left_to_do(plain: PlainConversation) -> None:
    said = plain.says("recover", "help", "abandon " * 24, ANA, ANA, "quit")
    assert sentences.WITHOUT_RECOVERY_WORDS in said
    assert plain.err == ""


def test_a_wrong_passphrase_is_said_calmly_and_the_third_leaves(plain: PlainConversation) -> None:
    said = plain.says("Ana", "wrong one here", "wrong two here", "wrong three here", "never typed")
    assert plain.code == 3
    assert said.count("That did not open a door.") == 3
    assert plain.not_typed == ["never typed"]
    assert plain.err == ""


def test_several_files_are_asked_for_and_a_missing_one_is_an_error(plain: PlainConversation) -> None:
    (plain.folder / "other.kap").write_bytes(plain.file.read_bytes())
    said = plain.says("ours", "back", "2", "ana", ANA, "quit")
    assert "1. other.kap: open this journal." in said
    assert "The door of Ana is open." in said
    plain.says(path=Path("nowhere.kap"))
    assert plain.code == 4


def test_a_journal_in_the_data_folder_is_offered_beside_one_here_and_a_backup_is_not(
    plain: PlainConversation,
) -> None:
    (plain.folder / "journal-backup.kap").write_bytes(b"")
    assert "The journal is ours.kap." in plain.says("quit")
    kept = paths.private_folder(paths.data_folder()) / "kept.kap"
    kept.write_bytes(plain.file.read_bytes())
    said = plain.says("2", "quit")
    assert "1. ours.kap: open this journal." in said
    assert f"2. {kept}: open this journal." in " ".join(said.split())
    assert "The journal is kept.kap." in said


def test_quiet_locks_and_the_line_that_ends_it_is_no_answer(
    plain: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]

    def clock() -> float:
        return now[0]

    def later(line: str) -> Callable[[str], str]:
        def after(_: str) -> str:
            now[0] += 3600
            return line

        return after

    monkeypatch.setattr("kapjournal.plain.console.Inactivity", lambda limit: Inactivity(limit, clock, clock))
    said = plain.enters("Ana", ANA, later("read"), "Ana", ANA, "read", "quit")
    assert said.count("Locked after 5 minutes without a line.") == 1
    assert said.index("Locked") < said.index("The course. Choose")

    said = plain.enters(
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
    with opened(plain, "Ana", ANA) as ana:
        assert [note.text.body for note in ana.notes.all()] == ["one\ntwo\nthree"]
    assert said.count("The page that was being written waits behind its author’s door.") == 2
    assert said.count("This is the page you were writing.") == 1
    assert "two" not in said
