"""Every command of a supervisor's: none says what the couple are called, and the others' say it as before."""

import shutil
from collections.abc import Callable

import pytest

from kapjournal.journal import Journal, unlock
from kapjournal.presentation.people import ROLES_INSTEAD
from tests.supervised import ROE, ROES, names_told, supervise

from .command_line import PASSPHRASES, CommandLine, Outcome


@pytest.fixture
def supervised(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The journal of three with a supervisor, to whom everybody shared something."""
    monkeypatch.setitem(PASSPHRASES, ROE, ROES)
    supervise(cli.file, cli.memory, opened(cli))
    cli.done(ROE, "people")
    return cli


def opened(cli: CommandLine) -> Callable[[str], Journal]:
    return lambda label: unlock(
        cli.file, label=label, passphrase=PASSPHRASES[label], record_folder=cli.memory
    )


def said(outcome: Outcome) -> str:
    return outcome.text + outcome.err


def everything_read(cli: CommandLine, label: str) -> str:
    """What a member's commands say that change nothing, and their exports."""
    notes = {note["title"]: note["id"] for note in cli.done(label, "note", "list", "--json").json}
    assert {"Chair", "river", "stone"} <= notes.keys()
    commands = [
        ("people",),
        ("session", "list"),
        ("note", "list"),
        ("search", "a"),
        *(("note", "show", note) for note in notes.values()),
        *(("note", "files", note) for note in notes.values()),
        ("verify", notes["Chair"]),
        ("check",),
    ]
    words = [said(cli.done(label, *command, *more)) for command in commands for more in ((), ("--json",))]
    for name, more in (("pages", ()), ("one.md", ("--one-document",))):
        dest = cli.folder / f"{label} {name}"
        words.append(said(cli.done(label, "export", str(dest), "--include-shared", *more)))
        files = [dest] if dest.is_file() else [path for path in dest.rglob("*") if path.is_file()]
        words += [f"{path.relative_to(cli.folder)}\n{path.read_text()}" for path in files]
    return "\n".join(words)


def test_nothing_a_supervisor_reads_names_the_couple(supervised: CommandLine) -> None:
    read = everything_read(supervised, ROE)
    assert names_told(read) == []
    assert read.count(ROLES_INSTEAD) == 1
    assert "First partner" in read and "Second partner" in read and "Dr Lee" in read


@pytest.mark.parametrize("label", ["Dr Lee", "Ana", "Ben"])
def test_the_others_read_labels_as_before(supervised: CommandLine, label: str) -> None:
    people = supervised.done(label, "people", "--json").json
    labels = {"Dr Lee", "Ana", "Ben", ROE}
    assert {one["label"] for one in people} == {one["invited_as"] for one in people} == labels
    notes = supervised.done(label, "note", "list", "--json").json
    assert {one["author"] for one in notes} == ({"Dr Lee"} if label == "Dr Lee" else labels - {ROE})
    assert "artner" not in said(supervised.done(label, "note", "list"))


def test_what_a_supervisor_does_names_them_as_they_are_shown(supervised: CommandLine) -> None:
    [first] = [note for note in supervised.done(ROE, "note", "list", "--by", "first partner", "--json").json]
    assert first["author"] == "First partner" and first["readers"] == ["First partner", ROE, "Second partner"]
    mine = supervised.write(ROE, "A question.", "--share", "First partner")
    label = {"river": "Ana", "stone": "Ben"}[first["title"]]
    other = {"Ana": "Ben", "Ben": "Ana"}[label]
    assert "A question." in supervised.done(label, "note", "show", mine).text
    assert supervised.as_(other, "note", "show", mine).code == 4
    words = [
        supervised.done(ROE, "note", "share", mine, "--with", "Second partner"),
        supervised.done(ROE, "note", "withdraw", mine, "--from", "Second partner"),
        supervised.done(ROE, "note", "history", mine, "--json"),
        supervised.done(ROE, "people", "verify", "Second partner", "--json"),
        supervised.done(ROE, "people", "acknowledge", "Second partner"),
        supervised.as_(ROE, "people", "remove", "Second partner"),
        supervised.as_(ROE, "note", "share", mine, "--with", "Nobody"),
    ]
    assert names_told("".join(map(said, words))) == []
    theirs = supervised.done(other, "people", "verify", ROE, "--json").json
    assert words[3].json == {"label": "Second partner", "number": theirs["number"]}
    supervised.done(ROE, "people", "verify", "Second partner", "--confirm")
    labels = {one["label"] for one in supervised.done(ROE, "people", "--json").json}
    assert labels == {"Dr Lee", "First partner", other, ROE}


def test_findings_of_a_supervisor_name_nobody_of_the_couple(supervised: CommandLine) -> None:
    before = supervised.folder / "before.kap"
    shutil.copy(supervised.file, before)
    for label in ("Ana", "Ben"):
        supervised.write(label, "A later word.", "--share", ROE)
    supervised.done(ROE, "note", "list")
    shutil.copy(before, supervised.file)
    found = supervised.as_(ROE, "check", "--json")
    assert found.code == 5
    assert {"First partner", "Second partner"} <= {one["member"] for one in found.json["findings"]}
    assert names_told(said(found) + said(supervised.as_(ROE, "people"))) == []
