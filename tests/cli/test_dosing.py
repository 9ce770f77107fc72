"""Doses, vitals, plan and consents on the command line."""

import json
from typing import Any

import pytest

from kapjournal import clock, paths
from kapjournal.content import pad
from tests.cli.test_records import add, done, practice, refused, shown

from .command_line import CommandLine

__all__ = ["practice"]

HERE = ("-c", "Ana and Ben", "--session", "3", "--date", "2026-03-02")


def put(cli: CommandLine, *argv: str) -> tuple[str, str, list[str]]:
    line, *said = done(cli, *argv)
    record, row = line.split("\t")
    return record, row, said


def read(cli: CommandLine, *argv: str) -> Any:
    return json.loads("\n".join(done(cli, *argv, "--json")))


def rows(cli: CommandLine, record: str) -> Any:
    return shown(cli, record)["rows"]


def test_a_dosing_session_command_by_command(practice: CommandLine) -> None:
    taken = put(practice, "vitals", "add", "ana", "124/80", *HERE, "--time", "09:55", "--label", "before")
    dose = put(
        *(practice, "dose", "add", "Ana", *HERE, "--time", "10:00", "--amount", "80", "--unit", "mg"),
        *("--route", "sublingual", "--form", "lozenge", "--ordered-by", "Dr Ito"),
    )
    put(practice, "dose", "row", "spit", "first", *HERE, "--time", "10:12", "--which", "spat out")
    other = put(practice, "dose", "row", "line", "second", *HERE, "--time", "10:20", "--what", "touch")
    assert taken[0] == dose[0] != other[0] and taken[2] == dose[2] == []
    listed = [line.split("\t")[2:-1] for line in done(practice, "dose", "list", "--session", "3")]
    day = ["Ana and Ben", "3", "Ana", "2026-03-02"]
    assert sorted(listed) == sorted(
        [
            [*day, "09:55", "-5 min", "vitals", "before, 124/80"],
            [*day, "10:00", "+0 min", "dose", "80 mg, sublingual, lozenge, ordered by Dr Ito"],
            [*day, "10:12", "+12 min", "spit", "spat out"],
            ["Ana and Ben", "3", "Ben", "2026-03-02", "10:20", "-", "line", "touch"],
        ]
    )
    vitals = read(practice, "vitals", "list", "-c", "Ana and Ben")
    assert [row["values"]["systolic"] for record in vitals for row in record["rows"]] == ["124"]
    shown_ = "\n".join(done(practice, "record", "show", dose[0]))
    assert "- 10:00 · +0 min · dose · 80 mg, sublingual, lozenge, ordered by Dr Ito" in shown_


def test_no_row_is_of_a_day_that_is_ahead(practice: CommandLine) -> None:
    ahead = ("-c", "Ana and Ben", "--session", "3", "--date", "2126-03-02", "--time", "10:00")
    for row in (("vitals", "add", "Ana", "124/80"), ("dose", "add", "Ana"), ("dose", "row", "line", "Ana")):
        code, said = refused(practice, *row, *ahead)
        assert code == 2 and "2126-03-02 has not come yet: today is " in said
    assert done(practice, "record", "list") == []


def test_what_cannot_be_is_said_and_kept(practice: CommandLine) -> None:
    record, row, said = put(practice, "vitals", "add", "Ana", "1420/84", *HERE, "--time", "10:30")
    assert said == ["Systolic: “1420” cannot be. It is kept as typed."]
    _, _, said = put(practice, "dose", "row", "spit", "Ana", *HERE, "--time", "10:31")
    assert said == ["Time: this before any dose. It is kept as typed."]
    assert rows(practice, record)[0]["values"]["systolic"] == "1420"
    done(practice, "dose", "edit", record, row, "--systolic", "142", "--time", "10:29")
    changed = rows(practice, record)[0]
    assert changed["values"]["systolic"] == "142" and "T10:29:00" in changed["at"] and changed["says"] == []
    done(practice, "dose", "remove", record, row)
    assert [one["kind"] for one in rows(practice, record)] == ["spit"]
    assert len(done(practice, "record", "history", record)) == 4


def test_the_clinics_line_is_the_clinics(practice: CommandLine) -> None:
    assert put(practice, "vitals", "add", "Ana", "190/110", *HERE, "--time", "10:30")[2] == []
    paths.config_folder().mkdir(parents=True, exist_ok=True)
    (paths.config_folder() / "pad.toml").write_text("systolic-line = 150\n")
    pad._read.cache_clear()
    above = put(practice, "vitals", "add", "Ana", "151/90", *HERE, "--time", "10:40")
    assert above[2] == ["Above your clinic’s line. Tell the provider."]
    assert put(practice, "vitals", "add", "Ana", "150/90", *HERE, "--time", "10:50")[2] == []
    pad._read.cache_clear()


