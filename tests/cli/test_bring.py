"""Bring this, on the command line: a page, words alone, the list, and taking back."""

import datetime as dt

from kapjournal import clock

from .command_line import CommandLine, one_sentence


def thursday() -> dt.date:
    """A day ahead."""
    return clock.today() + dt.timedelta(days=6)


def test_a_page_and_words_from_end_to_end(cli: CommandLine) -> None:
    cli.done("Dr Lee", "session", "add", "--kind", "integration", "--date", thursday().isoformat())
    note = cli.write("Ana", "The hallway.\nAbout trust.", "--title", "Hallway")
    page = cli.done("Ana", "bring", "add", note)
    words = cli.done("Ana", "bring", "add", "--words", "-", stdin=b"About trust.\n")
    for said, them in ((page.err, "it"), (words.err, "them")):
        assert f"for {thursday():%A}" in said and f"Dr Lee can read {them}." in said
        assert "This journal is not monitored; in an emergency: " in said
        assert "Dr Lee may keep a copy in the record." in said
    rows = [line.split("\t") for line in cli.done("Ana", "bring", "list").lines]
    assert [row[0] for row in rows] == [page.text.strip(), words.text.strip()]
    assert [row[2:] for row in rows] == [
        ["Ana", "session 1", "“Hallway” · the whole page"],
        ["Ana", "session 1", "“About trust.”"],
    ]
    assert cli.done("Dr Lee", "bring", "list").lines == cli.done("Ana", "bring", "list").lines
    assert "reads what you mark" in cli.done("Ana", "bring", "list").err
    assert cli.done("Dr Lee", "bring", "list").err == ""
    assert cli.done("Dr Lee", "note", "list").lines[0].startswith(note)


def test_json_has_each_mark(cli: CommandLine) -> None:
    added = cli.done("Ana", "bring", "add", "--words", "About trust.", "--json").json
    assert cli.done("Dr Lee", "bring", "list", "--json").json == [added]
    assert added == {
        "id": added["id"],
        "of": "Ana",
        "note": None,
        "words": "About trust.",
        "date": clock.today().isoformat(),
        "marked": added["marked"],
        "session": None,
        "current": True,
    }


def test_the_other_partner_is_told_nothing(cli: CommandLine) -> None:
    before = [cli.done("Ben", *what).text for what in (("bring", "list", "--all"), ("note", "list"))]
    note = cli.write("Ana", "The hallway.")
    cli.done("Ana", "bring", "add", note)
    mark = cli.done("Ana", "bring", "add", "--words", "About trust.").text.strip()
    after = [cli.done("Ben", *what).text for what in (("bring", "list", "--all"), ("note", "list"))]
    assert before == after == ["", ""]
    assert cli.as_("Ben", "bring", "remove", mark).code == 4
    assert cli.as_("Ben", "bring", "add", note).code == 4


def test_taking_back_says_that_a_page_stays_shared(cli: CommandLine) -> None:
    note = cli.write("Ana", "The hallway.")
    page = cli.done("Ana", "bring", "add", note).text.strip()
    words = cli.done("Ana", "bring", "add", "--words", "About trust.").text.strip()
    assert "stays shared" in cli.done("Ana", "bring", "remove", page).err
    gone = cli.done("Ana", "bring", "remove", words, "--json")
    assert gone.json == {"taken_back": words} and "shared" not in gone.err
    assert cli.done("Dr Lee", "bring", "list", "--all").lines == []
    assert len(cli.done("Dr Lee", "note", "list").lines) == 1


def test_what_cannot_be_is_said_in_a_sentence(cli: CommandLine) -> None:
    for argv, code in (
        (("bring", "add"), 2),
        (("bring", "add", "abcd", "--words", "x"), 2),
        (("bring", "add", "--words", "  "), 2),
        (("bring", "add", "abcdef"), 4),
        (("bring", "remove", "abcdef"), 4),
    ):
        outcome = cli.as_("Ana", *argv)
        assert outcome.code == code and one_sentence(outcome), argv
    assert cli.as_("Dr Lee", "bring", "add", "--words", "x").code == 6


def test_a_partner_has_a_page_of_their_own_before_a_session(cli: CommandLine) -> None:
    cli.done("Ana", "bring", "add", "--words", "About the letter.")
    cli.done("Ben", "bring", "add", "--words", "SECRET of his")
    said = cli.done("Ana", "brief").text
    assert "You bring\n  “About the letter.”\n" in said and "SECRET" not in said
    assert cli.done("Ana", "brief", "--json").json["sections"] == [
        {"heading": "You bring", "entries": [{"who": None, "words": "“About the letter.”"}]}
    ]
    assert cli.as_("Dr Lee", "brief").code == 2
    assert cli.as_("Ana", "brief", "-c", "The two").code != 0
