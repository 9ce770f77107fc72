"""Going apart by command: the archive, the ending, and what everybody is told afterwards."""

import shutil
from pathlib import Path

import pytest

from kapjournal.journal import unlock
from kapjournal.presentation import apart as saying
from kapjournal.presentation.people import SHARING_HAS_ENDED
from tests.cli.command_line import ANA, CommandLine, Outcome, one_sentence

EVERYBODY = ("Dr Lee", "Ana", "Ben")


def apart(cli: CommandLine, label: str, *options: str) -> Outcome:
    return cli.done(label, "apart", *options, "--yes")


def test_one_leaves_with_an_archive_and_all_are_told_the_same(cli: CommandLine, tmp_path: Path) -> None:
    cli.write("Ben", "For Ana.", "--share", "Ana")
    cli.write("Ben", "For me.")
    archive = tmp_path / "mine.kap"
    gone = apart(cli, "Ana", "--archive", str(archive))
    assert gone.lines == [str(archive)]
    assert "It cannot be undone." in gone.err and gone.err.endswith(f"{SHARING_HAS_ENDED}\n")
    said = {cli.done(label, "people", "--json").err for label in EVERYBODY * 2}
    assert said == {f"{SHARING_HAS_ENDED}\n"}
    refused = cli.as_("Ben", "note", "add", "-", "--share", "Ana", stdin=b"More.")
    assert refused.code != 0 and "You can write for yourself" in refused.err
    cli.write("Ben", "More, for me.")
    with unlock(archive, label="Ana", passphrase=ANA, record_folder=tmp_path / "elsewhere") as ana:
        assert {note.text.body for note in ana.notes.all()} == {"For Ana."}


def test_what_the_commands_print_is_the_same_whoever_began(cli: CommandLine, tmp_path: Path) -> None:
    """Three copies of one journal; in each another one ends it. Then each asks what prints JSON."""
    cli.write("Ana", "For all of us.", "--share", "all")
    for label in EVERYBODY:
        cli.done(label, "people")
    start, memory, prints = tmp_path / "start.kap", tmp_path / "memory of the start", []
    shutil.copy(cli.file, start)
    shutil.copytree(cli.memory, memory)
    for began in EVERYBODY:
        shutil.rmtree(cli.memory)
        shutil.copytree(memory, cli.memory)
        shutil.copy(start, cli.file)
        apart(cli, began, "--no-archive")
        asked = [
            cli.as_(label, *words, "--json")
            for label in EVERYBODY
            for words in (("people",), ("note", "list"), ("check",), ("session", "list"))
        ]
        prints.append([(one.code, one.out, one.err) for one in asked])
    assert prints[0] == prints[1] == prints[2]


def test_it_is_asked_where_the_archive_goes_and_whether_that_is_meant(
    cli: CommandLine, tmp_path: Path
) -> None:
    before = cli.files()
    for options in ((), ("--no-archive", "--archive", str(tmp_path / "a.kap"))):
        refused = cli.as_("Ana", "apart", *options, "--yes")
        assert refused.code == 2 and "--no-archive" in refused.err and one_sentence(refused)
    unsure = cli.as_("Ana", "apart", "--no-archive")
    assert unsure.code == 2 and "--yes" in unsure.err
    assert cli.files() == before


@pytest.mark.parametrize(("typed", "ends"), [("End  sharing\n", True), ("yes\n", False), ("\n", False)])
def test_at_a_terminal_the_words_go_through_with_it(cli: CommandLine, typed: str, ends: bool) -> None:
    secret = cli.folder / "secret"
    secret.write_text(f"{ANA}\n")
    outcome = cli.as_("Ana", "apart", "--no-archive", stdin=typed.encode(), terminal=True)
    assert outcome.code == 0
    assert (SHARING_HAS_ENDED in outcome.err) is ends
    assert (saying.NOTHING_ENDED in outcome.err) is not ends
    assert (SHARING_HAS_ENDED in cli.done("Ben", "people").err) is ends


def test_what_has_ended_is_not_ended_again(cli: CommandLine) -> None:
    apart(cli, "Ana", "--no-archive")
    again = cli.as_("Ben", "apart", "--no-archive", "--yes")
    assert again.code != 0 and "already" in again.err


def test_an_archive_never_takes_the_place_of_a_file(cli: CommandLine, tmp_path: Path) -> None:
    (taken := tmp_path / "taken.kap").write_bytes(b"a letter")
    refused = cli.as_("Ana", "apart", "--archive", str(taken), "--yes")
    assert refused.code != 0 and taken.read_bytes() == b"a letter"
    assert SHARING_HAS_ENDED not in cli.done("Ana", "people").err
