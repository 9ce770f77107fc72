"""Own prompts on the command line."""

from .command_line import CommandLine


def test_own_prompts_are_added_listed_and_taken_away(cli: CommandLine) -> None:
    assert cli.done("Ana", "prompt", "list").lines == []
    cli.done("Ana", "prompt", "add", "--kind", "weave", "What did the tea say?")
    cli.done("Ana", "prompt", "add", "--kind", "weave", "And then?")
    assert cli.done("Ana", "prompt", "list").lines == [
        "weave\t1\tWhat did the tea say?",
        "weave\t2\tAnd then?",
    ]
    assert cli.done("Ana", "prompt", "list", "--kind", "page", "--json").json == {}
    assert cli.done("Ben", "prompt", "list").lines == cli.done("Dr Lee", "prompt", "list").lines == []
    assert cli.as_("Ana", "prompt", "remove", "--kind", "weave", "3").code == 4
    cli.done("Ana", "prompt", "remove", "--kind", "weave", "1")
    assert cli.done("Ana", "prompt", "list", "--json").json == {"weave": ["And then?"]}
    assert cli.as_("Ana", "prompt", "add", "--kind", "observation", "x").code == 6
    assert cli.as_("Ana", "prompt", "add", "--kind", "weave", "two\nlines").code == 2
    assert cli.done("Ana", "check").code == 0
