"""Whom to call, without a door."""

from .command_line import CommandLine


def test_it_opens_nothing_and_says_whom_to_call(empty_cli: CommandLine) -> None:
    said = empty_cli.run("crisis")
    assert said.code == 0 and said.lines[0] == "988 (call or text) or 911."
    assert said.lines[1].startswith("That is for the country of your settings: United States, 988 Suicide")
    assert said.lines[2].startswith("This journal is not monitored.")
    german = empty_cli.run("crisis", "--country", "de", "--json").json
    asked = empty_cli.run("crisis", "--country", "nl").lines[1]
    assert asked.startswith("That is for the country you asked for: Netherlands")
    assert german["country"] == "DE" and german["line"] and german["monitored"] is False


def test_a_country_without_a_line_has_the_one_for_everywhere(empty_cli: CommandLine) -> None:
    line, monitored = empty_cli.run("crisis", "--country", "AQ").lines
    assert "emergency" in line and "not monitored" in monitored
    assert empty_cli.run("crisis", "--country", "Germany").code == 2
