"""People, invitations, sessions, search, export, check, backup and demo on the command line."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kapjournal.presentation.launch import Launch

from .command_line import ANA, CommandLine, one_sentence


def test_people(cli: CommandLine) -> None:
    people = cli.done("Ana", "people", "--json").json
    assert list(people[0]) == ["label", "role", "invited_as", "keeper", "verified", "removed", "me"]
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
    assert cli.done("Dr Lee", "invite", "list", "--json").json == [{"name": "Eve", "role": "supervisor"}]
    assert cli.done("Dr Lee", "invite", "list").text == "Eve\tsupervisor\n"
    cli.done("Dr Lee", "invite", "cancel", "Eve")
    assert cli.done("Dr Lee", "invite", "list", "--json").json == []
    assert cli.as_("Dr Lee", "invite", "cancel", "Eve").code == 4


def test_nothing_new_is_shared_with_a_removed_member(cli: CommandLine) -> None:
    cli.done("Dr Lee", "people", "remove", "Ben")
    [ben] = [one for one in cli.done("Ana", "people", "--json").json if one["label"] == "Ben"]
    assert ben["removed"]
    assert cli.as_("Ana", "note", "add", "-", "--share", "Ben", stdin=b"x").code == 6


def test_sessions(cli: CommandLine) -> None:
    add = ("session", "add", "--kind")
    assert cli.done("Dr Lee", *add, "dosing", "--date", "2024-11-17", "--time", "09:30").text == "1\n"
    assert cli.done("Dr Lee", *add, "check-in", "--date", "2024-11-01", "--title", "First talk").text == "2\n"
    assert cli.as_("Dr Lee", *add, "intake", "--date", "2024-11-01", "--number", "2").code == 6
    assert cli.done("Ana", "session", "list").lines == [
        "2\tcheck-in\t2024-11-01\t-\tFirst talk",
        "1\tdosing\t2024-11-17\t09:30\t-",
    ]
    assert cli.done("Ben", "session", "list", "--json").json[1] == {
        "number": 1,
        "kind": "dosing",
        "date": "2024-11-17",
        "time": "09:30",
        "title": "",
        "author": "Dr Lee",
    }
    cli.done("Dr Lee", "session", "edit", "1", "--number", "5", "--title", "Moved")
    shown = cli.done("Ana", "session", "show", "5", "--json").json
    assert (shown["number"], shown["title"], shown["time"]) == (5, "Moved", "09:30")
    assert "title: Moved" in cli.done("Ana", "session", "show", "5").lines
    assert cli.as_("Ana", "session", "show", "1").code == 4
    assert cli.as_("Dr Lee", "session", "edit", "5").code == 2
    assert cli.as_("Ana", "session", "edit", "5", "--title", "Mine").code in (4, 6)
    assert cli.as_("Ana", *add, "dosing", "--date", "2024-12-01").code == 6


def test_how_many_sessions_are_planned(cli: CommandLine) -> None:
    assert cli.done("Ana", "session", "plan").lines == ["-"]
    assert "8" in cli.done("Dr Lee", "session", "plan", "8").err
    assert cli.done("Ana", "session", "plan").lines == ["8"]
    assert cli.as_("Ana", "session", "plan", "9").code == 6
    assert cli.as_("Dr Lee", "session", "plan", "100").code == 2


def test_search_marks_what_it_found_and_keeps_to_its_filters(cli: CommandLine) -> None:
    cli.write("Ana", "The hallway, with the light on", "--title", "A corridor", "--tag", "dream")
    cli.write("Ben", "No hallway at all", "--share", "Ana")
    cli.write("Ben", "My own hallway")
    lines = cli.done("Ana", "search", "hallw").lines
    assert len(lines) == 2
    assert all("«hallway»" in line for line in lines)
    [hit] = cli.done("Ana", "search", "hallway", "--by", "Ana", "--json").json
    assert "body" not in hit
    assert hit["title"] == "A corridor"
    assert "hallway" in hit["excerpt"]
    assert len(cli.done("Ana", "search", "hallway", "--tag", "dream").lines) == 1
    assert cli.done("Ana", "search", "nowhere").out == b""
    few = cli.done("Ana", "search", "hallway", "--limit", "1")
    assert len(few.lines) == 1
    assert "--limit" in few.err


def test_what_is_searched_for_need_not_stand_on_the_command_line(cli: CommandLine) -> None:
    cli.write("Ana", "The hallway was bright.")
    options = ("-j", str(cli.file), "-a", "Ana", "--passphrase-file", "-")
    found = cli.run(*options, "search", "-", stdin=f"{ANA}\nhallway\n".encode())
    assert found.code == 0
    assert len(found.lines) == 1
    assert cli.as_("Ana", "search", "-", stdin=b"").code == 2


@pytest.mark.parametrize("query", ['"', "a AND", "*", "(", "-x", "NEAR(a b", "title:x", "' OR 1=1", ""])
def test_a_query_is_words_and_never_a_language(cli: CommandLine, query: str) -> None:
    cli.write("Ana", "words")
    outcome = cli.as_("Ana", "search", "--json", "--", query)
    assert outcome.code in (0, 2)
    assert "unexpected" not in outcome.err


def test_export_writes_prints_where_and_says_it_is_not_sealed(cli: CommandLine) -> None:
    cli.write("Ana", "mine", "--title", "Mine")
    cli.write("Ben", "his", "--share", "Ana")
    dest = cli.folder / "out"
    outcome = cli.done("Ana", "export", str(dest))
    assert outcome.text == f"{dest}\n"
    assert "not sealed" in outcome.err
    assert len(list(dest.iterdir())) == 2
    again = cli.as_("Ana", "export", str(dest))
    assert (again.code, again.out) == (6, b"")
    cli.done("Ana", "export", str(dest), "--force", "--include-shared")
    assert len(list(dest.iterdir())) == 3
    one = cli.folder / "all.md"
    cli.done("Ana", "export", str(one), "--one-document", "--include-shared")
    assert "This note is Ben’s." in one.read_text()
    lost = cli.as_("Ana", "export", str(cli.folder / "no" / "where"))
    assert lost.code == 1
    assert one_sentence(lost)


def test_a_time_can_be_taken_away_from_a_session(cli: CommandLine) -> None:
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", "2024-11-17", "--time", "10:30")
    assert cli.as_("Dr Lee", "session", "edit", "1", "--time", "25:00").code == 2
    cli.done("Dr Lee", "session", "edit", "1", "--title", "Still at half past ten")
    assert cli.done("Ana", "session", "show", "1", "--json").json["time"] == "10:30"
    cli.done("Dr Lee", "session", "edit", "1", "--time", "")
    assert cli.done("Ana", "session", "show", "1", "--json").json["time"] is None


def test_an_earlier_wording_is_printed_to_the_letter(cli: CommandLine) -> None:
    note = cli.write("Ana", "first\n words ")
    cli.done("Ana", "note", "edit", note, "-", stdin=b"second words")
    assert cli.done("Ana", "note", "history", note, "--version", "1").text == "first\n words "
    assert cli.done("Ana", "note", "history", note, "--version", "2").text == "second words"
    assert cli.as_("Ana", "note", "history", note, "--version", "3").code == 4


def test_the_digits_to_compare_are_there_as_json(cli: CommandLine) -> None:
    one = cli.done("Ana", "people", "verify", "Ben", "--json").json
    other = cli.done("Ben", "people", "verify", "Ana", "--json").json
    assert one == {"label": "Ben", "number": other["number"]}


def test_somebody_who_is_invited_already_is_said_to_be(cli: CommandLine) -> None:
    cli.done("Dr Lee", "invite", "Tom", "--role", "supervisor")
    again = cli.as_("Dr Lee", "invite", "Tom", "--role", "supervisor")
    assert again.code == 6
    assert "invited already" in again.err


def test_a_link_that_leads_nowhere_is_not_replaced(cli: CommandLine) -> None:
    link = cli.folder / "link"
    link.symlink_to(cli.folder / "unmounted" / "disk")
    cli.write("Ana", "something to export")
    assert cli.as_("Ana", "backup", str(link)).code == 6
    assert cli.as_("Ana", "export", str(link), "--one-document").code == 6
    assert link.is_symlink()


def test_export_selects(cli: CommandLine) -> None:
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", "2024-11-17")
    first = cli.write("Ana", "first words", "--session", "1")
    second = cli.write("Ana", "second words", "--date", "2024-11-01")
    after = cli.write("Ana", "words of the day after", "--date", "2024-11-18")
    his = cli.write("Ben", "his words", "--share", "Ana")
    one = cli.folder / "one.md"

    def exported(*options: str) -> str:
        cli.done("Ana", "export", str(one), "--one-document", "--force", *options)
        return one.read_text()

    assert "first" in (page := exported("--session", "1"))
    assert "second" not in page
    assert "words of the day after" in page
    assert "second" in (page := exported("--note", second))
    assert "first words" not in page
    assert "his words" in exported("--note", his, "--include-shared")
    assert "second" in exported("--session", "1", "--note", second)
    line = ("export", str(one), "--one-document", "--force")
    assert cli.as_("Ana", *line, "--note", his).code == 6
    assert cli.as_("Ana", *line, "--session", "9").code == 4
    assert cli.as_("Ben", *line, "--note", first).code == 4
    assert cli.as_("Ben", *line, "--note", after).code == 4


def test_check_of_a_whole_journal(cli: CommandLine) -> None:
    cli.write("Ana", "one")
    cli.write("Ben", "not counted for Ana")
    plain = cli.done("Ana", "check")
    assert plain.out == b""
    assert one_sentence(plain)
    assert cli.done("Ana", "check", "--json").json == {"whole": True, "notes": 1, "findings": []}


def test_check_of_an_older_copy_names_what_is_missing(cli: CommandLine) -> None:
    older = cli.file.with_suffix(".older")
    shutil.copy(cli.file, older)
    cli.write("Ana", "one")
    shutil.copy(older, cli.file)
    outcome = cli.as_("Ana", "check", "--json")
    assert outcome.code == 5
    assert not outcome.json["whole"]
    assert outcome.json["findings"]
    plain = cli.as_("Ana", "check")
    assert plain.code == 5
    assert len(plain.lines) == len(outcome.json["findings"])
    listed = cli.as_("Ana", "note", "list")
    assert listed.code == 0
    assert listed.err.strip()


def test_backup_is_a_journal_that_passes(cli: CommandLine) -> None:
    cli.write("Ana", "one")
    dest = cli.folder / "copy.kap"
    outcome = cli.done("Ana", "backup", str(dest))
    assert outcome.text == f"{dest}\n"
    assert cli.as_("Ana", "backup", str(dest)).code == 6
    cli.file = dest
    assert cli.done("Ana", "check", "--json").json["whole"]


@dataclass(frozen=True)
class Door:
    label: str
    role: str
    passphrase: str


@dataclass(frozen=True)
class Made:
    path: Path
    doors: Sequence[Door]


@pytest.fixture
def fiction(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, int | None]]:
    """The demo builder, replaced by one that only remembers what it was asked for."""
    asked: list[tuple[Path, int | None]] = []

    def build(folder: Path, *, notes: int | None, memory: Path | None) -> Made:
        assert memory is not None
        asked.append((folder, notes))
        return Made(folder / "demo.kap", (Door("Ana", "partner", "six words"),))

    monkeypatch.setattr("kapjournal.demo.build", build)
    return asked


def test_demo_opens_unless_told_not_to(
    empty_cli: CommandLine, fiction: list[tuple[Path, int | None]]
) -> None:
    where = empty_cli.folder / "demo"
    launch = empty_cli.run("demo", str(where)).code
    assert isinstance(launch, Launch)
    assert launch.path == where / "demo.kap"
    assert "Ana (partner): six words" in launch.notice
    plain = empty_cli.run("demo", str(where), "--no-open", "--notes", "40")
    assert plain.lines == [f"file: {where / 'demo.kap'}", "Ana\tpartner\tsix words"]
    listed = empty_cli.run("demo", "--json")
    assert listed.code == 0
    doors = [{"label": "Ana", "role": "partner", "passphrase": "six words"}]
    assert json.loads(listed.out) == {"file": str(fiction[-1][0] / "demo.kap"), "doors": doors}
    assert [notes for _, notes in fiction] == [None, 40, None]
    fiction[-1][0].rmdir()


def test_the_demo_is_real_and_never_built_over(empty_cli: CommandLine) -> None:
    where = empty_cli.folder / "demo"
    made = empty_cli.run("demo", str(where), "--json")
    assert made.code == 0, made.err
    for door in made.json["doors"]:
        shared = ("-j", made.json["file"], "-a", door["label"], "--passphrase-file", "-")
        assert empty_cli.run(*shared, "note", "list", stdin=door["passphrase"].encode()).lines
    again = empty_cli.run("demo", str(where), "--no-open")
    assert (again.code, again.out) == (6, b"")
    (empty_cli.folder / "file").write_text("")
    assert empty_cli.run("demo", str(empty_cli.folder / "file"), "--no-open").code == 1
