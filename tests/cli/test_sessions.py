"""Sessions on the command line."""

from kapjournal.journal import unlock
from tests.internals import says_the_old_number

from .command_line import LEE, CommandLine


def test_sessions(cli: CommandLine) -> None:
    add = ("session", "add", "--kind")
    assert cli.done("Dr Lee", *add, "dosing", "--date", "2024-11-17", "--time", "09:30").text == "1\n"
    assert cli.done("Dr Lee", *add, "check-in", "--date", "2024-11-01", "--title", "First talk").text == "2\n"
    assert cli.as_("Dr Lee", *add, "intake", "--date", "2024-11-01", "--number", "2").code == 6
    assert cli.done("Ana", "session", "list").lines == [
        "2\tcheck-in\t2024-11-01\t-\tFirst talk\tDr Lee\t-\t-\t-",
        "1\tdosing\t2024-11-17\t09:30\t-\tDr Lee\tdose 1\t-\t-",
    ]
    assert cli.done("Ben", "session", "list", "--json").json[1] == {
        "number": 1,
        "kind": "dosing",
        "date": "2024-11-17",
        "time": "09:30",
        "title": "",
        "author": "Dr Lee",
        "dose": 1,
        "planned_doses": 0,
        "days_since_dose": None,
        "dosing": [],
    }
    cli.done("Dr Lee", "session", "edit", "1", "--number", "5", "--title", "Moved")
    shown = cli.done("Ana", "session", "show", "5", "--json").json
    assert (shown["number"], shown["title"], shown["time"]) == (5, "Moved", "09:30")
    assert "title: Moved" in cli.done("Ana", "session", "show", "5").lines
    assert cli.as_("Ana", "session", "show", "1").code == 4
    assert cli.as_("Dr Lee", "session", "edit", "5").code == 2
    assert cli.as_("Ana", "session", "edit", "5", "--title", "Mine").code in (4, 6)
    assert cli.as_("Ana", *add, "dosing", "--date", "2024-12-01").code == 6


def test_how_many_doses_are_planned(cli: CommandLine) -> None:
    assert cli.done("Ana", "session", "plan").lines == ["-"]
    assert "8" in cli.done("Dr Lee", "session", "plan", "8").err
    assert cli.done("Ana", "session", "plan").lines == ["8"]
    assert cli.done("Ben", "session", "plan", "--json").json == {"planned_doses": 8, "planned": 0}
    assert "doses" in cli.done("Ana", "session", "plan", "--help").text
    assert cli.as_("Ana", "session", "plan", "9").code == 6
    assert cli.as_("Dr Lee", "session", "plan", "100").code == 2


def test_a_time_can_be_taken_away_from_a_session(cli: CommandLine) -> None:
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", "2024-11-17", "--time", "10:30")
    assert cli.as_("Dr Lee", "session", "edit", "1", "--time", "25:00").code == 2
    cli.done("Dr Lee", "session", "edit", "1", "--title", "Still at half past ten")
    assert cli.done("Ana", "session", "show", "1", "--json").json["time"] == "10:30"
    cli.done("Dr Lee", "session", "edit", "1", "--time", "")
    assert cli.done("Ana", "session", "show", "1", "--json").json["time"] is None


def test_who_doses_and_how_long_after_the_dose_before(cli: CommandLine) -> None:
    dosing = ("session", "add", "--kind", "dosing", "--date")
    cli.done("Dr Lee", "session", "plan", "8")
    cli.done("Dr Lee", *dosing, "2024-11-05", "--doses", "ana")
    cli.done("Dr Lee", "session", "add", "--kind", "integration", "--date", "2024-11-08")
    cli.done("Dr Lee", *dosing, "2024-11-17", "--doses", "both")
    assert [line.split("\t")[6:] for line in cli.done("Ana", "session", "list").lines] == [
        ["dose 1 of 8", "-", "Ana doses"],
        ["-", "-", "-"],
        ["dose 2 of 8", "12 days after dose 1", "both dose"],
    ]
    assert cli.done("Ben", "session", "show", "3").lines[-3:] == [
        "dose: dose 2 of 8",
        "since: 12 days after dose 1",
        "dosing: both dose",
    ]
    shown = cli.done("Ben", "session", "show", "3", "--json").json
    told = {name: shown[name] for name in ("dose", "planned_doses", "days_since_dose", "dosing")}
    assert told == {"dose": 2, "planned_doses": 8, "days_since_dose": 12, "dosing": ["Ana", "Ben"]}
    assert cli.as_("Dr Lee", *dosing, "2024-12-01", "--doses", "Dr Lee").code == 4
    assert cli.as_("Dr Lee", "session", "edit", "2", "--doses", "Ana").code == 6
    cli.done("Dr Lee", "session", "edit", "3", "--doses", "Ben")
    assert cli.done("Ana", "session", "show", "3", "--json").json["dosing"] == ["Ben"]
    cli.done("Dr Lee", "session", "edit", "3", "--doses", "")
    assert cli.done("Ana", "session", "show", "3", "--json").json["dosing"] == []


def test_a_number_of_sessions_from_before_is_printed_as_one(cli: CommandLine) -> None:
    with unlock(cli.file, label="Dr Lee", passphrase=LEE, record_folder=cli.memory) as lee:
        says_the_old_number(lee, 8)
    assert cli.done("Ana", "session", "plan").lines == ["8 sessions"]
    assert cli.done("Ana", "session", "plan", "--json").json == {"planned_doses": 0, "planned": 8}
    cli.done("Dr Lee", "session", "plan", "6")
    assert cli.done("Ana", "session", "plan").lines == ["6"]
    assert cli.done("Ana", "session", "plan", "--json").json == {"planned_doses": 6, "planned": 8}
    assert cli.done("Dr Lee", "session", "plan", "0", "--json").json == {"planned_doses": 0, "planned": 0}
