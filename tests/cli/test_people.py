"""People and invitations on the command line."""

import datetime as dt
import errno
from contextlib import suppress

import pytest

from kapjournal import clock
from kapjournal.journal import FLOOR, unlock
from tests.cast import joins

from .command_line import BEN, CommandLine


def test_people(cli: CommandLine) -> None:
    people = cli.done("Ana", "people", "--json").json
    fields = ["label", "role", "invited_as", "keeper", "verified", "removed", "me"]
    assert list(people[0]) == [*fields, "was_verified", "new_keys_since", "unacknowledged"]
    assert {(one["label"], one["role"], one["keeper"], one["me"]) for one in people} == {
        ("Dr Lee", "therapist", True, False),
        ("Ana", "partner", False, True),
        ("Ben", "partner", False, False),
    }
    assert "Dr Lee\ttherapist\tkeeper" in cli.done("Ana", "people").lines


def verified(cli: CommandLine, label: str) -> list[str]:
    people = cli.done(label, "people", "--json").json
    return [one["label"] for one in people if one["verified"] and not one["me"]]


def test_both_see_the_same_60_digits_and_mark_each_other(cli: CommandLine) -> None:
    hers = cli.done("Ana", "people", "verify", "Ben")
    his = cli.done("Ben", "people", "verify", "Ana")
    assert hers.text == his.text
    assert sum(character.isdigit() for character in hers.text) == 60
    assert verified(cli, "Ana") == []
    cli.done("Ana", "people", "verify", "Ben", "--confirm")
    assert verified(cli, "Ana") == ["Ben"]
    assert cli.as_("Ben", "people", "verify", "Ana", stdin=b"yes\n", terminal=True).code == 0
    assert verified(cli, "Ben") == ["Ana"]
    assert cli.as_("Ana", "people", "verify", "Nobody").code == 4


def test_only_the_keeper_invites_cancels_and_removes(cli: CommandLine) -> None:
    for line in (
        ["invite", "Eve", "--role", "supervisor"],
        ["invite", "list"],
        ["invite", "cancel", "Eve"],
        ["people", "remove", "Ben"],
    ):
        outcome = cli.as_("Ana", *line)
        assert (outcome.code, outcome.out) == (6, b""), line
    assert cli.as_("Dr Lee", "invite", "Third", "--role", "partner").code == 6


def test_invitations_are_listed_and_cancelled(cli: CommandLine) -> None:
    cli.done("Dr Lee", "invite", "Eve", "--role", "supervisor")
    made, last_day = str(clock.today()), str(clock.today() + dt.timedelta(days=14))
    listed = {"name": "Eve", "role": "supervisor", "made": made, "last_day": last_day}
    assert cli.done("Dr Lee", "invite", "list", "--json").json == [listed]
    assert cli.done("Dr Lee", "invite", "list").text == f"Eve\tsupervisor\t{made}\t{last_day}\n"
    cli.done("Dr Lee", "invite", "cancel", "Eve")
    assert cli.done("Dr Lee", "invite", "list", "--json").json == []
    assert cli.as_("Dr Lee", "invite", "cancel", "Eve").code == 4


def test_a_copy_says_how_it_is_joined_and_brought_together_again(cli: CommandLine) -> None:
    said = cli.as_("Dr Lee", "invite", "Max", "--role", "supervisor").err
    assert "kapjournal copy DEST --for NAME" in " ".join(said.split())
    said = cli.as_("Dr Lee", "copy", str(cli.folder / "max.kap"), "--for", "Max").err
    said = " ".join(said.split())
    assert "types kapjournal -j FILE join" in said
    assert "type kapjournal merge and the path of the other." in said


@pytest.mark.parametrize(
    "error", [BrokenPipeError(errno.EPIPE, "gone"), OSError(errno.ENOSPC, "full"), KeyboardInterrupt()]
)
def test_an_invitation_whose_words_cannot_be_printed_is_none(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, error: OSError | KeyboardInterrupt
) -> None:
    def nowhere(_: str) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("kapjournal.stdio.stdout._write", nowhere)
        with suppress(KeyboardInterrupt):
            assert cli.as_("Dr Lee", "invite", "Eve", "--role", "supervisor").code != 0
    assert cli.done("Dr Lee", "invite", "list", "--json").json == []
    cli.done("Dr Lee", "invite", "Eve", "--role", "supervisor")


def test_nothing_new_is_shared_with_a_removed_member(cli: CommandLine) -> None:
    cli.done("Dr Lee", "people", "remove", "Ben")
    [ben] = [one for one in cli.done("Ana", "people", "--json").json if one["label"] == "Ben"]
    assert ben["removed"]
    assert cli.as_("Ana", "note", "add", "-", "--share", "Ben", stdin=b"x").code == 6


