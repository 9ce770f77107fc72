"""The thread of intentions on the command line."""

from .command_line import CommandLine


def intends(cli: CommandLine, who: str, day: str, words: str, *more: str) -> str:
    note = ("note", "add", "-", "--kind", "intention", "--date", day, *more)
    return cli.done(who, *note, stdin=words.encode()).lines[0]


def test_intentions_stand_in_the_order_of_their_days_word_for_word(cli: CommandLine) -> None:
    assert cli.done("Ana", "intention").lines == []
    later = intends(cli, "Ana", "2026-03-05", "## A direction\n\nTo  wait, *once*.\n\nMore.")
    first = intends(cli, "Ana", "2026-03-01", "To ask.", "--share", "Ben")
    bens = intends(cli, "Ben", "2026-03-02", "To say it.", "--share", "Ana")
    intends(cli, "Ben", "2026-03-03", "Ben's alone.")
    assert cli.done("Ana", "intention").lines == [
        f"Ana\t2026-03-01\t{first}\tTo ask.",
        f"Ana\t2026-03-05\t{later}\tTo  wait, *once*.",
        f"Ben\t2026-03-02\t{bens}\tTo say it.",
    ]
    assert cli.done("Ana", "intention", "--by", "Ben", "--json").json == [
        {"author": "Ben", "date": "2026-03-02", "id": bens, "intention": "To say it."}
    ]
    assert [line.split("\t")[2] for line in cli.done("Ben", "intention", "--by", "Ana").lines] == [first]
    assert cli.done("Dr Lee", "intention").lines == []
    assert cli.as_("Ana", "intention", "--by", "nobody").code == 4
