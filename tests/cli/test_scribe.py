"""Typing for a partner on the command line."""

import re
from dataclasses import replace

from kapjournal.journal import unlock

from .command_line import LEE, CommandLine, one_sentence

WORDS = b"The light in the hallway."


def typed(cli: CommandLine, label: str = "Dr Lee", whose: str = "Ana", *options: str) -> str:
    return cli.done(label, "scribe", "add", "--for", whose, "-", *options, stdin=WORDS).text.strip()


def test_what_is_typed_is_the_partners_and_the_scribe_has_nothing(cli: CommandLine) -> None:
    outcome = cli.done("Dr Lee", "scribe", "add", "--for", "ana", "-", stdin=WORDS)
    assert re.fullmatch(r"[0-9a-f]{20}\n", outcome.text)
    assert outcome.err == "It is with Ana now, as a page of their own. You cannot open it.\n"
    for label in ("Dr Lee", "Ben"):
        assert cli.done(label, "note", "list", "--json").json == []
        assert cli.done(label, "search", "hallway").text == ""
    [note] = cli.done("Ana", "note", "list", "--json").json
    assert (note["body"], note["author"], note["kind"]) == (WORDS.decode(), "Ana", "capture")
    assert note["readers"] == ["Ana"] and note["typed_by"]["by"] == "Dr Lee"
    shown = cli.done("Ana", "note", "show", note["id"]).text
    assert "typed_by: Typed by Dr Lee on " in shown and "Change what is not as you said it." in shown
    cli.done("Ana", "note", "share", note["id"], "--with", "Ben")
    read = cli.done("Ben", "note", "show", note["id"]).text
    assert "typed_by: Typed by Dr Lee on " in read and "Change what" not in read


def test_a_note_of_ones_own_has_no_such_field(cli: CommandLine) -> None:
    note = cli.write("Ana", "words")
    assert "typed_by" not in cli.done("Ana", "note", "show", note, "--json").json


def test_session_and_day_go_with_it(cli: CommandLine) -> None:
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", "2026-03-02")
    given = ("--session", "1", "--date", "2026-03-03", "--json")
    outcome = cli.done("Dr Lee", "scribe", "add", "--for", "Ben", "-", *given, stdin=WORDS)
    assert (outcome.json["for"], outcome.json["session"], outcome.json["date"]) == ("Ben", 1, "2026-03-03")
    [note] = cli.done("Ben", "note", "list", "--json").json
    assert (note["session"], note["date"]) == (1, "2026-03-03")


def test_it_is_listed_and_taken_back_until_they_have_it(cli: CommandLine) -> None:
    page = typed(cli, whose="Ben")
    [row] = cli.done("Dr Lee", "scribe", "list").lines
    assert row.split("\t")[:2] == [page, "Ben"]
    assert cli.done("Dr Lee", "scribe", "list", "--json").json[0]["id"] == page
    assert "taken back" in cli.done("Dr Lee", "scribe", "take-back", page[:6]).err
    assert cli.done("Ben", "note", "list").text == "" == cli.done("Dr Lee", "scribe", "list").text
    other = typed(cli)
    cli.done("Ana", "note", "list")
    refused = cli.as_("Dr Lee", "scribe", "take-back", other)
    assert refused.code == 4 and one_sentence(refused)
    assert cli.done("Dr Lee", "scribe", "list", "--json").json == []
    assert cli.done("Ben", "scribe", "list").text == ""


def test_what_cannot_be_is_one_sentence(cli: CommandLine) -> None:
    for label, whose, words, code in (
        ("Ana", "Ana", WORDS, 2),
        ("Ana", "Dr Lee", WORDS, 6),
        ("Ana", "Nobody", WORDS, 4),
        ("Ana", "Ben", b" \n", 2),
        ("Ana", "Ben", b"a\x1bb", 6),
    ):
        outcome = cli.as_(label, "scribe", "add", "--for", whose, "-", stdin=words)
        assert outcome.code == code, (whose, outcome.err)
        assert one_sentence(outcome) and outcome.out == b""
    outcome = cli.as_("Ana", "scribe", "add", "--for", "Ben", terminal=True)
    assert outcome.code == 2 and "Say where the words are" in outcome.err


def test_what_a_crash_left_behind_is_handed_over_with_the_next_command(cli: CommandLine) -> None:
    with unlock(cli.file, label="Dr Lee", passphrase=LEE, record_folder=cli.memory) as lee:
        lee.scribe.save(replace(lee.scribe.begin("Ana"), words=WORDS.decode()))
    said = cli.done("Dr Lee", "note", "list").err
    assert said == "What you were typing before is handed over now, to Ana.\n"
    assert cli.done("Dr Lee", "note", "list").err == ""
    [note] = cli.done("Ana", "note", "list", "--json").json
    assert note["body"] == WORDS.decode()
