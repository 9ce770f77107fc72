"""The loop on the command line, and a witness's page and a topic as ordinary notes."""

import json

import pytest

from .command_line import CommandLine


def half(cli: CommandLine, who: str, when: str) -> str:
    answers = json.dumps({"when": when, "under": f"{who} is afraid"}).encode()
    return cli.done(who, "cycle", "write", "-", stdin=answers).lines[0]


def test_two_halves_are_written_released_and_read(cli: CommandLine) -> None:
    assert [line.split("\t")[0] for line in cli.done("Ana", "cycle", "write").lines] == [
        *("when", "show", "under", "believe", "do", "long"),
    ]
    assert "Your half is not written yet." in cli.done("Ana", "cycle", "show").err
    note = half(cli, "Ana", "the door shuts")
    assert "Only you can read it." in cli.done("Ana", "cycle", "show").err
    assert cli.done("Ana", "cycle", "release", "--json").json == {"id": note}
    assert "Ana has released a half." in cli.done("Ben", "cycle", "show").err
    half(cli, "Ben", "she asks again")
    cli.done("Ben", "cycle", "release")
    for who in ("Ana", "Ben", "Ana"):
        shown = cli.done(who, "cycle", "show")
    assert shown.lines == [
        *("When", "Ana: the door shuts", "Ben: she asks again"),
        *("Underneath I feel", "Ana: Ana is afraid", "Ben: Ben is afraid"),
    ]
    assert cli.done("Ben", "cycle", "show").lines == shown.lines
    assert cli.done("Dr Lee", "cycle", "show").lines == []

    line = cli.done("Ben", "cycle", "otherwise", "He asked for a minute.", "--date", "2026-03-09").lines[0]
    said = cli.done("Ana", "cycle", "show", "--json").json
    assert said["name"] == "" and said["state"] == []
    assert said["otherwise"] == [
        {"id": line, "date": "2026-03-09", "who": "Ben", "line": "He asked for a minute."}
    ]
    assert said["fields"][0]["said"][0] == {"who": "Ana", "words": "the door shuts"}


def test_a_half_written_freely_is_shown_whole(cli: CommandLine) -> None:
    cli.done("Ana", "note", "add", "-", "--kind", "cycle", stdin=b"All in one breath.\n\nFog.")
    half(cli, "Ben", "she asks again")
    for who in ("Ana", "Ben", "Ana", "Ben"):
        cli.as_(who, "cycle", "release")
    shown = cli.done("Ana", "cycle", "show")
    assert "In their own words\nAna: All in one breath.\n\nFog." in shown.text
    assert "Ben: she asks again" in shown.lines


@pytest.mark.parametrize(
    ("who", "words", "code"),
    [
        ("Ana", ("release",), 6),
        ("Ana", ("release", "ffff"), 4),
        ("Ana", ("otherwise", "too early"), 6),
        ("Dr Lee", ("release",), 6),
        ("Dr Lee", ("otherwise", "not mine"), 6),
        ("Dr Lee", ("write", "-"), 6),
        ("Ana", ("write", "-"), 6),
        ("Ana", ("otherwise", "x", "--date", "never"), 2),
    ],
)
def test_what_is_refused(cli: CommandLine, who: str, words: tuple[str, ...], code: int) -> None:
    outcome = cli.as_(who, "cycle", *words, stdin=b"{}")
    assert outcome.code == code and "unexpected" not in outcome.err
    assert cli.done("Ana", "note", "list").lines == []


def test_the_page_of_a_witness_is_an_ordinary_note_of_ones_own(cli: CommandLine) -> None:
    cli.done("Ana", "note", "add", "-", "--kind", "witness", stdin=b"Two people in a kitchen.")
    assert len(cli.done("Ana", "note", "list", "--kind", "witness").lines) == 1
    assert cli.done("Ben", "note", "list").lines == []
    assert cli.as_("Dr Lee", "note", "add", "-", "--kind", "witness", stdin=b"x").code == 6
