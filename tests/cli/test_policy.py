"""The couple's policy and asking to talk, on the command line."""

from .command_line import CommandLine, one_sentence


def test_a_therapist_writes_it_down_and_it_is_said_beside_what_she_will_read(cli: CommandLine) -> None:
    assert cli.done("Ana", "policy", "show").lines[0] == "Secrets: not chosen yet."
    said = cli.done("Dr Lee", "policy", "set", "--secrets", "no-secrets", "--hour", "9:30")
    assert said.lines[0] == "Secrets: no secrets."
    shown = cli.done("Ben", "policy", "show", "--json").json
    assert (shown["secrets"], shown["hour"], shown["by"], shown["intake"]) == (
        "no-secrets",
        "09:30",
        "Dr Lee",
        None,
    )
    cli.done("Dr Lee", "policy", "set", "--hour", "10:00")
    assert cli.done("Ana", "policy", "show", "--json").json["secrets"] == "no-secrets"
    cli.done("Dr Lee", "policy", "set", "--dialogue-in-the-room")
    assert cli.done("Ben", "policy", "show", "--json").json["dialogue_in_the_room"] is True
    assert "Dr Lee keeps dialogue for the room for now." in cli.done("Ana", "policy", "show").lines
    cli.done("Dr Lee", "policy", "set", "--dialogue-at-home")
    assert cli.done("Ben", "policy", "show", "--json").json["dialogue_in_the_room"] is False
    sentence = "You two chose no secrets. Dr Lee may bring this into the room"
    note = cli.write("Ana", "The hallway.")
    assert sentence in cli.done("Ana", "note", "share", note, "--with", "Dr Lee").err
    assert sentence in cli.done("Ana", "bring", "add", "--words", "About trust.").err
    other = cli.write("Ben", "The kettle.")
    assert sentence not in cli.done("Ben", "note", "share", other, "--with", "all").err


def test_only_a_therapist_writes_it_and_only_what_there_is(cli: CommandLine) -> None:
    for who, argv, code in (
        ("Ana", ("--secrets", "individual"), 6),
        ("Dr Lee", ("--secrets", "some"), 2),
        ("Dr Lee", (), 2),
        ("Dr Lee", ("--hour", "late"), 2),
    ):
        outcome = cli.as_(who, "policy", "set", *argv)
        assert outcome.code == code and one_sentence(outcome), argv


def test_asking_to_talk_from_end_to_end(cli: CommandLine) -> None:
    asked = cli.done("Ana", "talk", "ask")
    assert "not what about. Nobody is alerted." in asked.err
    [row] = cli.done("Dr Lee", "talk", "list").lines
    assert row.startswith(asked.text.strip()) and "Ana asks to talk, since" in row
    assert cli.done("Dr Lee", "talk", "list", "--json").json[0]["of"] == "Ana"
    assert cli.done("Ben", "talk", "list").lines == []
    assert cli.done("Ana", "talk", "ask", "--json").json["id"] == asked.text.strip()
    cli.done("Ana", "talk", "take-back")
    assert cli.done("Dr Lee", "talk", "list").lines == []
    assert cli.as_("Ana", "talk", "take-back").code == 4
    assert cli.as_("Dr Lee", "talk", "ask").code == 6
