"""Paths are bytes: a folder whose name is not UTF-8 holds a journal like any other."""

import os
import sys
from pathlib import Path

import pytest

from .command_line import ANA, CommandLine, one_sentence

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as letters")

ODD = os.fsdecode(b"caf\xe9 %41?#\n")


@pytest.fixture
def odd(cli: CommandLine) -> CommandLine:
    """The journal of three in such a folder."""
    (cli.folder / ODD).mkdir()
    cli.file = cli.file.rename(cli.folder / ODD / cli.file.name)
    return cli


def test_a_journal_is_begun_and_used_in_a_folder_whose_name_is_not_utf_8(empty_cli: CommandLine) -> None:
    (empty_cli.folder / ODD).mkdir()
    file = empty_cli.folder / ODD / "new.kap"
    secret = empty_cli.folder / "secret"
    secret.write_text(ANA)
    shared = ("-j", str(file), "--passphrase-file", str(secret))
    begun = empty_cli.run(*shared, "new", "--label", "Ana", "--role", "partner", "--no-recovery")
    assert begun.code == 0, begun.err
    for line in (["note", "add", str(secret)], ["note", "list"], ["check"], ["passphrase"]):
        outcome = empty_cli.run(*shared, *line)
        assert outcome.code == 0, outcome.err
    assert sorted(path.name for path in file.parent.iterdir()) == ["new.kap"]


def test_what_is_made_in_such_a_folder_is_named_by_its_bytes(odd: CommandLine) -> None:
    kept = odd.write("Ana", "a note")
    picture = odd.file.parent / "page.txt"
    picture.write_text("a page")
    odd.done("Ana", "note", "attach", kept, str(picture))
    for name, *line in (
        ("b.kap", "backup"),
        ("c.kap", "copy"),
        ("out", "export"),
        (os.fsdecode(b"out\xff.md"), "export", "--one-document"),
        ("out.json", "measure", "export", "--format", "fhir"),
    ):
        dest = odd.file.parent / name
        outcome = odd.done("Ana", *line, str(dest))
        assert outcome.out == os.fsencode(dest).replace(b"\n", b" ") + b"\n"
        assert dest.exists()
    assert odd.done("Ana", "merge", str(odd.file.parent / "c.kap"), "--json").json
    restored = odd.done("Ana", "restore", str(odd.file.parent / "b.kap"))
    kept_place = Path(os.fsdecode(restored.out.removesuffix(b"\n")).replace("%41?# ", "%41?#\n"))
    assert kept_place.exists()
    saved = odd.done("Ana", "note", "save-file", kept, "page.txt", str(odd.file.parent / "again"), "--json")
    assert Path(saved.json["path"]).read_text() == "a page"


def test_what_is_not_there_is_said_with_signs_for_what_is_no_letter(odd: CommandLine) -> None:
    lines = (
        ("note", "add", str(odd.file.parent / "nowhere")),
        ("merge", str(odd.file.parent / "nowhere")),
        ("backup", str(odd.file.parent / "no" / "where")),
        ("restore", str(odd.file.parent / "nowhere")),
    )
    for line in lines:
        outcome = odd.as_("Ana", *line)
        assert outcome.code in (2, 4, 7), outcome.err
        assert one_sentence(outcome) and "unexpected" not in outcome.err


def test_the_computer_remembers_a_journal_in_such_a_folder(odd: CommandLine) -> None:
    odd.write("Ana", "a note")
    before = odd.file.read_bytes()
    odd.write("Ana", "another")
    odd.file.write_bytes(before)
    assert odd.as_("Ana", "check").code == 5


@pytest.mark.parametrize(
    "line",
    [
        "note list --by {}",
        "note list --tag {}",
        "note list --kind {}",
        "note list --session {}",
        "note show {}",
        "note add - --title {}",
        "note add - --tag {}",
        "note add - --share {}",
        "search {}",
        "invite {} --role partner",
        "people verify {}",
        "session add --kind dosing --date {}",
        "export {}",
        "join --code {} --label Kim",
        "join --code a --label {}",
        "{}",
    ],
)
def test_bytes_that_are_no_letters_are_met_with_a_sentence_everywhere(cli: CommandLine, line: str) -> None:
    outcome = cli.as_("Dr Lee", *(os.fsdecode(b"\xe9") if part == "{}" else part for part in line.split()))
    assert outcome.code in (0, 2, 3, 4, 6), outcome.err
    assert "unexpected" not in outcome.err


@pytest.mark.parametrize(
    "line",
    [
        *("backup -", "copy -", "export -", "merge -", "restore -", "take-over -", "demo -"),
        *("note attach 1234 -", "note save-file 1234 1 -", "-j - note list"),
    ],
)
def test_a_dash_is_no_file_where_none_can_be_a_stream(cli: CommandLine, line: str) -> None:
    before = cli.files()
    outcome = cli.as_("Ana", *line.split())
    assert (outcome.code, outcome.out) == (2, b"")
    assert "./-" in outcome.err and one_sentence(outcome)
    assert cli.files() == before


def test_a_folder_that_was_removed_under_the_person_is_said(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = cli.folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for line in (["backup", "b.kap"], ["merge", "b.kap"]):
        outcome = cli.as_("Ana", *line)
        assert outcome.code == 7, outcome.err
        assert "The folder you are in is not there any more." in outcome.err
    assert cli.done("Ana", "note", "list").code == 0
    assert cli.run("note", "list").code == 4
    monkeypatch.chdir(cli.folder)
