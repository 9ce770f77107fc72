"""A therapist's morning on the command line: one practice, several couples."""

import json

import pytest

from tests.cast import meet
from tests.content.invented_packs import lay_packs

from .command_line import LEE, CommandLine

PRACTICE = "one door in the morning"


@pytest.fixture
def practice(cli: CommandLine) -> CommandLine:
    """A practice beside the journal of three, and another couple's."""
    (cli.folder / "lee").write_text(LEE)
    (cli.folder / "new").write_text(PRACTICE)
    meet(cli.folder / "theirs.kap", cli.memory, {"Dr Lee": LEE, "Uma": "uma opens this door"})
    made = cli.run(
        *("-j", "practice.kap", "new", "--practice", "--label", "Dr Lee", "--role", "therapist"),
        *("--new-passphrase-file", "new", "--no-recovery"),
    )
    assert made.code == 0 and "The practice is practice.kap." in made.err
    return cli


def morning(cli: CommandLine, *argv: str) -> list[str]:
    done = cli.run("-j", "practice.kap", "--passphrase-file", "new", *argv)
    assert done.code == 0, done.err
    return [*done.lines, *done.err.splitlines()]


def refused(cli: CommandLine, *argv: str) -> tuple[object, str]:
    done = cli.run("-j", "practice.kap", "--passphrase-file", "new", *argv)
    return done.code, done.err


def test_couples_are_added_listed_and_opened_by_name(practice: CommandLine) -> None:
    as_lee = ("--journal-as", "Dr Lee", "--journal-passphrase-file", "lee")
    assert morning(practice, "couple", "add", "Ana and Ben", "ours.kap", *as_lee) == [
        "Ana and Ben is in your practice. Their journal opens with it: nothing more is asked."
    ]
    morning(practice, "couple", "add", "Uma", "theirs.kap", *as_lee, "--ask-each-time")
    ours, theirs = practice.folder / "ours.kap", practice.folder / "theirs.kap"
    assert morning(practice, "couple", "list") == [
        f"Ana and Ben\topens\t{ours}\tno session ahead",
        f"Uma\tasks\t{theirs}\tasks for its own passphrase",
    ]
    morning(practice, "-c", "ana and ben", "session", "add", "--kind", "dosing", "--date", "2026-03-02")
    assert practice.done("Ana", "session", "list").lines == [
        "1\tdosing\t2026-03-02\t-\t-\tDr Lee\tdose 1\t-\t-"
    ]
    assert refused(practice, "-c", "Uma", "session", "list")[0] == 3
    morning(practice, "couple", "let-open", "Uma", *as_lee)
    assert morning(practice, "-c", "Uma", "session", "list") == []
    morning(practice, "couple", "move", "Uma", "1")
    morning(practice, "couple", "rename", "Uma", "Uma and Vic")
    assert [line.split("\t")[0] for line in morning(practice, "couple", "list")] == [
        "Uma and Vic",
        "Ana and Ben",
    ]
    (moved,) = (theirs.rename(practice.folder / "moved.kap"),)
    assert refused(practice, "-c", "Uma and Vic", "session", "list")[0] == 4
    morning(practice, "couple", "locate", "Uma and Vic", moved.name)
    assert morning(practice, "-c", "Uma and Vic", "session", "list") == []


def test_what_bad_input_gets(practice: CommandLine) -> None:
    as_lee = ("--journal-as", "Dr Lee", "--journal-passphrase-file")
    assert refused(practice, "couple", "add", "Ana", "ours.kap", *as_lee, "new")[0] == 3
    assert refused(practice, "couple", "add", " ", "ours.kap", *as_lee, "lee")[0] == 2
    assert refused(practice, "couple", "add", "Ana", "no.kap", *as_lee, "lee")[0] == 4
    assert refused(practice, "-c", "Nobody", "session", "list")[0] == 4
    code, said = refused(practice, "session", "add", "--kind", "intake", "--date", "2026-03-02")
    assert code == 6 and "no sessions of its own" in said
    code, said = refused(practice, "-c", "Ana and Ben")
    assert code == 2 and "goes with a command" in said
    assert practice.as_("Dr Lee", "couple", "add", "Us", "theirs.kap", *as_lee, "lee").code == 6


def test_a_search_goes_through_all_couples_and_the_record(practice: CommandLine) -> None:
    as_lee = ("--journal-as", "Dr Lee", "--journal-passphrase-file", "lee")
    morning(practice, "couple", "add", "Ana and Ben", "ours.kap", *as_lee)
    morning(practice, "couple", "add", "Uma", "theirs.kap", *as_lee)
    (note,) = practice.done(
        "Ana", "note", "add", "--share", "Dr Lee", "--title", "The lighthouse", stdin=b"It was on."
    ).lines
    (record,) = morning(
        practice, "record", "add", "progress", "-c", "Uma", "--date", "2026-03-02", "--plan", "A lighthouse."
    )
    day = practice.done("Ana", "note", "list").lines[0].split("\t")[1]
    found = [
        f"Uma\trecord\t{record}\t2026-03-02\tprogress\t-\tDr Lee\tPlan\tA «lighthouse».",
        f"Ana and Ben\tnote\t{note}\t{day}\tpage\t-\tAna\tThe «lighthouse»\tIt was on.",
    ]
    said = "2 notes and records, of 2 couples, the latest of each first."
    assert morning(practice, "search", "lighthouse") == [*found, said]
    morning(practice, "couple", "ask-each-time", "Uma")
    done = practice.run("-j", "practice.kap", "--passphrase-file", "new", "search", "lighthouse", "--json")
    read = json.loads(done.out)
    assert [(one["couple"], one["is"], one["id"]) for one in read["found"]] == [
        ("Uma", "record", record),
        ("Ana and Ben", "note", note),
    ]
    assert [one["couple"] for one in read["not_searched"]] == ["Uma"]
    assert "Not searched: Uma. This couple's journal opens with its own passphrase." in done.err
    assert len(morning(practice, "-c", "Ana and Ben", "search", "lighthouse")) == 2
    code, told = refused(practice, "search", "lighthouse", "--by", "Ana")
    assert code == 2 and "-c NAME" in told
    assert morning(practice, "search", "nowhere")[0] == "Nothing you can read has these words."


def test_a_practice_never_says_that_there_is_no_mark(practice: CommandLine) -> None:
    """No mark lies there: the answer would be an all-clear. And the hint leads to where it is."""
    lay_packs("phq9")
    practice.done("Ana", "measure", "answer", "phq9", "0,0,0,0,0,0,0,0,2", "--share", "Dr Lee")
    as_lee = ("--journal-as", "Dr Lee", "--journal-passphrase-file", "lee")
    morning(practice, "couple", "add", "Ana and Ben", "ours.kap", *as_lee)
    for command in (
        ("marks",),
        ("results",),
        ("asked",),
        ("contact", "abcd", "--how", "x", "--outcome", "y"),
    ):
        code, said = refused(practice, "measure", *command)
        assert code == 6 and "Open theirs: -c NAME" in said
    said_of_them = morning(practice, "-c", "Ana and Ben", "measure", "marks")
    assert "A safety mark is open. See: kapjournal -c 'Ana and Ben' measure marks." in said_of_them
    assert "item 9 at 2" in said_of_them[0]
