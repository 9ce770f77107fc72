"""After-effects by commands: for the clinic, never for the partner, and whom to tell today."""

import pytest

from .command_line import CommandLine

TELL = "Tell the clinic today. If it cannot wait, call: 988 (call or text) or 911."


def test_a_card_is_for_the_clinic_and_never_for_the_partner(cli: CommandLine) -> None:
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", "2026-03-02")
    made = cli.done(
        *("Ana", "after-effects", "add", "nausea=yes", "fog=no", "--date", "2026-03-05"),
        *("--line", "nausea=since noon"),
    )
    mine = made.text.strip()
    assert "You and Dr Lee (not compared yet) can read it." in made.err
    assert "not monitored" in made.err and "Tell" not in made.err
    assert cli.done("Dr Lee", "after-effects", "list").lines == [
        f"{mine}\t2026-03-05\tAna\tday 3 after the dose of session 1"
        "\tSick to the stomach: since noon\tYou and Ana"
    ]
    shown = cli.done("Dr Lee", "after-effects", "show", mine[:6]).labelled()
    assert shown["Sick to the stomach"] == "yes · since noon" and shown["Foggy, or forgetful"] == "no"
    assert cli.done("Ben", "after-effects", "list").out == b""
    assert cli.as_("Ben", "after-effects", "show", mine).code == 4
    for who in ("Ben", "all", "partner"):
        refused = cli.as_("Ana", "after-effects", "share", mine, "--with", who)
        assert refused.code == 6 and "never shared with your partner" in refused.err
    assert cli.as_("Ana", "after-effects", "add", "fog=yes", "--share", "Ben").code == 6
    cli.done("Ana", "after-effects", "withdraw", mine, "--from", "Dr Lee")
    assert cli.done("Dr Lee", "after-effects", "list").out == b""
    cli.done("Ana", "after-effects", "delete", mine)
    assert cli.done("Ana", "after-effects", "list", "--json").json == []


@pytest.mark.parametrize("row", ["water-pain", "outside-plan"])
def test_whom_to_tell_is_said_at_once_to_who_said_it(cli: CommandLine, row: str) -> None:
    made = cli.done("Ana", "after-effects", "add", f"{row}=yes", "--share", "", "--json")
    assert TELL in made.err and made.json["tell_the_clinic_today"] is True and made.json["readers"] == ["Ana"]
    assert TELL in cli.done("Ana", "after-effects", "show", made.json["id"]).err
    given = cli.done("Ana", "after-effects", "share", made.json["id"], "--with", "therapist").err
    assert "can read it" in given
    assert TELL not in cli.done("Dr Lee", "after-effects", "show", made.json["id"]).err
    assert TELL not in cli.done("Ana", "after-effects", "add", f"{row}=no").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nausea=perhaps"], "Say nausea=yes or nausea=no."),
        (["cough=yes"], "There is no row “cough”; they are sleep, mood-drop"),
        (["fog=yes", "fog=no"], "“fog” is there twice"),
        (["--line", "cough=x"], "There is no row “cough”"),
        ([], "Say something: after-effects add nausea=yes"),
    ],
)
def test_what_is_no_card_is_refused_in_a_sentence(cli: CommandLine, arguments: list[str], said: str) -> None:
    refused = cli.as_("Ana", "after-effects", "add", *arguments)
    assert refused.code == 2 and said in refused.err
    assert cli.as_("Dr Lee", "after-effects", "add", "fog=yes").code == 6
    assert cli.done("Dr Lee", "after-effects", "list").out == b""
