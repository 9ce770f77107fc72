"""Check-ins over the course by a command: in words, as a picture, as a table."""

from pathlib import Path

from .command_line import CommandLine


def test_own_check_ins_over_the_course(cli: CommandLine, tmp_path: Path) -> None:
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", "2026-03-01")
    assert "There is nothing to show yet" in cli.done("Ana", "trends").err
    for day, *values in (("2026-03-02", "mood=3", "fear=8"), ("2026-03-09", "mood=6")):
        cli.done("Ana", "check-in", "add", *values, "--date", day)
    assert cli.done("Ana", "trends").lines == [
        "Mood\t2 March 2026\t3",
        "Mood\t9 March 2026\t6",
        "Fear\t2 March 2026\t8",
        "1 March 2026: session 1, dose 1",
    ]
    found = cli.done("Ana", "trends", "mood", "--json").json
    assert found["of"] == "Ana" and [one["value"] for one in found["sliders"]["mood"]["points"]] == [3, 6]
    picture, table = tmp_path / "mood.svg", tmp_path / "all.csv"
    made = cli.done("Ana", "trends", "mood", "--svg", str(picture))
    assert "not sealed" in made.err and picture.read_text().startswith("<svg")
    cli.done("Ana", "trends", "--csv", str(table))
    assert table.read_text().splitlines()[1] == "2026-03-02,,,3,8,"
    assert cli.as_("Ana", "trends", "--svg", str(tmp_path / "two.svg")).code == 2
    assert cli.as_("Ana", "trends", "hope").code == 4
    assert cli.as_("Ana", "trends", "--csv", str(table)).code == 6, "nothing is written over"


def test_nobody_else_sees_them_but_whom_they_were_shared_with(cli: CommandLine) -> None:
    cli.done("Ana", "check-in", "add", "mood=3")
    assert cli.done("Dr Lee", "trends", "--of", "Ana").out == b""
    assert cli.as_("Dr Lee", "trends").code == 2
    cli.done("Ana", "check-in", "add", "mood=9", "--share", "Dr Lee,Ben")
    [row] = cli.done("Dr Lee", "trends", "--of", "Ana").lines
    assert row.endswith("\t9")
    assert cli.as_("Ben", "trends", "--of", "Ana").code == 6
    assert cli.done("Ben", "trends").out == b""
