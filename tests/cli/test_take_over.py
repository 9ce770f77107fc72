"""`take-over`: what somebody wrote in a journal of format 1, brought along from the command line."""

import shutil
from pathlib import Path

import pytest

from tests.golden.format1 import KAP, PASSPHRASES, PEOPLE, OldFile, own_notes

from .command_line import CommandLine, one_sentence

ANAS = len(own_notes("Ana"))


@pytest.fixture
def old(cli: CommandLine) -> Path:
    (folder := cli.folder / "old").mkdir()
    shutil.copy(KAP, folder)
    (folder / "old-secret").write_text(PASSPHRASES["Ana"] + "\n", encoding="utf-8")
    return folder / KAP.name


def secret(old: Path) -> tuple[str, str]:
    return "--old-passphrase-file", str(old.with_name("old-secret"))


def test_opening_the_old_file_says_how_its_words_are_taken_over(cli: CommandLine, old: Path) -> None:
    outcome = cli.run("-j", str(old), "-a", "Ana", "--passphrase-file", secret(old)[1], "note", "list")
    assert outcome.code == 5 and one_sentence(outcome)
    assert "older kapjournal (format 1)" in outcome.err
    assert "kapjournal take-over format-1.kap" in outcome.err


def test_what_came_is_said_in_sentences_and_counted_in_json(cli: CommandLine, old: Path) -> None:
    outcome = cli.done("Ana", "take-over", str(old), *secret(old), "--json")
    assert outcome.json == {
        "notes": ANAS,
        "earlier": 2,
        "drafts": 1,
        "already_here": 0,
        "without_session": 2,
        "unreadable": 0,
        "is_whole": True,
    }
    assert outcome.err.splitlines() == [
        f"Taken over: {ANAS} notes, 2 earlier versions, 1 draft.",
        "They are yours alone until you share them. The old file was left as it is; keep it until you have "
        "looked at what came.",
        "2 notes belonged to a session whose number is not in this journal, and came without it.",
    ]
    listed = cli.done("Ana", "note", "list", "--json").json
    assert {note["title"] for note in listed} == {note["title"] for note in own_notes("Ana")}


def test_done_again_it_says_that_all_is_here(cli: CommandLine, old: Path) -> None:
    assert cli.done("Ana", "take-over", str(old), *secret(old)).out == b""
    again = cli.done("Ana", "take-over", str(old), *secret(old))
    assert again.err == f"Taken over before, and left as here: {ANAS + 1}.\n"


def test_a_damaged_old_file_is_said_to_be(cli: CommandLine, old: Path) -> None:
    file = OldFile(old, "Ana")
    file.alter(file.rows("note", "Much.")[0], 4000)
    said = cli.done("Ana", "take-over", str(old), *secret(old)).err.splitlines()
    assert "Damaged in the old file and not taken over: 1." in said
    assert said[-1].startswith("The old file is not as you left it")


def test_the_old_passphrase_is_asked_for_at_a_terminal(cli: CommandLine, old: Path) -> None:
    cli.secrets = [PASSPHRASES["Ana"]]
    outcome = cli.as_("Ana", "take-over", str(old), terminal=True)
    assert outcome.code == 0 and f"{ANAS} notes" in outcome.err


def test_without_a_terminal_the_option_is_named(cli: CommandLine, old: Path) -> None:
    outcome = cli.as_("Ana", "take-over", str(old))
    assert outcome.code == 2 and one_sentence(outcome)
    assert "The passphrase of the old journal is needed: --old-passphrase-file PATH" in outcome.err


def test_both_passphrases_can_come_from_standard_input_in_order(cli: CommandLine, old: Path) -> None:
    lines = f"ana opens this door\n{PASSPHRASES['Ana']}\n".encode()
    shared = ["-j", str(cli.file), "-a", "Ana", "--passphrase-file", "-"]
    outcome = cli.run(*shared, "take-over", str(old), "--old-passphrase-file", "-", stdin=lines)
    assert outcome.code == 0, outcome.err


def test_recovery_words_serve_instead(cli: CommandLine, old: Path) -> None:
    words = (PEOPLE["Ana"]["recovery"] + "\n").encode()
    outcome = cli.done("Ana", "take-over", str(old), "--old-words-file", "-", "--json", stdin=words)
    assert outcome.json["notes"] == ANAS
    both = cli.as_("Ana", "take-over", str(old), "--old-words-file", "-", *secret(old), stdin=words)
    assert both.code == 2 and one_sentence(both)


def test_another_label_in_the_old_journal_is_said(cli: CommandLine, old: Path) -> None:
    old.with_name("old-secret").write_text(PASSPHRASES["Dr Löwe"], encoding="utf-8")
    outcome = cli.done("Dr Lee", "take-over", str(old), "--old-label", "dr löwe", *secret(old), "--json")
    assert outcome.json["notes"] == len(own_notes("Dr Löwe"))


@pytest.mark.parametrize(
    ("label", "options", "code"),
    [
        ("Ana", ("--old-label", "Ben"), 3),
        ("Dr Lee", (), 3),
        ("Ben", ("--old-label", "Ana"), 6),
        ("Dr Lee", ("--old-label", "Ana"), 6),
    ],
)
def test_what_is_not_ones_own_is_refused_in_a_sentence(
    label: str, options: tuple[str, ...], code: int, cli: CommandLine, old: Path
) -> None:
    outcome = cli.as_(label, "take-over", str(old), *secret(old), *options)
    assert outcome.code == code and one_sentence(outcome)
    assert cli.done(label, "note", "list", "--json").json == []


def test_no_such_file_and_no_such_journal(cli: CommandLine, old: Path) -> None:
    assert cli.as_("Ana", "take-over", str(old.with_name("none.kap")), *secret(old)).code == 4
    assert cli.as_("Ana", "take-over", str(cli.file), *secret(old)).code == 6
    assert cli.as_("Ana", "take-over", str(old.with_name("old-secret")), *secret(old)).code == 5
