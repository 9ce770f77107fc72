"""Every command that can take longer than a second says at a terminal how far it is; no script's stderr is
filled with that.

What takes so long was measured with 100,000 notes of 200 words (495 MB), a text of 10 MB and 200 couples, in
seconds on two quiet cores:

    opening, for every command      8      merge                   16     copy                       28
    check                           3      search, the index       18     backup, restore             2
    export to a folder             17      to one document          8     archive                     6
    import, undoing it        minutes      deidentify              60     200 couples, one by one     5

Not a second: listing, one note of 10 MB, and attaching or saving a file of 50 MB on a quick disk. The last
two say how far they are all the same: not every disk is quick.
"""

import shutil

import pytest

from kapjournal.cli.commands import deidentify
from kapjournal.presentation import couples, imports, progress

from .command_line import CommandLine
from .test_couples import practice

__all__ = ["practice"]

LONG = {
    "check": ("check",),
    "merge": ("merge", "other.kap"),
    "copy": ("copy", "new.kap"),
    "apart": ("apart", "--archive", "new.kap", "--yes"),
    "backup": ("backup", "new.kap"),
    "backup into a folder": ("backup", "stick"),
    "restore": ("restore", "backup.kap"),
    "restore --check": ("restore", "--check", "backup.kap"),
    "search": ("search", "hallway"),
    "export": ("export", "new"),
    "export --one-document": ("export", "new.md", "--one-document"),
    "archive": ("archive", "new"),
    "note attach": ("note", "attach", "ID", "words.txt"),
    "note save-file": ("note", "save-file", "ID", "1", "new.txt"),
    "import": ("import", "text", "words.txt"),
    "deidentify": ("deidentify", "words.txt"),
}
"""Each, with what it is given here."""

OF_COUPLES = {"couple list": ("couple", "list"), "search across": ("search", "hallway")}


@pytest.fixture(autouse=True)
def said_of_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be said of little, of which nothing is said as a rule: it is done at once."""
    for room, name in (
        *((progress, "_LARGE"), (couples, "_MANY")),
        *((imports, "_STEP"), (deidentify, "_LONG")),
    ):
        monkeypatch.setattr(room, name, 1)


def how_far(err: str) -> list[str]:
    """What is said of how far it is, but for the opening."""
    said = [line for line in err.splitlines() if not line.startswith("Opening: ")]
    return [line for line in said if any(words in line for words in (" % ", " so far.", " of 2 couples."))]


@pytest.mark.parametrize("command", LONG)
def test_it_is_said_at_a_terminal_alone(cli: CommandLine, command: str) -> None:
    note = cli.write("Ana", "The hallway, with the light on")
    words = cli.folder / "words.txt"
    words.write_text("Ana was born on 3 May 1980.")
    (cli.folder / "stick").mkdir()
    cli.done("Ana", "note", "attach", note, str(words))
    cli.done("Ana", "backup", "backup.kap")
    shutil.copy(cli.file, cli.folder / "other.kap")
    argv = [note if word == "ID" else word for word in LONG[command]]
    told = cli.as_("Ana", *argv, terminal=True)
    assert told.code == 0 and how_far(told.err), told.err
    if command not in ("deidentify", "restore", "restore --check"):
        assert "Opening: " in told.err
    for new in cli.folder.glob("new*"):
        shutil.rmtree(new) if new.is_dir() else new.unlink()
    quiet = cli.as_("Ana", *argv)
    assert not how_far(quiet.err) and "Opening: " not in quiet.err


@pytest.mark.parametrize("command", OF_COUPLES)
def test_it_is_said_of_many_couples(practice: CommandLine, command: str) -> None:
    as_lee = ("--journal-as", "Dr Lee", "--journal-passphrase-file", "lee")
    door = ("-j", "practice.kap", "--passphrase-file", "new")
    for name, file in (("Ana and Ben", "ours.kap"), ("Uma", "theirs.kap")):
        assert practice.run(*door, "couple", "add", name, file, *as_lee).code == 0
    told = practice.run(*door, *OF_COUPLES[command], terminal=True)
    assert "1 of 2 couples." in told.err.splitlines()
    assert not how_far(practice.run(*door, *OF_COUPLES[command]).err)


def test_a_couple_that_is_named_opens_as_slowly(practice: CommandLine) -> None:
    as_lee = ("--journal-as", "Dr Lee", "--journal-passphrase-file", "lee")
    door = ("-j", "practice.kap", "--passphrase-file", "new")
    assert practice.run(*door, "couple", "add", "Ours", "ours.kap", *as_lee).code == 0
    told = practice.run(*door, "-c", "Ours", "note", "list", terminal=True)
    assert sum(line.startswith("Opening: 100 %") for line in told.err.splitlines()) == 2
