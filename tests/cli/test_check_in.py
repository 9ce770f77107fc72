"""Check-ins by commands: for oneself, shared, taken back, and never told of to anybody else."""

import pytest

from kapjournal import clock, paths

from .command_line import CommandLine, one_sentence


def test_a_partner_checks_in_shares_and_withdraws(cli: CommandLine) -> None:
    made = cli.done(
        "Ana", "check-in", "add", "mood=6", "fear=0", "--line", "The lake.", "--date", "2026-03-02"
    )
    mine = made.text.strip()
    assert made.err == ""
    assert cli.done("Ana", "check-in", "list").lines == [
        f"{mine}\t2026-03-02\tAna\t-\tMood 6 · Fear 0 · The lake.\tOnly you"
    ]
    shown = cli.done("Ana", "check-in", "show", mine[:6]).labelled()
    assert shown["Mood"] == "6 (0 heavy, 10 light)" and shown["Line"] == "The lake."
    assert "Calm" not in shown, "what was left out is not there"
    shared = cli.done("Ana", "check-in", "share", mine, "--with", "Dr Lee")
    assert "You and Dr Lee (not compared yet) can read it." in shared.err
    assert "This journal is not monitored" in shared.err
    [row] = cli.done("Dr Lee", "check-in", "list", "--of", "Ana").lines
    assert row.endswith("Ana shares it with you.\tYou and Ana") and "6" not in row.split("\t")[4]
    assert cli.done("Dr Lee", "check-in", "show", mine, "--json").json["values"] == {"fear": 0, "mood": 6}
    assert (
        "Only you can read it now." in cli.done("Ana", "check-in", "withdraw", mine, "--from", "Dr Lee").err
    )
    assert cli.as_("Dr Lee", "check-in", "show", mine).code == 4
    cli.done("Ana", "check-in", "delete", mine)
    assert cli.done("Ana", "check-in", "list").out == b""


def test_on_the_day_of_a_dose_it_is_said_from_when_on_the_partner_can_have_it(cli: CommandLine) -> None:
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", clock.today().isoformat())
    said = "You can share this with Ben from 10:00 tomorrow. Until then it is yours alone, unless you send"
    refused = cli.as_("Ana", "check-in", "add", "--share", "Ben")
    assert refused.code == 6 and said in refused.err, "before anything is asked for"
    mine = cli.done("Ana", "check-in", "add", "mood=6").text.strip()
    refused = cli.as_("Ana", "check-in", "share", mine, "--with", "Ben")
    assert refused.code == 6 and said in refused.err
    cli.done("Ana", "check-in", "share", mine, "--with", "Dr Lee")
    refused = cli.as_("Ana", "check-in", "share", mine, "--with", "Ben")
    assert "Until then Ben cannot read it, unless you send it now." in refused.err
    cli.done("Ana", "check-in", "share", mine, "--with", "Ben", "--now")
    assert len(cli.done("Ben", "check-in", "list").lines) == 1


def test_nobody_else_is_told_of_it(cli: CommandLine) -> None:
    commands = (("check-in", "list"), ("check-in", "list", "--json"), ("note", "list"), ("check",))
    before = [cli.done(who, *command).text for who in ("Ben", "Dr Lee") for command in commands]
    mine = cli.done("Ana", "check-in", "add", "mood=6", "--line", "quiet").text.strip()
    after = [cli.done(who, *command).text for who in ("Ben", "Dr Lee") for command in commands]
    assert after == before
    for verb, *more in (("show",), ("delete",), ("share", "--with", "Dr Lee")):
        refused = cli.as_("Ben", "check-in", verb, mine, *more)
        assert refused.code == 4 and one_sentence(refused)


def test_when_it_was_is_said_by_moment_and_session(cli: CommandLine) -> None:
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", "2026-03-02")
    mine = cli.done("Ana", "check-in", "add", "hope=10", "--moment", "after", "--session", "1", "--json").json
    assert (mine["moment"], mine["session"], mine["values"]) == ("after", 1, {"hope": 10})
    assert cli.done("Ana", "check-in", "show", mine["id"]).labelled()["when"] == "after session 1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mood=11"], "A slider goes from 0 to 10"),
        (["mood="], "A slider goes from 0 to 10"),
        (["mood=1", "mood=2"], "“mood” is there twice"),
        (["joy=3"], "There is no slider “joy”; they are mood, fear, understood, calm"),
        (["mood=1", "--moment", "later"], "before, after, between"),
        (["mood=1", "--date", "2199-05-05"], "2199-05-05 has not come yet"),
        ([], "Say something: check-in add mood=6"),
    ],
)
def test_what_is_no_check_in_is_refused_in_a_sentence(
    cli: CommandLine, arguments: list[str], said: str
) -> None:
    refused = cli.as_("Ana", "check-in", "add", *arguments)
    assert refused.code == 2 and said in refused.err
    assert cli.done("Ana", "check-in", "list").out == b""


def test_a_therapist_checks_nobody_in(cli: CommandLine) -> None:
    assert cli.as_("Dr Lee", "check-in", "add", "mood=3").code == 6


def test_a_clinics_own_slider_stands_behind_ours_and_a_wrong_one_is_named(cli: CommandLine) -> None:
    file = paths.config_folder() / "check_in.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('[laughter]\nlabel = "Laughter"\nlow = "none"\nhigh = "a lot"\n[mood]\nlabel = 3\n')
    made = cli.done("Ana", "check-in", "add", "laughter=7", "mood=1")
    assert "check_in.toml, line 6: “mood” needs “label”" in made.err
    assert "Mood 1 · Laughter 7" in cli.done("Ana", "check-in", "list").text