def test_rows_go_out_and_in_as_json(practice: CommandLine) -> None:
    dose = ("dose", "add", "Ana", *HERE, "--time", "10:00", "--amount", "80", "--unit", "mg")
    record, *_ = put(practice, *dose)
    put(practice, "vitals", "add", "Ana", "124/80", *HERE, "--time", "10:30")
    whole = shown(practice, record)
    given = {name: whole[name] for name in ("date", "layout", "fields", "rows")}
    given |= {"about": "second", "session": {"number": 4, "date": None}}
    copied = add(practice, "dosing", "--json", "-", stdin=json.dumps(given))
    ours, theirs = rows(practice, copied), rows(practice, record)
    assert {row.pop("id") for row in ours}.isdisjoint(row.pop("id") for row in theirs) and ours == theirs
    more = {"rows": [{"kind": "line", "at": "2026-03-02T10:40:00+00:00", "values": {"words": "a hand"}}]}
    done(practice, "record", "edit", copied, "--json", "-", stdin=json.dumps(more))
    assert [row["kind"] for row in rows(practice, copied)] == ["dose", "vitals", "line"]


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("dose", "add", "Cleo", *HERE, "--time", "10:00"), 2, "About: “Cleo” is none of"),
        (("dose", "add", "couple", *HERE, "--time", "10:00"), 2, "is about one partner"),
        (("dose", "add", "Ana", *HERE), 2, "Time: say the hour of that day too"),
        (("dose", "add", "Ana", *HERE, "--time", "25:00"), 2, "“25:00” is not a time"),
        (("dose", "add", "Ana", *HERE, "--time", "10:00", "--milligrams", "8"), 2, "none of which, amount"),
        (("dose", "row", "feeling", "Ana", *HERE), 2, "There is no row “feeling”"),
        (("dose", "row", "line", "Ana", *HERE, "--time", "10:00", "--what", "felt"), 2, "What: one of said"),
        (("dose", "add", "Ana", "--session", "3", "--amount", "8"), 2, "Say which couple"),
        (("dose", "edit", "abcd", "ef"), 4, "no record"),
        (("plan", "set", "-c", "Ana and Ben"), 2, "Say what stands in it"),
        (("plan", "set", "-c", "Ana and Ben", "--aim-first", "win"), 2, "Aim of the first partner"),
        (("plan", "show", "-c", "Nobody"), 4, "no couple called “Nobody”"),
    ],
)
def test_what_bad_input_gets(practice: CommandLine, argv: tuple[str, ...], code: int, said: str) -> None:
    got, sentence = refused(practice, *argv)
    assert (got, said in sentence) == (code, True), sentence


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('{"a": 1}', "“rows” is a list"),
        ("[3]", "Row 1: an object"),
        ('[{"kind": "mood", "at": "2026-03-02T10:40:00+01:00"}]', "Row 1: “kind” is one of"),
        ('[{"kind": "line"}]', "Row 1: “at” is missing"),
        ('[{"kind": "line", "at": "10:40"}]', "Row 1: “at” is a moment"),
        ('[{"kind": "line", "at": "2026-03-02T10:40:00+01:00", "values": {"words": 3}}]', "“values” is"),
        ('[{"kind": "line", "at": "2026-03-02T10:40:00+01:00", "id": "x"}]', "“id” is as it was printed"),
        ('[{"kind": "line", "at": "2026-03-02T10:40:00+01:00", "colour": "x"}]', "“colour” is none of"),
    ],
)
def test_rows_that_are_none_are_named(practice: CommandLine, rows: str, said: str) -> None:
    given = '{"about": "first", "session": {"number": 3}, "rows": ' + rows + "}"
    got, sentence = refused(
        practice, "record", "add", "dosing", "-c", "Ana and Ben", "--json", "-", stdin=given
    )
    assert got == 2 and said in sentence


def test_the_plan_and_what_stands_beside_it(practice: CommandLine) -> None:
    [said] = done(practice, "plan", "show", "-c", "Ana and Ben")[:1]
    assert said == "There is no plan yet."
    intake = ("--secrets-policy", "no secrets", "--clearance-first", "cleared", "--referral", "x")
    add(practice, "intake", *intake)
    plan = ("plan", "set", "-c", "Ana and Ben")
    [written] = done(practice, *plan, "--goals-joint", "a", "--aim-first", "unsure")
    [again] = done(practice, *plan, "--aim-second", "end well")
    assert again == written and len(done(practice, "record", "history", written)) == 2
    today = clock.today().isoformat()
    consents = [
        ("release", "2026-01-01", "", ""),
        ("recording", "2026-01-01", "2026-01-31", ""),
        ("supervision", "2026-01-01", "", today),
        ("pictures", "2199-01-01", "", ""),
        ("touch", "2026-01-01", today, ""),
    ]
    for what, given, until, revoked in consents:
        fields = {"what": what, "given": given, "until": until, "revoked": revoked}
        add(practice, "consent", *(f"--{name}={value}" for name, value in fields.items() if value))
    listed = [line.split("\t") for line in done(practice, "plan", "consents", "-c", "Ana and Ben")]
    assert {cells[1]: cells[-2] for cells in listed} == {
        "release": "stands",
        "recording": "ended",
        "supervision": "taken back",
        "pictures": "not given yet",
        "touch": "stands",
    }
    whole = read(practice, "plan", "show", "-c", "Ana and Ben")
    assert whole["plan"]["fields"] == {"goals-joint": "a", "aim-first": "unsure", "aim-second": "end well"}
    assert whole["agreed"] == {"secrets-policy": "no secrets", "clearance-first": "cleared"}
    assert len(whole["consents"]) == 5 and whole["consents"][0]["state"]
    text = "\n".join(done(practice, "plan", "show", "-c", "Ana and Ben"))
    assert "Aim of the second partner for the relationship\nend well" in text
    assert "release · both · given 2026-01-01 · stands" in text
