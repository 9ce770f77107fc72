"""Own words coming back, on the command line."""

import datetime as dt

from kapjournal import clock
from kapjournal.domain.coming_back import month_before

from .command_line import CommandLine


def test_what_was_written_a_month_ago_comes_back_to_its_author_alone(cli: CommandLine) -> None:
    then = month_before(clock.today())
    add = ("note", "add", "-", "--date", str(then), "--share", "Ben")
    note_id = cli.done("Ana", *add, stdin=b"# A *hallway*").lines[0]
    (line,) = cli.done("Ana", "look-back").lines
    assert line.startswith("A month ago, ") and line.endswith(": “A hallway”")
    assert cli.done("Ana", "look-back", "--json").json == [
        {"when": "month-ago", "id": note_id, "date": str(then)}
    ]
    for who in ("Ben", "Dr Lee"):
        assert cli.done(who, "look-back").lines == []
    today = clock.today() - dt.timedelta(1)
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", str(today))
    assert cli.done("Ana", "look-back").lines == []
