"""Check, backup and restore on the command line."""

import datetime as dt
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal import clock

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
    assert "If you went back to a backup yourself" in plain.err
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


def test_a_damaged_backup_is_restored_only_if_that_is_said(cli: CommandLine) -> None:
    dest = cli.folder / "copy.kap"
    cli.done("Ana", "backup", str(dest))
    harm(dest)
    before = cli.file.read_bytes()
    refused = cli.as_("Ana", "restore", str(dest))
    assert refused.code == 5 and cli.file.read_bytes() == before
    assert "Rows that are damaged: 1. Nothing was changed." in refused.err
    assert "--damaged takes it all the same" in refused.err
    assert cli.as_("Ana", "restore", "--check", "--damaged", str(dest)).code == 2
    taken = cli.done("Ana", "restore", "--damaged", str(dest))
    assert "The backup is not whole. Rows that are damaged: 1." in taken.err
    assert Path(taken.text.strip()).read_bytes() == before


def harm(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as raw, raw:
        raw.execute(
            "UPDATE envelope SET sealed = zeroblob(length(sealed)) WHERE id = (SELECT min(id) FROM envelope)"
        )


def test_a_damaged_copy_of_today_is_not_said_to_hold_all(cli: CommandLine) -> None:
    dest = cli.folder / "copy.kap"
    cli.done("Ana", "backup", str(dest))
    assert f"It holds all that {cli.file.name} holds." in cli.run(*_check(cli, dest)).err
    harm(dest)
    told = cli.run(*_check(cli, dest))
    assert told.code == 5 and "It holds all" not in told.err
    assert f"But for what is damaged it holds all that {cli.file.name} holds." in told.err


def _check(cli: CommandLine, backup: Path) -> tuple[str, ...]:
    return ("-j", str(cli.file), "restore", "--check", str(backup))


def test_what_is_said_of_several_backups_names_each(cli: CommandLine) -> None:
    stick = cli.folder / "stick"
    stick.mkdir()
    cli.done("Ana", "backup", str(stick / "a.kap"))
    cli.done("Ana", "backup", str(stick / "b.kap"))
    harm(stick / "b.kap")
    said = cli.run(*_check(cli, stick)).err.splitlines()
    assert [line for line in said if not line.startswith(("a.kap: ", "b.kap: "))] == []
    assert any(line.startswith("b.kap: It is not whole.") for line in said)


def test_backup_says_as_json_what_it_did(cli: CommandLine) -> None:
    stick = cli.folder / "stick"
    stick.mkdir()
    first = cli.done("Ana", "backup", "--json", str(stick)).json["file"]
    told = cli.done("Ana", "backup", "--json", str(stick), "--keep", "1").json
    assert told == {"file": told["file"], "files": 1, "removed": [first], "left": [], "amiss": []}
    assert Path(told["file"]).parent == stick
    one = cli.done("Ana", "backup", "--json", str(cli.folder / "one.kap")).json
    assert one["file"] == str(cli.folder / "one.kap")


def test_one_more_in_a_folder_and_older_ones_go(cli: CommandLine) -> None:
    stick = cli.folder / "stick"
    stick.mkdir()
    first = cli.done("Ana", "backup", str(stick)).text.strip()
    later = cli.done("Ana", "backup", str(stick), "--keep", "1")
    assert Path(later.text.strip()).exists() and not Path(first).exists()
    assert "Removed" in later.err
    assert cli.as_("Ana", "backup", str(stick), "--keep", "none").code == 2
    assert cli.as_("Ana", "backup", str(cli.folder / "gone"), "--keep", "1").code == 4
    assert cli.as_("Ana", "backup", str(stick), "--couples").code == 6
    assert len(list(stick.iterdir())) == 1


def test_a_backup_is_checked_without_a_passphrase(cli: CommandLine) -> None:
    dest = cli.folder / "copy.kap"
    cli.write("Ana", "the hallway")
    cli.done("Ana", "backup", str(dest))
    cli.write("Ana", "later")
    before = cli.files()
    told = cli.run("-j", str(cli.file), "restore", "--check", str(dest))
    assert told.code == 0 and told.labelled()["doors"] == "Ana, Ben, Dr Lee"
    assert told.labelled()["whole"] == "yes"
    assert "file last changed" in told.labelled() and "sealed rows" not in told.labelled()
    [report] = cli.run("-j", str(cli.file), "restore", "--check", "--json", str(dest)).json
    assert report["whole"] and report["journal"]["same"] and report["journal"]["order"] == "older"
    [proved] = cli.done("Ana", "restore", "--check", "--open", "--json", str(dest)).json
    assert proved["opened"]["notes"] == 1
    assert cli.files() == before
    assert cli.as_("Ana", "restore", "--open", str(dest)).code == 2
    assert cli.run("restore", "--check", str(cli.folder / "nothing.kap")).code == 4


def test_a_damaged_backup_is_told_with_5_beside_whole_ones(cli: CommandLine) -> None:
    stick = cli.folder / "stick"
    stick.mkdir()
    cli.done("Ana", "backup", str(stick))
    cli.done("Ana", "backup", str(stick / "broken.kap"))
    (stick / "broken.kap").write_bytes((stick / "broken.kap").read_bytes()[:20_000])
    outcome = cli.run("restore", "--check", "--json", str(stick))
    assert outcome.code == 5
    assert sorted(one["whole"] for one in outcome.json) == [False, True]
    assert cli.run("restore", "--check", str(stick / "broken.kap")).code == 5


def test_a_damaged_journal_is_no_fault_of_the_backup_beside_it(cli: CommandLine) -> None:
    """That is when somebody looks whether the backup is whole."""
    dest = cli.folder / "copy.kap"
    cli.done("Ana", "backup", str(dest))
    cli.file.write_bytes(cli.file.read_bytes()[:20_000])
    told = cli.run("-j", str(cli.file), "restore", "--check", str(dest))
    assert (told.code, told.labelled()["whole"]) == (0, "yes")
    assert "cannot be compared with your journal" in told.err
    [report] = cli.run("-j", str(cli.file), "restore", "--check", "--json", str(dest)).json
    assert report["whole"] and not report["journal"]["same"] and "damaged" in report["journal"]["says"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_what_is_only_called_like_a_backup_keeps_nobody_from_the_others(cli: CommandLine) -> None:
    stick = cli.folder / "stick"
    stick.mkdir()
    cli.done("Ana", "backup", str(stick))
    os.mkfifo(stick / "a.kap")
    (stick / "b.kap").symlink_to(stick / "nowhere")
    (stick / "c.kap").mkdir()
    outcome = cli.run("restore", "--check", "--json", str(stick))
    assert (outcome.code, [one["whole"] for one in outcome.json]) == (0, [True])


def test_check_reminds_of_a_backup_once_it_is_due(cli: CommandLine) -> None:
    words = "kapjournal backup DEST makes one."
    assert words not in cli.done("Ana", "check").err
    with clock.at(clock.now() + dt.timedelta(days=15)):
        assert words in cli.done("Ben", "check").err
        cli.done("Ana", "backup", str(cli.folder / "copy.kap"))
        assert words not in cli.done("Ben", "check").err
    with clock.at(clock.now() + dt.timedelta(days=31)):
        assert "The last backup here is of" in cli.done("Ben", "check").err