def test_the_digits_to_compare_are_there_as_json(cli: CommandLine) -> None:
    one = cli.done("Ana", "people", "verify", "Ben", "--json").json
    other = cli.done("Ben", "people", "verify", "Ana", "--json").json
    assert one == {"label": "Ben", "number": other["number"]}


def test_new_keys_of_somebody_compared_are_said_before_every_command_until_compared_again(
    cli: CommandLine,
) -> None:
    cli.done("Ana", "people", "verify", "Ben", "--confirm")
    with unlock(cli.file, label="Ben", passphrase=BEN, record_folder=cli.memory) as ben:
        ben.keys.replace("quite another passphrase", None, strength=FLOOR)
    said = "you had compared the digits of the old ones. Ask Ben by voice, and compare again."
    for command in (["note", "list"], ["people"], ["check"]):
        outcome = cli.done("Ana", *command)
        assert outcome.err.count(said) == 1, command
        assert said not in outcome.text
    [row] = [line for line in cli.done("Ana", "people").lines if line.startswith("Ben")]
    assert row.startswith("Ben\tpartner\tnew keys since ")
    [ben_] = [one for one in cli.done("Ana", "people", "--json").json if one["label"] == "Ben"]
    assert ben_["was_verified"] and not ben_["verified"] and ben_["new_keys_since"]
    assert said not in cli.done("Dr Lee", "people").err, "who had compared nothing is not told aloud"
    cli.done("Ana", "people", "verify", "Ben", "--confirm")
    assert cli.done("Ana", "people").err == ""


def test_a_merge_that_brings_new_keys_says_so(cli: CommandLine) -> None:
    cli.done("Ana", "people", "verify", "Ben", "--confirm")
    bens = cli.folder / "bens.kap"
    cli.done("Ana", "backup", str(bens))
    with unlock(bens, label="Ben", passphrase=BEN, record_folder=cli.folder / "elsewhere") as ben:
        ben.keys.replace("quite another passphrase", None, strength=FLOOR)
    assert cli.done("Ana", "merge", str(bens)).err.count("Ask Ben by voice, and compare again.") == 1


def test_somebody_who_is_invited_already_is_said_to_be(cli: CommandLine) -> None:
    cli.done("Dr Lee", "invite", "Tom", "--role", "supervisor")
    again = cli.as_("Dr Lee", "invite", "Tom", "--role", "supervisor")
    assert again.code == 6
    assert "invited already" in again.err


def test_who_was_removed_in_another_copy_is_told_from_the_merge_on(cli: CommandLine) -> None:
    bens = cli.folder / "bens.kap"
    cli.done("Ben", "backup", str(bens))
    cli.done("Dr Lee", "people", "remove", "Ben")
    theirs = str(cli.file)
    cli.file = bens
    assert "You were removed from this journal" in cli.done("Ben", "merge", theirs).err
    assert "You were removed from this journal" in cli.done("Ben", "note", "list").err
    refused = cli.as_("Ben", "note", "add", "-", "--share", "all", stdin=b"x")
    assert (refused.code, refused.out) == (6, b"") and "nothing more of yours goes to others" in refused.err
    assert cli.write("Ben", "for myself")


def test_who_joined_is_said_before_each_command_that_shares_until_acknowledged(cli: CommandLine) -> None:
    code = cli.done("Dr Lee", "invite", "Tom", "--role", "co-therapist").text.strip()
    joins(cli.file, "Tom O’Hara", code, cli.memory)
    cli.done("Dr Lee", "people")
    said = "Tom O’Hara joined this journal, as co-therapist. “All of you” now means Tom O’Hara too."
    how = "Once you know of it: kapjournal people acknowledge 'Tom O’Hara'"
    note = cli.write("Ana", "for myself")
    sharing = [
        cli.done("Ana", "note", "share", note, "--with", "Ben"),
        cli.done("Ana", "note", "add", "-", "--share", "Ben", stdin=b"x"),
        cli.done("Dr Lee", "session", "add", "--kind", "intake", "--date", "2026-03-02"),
    ]
    for outcome in sharing:
        assert outcome.err.count(said) == outcome.err.count(how) == 1 and said not in outcome.text
    assert said not in cli.done("Ana", "note", "list").err + cli.done("Ana", "people").err
    assert "new here" in cli.done("Ana", "people").text
    assert "You know of Tom O’Hara" in cli.done("Ana", "people", "acknowledge", "Tom O’Hara").err
    assert said not in cli.done("Ana", "note", "add", "-", "--share", "Ben", stdin=b"x").err
    assert said in cli.done("Ben", "note", "add", "-", "--share", "Ana", stdin=b"x").err
