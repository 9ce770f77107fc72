"""Lines of the record for a write-up on the command line: listed with where each is from, and pulled in."""

import json

import pytest

from tests.cli.command_line import CommandLine
from tests.cli.test_records import done, practice, refused

__all__ = ["practice"]

COUPLE = ("-c", "ana and ben")


@pytest.fixture
def noted(practice: CommandLine) -> CommandLine:
    """With a progress note and a process note."""
    note = ("record", "add", "progress", *COUPLE, "--date", "2026-03-02", "--session", "3")
    done(practice, *note, "--data", "Ana waited. Ben went. Both came back.", "--risk", "Asked of each.")
    done(practice, "record", "add", "process", *COUPLE, "--text", "I hurry her. She sees it.")
    return practice


def begun(cli: CommandLine, *fields: str) -> str:
    asked = ("--question", "Whose pace am I keeping?", "--want", "challenge me")
    [written] = done(cli, "supervision", "new", *COUPLE, *asked, *fields)
    return written


def wrongly(cli: CommandLine, *argv: str) -> str:
    code, said = refused(cli, *argv)
    assert code == 2
    return said


def test_lines_are_listed_with_where_they_are_from(noted: CommandLine) -> None:
    written = begun(noted)
    rows = [line.split("\t") for line in done(noted, "supervision", "pull", written, "moment")]
    assert rows[0] == [
        "1",
        "Progress note, session 3: Data",
        "[first partner] waited.",
        "progress note of 2 March 2026, session 3, Data",
    ]
    assert [row[2] for row in rows] == [
        "[first partner] waited.",
        "[second partner] went.",
        "Both came back.",
    ]
    found = json.loads("\n".join(done(noted, "supervision", "pull", written, "moment", "--json")))
    assert [one["number"] for one in found] == [1, 2, 3]
    assert found[0]["source"].startswith("record:") and not found[0]["needs_reason"]


def test_what_is_taken_stands_in_the_field_and_its_source_with_the_therapist(noted: CommandLine) -> None:
    written = begun(noted)
    said = done(noted, "supervision", "pull", written, "moment", "--take", "1,3")
    assert said[-1] == "2 lines pulled in. Where each is from stays with you."
    read = json.loads("\n".join(done(noted, "record", "show", written, "--json")))
    assert read["fields"]["moment"] == "[first partner] waited.\nBoth came back."
    for wrong in ("0", "4", "x", ""):
        assert "number" in wrongly(noted, "supervision", "pull", written, "moment", "--take", wrong)
    assert json.loads("\n".join(done(noted, "record", "show", written, "--json"))) == read


def test_a_process_note_is_for_the_own_programme_and_comes_line_by_line(noted: CommandLine) -> None:
    outside, own = begun(noted), begun(noted, "--basis", "own programme")
    assert done(noted, "supervision", "pull", outside, "pull") == [
        "Nothing is pulled into this field: it is yours to write."
    ]
    pull = ("supervision", "pull", own, "pull", "--take")
    assert "alone, and with a reason" in wrongly(noted, *pull, "1-2", "--reason", "mine")
    assert "Say in one line why" in wrongly(noted, *pull, "1")
    done(noted, *pull, "1", "--reason", "It is my question.")
    read = json.loads("\n".join(done(noted, "record", "show", own, "--json")))
    assert read["fields"]["pull"] == "I hurry her."


def test_an_unknown_field_is_named_and_what_is_no_write_up_is_refused(noted: CommandLine) -> None:
    written = begun(noted)
    assert "they are question" in wrongly(noted, "supervision", "pull", written, "doses")
    [note] = [line.split("\t")[0] for line in done(noted, "record", "list") if "progress" in line]
    assert refused(noted, "supervision", "pull", note, "moment")[0] == 6
