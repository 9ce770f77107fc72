"""The archive on the command line."""

import json

from .command_line import CommandLine, one_sentence


def test_an_archive_says_where_it_is_and_that_it_is_not_sealed(cli: CommandLine) -> None:
    cli.write("Ana", "mine", "--title", "Mine")
    cli.write("Ben", "his", "--share", "Ana")
    dest = cli.folder / "out"
    outcome = cli.done("Ana", "archive", str(dest))
    assert outcome.text == f"{dest}\n"
    assert "not sealed" in outcome.err and "what Ben shared with you" in outcome.err
    assert {path.name for path in dest.iterdir()} == {"README.md", "notes", "shared"}
    again = cli.as_("Ana", "archive", str(dest))
    assert (again.code, again.out) == (6, b"") and one_sentence(again)
    lost = cli.as_("Ana", "archive", str(cli.folder / "no" / "where"))
    assert lost.code == 7 and one_sentence(lost)


def test_notes_in_which_code_stands_that_obsidian_may_run_are_named(cli: CommandLine) -> None:
    live = ("```dataviewjs\ndv.x()\n```", "<% tp.x %>", "[a](obsidian://open)", "[b](JavaScript:x)", "`$= x`")
    for number, words in enumerate(live):
        cli.write("Ben", f"Words\n\n> {words}", "--title", f"Live {number}", "--share", "Ana")
    cli.write("Ana", "`js` and a < b % c, about obsidian", "--title", "Quiet")
    dest = cli.folder / "out"
    said = cli.done("Ana", "archive", str(dest)).err
    assert "“Live 0”; " in said and " and 2 more." in said and "Quiet" not in said
    assert "in restricted mode" in (dest / "README.md").read_text()
    assert "Obsidian" not in cli.done("Ana", "archive", str(cli.folder / "a.json"), "--format", "json").err


def test_the_json_and_the_calendar_are_one_file_each(cli: CommandLine) -> None:
    cli.write("Ana", "mine")
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", "2024-11-17")
    dest = cli.folder / "all.json"
    assert cli.done("Ana", "archive", str(dest), "--format", "json").text == f"{dest}\n"
    assert [note["body"] for note in json.loads(dest.read_bytes())["notes"]] == ["mine"]
    days = cli.done("Ana", "archive", str(cli.folder / "days.ics"), "--format", "ics")
    assert "no word of what" in days.err and "shared" not in days.err
    assert cli.as_("Ana", "archive", str(cli.folder / "x"), "--format", "xml").code == 2


def test_the_schema_needs_no_journal(cli: CommandLine) -> None:
    assert cli.run("archive", "--schema").json["$id"] == "urn:kapjournal:archive:1"


def test_without_a_session_there_is_no_calendar(cli: CommandLine) -> None:
    cli.write("Ana", "mine")
    refused = cli.as_("Ana", "archive", str(cli.folder / "days.ics"), "--format", "ics")
    assert refused.code == 4 and one_sentence(refused)
    assert not (cli.folder / "days.ics").exists()
