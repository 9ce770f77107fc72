"""The parts check-in on the command line."""

import json

import pytest

from kapjournal import paths
from kapjournal.content import steps as content

from .command_line import CommandLine


def test_the_steps_and_a_note_of_them(cli: CommandLine) -> None:
    shown = cli.done("Ana", "parts")
    assert [line.split("\t")[0] for line in shown.lines] == [
        *("nearest", "towards", "fear", "knows", "here", "speak"),
    ]
    assert "take it to your therapist" in shown.err
    assert cli.done("Ana", "parts", "--json").json[5]["words"] == ["yes", "not yet", "no"]
    answers = {"here": "Courage, calm", "nearest": "The guard.\n\nAt the door.", "speak": ""}
    note = cli.done("Ana", "parts", "-", stdin=json.dumps(answers).encode()).lines[0]
    assert cli.done("Ana", "note", "show", note, "--raw").text == (
        "## Which part of me is nearest right now?\n\nThe guard.\n\nAt the door.\n\n"
        "## Which of these is here, even a little?\n\ncalm, courage"
    )
    assert cli.done("Ana", "note", "list", "--kind", "parts").lines[0].split("\t")[0] == note
    assert cli.done("Ben", "note", "list").lines == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("no json", 2),
        ("[]", 2),
        ('{"nobody": "x"}', 2),
        ('{"here": "anger"}', 2),
        ('{"speak": "yes, no"}', 2),
        ('{"fear": 3}', 2),
        ('{"fear": " "}', 6),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_is_written(cli: CommandLine, given: str, code: int) -> None:
    outcome = cli.as_("Ana", "parts", "-", stdin=given.encode())
    assert outcome.code == code and "unexpected" not in outcome.err
    assert cli.done("Ana", "note", "list").lines == []


def test_it_is_for_partners(cli: CommandLine) -> None:
    assert cli.as_("Dr Lee", "parts", "-", stdin=b'{"fear": "x"}').code == 6


def test_a_clinics_steps_are_printed_and_what_is_wrong_in_its_file_is_named(cli: CommandLine) -> None:
    folder = paths.config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "parts.toml").write_text('[nearest]\nquestion = "Who is here?"\n\n[fear]\nhelp = 3\n')
    content._read.cache_clear()
    shown = cli.done("Ana", "parts")
    assert shown.lines[0] == "nearest\tWho is here?\t-" and len(shown.lines) == 6
    assert "parts.toml, line 5: “help” is one line of text" in shown.err
