"""Check and backup on the command line."""

import shutil

from .command_line import CommandLine, one_sentence


def test_check_of_a_whole_journal(cli: CommandLine) -> None:
    cli.write("Ana", "one")
    cli.write("Ben", "not counted for Ana")
    plain = cli.done("Ana", "check")
    assert plain.out == b""
    assert one_sentence(plain)
    assert cli.done("Ana", "check", "--json").json == {"whole": True, "notes": 1, "findings": []}


def test_check_of_an_older_copy_names_what_is_missing(cli: CommandLine) -> None:
    older = cli.file.with_suffix(".older")
    shutil.copy(cli.file, older)
    cli.write("Ana", "one")
    shutil.copy(older, cli.file)
    outcome = cli.as_("Ana", "check", "--json")
    assert outcome.code == 5
    assert not outcome.json["whole"]
    assert outcome.json["findings"]
    plain = cli.as_("Ana", "check")
    assert plain.code == 5
    assert len(plain.lines) == len(outcome.json["findings"])
    listed = cli.as_("Ana", "note", "list")
    assert listed.code == 0
    assert listed.err.strip()


def test_backup_is_a_journal_that_passes(cli: CommandLine) -> None:
    cli.write("Ana", "one")
    dest = cli.folder / "copy.kap"
    outcome = cli.done("Ana", "backup", str(dest))
    assert outcome.text == f"{dest}\n"
    assert cli.as_("Ana", "backup", str(dest)).code == 6
    cli.file = dest
    assert cli.done("Ana", "check", "--json").json["whole"]
