"""Check, backup and restore on the command line."""

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


def test_restore_puts_a_backup_in_its_place_and_prints_where_the_other_is(cli: CommandLine) -> None:
    dest = cli.folder / "copy.kap"
    cli.write("Ana", "one")
    cli.done("Ana", "backup", str(dest))
    cli.write("Ana", "two")
    outcome = cli.done("Ana", "restore", str(dest))
    kept = cli.file.with_name("ours.kap.before-restore")
    assert outcome.text == f"{kept}\n"
    assert len(cli.done("Ana", "note", "list").lines) == 1
    cli.done("Ana", "merge", str(kept))
    assert len(cli.done("Ana", "note", "list").lines) == 2


def test_restore_changes_nothing_where_the_door_does_not_open(cli: CommandLine) -> None:
    dest = cli.folder / "copy.kap"
    cli.done("Ana", "backup", str(dest))
    before = cli.file.read_bytes()
    wrong = cli.run(
        "-j",
        str(cli.file),
        "-a",
        "Ana",
        "--passphrase-file",
        "-",
        "restore",
        str(dest),
        stdin=b"not her passphrase\n",
    )
    assert wrong.code == 3
    assert cli.as_("Ana", "restore", str(cli.folder / "nothing.kap")).code == 4
    assert cli.as_("Ana", "restore", str(cli.file)).code == 6
    assert cli.file.read_bytes() == before
